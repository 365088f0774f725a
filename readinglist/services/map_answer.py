"""What is to be seen on the map of a library; loads numpy, and is itself loaded when a map is first wanted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.paper import PaperId, Status
from readinglist.domain.region import Region
from readinglist.library.paper_reading import Sketch
from readinglist.similarity.layouts import Layout

STATUSES = tuple(Status)
FACTS = np.dtype([("id", "<i8"), ("status", "u1"), ("year", "<i2"), ("upvotes", "<i4")])
TagKey = tuple[str, str]  # name and colour


class Stage(Enum):
    """How far the map is."""

    TOO_FEW = auto()  # papers in the library
    COMPARING = auto()  # too few papers have vectors yet
    WAITING = auto()  # nobody has arranged them, and nobody is about to
    ARRANGING = auto()  # for the first time
    READY = auto()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MapAnswer:
    """What the map shows; arrays have a row for each paper on it.

    Attributes:
        stage: Without READY there are no papers on it.
        ids: Papers.
        points: Where they lie, shape (papers, 2); larger is further right and further down.
        statuses: Places in `STATUSES`.
        years: Of publication; 0 if unknown.
        upvotes: 0 if unknown.
        tags: Rows of the papers that carry a tag.
        regions: Parts with a name.
        total: Papers outside the bin.
        compared: Those that can be put on the map.
        is_outgrown: So many papers came later that arranging anew is worth the while.
        is_arranging: Papers are being arranged.
        is_comparing: Papers are being read by the model.
        problem: One sentence if arranging failed, or comparing where that comes first; else empty.
    """

    stage: Stage
    ids: NDArray[np.int64]
    points: NDArray[np.float32]
    statuses: NDArray[np.uint8]
    years: NDArray[np.int16]
    upvotes: NDArray[np.int32]
    tags: Mapping[TagKey, NDArray[np.int64]]
    regions: tuple[Region, ...]
    total: int
    compared: int
    is_outgrown: bool = False
    is_arranging: bool = False
    is_comparing: bool = False
    problem: str = ""


def draw_up(
    sketches: Iterable[Sketch], carriers: Mapping[TagKey, Sequence[PaperId]], layout: Layout | None
) -> MapAnswer:
    """Bring together what is known of papers and where they lie.

    Args:
        sketches: All papers outside the bin, by number.
        carriers: Papers that carry a tag.
        layout: Points; None if there are none yet. Those of papers outside `sketches` are left out.
    """
    # Row by row: twenty thousand objects at once would have Python look for garbage, which holds up the window.
    facts = np.fromiter(
        ((one.id, STATUSES.index(one.status), one.year or 0, one.upvotes or 0) for one in sketches), dtype=FACTS
    )
    known = np.zeros(0, dtype=np.int64) if layout is None else layout.ids
    is_shown = np.isin(known, facts["id"])
    ids = known[is_shown]
    shown = facts[np.searchsorted(facts["id"], ids)]
    return MapAnswer(
        stage=Stage.READY if len(ids) else Stage.WAITING,
        ids=ids,
        points=np.zeros((0, 2), dtype=np.float32) if layout is None else layout.points[is_shown],
        statuses=shown["status"],
        years=shown["year"],
        upvotes=shown["upvotes"],
        tags={key: np.flatnonzero(np.isin(ids, np.array(papers))) for key, papers in carriers.items()},
        regions=() if layout is None else layout.regions,
        total=len(facts),
        compared=len(ids),
    )
