"""What the program is about: plain values and rules, standard library only, no input or output."""
