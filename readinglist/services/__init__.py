"""Use cases: what a front end may ask for."""
