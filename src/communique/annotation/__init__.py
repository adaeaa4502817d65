"""Marked text: a record as a linguist writes it, by hand or corrected in the terminal, and the way to and from records."""
