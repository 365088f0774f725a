"""What a reader likes: every decision weighed, one number for each paper they did something with.

For the ranker, which learns from these numbers; knows neither texts nor vectors.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.decision import Decision, DecisionKind
from readinglist.domain.paper import PaperId

HALF_LIFE_DAYS = 180.0
LASTING = 0.35  # share of a decision that no age takes away: what somebody is about changes slowly
UNDATED = 0.6  # of a decision of which nobody knows when it was
FULL_MINUTES = 25.0  # of reading, from which on more time says no more
# How much a decision by itself says for a paper, up to 1, or against it.
FOR = {
    DecisionKind.READ: 0.8,
    DecisionKind.READING: 0.7,
    DecisionKind.QUEUED: 0.5,
    DecisionKind.STARRED: 0.8,
    DecisionKind.TAGGED: 0.4,
    DecisionKind.COLLECTED: 0.4,
    DecisionKind.NOTED: 0.5,
    DecisionKind.ANNOTATED: 0.6,
    DecisionKind.TIME_SPENT: 0.6,
    DecisionKind.MORE: 0.9,
}
AGAINST = {DecisionKind.SKIPPED: 0.6, DecisionKind.LESS: 1.0}
RATINGS = {1: -1.0, 2: -0.6, 3: 0.2, 4: 0.7, 5: 1.0}
# Of each of these groups only the last decision holds: a paper has one status, and one opinion.
STATUSES = frozenset({DecisionKind.READ, DecisionKind.READING, DecisionKind.QUEUED, DecisionKind.SKIPPED})
OPINIONS = frozenset({DecisionKind.MORE, DecisionKind.LESS})
COUNTED = (DecisionKind.TAGGED, DecisionKind.COLLECTED, DecisionKind.ANNOTATED)
MOST_COUNTED = 3.0  # tags, collections or annotations; more of them say no more
SECONDS_A_DAY = 86_400.0
# The same by a number for each kind.
CODES = {kind: code for code, kind in enumerate(DecisionKind)}
STRENGTHS = np.array([-AGAINST[kind] if kind in AGAINST else FOR.get(kind, 0.0) for kind in CODES], dtype=np.float64)
GROUPS = np.array([-1 if kind in STATUSES else -2 if kind in OPINIONS else code for kind, code in CODES.items()])
MADE = np.dtype([("paper", "<i8"), ("group", "<i8"), ("at_s", "<f8"), ("strength", "<f8"), ("freshness", "<f8")])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Taste:
    """What is liked and what is not.

    Attributes:
        ids: Papers, each once, in ascending order.
        weights: float32, of the same papers: above 0 liked, up to 1; below 0 not liked, down to -1.
    """

    ids: NDArray[np.int64]
    weights: NDArray[np.float32]

    @classmethod
    def of(cls, like: Iterable[PaperId], unlike: Iterable[PaperId] = ()) -> "Taste":
        """Make the taste of "more like these, not like those": of a tag, a collection or chosen papers."""
        return cls.from_weights({**dict.fromkeys(unlike, -1.0), **dict.fromkeys(like, 1.0)})

    @classmethod
    def from_weights(cls, weights: dict[PaperId, float]) -> "Taste":
        """Make a taste of numbers; those of 0 are left out."""
        kept = sorted((key, weight) for key, weight in weights.items() if weight)
        return cls(
            ids=np.array([key for key, _ in kept], dtype=np.int64),
            weights=np.array([weight for _, weight in kept], dtype=np.float32),
        )

    def changed(self, ids: Iterable[PaperId], fresh: "Taste") -> "Taste":
        """Return this with what some papers weigh now; the same object if that is what they weighed before.

        Args:
            ids: The papers.
            fresh: What they weigh; those that are not in it weigh nothing any more.
        """
        is_kept = ~np.isin(self.ids, np.fromiter(ids, dtype=np.int64))
        merged = np.concatenate([self.ids[is_kept], fresh.ids])
        order = np.argsort(merged, kind="stable")
        weights = np.concatenate([self.weights[is_kept], fresh.weights])[order]
        if np.array_equal(merged[order], self.ids) and np.array_equal(weights, self.weights):
            return self
        return Taste(ids=merged[order], weights=weights)

    @property
    def liked(self) -> NDArray[np.int64]:
        """The papers that are liked."""
        return self.ids[self.weights > 0]

    @property
    def disliked(self) -> NDArray[np.int64]:
        """The papers that are not liked."""
        return self.ids[self.weights < 0]


def weigh(decisions: Sequence[Decision], now_utc: datetime) -> Taste:
    """Weigh what a reader did.

    What was done lately counts more. Several things said for a paper add up, but never to more than one thing said
    without reserve. Where something is said against a paper that the reader spent time on, the opinion holds: a paper
    that was read and rated low is not liked.

    Args:
        decisions: In any order; of a status and of more and less the last one of a paper holds.
        now_utc: With its time zone.
    """
    if not decisions:
        return Taste.of(())
    made = _made(decisions, now_utc)
    made = made[_is_in_force(made)]
    _, first = np.unique(made["paper"], return_index=True)
    weights = made["strength"] * made["freshness"]
    against = np.minimum.reduceat(np.minimum(weights, 0.0), first)
    remaining = np.multiply.reduceat(1.0 - np.maximum(weights, 0.0), first)
    weighed = np.where(against < 0, against, 1.0 - remaining)
    return Taste(ids=made["paper"][first][weighed != 0], weights=weighed[weighed != 0].astype(np.float32))


def _made(decisions: Sequence[Decision], now_utc: datetime) -> NDArray[Any]:
    """Return decisions as an array, by paper, group and time."""
    papers, kinds, moments, amounts = zip(*decisions, strict=True)
    made = np.empty(len(decisions), dtype=MADE)
    made["paper"] = papers
    codes = np.fromiter(map(CODES.__getitem__, kinds), dtype=np.int64, count=len(kinds))
    made["group"] = GROUPS[codes]
    made["at_s"] = [math.nan if one is None else one.timestamp() for one in moments]
    made["strength"] = _strengths(codes, np.array(amounts, dtype=np.float64))
    made["freshness"] = _freshness(now_utc.timestamp() - made["at_s"])
    order = np.lexsort((np.nan_to_num(made["at_s"]), made["group"], made["paper"]))
    return made[order]


def _is_in_force(made: NDArray[Any]) -> NDArray[np.bool_]:
    """Leave out what a later decision of the same group took back.

    Who reads a paper that they once skipped has changed their mind about it; and the other way round.
    """
    is_last = np.ones(len(made), dtype=np.bool_)
    is_last[:-1] = (made["paper"][1:] != made["paper"][:-1]) | (made["group"][1:] != made["group"][:-1])
    return is_last


def _strengths(codes: NDArray[np.int64], amounts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much decisions say, from -1 to 1, when they are made."""
    strengths = STRENGTHS[codes]
    rated, timed = codes == CODES[DecisionKind.RATED], codes == CODES[DecisionKind.TIME_SPENT]
    counted = np.isin(codes, [CODES[kind] for kind in COUNTED])
    strengths[rated] = [RATINGS.get(round(stars), 0.0) for stars in amounts[rated].tolist()]
    strengths[timed] *= np.clip(amounts[timed] / FULL_MINUTES, 0.0, 1.0)
    strengths[counted] = 1.0 - np.power(1.0 - strengths[counted], np.clip(amounts[counted], 1.0, MOST_COUNTED))
    return strengths


def _freshness(ages_s: NDArray[np.float64]) -> NDArray[np.float64]:
    days = np.maximum(ages_s, 0.0) / SECONDS_A_DAY
    return np.where(np.isnan(ages_s), UNDATED, LASTING + (1.0 - LASTING) * np.power(0.5, days / HALF_LIFE_DAYS))
