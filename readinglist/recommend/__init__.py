"""What a reader may like, and why one paper goes with another; no storage, files or network."""
