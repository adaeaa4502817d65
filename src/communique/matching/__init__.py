"""Records beside each other: what two accounts of one meeting share, and what each says alone."""
