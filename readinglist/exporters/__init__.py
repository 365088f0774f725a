"""Papers in, text out; one file for each format."""
