"""Bytes in, drafts and problems out; one file for each format, chosen by content."""
