"""When two titles are one, although not spelled alike: a PDF's is read off its layout, a listing's is typed."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from readinglist.domain.matching import TELLING_WORDS, YEARS_APART, Candidate
from readinglist.domain.titles import fold_title

NEARLY = 0.93  # of the letters in the same order
LEAST_LETTERS = 24  # a shorter title with one other letter is another title
COMMON_PART = 0.6  # of the letters, below which two titles have nothing to do with each other
NUMBER = re.compile(r"\d+|\b(?:i{1,3}|iv|vi{0,3}|ix|x)\b")


def are_nearly_the_same(one: str, other: str) -> bool:
    """Tell whether two titles differ in a letter, a space or a ligature only; numbers must agree.

    >>> are_nearly_the_same("Multi-modal learn-ing of speech and text", "Multimodal learning of speech and text")
    True
    >>> are_nearly_the_same("A large study of small models, part 2", "A large study of small models, part 3")
    False
    """
    folded = fold_title(one), fold_title(other)
    if folded[0] == folded[1]:
        return bool(folded[0])
    letters = folded[0].replace(" ", ""), folded[1].replace(" ", "")
    if letters[0] == letters[1]:
        return bool(letters[0])
    if min(map(len, letters)) < LEAST_LETTERS or NUMBER.findall(folded[0]) != NUMBER.findall(folded[1]):
        return False
    return _share(*letters) >= NEARLY


def is_longer_form(one: str, other: str) -> bool:
    """Tell whether one of two titles is the other with a subtitle, or with more of it.

    >>> is_longer_form("On the lists of readers", "On the lists of readers: a study")
    True
    """
    short, long = sorted((fold_title(one), fold_title(other)), key=len)
    return len(short.split()) >= TELLING_WORDS and long.startswith(f"{short} ")


def are_strangers(one: str, other: str) -> bool:
    """Tell whether two titles have so little in common that an identifier that joins them must be wrong."""
    first, second = fold_title(one), fold_title(other)
    if not first or not second or first in second or second in first:
        return False
    shared = set(first.split()) & set(second.split())
    return len(shared) < 2 and _share(first, second) < COMMON_PART


def find_near(
    title: str, surnames: frozenset[str], year: int | None, candidates: Iterable[Candidate]
) -> Candidate | None:
    """Return the paper whose title is nearly this one, or a longer or shorter form of it by the same people.

    Args:
        title: As read off a PDF.
        surnames: Folded family names of its authors, as far as they are known.
        year: Of publication, as far as it is known.
        candidates: Those with a similar title.
    """
    for one in candidates:
        is_same_people = bool(surnames & set(one.surnames))
        if one.surnames and surnames and not is_same_people:
            continue
        if year and one.year and abs(year - one.year) > YEARS_APART:
            continue
        if are_nearly_the_same(title, one.title_key) or (is_same_people and is_longer_form(title, one.title_key)):
            return one
    return None


def _share(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= COMMON_PART else 0.0
