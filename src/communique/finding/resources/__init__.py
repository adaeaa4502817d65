"""Words of each language, as data: a folder a language."""
