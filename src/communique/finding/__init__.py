"""Document in, record out: mentions, links, coreference and facts, by small named rules in ordered lists."""
