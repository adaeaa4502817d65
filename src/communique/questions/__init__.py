"""One file a question: records in, a Report out."""
