"""Measurements: composed pages, renamings, evidence honesty, speed. Nothing here is imported by the package."""
