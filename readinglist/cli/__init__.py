"""The command line: one file for each group of commands."""

from readinglist.cli.run import main

__all__ = ["main"]
