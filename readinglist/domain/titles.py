"""Titles as keys: what stays of a title when its spelling does not matter."""

import re
import unicodedata
from collections.abc import Iterable

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


def other_than(title: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the titles of a work that are not spellings of the first one, each once, in alphabetical order.

    >>> other_than("On Lists", ["On lists.", "Of lists", "About lists", "OF LISTS"])
    ('About lists', 'OF LISTS')
    """
    found: dict[str, str] = {}
    for one in sorted(known):
        found.setdefault(fold_title(one), one)
    if not found:
        return ()
    mine = fold_title(title)
    return tuple(one for key, one in found.items() if key and key != mine)
