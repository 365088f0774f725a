"""Which tags a paper could have: those of the papers nearest to it; and which ones several papers could all have."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from readinglist.domain.paper import PaperId
from readinglist.recommend.words import WORD, key_of, weight_of

LEAST_SUPPORT = 2  # papers near by that have a tag, for it to be suggested
LEAST_SCORE = 0.35
FARTHEST = 0.45  # cosine below which a paper says nothing about another one's tags
LEAST_OWN = 0.35  # what two papers with the tag share with this one beside what all of the library share, as a cosine
NAMED = 0.3  # what a score gains where the title says the tag
LIMIT = 3
SHARPNESS = 3.0  # how much more the nearest papers count
COMMON = 0.5  # share of all that was tagged, from which on a tag tells nothing
LEAST_SHARING = 2  # papers that would get a tag or have it, for it to be one that several share
HALF = 0.5  # of the papers without a tag, for which it is suggested, for all of them to be given it


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSuggestion:
    """A tag that a paper could have.

    Attributes:
        tag: Its name.
        score: 0 to 1: how much of what is near by has it.
        support: The papers near by that have it, the nearest first.
    """

    tag: str
    score: float
    support: tuple[PaperId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSuggestion:
    """A tag that several papers could all have.

    Attributes:
        tag: Its name.
        fitting: For how many of them it is suggested.
        present: How many of them have it already.
    """

    tag: str
    fitting: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Untagged:
    """What is known of a paper that could have more tags.

    Attributes:
        title: A tag whose words stand there needs fewer papers near by that have it.
        present: Tags that it has.
        refused: Tags that the reader does not want for it.
        own: What the papers near by share with it beside what all papers of the library share; in a library of one
            field all are near to each other, which says nothing yet. None does not ask.
    """

    title: str = ""
    present: Collection[str] = ()
    refused: Collection[str] = ()
    own: Mapping[PaperId, float] | None = None


ANYTHING = Untagged()  # of which nothing is known


def suggest_tags(
    neighbours: Sequence[tuple[PaperId, float]],
    tags: Mapping[PaperId, Collection[str]],
    paper: Untagged = ANYTHING,
    *,
    counts: Mapping[str, int] | None = None,
    limit: int = LIMIT,
) -> list[TagSuggestion]:
    """Suggest tags for a paper; none where the papers near by do not agree.

    Args:
        neighbours: Papers and cosines, the nearest first; best those that have tags, some 20 of them.
        tags: Names of the tags of those papers; those without tags may be missing.
        paper: What is known of it.
        counts: How many papers of the library have each tag; None does not ask whether a tag is common anyway.
        limit: How many at most.

    Returns:
        The best first.
    """
    near = [(key, cosine) for key, cosine in neighbours if cosine >= FARTHEST and tags.get(key)]
    weights = {key: math.exp(SHARPNESS * (cosine - near[0][1])) for key, cosine in near}
    support: dict[str, list[PaperId]] = defaultdict(list)
    for key, _ in near:
        for tag in tags[key]:
            if tag not in paper.refused and not _is_present(tag, paper.present):
                support[tag].append(key)
    said = _words_of(paper.title)
    found = [_suggestion(tag, keys, weights, paper.own, is_named=_is_said(tag, said)) for tag, keys in support.items()]
    kept = [one for one in found if one is not None and one.score >= _bar(one.tag, counts)]
    return sorted(kept, key=lambda one: (-one.score, one.tag))[:limit]


def suggest_for_all(
    papers: Sequence[Untagged], found: Sequence[Sequence[TagSuggestion]], *, limit: int = LIMIT
) -> list[SharedSuggestion]:
    """Suggest tags for several papers at once: those that at least half of the papers would get which lack them.

    What one paper alone would get or has is none that they share, even if they are two.

    Args:
        papers: What is known of them.
        found: What is suggested for each, in the same order.
        limit: How many at most.

    Returns:
        Those that fit the most papers first.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for one in chain.from_iterable(found):
        scores[one.tag].append(one.score)
    shared = []
    for tag in sorted(scores, key=lambda tag: (-len(scores[tag]), -sum(scores[tag]), tag)):
        present = sum(_is_present(tag, paper.present) for paper in papers)
        fitting = len(scores[tag])
        if fitting >= HALF * (len(papers) - present) and fitting + present >= LEAST_SHARING:
            shared.append(SharedSuggestion(tag=tag, fitting=fitting, present=present))
    return shared[:limit]


def _suggestion(
    tag: str,
    keys: Sequence[PaperId],
    weights: Mapping[PaperId, float],
    own: Mapping[PaperId, float] | None,
    *,
    is_named: bool,
) -> TagSuggestion | None:
    """Return what speaks for a tag that some papers near by have; None where they are too few or share too little."""
    score = sum(weights[key] for key in keys) / sum(weights.values())
    if is_named:
        score = min(1.0, score + NAMED)
    elif len(keys) < LEAST_SUPPORT or (own is not None and _shared(keys, own) < LEAST_OWN):
        return None
    return TagSuggestion(tag=tag, score=score, support=tuple(keys))


def _shared(keys: Sequence[PaperId], own: Mapping[PaperId, float]) -> float:
    """Return how much the two papers share that share most."""
    return sum(sorted((own[key] for key in keys), reverse=True)[:LEAST_SUPPORT]) / LEAST_SUPPORT


def _words_of(text: str) -> frozenset[str]:
    """Return the telling words of a text, without regard to how they are spelled."""
    return frozenset(key_of(word) for word in WORD.findall(text) if weight_of(word))


def _is_said(tag: str, said: frozenset[str]) -> bool:
    """Tell whether a tag's words, those below its last stroke, are all among others."""
    words = _words_of(tag.rpartition("/")[2])
    return bool(words) and words <= said


def _is_present(tag: str, present: Collection[str]) -> bool:
    """Tell whether a paper has a tag or one below it: who has `ml/vision` needs no `ml`."""
    return any(one == tag or one.startswith(f"{tag}/") for one in present)


def _bar(tag: str, counts: Mapping[str, int] | None) -> float:
    """Return the score a tag has to reach: more than chance would give it where many papers have it."""
    total = sum(counts.values()) if counts else 0
    share = counts.get(tag, 0) / total if counts and total else 0.0
    return math.inf if share > COMMON else share + (1.0 - share) * LEAST_SCORE
