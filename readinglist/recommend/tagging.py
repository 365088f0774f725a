"""Which tags a paper could have: those of the papers nearest to it."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from readinglist.domain.paper import PaperId

LEAST_SUPPORT = 2  # papers near by that have a tag, for it to be suggested
LEAST_SCORE = 0.35
FARTHEST = 0.45  # cosine below which a paper says nothing about another one's tags
LEAST_OWN = 0.35  # what two papers with the tag share with this one beside what all of the library share, as a cosine
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


def suggest_tags(
    neighbours: Sequence[tuple[PaperId, float]],
    tags: Mapping[PaperId, Collection[str]],
    *,
    present: Collection[str] = (),
    counts: Mapping[str, int] | None = None,
    own: Mapping[PaperId, float] | None = None,
    limit: int = LIMIT,
) -> list[TagSuggestion]:
    """Suggest tags for a paper; none where the papers near by do not agree.

    Args:
        neighbours: Papers and cosines, the nearest first; best those that have tags, some 20 of them.
        tags: Names of the tags of those papers; those without tags may be missing.
        present: Tags that the paper has, and others that are not to be suggested.
        counts: How many papers of the library have each tag; None does not ask whether a tag is common anyway.
        own: What the papers near by share with this one beside what all papers of the library share; in a library of
            one field all are near to each other, which says nothing yet. None does not ask.
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
            if not _is_present(tag, present):
                support[tag].append(key)
    total = sum(weights.values())
    found = [
        TagSuggestion(tag=tag, score=sum(weights[key] for key in keys) / total, support=tuple(keys))
        for tag, keys in support.items()
        if len(keys) >= LEAST_SUPPORT and (own is None or _shared(keys, own) >= LEAST_OWN)
    ]
    kept = [one for one in found if one.score >= _bar(one.tag, counts)]
    return sorted(kept, key=lambda one: (-one.score, one.tag))[:limit]


def _shared(keys: Sequence[PaperId], own: Mapping[PaperId, float]) -> float:
    """Return how much the two papers share that share most."""
    return sum(sorted((own[key] for key in keys), reverse=True)[:LEAST_SUPPORT]) / LEAST_SUPPORT


def _is_present(tag: str, present: Collection[str]) -> bool:
    """Tell whether a paper has a tag or one below it: who has `ml/vision` needs no `ml`."""
    return any(one == tag or one.startswith(f"{tag}/") for one in present)


def _bar(tag: str, counts: Mapping[str, int] | None) -> float:
    """Return the score a tag has to reach: more than chance would give it where many papers have it."""
    total = sum(counts.values()) if counts else 0
    share = counts.get(tag, 0) / total if counts and total else 0.0
    return math.inf if share > COMMON else share + (1.0 - share) * LEAST_SCORE
