"""Authors' names taken apart, for formats that want the family name by itself."""

import re
from dataclasses import dataclass

from readinglist.domain.names import PARTICLES, SUFFIXES

# Written with a capital, these too begin a family name; the other particles are also given names (Bin, Di, Al).
CAPITAL_PARTICLES = frozenset("De Del Della Den Der Dos Le Ter Van Von".split())
GROUP = re.compile(
    r"\b(?:team|group|collaboration|consortium|committee|initiative|association|foundation|institute|university|"
    r"laborator(?:y|ies)|labs?|project|society|community|contributors|authors)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An author's name.

    Attributes:
        family: The whole name where it cannot be divided: a group, or one word.
        particle: What stands before the family name and is not sorted by: "van der".
        suffix: "Jr.", "III".
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def is_whole(self) -> bool:
        """The name has one part only."""
        return not (self.given or self.particle or self.suffix)


def split_name(name: str) -> Person:
    """Take a name apart, "Given Family" or "Family, Given"; joined with spaces the first gives the same again.

    >>> split_name("Ludwig van Beethoven")
    Person(family='Beethoven', given='Ludwig', particle='van', suffix='')
    >>> split_name("Martin Luther King Jr."), split_name("The Model Team").is_whole
    (Person(family='King', given='Martin Luther', particle='', suffix='Jr.'), True)
    """
    if "," in name:
        return _split_at_comma(name)
    words = name.split()
    if len(words) < 2 or GROUP.search(name):
        return Person(family=" ".join(words))
    suffix = words.pop() if len(words) > 2 and _is_suffix(words[-1]) else ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in CAPITAL_PARTICLES:
        start -= 1
    particle = start
    while particle > 1 and words[particle - 1] in PARTICLES:
        particle -= 1
    return Person(
        family=" ".join(words[start:]),
        given=" ".join(words[:particle]),
        particle=" ".join(words[particle:start]),
        suffix=suffix,
    )


def _split_at_comma(name: str) -> Person:
    family, *others = (part.strip() for part in name.split(","))
    suffix = next((part for part in others if _is_suffix(part)), "")
    words = family.split()
    start = 0
    while start < len(words) - 1 and words[start] in PARTICLES:
        start += 1
    return Person(
        family=" ".join(words[start:]),
        given=" ".join(part for part in others if part and part != suffix),
        particle=" ".join(words[:start]),
        suffix=suffix,
    )


def _is_suffix(word: str) -> bool:
    return word.rstrip(".").lower() in SUFFIXES
