"""Why one paper goes with another; no storage, files or network."""
