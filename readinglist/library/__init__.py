"""The only user of SQLAlchemy: the database of what the reader has, and its history."""
