"""Chooses what For you shows of what was ranked: papers compared by meaning, and among them those that are not yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from readinglist.domain.for_you import Asked
from readinglist.domain.paper import PaperId
from readinglist.recommend.variety import Manner, choose
from readinglist.services.ranking import Basis, Ids

if TYPE_CHECKING:
    from readinglist.services.catalog import CatalogAnswer

Fit = tuple[PaperId, float]


def choose_papers(basis: Basis, asked: Asked, fitting: "CatalogAnswer | None") -> dict[PaperId, float]:
    """Choose what is shown.

    Args:
        basis: What it is chosen from.
        asked: How.
        fitting: What the query found; None if there is no query.

    Returns:
        Papers in order, and how well each fits, from 0 to 1.
    """
    found = None if fitting is None else np.unique(np.array(fitting.ids, dtype=np.int64))
    kept_ids = np.array(asked.kept, dtype=np.int64)
    known: dict[PaperId, float] = {}
    others: list[list[Fit]] = []
    for part in basis.parts:
        candidates = part.candidates if found is None else np.intersect1d(part.candidates, found)
        is_kept = np.isin(candidates, kept_ids)
        known |= _fits(part, candidates[is_kept])
        others.append(_best(part, asked, candidates[~is_kept]))
    kept = [(key, known[key]) for key in asked.kept if key in known]
    return dict([*kept, *_merged(others)][: asked.limit])


def count_fitting(basis: Basis, fitting: "CatalogAnswer | None") -> int:
    """Return how many papers there are to choose from.

    Args:
        basis: What it is chosen from.
        fitting: What the query found; None if there is no query.
    """
    if fitting is None:
        return len(basis.candidates)
    return int(np.isin(basis.candidates, np.array(fitting.ids, dtype=np.int64)).sum())


def count_before(basis: Basis, part: Basis, row: int) -> tuple[int, int]:
    """Return how many papers come before the one of a row, and how many are ranked at all.

    Args:
        basis: With all its parts.
        part: That which has the row.
        row: Of its corpus.
    """
    before = total = 0
    for one in basis.parts:
        marked = one.corpus.marked(one.candidates)
        ranking = one.ranking
        total += int(marked.sum())
        if one is part:
            before += int((ranking.scores[marked] > ranking.scores[row]).sum())
        else:  # scores of different parts have nothing in common but how well they fit
            before += int((ranking.fits[marked] > part.ranking.fits[row]).sum())
    return before, total


def _fits(part: Basis, ids: Ids) -> dict[PaperId, float]:
    rows = np.flatnonzero(part.corpus.marked(ids))
    fits = part.ranking.fits[rows].tolist()
    return dict(zip(map(PaperId, part.corpus.ids[rows].tolist()), fits, strict=True))


def _best(part: Basis, asked: Asked, candidates: Ids) -> list[Fit]:
    manner = Manner(
        surprise=asked.surprise if part.is_by_meaning else 0.0,
        is_diverse=part.is_by_meaning and not asked.wish.is_special,  # who says what it is to be like means it
        subjects=part.subjects,
    )
    rows = choose(part.ranking, part.corpus, part.corpus.marked(candidates), asked.limit, manner)
    fits = part.ranking.fits[rows].tolist()
    return [(PaperId(key), fit) for key, fit in zip(part.corpus.ids[rows].tolist(), fits, strict=True)]


def _merged(lists: Sequence[list[Fit]]) -> list[Fit]:
    """Put lists together, each in its own order: what stands first in one of them and fits best comes next."""
    waiting = [one[::-1] for one in lists if one]
    merged: list[Fit] = []
    while waiting:
        best = max(waiting, key=lambda one: one[-1][1])
        merged.append(best.pop())
        waiting = [one for one in waiting if one]
    return merged
