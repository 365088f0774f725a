"""Titles as keys: what stays of a title when its spelling does not matter."""

import re
import unicodedata

MARKUP = re.compile(r"<[^<>]{1,40}>")
NO_WORD = re.compile(r"[\W_]+")


def fold_title(title: str) -> str:
    r"""Reduce a title to what two spellings of it share: letters and digits, lower case, no accents.

    >>> fold_title("T\u00dcLU 3: <i>Pushing</i>  Frontiers!")
    'tulu 3 pushing frontiers'
    """
    plain = MARKUP.sub("", title)
    if plain.isascii():  # most titles, and several times as fast
        return NO_WORD.sub(" ", plain.lower()).strip()
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return NO_WORD.sub(" ", bare).strip()
