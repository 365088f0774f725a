"""The whole of a name of which a part was found: image, of whole slide image; thought, of chain of thought.

For the reasons, which look at words and pairs. No list of names is kept: what the papers hardly ever say without the
same word beside it is a part of what they mean.
"""

import re
from collections import Counter
from collections.abc import Sequence

from readinglist.recommend.words import WORD, Weight, key_of, weight_of

NEARLY_ALWAYS = 0.75  # of the places, where the same word stands beside it, for that to belong to it
LEAST_PLACES = 2  # so many of them
MOST_WORDS = 4  # of a name
JOINT = r"[ \n\u2010-]"  # of the words of a name
LINK = rf"{JOINT}(?:of{JOINT})?"
# Half a compound is no word of a name: the end of end-to-end.
BEFORE, AFTER = rf"(?:(?<![\u2010-])([^\W_]+){LINK})?", rf"(?:{LINK}([^\W_]+)(?![\w\u2010-]))?"


def whole_name(term: str, own: str, others: Sequence[str]) -> str:
    """Return a term with the words that belong to it.

    Args:
        term: As the paper writes it.
        own: Text of the paper.
        others: Texts of the papers that it shares the term with, and perhaps of others.
    """
    words = WORD.findall(term)
    texts = [own, *others]
    for _ in range(MOST_WORDS - len(words)):
        before, after = _beside(term, texts)
        wider = _wider(term, before, after, own) if before or after else term
        if wider == term or not any(_pattern(wider).search(text) for text in others):
            break
        term = wider
    return term


def _beside(term: str, texts: Sequence[str]) -> tuple[str, str]:
    """Return the keys of the words that nearly always stand before a term and after it; empty where none does."""
    found = [match for text in texts for match in _pattern(term, BEFORE, AFTER).finditer(text)]
    beside = []
    for side in (1, -1):
        words = [match.group(1 if side == 1 else match.re.groups) or "" for match in found]
        counts = Counter(key_of(word) for word in words if word and weight_of(word) > Weight.NOTHING)
        key, number = counts.most_common(1)[0] if counts else ("", 0)
        beside.append(key if number >= max(LEAST_PLACES, NEARLY_ALWAYS * len(found)) else "")
    return beside[0], beside[1]


def _wider(term: str, before: str, after: str, own: str) -> str:
    """Return the term with one or both of the words, as its own paper writes that; as it is where it never does."""
    for match in _pattern(term, BEFORE if before else "", AFTER if after else "").finditer(own):
        sides = [word for word in match.groups() if word is not None]
        if [key_of(word) for word in sides] == [key for key in (before, after) if key]:
            return " ".join(match.group().split())
    return term


def _pattern(term: str, before: str = "", after: str = "") -> re.Pattern[str]:
    words = [rf"{re.escape(word.lower().removesuffix('s'))}(?:e?s)?" for word in WORD.findall(term)]
    return re.compile(rf"\b{before}\b{JOINT.join(words)}\b{after}", re.IGNORECASE)
