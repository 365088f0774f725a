"""From text to vectors to neighbours, on this machine."""
