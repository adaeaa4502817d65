"""Meetings: find their words, their people, where, when, how and whether they were held."""
