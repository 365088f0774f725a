"""Why two papers are similar, in a few words for the reader.

Similarity itself is measured elsewhere; what is said here is only what can be checked by looking at both papers.
"""

import math
import re
from collections.abc import Sequence

from readinglist.domain.titles import fold_title
from readinglist.recommend.described import Described, Rarity
from readinglist.recommend.sharing import TITLE_WEIGHT, Company, shared_terms
from readinglist.recommend.words import WORD, Weight, known_word

TERMS = 3  # named in a reason
NAMES = 2  # authors, tags or collections named in a reason
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])|\n+")
SENTENCE_CHARACTERS = 140
LEAST_SENTENCE = 5  # words: less of a text is a heading, or what stands between two full stops
SHORT_SENTENCE = 4  # telling words; of a shorter one each word would count too much
ADDRESS = "://"  # where the code is, is nothing that a paper is about
OTHER_WORDS = "Near in meaning, in other words"
SOME_WORDS = "Has some of the same words"
UNLIKE = "Little in common"
NEAR = 0.4  # score from which on it is true that two papers are near in meaning
NEAR_TO_TEXT = 0.25  # the same of a paper and a few words


def reasons_for(
    subject: Described,
    other: Described,
    rarity: Rarity,
    *,
    company: Company | None = None,
    score: float = 1.0,
    is_by_words: bool = False,
) -> tuple[str, ...]:
    """Say why a paper is similar.

    Args:
        subject: What it is similar to.
        other: The paper.
        rarity: Knows at least `words_to_count` of these two.
        company: Of the subject, where there are more papers like it; None where this is the only one.
        score: From 0 to 1; in a small library the nearest paper may be far away.
        is_by_words: The paper was found by words, so there are shared ones even if none of them is telling.

    Returns:
        At least one reason, the strongest first; without full stops.
    """
    terms = shared_terms(subject, [other], rarity, TERMS, company)
    put_together = [*_same_tags(subject, other), *_same_collections(subject, other)]
    facts = [*_same_authors(subject, other), *put_together, *_same_organization(subject, other)]
    words = [f"{'Mentions' if subject.is_text else 'Both mention'} {_listed(terms)}"] if terms else []
    # One thing in common is a weak reason: the sentence that comes nearest shows more.
    sentence = [] if len(terms) > 1 else _nearest_sentence(subject, other, rarity)
    found = [*words, *facts, *sentence] if terms else [*facts, *sentence]
    if is_by_words:
        return tuple(found or [SOME_WORDS])
    is_near = score >= (NEAR_TO_TEXT if subject.is_text else NEAR)
    return tuple(found or [OTHER_WORDS if is_near else UNLIKE])


def _nearest_sentence(subject: Described, other: Described, rarity: Rarity) -> list[str]:
    """Quote the sentence of the other paper that says the most of what the subject is about, for its length."""
    best, quoted = 0.0, ""
    for sentence in (one.strip() for one in SENTENCE_END.split(other.abstract)):
        words = sentence.split()
        if len(words) < LEAST_SENTENCE or ADDRESS in sentence:
            continue
        telling = [key for key, weight in map(known_word, WORD.findall(sentence)) if weight > Weight.NOTHING]
        shared = subject.plain_words.keys() & telling
        score = sum(_told(*subject.plain_words[key], rarity) for key in shared)
        score /= math.sqrt(len(telling) + SHORT_SENTENCE)
        if score > best:
            best, quoted = score, sentence
    return [f"“{_cut(quoted)}”"] if quoted else []


def _told(word: str, is_in_title: bool, rarity: Rarity) -> float:
    """Return how much a word of a subject tells that a sentence is about it."""
    return (TITLE_WEIGHT if is_in_title else 1.0) * (rarity.of(word) if word in rarity.counts else 1.0)


def _cut(sentence: str) -> str:
    if len(sentence) <= SENTENCE_CHARACTERS:
        return sentence.rstrip(".")
    return f"{sentence[: sentence.rfind(' ', 0, SENTENCE_CHARACTERS)] or sentence[:SENTENCE_CHARACTERS]}…"


def _same_authors(subject: Described, other: Described) -> list[str]:
    """Compare whole names: an initial and a family name may be many people."""
    known = set(map(fold_title, subject.authors))
    same = [name for name in other.authors if fold_title(name) in known]
    return [f"Also by {_listed(same[:NAMES], len(same))}"] if same else []


def _same_tags(subject: Described, other: Described) -> list[str]:
    same = [tag for tag in subject.tags if tag in other.tags]
    return [f"Both tagged {_listed(same[:NAMES], len(same))}"] if same else []


def _same_collections(subject: Described, other: Described) -> list[str]:
    same = [name for name in subject.collections if name in other.collections]
    noun = "collection" if len(same) == 1 else "collections"
    return [f"Both in your {noun} {_listed(same[:NAMES], len(same))}"] if same else []


def _same_organization(subject: Described, other: Described) -> list[str]:
    mine, theirs = subject.organization, other.organization
    return [f"Also from {theirs}"] if mine and theirs and fold_title(mine) == fold_title(theirs) else []


def _listed(names: Sequence[str], total: int = 0) -> str:
    """Join names for a sentence; `total` says how many there are with those that are not named.

    >>> _listed(["a"]), _listed(["a", "b", "c"]), _listed(["a", "b"], 5)
    ('a', 'a, b and c', 'a, b and 3 more')
    """
    more = max(0, total - len(names))
    parts = [*names, f"{more} more"] if more else list(names)
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
