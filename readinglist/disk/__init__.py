"""Files that are there whole, or as they were before: for everybody who writes one."""
