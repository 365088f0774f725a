"""Reading List: a desktop reading list for people who read research papers."""

__version__ = "0.1.0"
