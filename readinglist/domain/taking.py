"""What becomes of a file that is given to a paper."""

from enum import StrEnum


class Taking(StrEnum):
    """The values are those of a setting."""

    COPY = "copy"  # into the library's folder; the file stays where it is
    LINK = "link"  # it stays where it is, and the library remembers where
    MOVE = "move"  # into the library's folder; the file leaves its place
