"""Values on the command line: each function is the `type` of an argument, and says in a sentence what is wrong."""

import argparse

from readinglist.domain.paper import Priority, Status


def parse_status(word: str) -> Status:
    """Understand a status as people write it."""
    folded = "-".join(word.lower().replace("_", " ").replace("-", " ").split())
    folded = {"toread": "to-read", "skip": "skipped", "todo": "to-read", "done": "read"}.get(folded, folded)
    try:
        return Status(folded)
    except ValueError:
        message = f"there is no status “{word}”, only {', '.join(Status)}"
        raise argparse.ArgumentTypeError(message) from None


def parse_priority(word: str) -> Priority:
    """Understand a priority."""
    try:
        return Priority[word.upper()]
    except KeyError:
        message = f"there is no priority “{word}”, only {', '.join(one.name.lower() for one in Priority)}"
        raise argparse.ArgumentTypeError(message) from None


def parse_rating(word: str) -> int:
    """Understand a rating."""
    if not word.isdecimal() or int(word) > 5:
        message = f"a rating is a whole number from 0 to 5, not “{word}”"
        raise argparse.ArgumentTypeError(message)
    return int(word)


def parse_share(word: str) -> float:
    """Understand a number from 0 to 1."""
    try:
        share = float(word)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        message = f"“{word}” is no number from 0 to 1"
        raise argparse.ArgumentTypeError(message)
    return share


def parse_positive(word: str) -> int:
    """Understand a number of things."""
    if not word.isdecimal() or int(word) < 1:
        message = f"“{word}” is no whole number above 0"
        raise argparse.ArgumentTypeError(message)
    return int(word)
