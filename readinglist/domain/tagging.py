"""What a tag may be called, and the colours it may have."""

from readinglist.domain.levels import tidy_name

TAG_COLORS = ("blue", "green", "orange", "purple", "teal", "red", "yellow", "gray")


def normalise_tag(name: str) -> str:
    """Tidy a tag's name: single spaces, no empty level.

    >>> normalise_tag("  ml /  large  models/ ")
    'ml/large models'

    Raises:
        UserError: Nothing is left of it.
    """
    return tidy_name(name, "tag")
