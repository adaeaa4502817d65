"""The types of the record, once: everything else (JSON, JSON Schema, columns) is derived from them."""
