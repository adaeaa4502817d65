"""One type of answer, `Report`, and one file a rendering."""
