"""People's names: which part is the family's, and how two spellings compare."""

import re
import unicodedata

PARTICLES = frozenset("al bin da das de del della den der di do dos du el ibn la le ten ter van von zu".split())
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
NO_WORD = re.compile(r"[^\w\s-]")


def family_name(name: str) -> str:
    """Return the family name as written, without particles: "Ludwig van Beethoven" and "Beethoven, Ludwig van" agree.

    >>> family_name("Ludwig van Beethoven"), family_name("Knuth, Donald E.")
    ('Beethoven', 'Knuth')
    """
    if "," in name:
        family = name.split(",", maxsplit=1)[0].strip()
        words = family.split()
        while len(words) > 1 and words[0].lower() in PARTICLES:
            words.pop(0)
        return " ".join(words)
    words = [word for word in name.split() if NO_WORD.sub("", word).lower() not in SUFFIXES] or name.split()
    return words[-1] if words else ""


def fold_surname(name: str) -> str:
    """Reduce a name to the key by which family names are compared and sorted."""
    decomposed = unicodedata.normalize("NFKD", family_name(name)).casefold()
    return NO_WORD.sub("", "".join(one for one in decomposed if not unicodedata.combining(one))).replace("-", " ")
