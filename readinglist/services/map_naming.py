"""When the parts of a map are named anew: their papers are others now, or a newer program finds better names."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from readinglist.domain.paper import PaperId
from readinglist.domain.region import Region
from readinglist.recommend.clusters import RULES
from readinglist.similarity.layouts import Layout

ENOUGH = 0.02  # share of papers that came or went: of the names, two to four of a hundred are then others
FEWEST = 25  # papers: fewer are no part with a name of its own


def wants_names(layout: Layout, living: Collection[PaperId]) -> bool:
    """Tell whether the names say too little of what is on a map now.

    Args:
        layout: The map.
        living: Papers that are to be seen on it.
    """
    seen = _count(layout, living)
    if seen < FEWEST:
        return False
    gone = max(0, layout.named + layout.unnamed - seen)
    return layout.rules != RULES or layout.unnamed + gone >= max(FEWEST, ENOUGH * layout.named)


def named_anew(layout: Layout, regions: tuple[Region, ...], living: Collection[PaperId]) -> Layout:
    """Return a map with other names."""
    return replace(layout, regions=regions, named=_count(layout, living), unnamed=0, rules=RULES)


def _count(layout: Layout, living: Collection[PaperId]) -> int:
    return int(np.isin(layout.ids, np.fromiter(living, dtype=np.int64, count=len(living))).sum())
