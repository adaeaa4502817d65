"""Who is who, and since when: pure data and an alias index. It knows no document."""
