"""Ask the outside world and return raw documents; never parse them."""
