"""Processes of this program that do what the window must not, and how both sides talk; not what they do."""
