"""Names and their forms, a module a language."""
