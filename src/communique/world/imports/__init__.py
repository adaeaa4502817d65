"""Answers of Wikidata and tables of users -> rows for an overlay, and what could not be used. No network, no printing."""
