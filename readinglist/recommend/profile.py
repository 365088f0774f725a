"""What a reader likes: every decision weighed, one number for each paper they did something with.

For the ranker, which learns from these numbers; knows neither texts nor vectors.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
SECONDS_A_DAY = 86_400.0


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
    by_paper: dict[PaperId, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_paper[one.paper_id].append(one)
    return Taste.from_weights({key: _weight_of(found, now_utc) for key, found in by_paper.items()})


def _weight_of(decisions: Sequence[Decision], now_utc: datetime) -> float:
    against, remaining = 0.0, 1.0
    for one in _in_force(decisions):
        strength = _strength(one) * _freshness(one.at_utc, now_utc)
        if strength < 0:
            against = min(against, strength)
        else:
            remaining *= 1.0 - strength
    return against or 1.0 - remaining


def _in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """Leave out what a later decision of the same group took back."""
    if len(decisions) == 1:
        return list(decisions)
    last: dict[object, Decision] = {}
    for one in sorted(decisions, key=_time_of):
        group: object = one.kind
        if one.kind in STATUSES:
            group = STATUSES
        elif one.kind in OPINIONS:
            group = OPINIONS
        last[group] = one
    # Who reads a paper that they once skipped has changed their mind about it; and the other way round.
    return list(last.values())


def _time_of(decision: Decision) -> float:
    return decision.at_utc.timestamp() if decision.at_utc else 0.0


def _strength(decision: Decision) -> float:
    """Return how much a decision says, from -1 to 1, when it is made."""
    kind, amount = decision.kind, decision.amount
    if kind is DecisionKind.RATED:
        return RATINGS.get(round(amount), 0.0)
    if kind in AGAINST:
        return -AGAINST[kind]
    strength = FOR[kind]
    if kind is DecisionKind.TIME_SPENT:
        return strength * min(1.0, max(0.0, amount) / FULL_MINUTES)
    if kind in {DecisionKind.TAGGED, DecisionKind.ANNOTATED}:
        return 1.0 - math.pow(1.0 - strength, max(1.0, min(amount, 3.0)))
    return strength


def _freshness(at_utc: datetime | None, now_utc: datetime) -> float:
    if at_utc is None:
        return UNDATED
    age_days = max(0.0, (now_utc - at_utc).total_seconds() / SECONDS_A_DAY)
    return LASTING + (1.0 - LASTING) * math.pow(0.5, age_days / HALF_LIFE_DAYS)
