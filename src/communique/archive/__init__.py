"""Records kept: SQLite through SQLAlchemy Core, the only SQL of the package. `communique.Archive` is its face."""
