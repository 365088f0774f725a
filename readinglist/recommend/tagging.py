"""Which tags a paper could have: those of the papers nearest to it."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

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
class Untagged:
    """What is known of a paper that could have more tags.

    Attributes:
        title: A tag whose words stand there needs fewer papers near by that have it.
        present: Tags that it has, and others that are not to be suggested.
        own: What the papers near by share with it beside what all papers of the library share; in a library of one
            field all are near to each other, which says nothing yet. None does not ask.
    """

    title: str = ""
    present: Collection[str] = ()
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
    if not near:
        return []
    weights = {key: math.exp(SHARPNESS * (cosine - near[0][1])) for key, cosine in near}
    support: dict[str, list[PaperId]] = defaultdict(list)
    for key, _ in near:
        for tag in tags[key]:
            if not _is_present(tag, paper.present):
                support[tag].append(key)
    total = sum(weights.values())
    said = _words_of(paper.title)
    found = []
    for tag, keys in support.items():
        score, is_named = sum(weights[key] for key in keys) / total, _is_said(tag, said)
        if is_named:
            score = min(1.0, score + NAMED)
        elif len(keys) < LEAST_SUPPORT or (paper.own is not None and _shared(keys, paper.own) < LEAST_OWN):
            continue
        found.append(TagSuggestion(tag=tag, score=score, support=tuple(keys)))
    kept = [one for one in found if one.score >= _bar(one.tag, counts)]
    return sorted(kept, key=lambda one: (-one.score, one.tag))[:limit]


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
