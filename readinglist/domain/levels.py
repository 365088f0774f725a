"""Names on levels separated by `/`, as tags and collections have them: `ml/vision` lies below `ml`."""

import re

from readinglist.domain.errors import UserError

UNWRITABLE = re.compile(r"[\0-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and halves of surrogate pairs


def tidy_name(name: str, noun: str) -> str:
    """Tidy a name: single spaces, no empty level, nothing that cannot be written.

    >>> tidy_name("  ml /  large  models/ ", "tag")
    'ml/large models'

    Args:
        name: As it was typed.
        noun: What is named so, for the message.

    Raises:
        UserError: Nothing is left of it.
    """
    levels = (" ".join(level.split()) for level in UNWRITABLE.sub(" ", name).split("/"))
    tidy = "/".join(level for level in levels if level)
    if not tidy:
        message = f"A {noun} needs a name."
        raise UserError(message)
    return tidy
