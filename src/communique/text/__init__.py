"""Bytes become releases, releases become documents, documents become sentences and tokens."""
