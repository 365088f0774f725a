"""How papers look on the map: what they are coloured by, in which kinds that sorts them, and how large they are."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from readinglist.domain.paper import Status
from readinglist.services.map_answer import STATUSES, MapAnswer
from readinglist.ui import theme

TAGS_NAMED = 7  # colours that can be told from each other; other tags are one kind
YEAR_ROLES = ("tag-purple", "tag-blue", "tag-teal", "tag-green", "tag-yellow", "tag-orange")  # the newest first
SIZE_STEPS = (10, 50, 200)  # upvotes, from which on a point is larger
OTHER = "line-strong"


class ColourBy(StrEnum):
    """What the colour of a point tells."""

    STATUS = "status"
    TAG = "tag"
    YEAR = "year"


class Shape(StrEnum):
    """The form of a point: with statuses, the colour does not stand alone."""

    DISC = "disc"
    RING = "ring"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    CROSS = "cross"


SHAPES = {
    Status.INBOX: Shape.RING,  # nothing decided, nothing filled
    Status.TO_READ: Shape.DIAMOND,
    Status.READING: Shape.TRIANGLE,
    Status.READ: Shape.DISC,
    Status.SKIPPED: Shape.CROSS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Papers that look alike.

    Attributes:
        key: Stable within what the map is coloured by.
        text: What the legend says.
        color: In the theme shown now.
        shape: Of its points.
        is_quiet: Lies below the others: it says that there is nothing to say.
        count: Papers.
    """

    key: str
    text: str
    color: Callable[[], QColor]
    shape: Shape = Shape.DISC
    is_quiet: bool = False
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Looks:
    """How the papers of an answer look.

    Attributes:
        kinds: In the order of the legend.
        kind_of: Place in `kinds` of each paper.
        size_of: Step of size of each paper, 0 for the smallest.
    """

    kinds: tuple[Kind, ...] = ()
    kind_of: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    size_of: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))

    def shown(self, hidden: Collection[str]) -> NDArray[np.bool_]:
        """Tell which papers are of no kind that the reader has hidden."""
        is_shown = np.array([kind.key not in hidden for kind in self.kinds], dtype=np.bool_)
        return is_shown[self.kind_of] if len(self.kinds) else np.ones(len(self.kind_of), dtype=np.bool_)


def looks_of(answer: MapAnswer, by: ColourBy) -> Looks:
    """Sort the papers of a map into kinds."""
    kinds, kind_of = {ColourBy.STATUS: _by_status, ColourBy.TAG: _by_tag, ColourBy.YEAR: _by_year}[by](answer)
    counts = np.bincount(kind_of, minlength=len(kinds))
    return Looks(
        kinds=tuple(replace(one, count=int(count)) for one, count in zip(kinds, counts, strict=True)),
        kind_of=kind_of,
        size_of=np.digitize(answer.upvotes, SIZE_STEPS).astype(np.uint8),
    )


def _by_status(answer: MapAnswer) -> tuple[list[Kind], NDArray[np.uint8]]:
    kinds = [
        Kind(key=one.value, text=one.label, color=partial(theme.status_color, one), shape=SHAPES[one])
        for one in STATUSES
    ]
    return kinds, answer.statuses


def _by_tag(answer: MapAnswer) -> tuple[list[Kind], NDArray[np.uint8]]:
    """A paper with several tags shows the rarest of those that are named: it says most."""
    often = sorted(answer.tags.items(), key=lambda item: (-len(item[1]), item[0]))
    named, others = often[:TAGS_NAMED], often[TAGS_NAMED:]
    kinds = [Kind(key=f"tag {name}", text=name, color=partial(theme.tag_color, key)) for (name, key), _ in named]
    rest = len(kinds)
    if others:
        kinds.append(Kind(key="other", text="Other tags", color=partial(theme.color, "ink"), shape=Shape.DIAMOND))
    kinds.append(_quiet("none", "No tag"))
    kind_of = np.full(len(answer.ids), len(kinds) - 1, dtype=np.uint8)
    for _, rows in others:
        kind_of[rows] = rest
    for place, (_, rows) in enumerate(named):
        kind_of[rows] = place
    return kinds, kind_of


def _by_year(answer: MapAnswer) -> tuple[list[Kind], NDArray[np.uint8]]:
    """The newest years one by one, in the order of the rainbow; all before them are one kind."""
    known = np.unique(answer.years[answer.years > 0])[::-1]
    named = known[: len(YEAR_ROLES)]
    kinds = [
        Kind(key=f"year {year}", text=str(year), color=partial(theme.color, role))
        for year, role in zip(named.tolist(), YEAR_ROLES, strict=False)
    ]
    kind_of = np.full(len(answer.ids), len(kinds), dtype=np.uint8)
    for place, year in enumerate(named.tolist()):
        kind_of[answer.years == year] = place
    if len(known) > len(named):
        kinds.append(_quiet("before", f"Before {int(named[-1])}"))
        kind_of[(answer.years > 0) & (answer.years < named[-1])] = len(kinds) - 1
    if (answer.years == 0).any():
        kinds.append(_quiet("unknown", "No year", Shape.CROSS))
        kind_of[answer.years == 0] = len(kinds) - 1
    return kinds, kind_of


def _quiet(key: str, text: str, shape: Shape = Shape.RING) -> Kind:
    return Kind(key=key, text=text, color=partial(theme.color, OTHER), shape=shape, is_quiet=True)
