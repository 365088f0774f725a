"""What a tag may be called, and the colours it may have."""

from readinglist.domain.errors import UserError

TAG_COLORS = ("blue", "green", "orange", "purple", "teal", "red", "yellow", "gray")


def normalise_tag(name: str) -> str:
    """Tidy a tag's name: single spaces, no empty level.

    >>> normalise_tag("  ml /  large  models/ ")
    'ml/large models'

    Raises:
        UserError: Nothing is left of it.
    """
    levels = (" ".join(level.split()) for level in name.split("/"))
    tidy = "/".join(level for level in levels if level)
    if not tidy:
        message = "A tag needs a name."
        raise UserError(message)
    return tidy
