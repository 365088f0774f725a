"""A made-up map: papers on a grid, every kind of them, and their rows."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import PaperId, PaperRow, Priority, Status
from readinglist.domain.region import Region
from readinglist.services.map_answer import MapAnswer, Stage, TagKey

COLUMNS = 5
APART = 10.0  # units between neighbours


def made_map(
    count: int = 25, *, stage: Stage = Stage.READY, tags: Mapping[TagKey, list[int]] | None = None
) -> MapAnswer:
    """Return a map of papers 1, 2, 3 …, five in a line from left to right, the next five below.

    Args:
        count: Papers.
        stage: What it says of itself.
        tags: Rows of the papers that carry a tag.
    """
    rows = np.arange(count)
    points = np.stack([rows % COLUMNS, rows // COLUMNS], axis=1).astype(np.float32) * np.float32(APART)
    return MapAnswer(
        stage=stage,
        ids=rows + 1,
        points=points,
        statuses=(rows % 5).astype(np.uint8),
        years=(2020 + rows % 9).astype(np.int16),
        upvotes=(rows * 10).astype(np.int32),
        tags={key: np.array(one) for key, one in (tags or {}).items()},
        regions=(
            Region(name="Whole", x=20.0, y=20.0, papers=count, level=0),
            Region(name="Corner", x=1.0, y=1.0, papers=4, level=2),
        ),
        total=count,
        compared=count,
    )


def make_row(number: int) -> PaperRow:
    """Return what a list shows of a paper."""
    return PaperRow(
        id=PaperId(number),
        title=f"Learning about subject {number} from sparse examples",
        excerpt="We study it.",
        authors=("Ada Author", "Ben Writer"),
        author_count=2,
        organization=None,
        published=PartialDate(2024, 5, 18),
        added=datetime(2025, 1, 2, tzinfo=UTC),
        status=Status.INBOX,
        is_starred=False,
        priority=Priority.NONE,
        rating=0,
        tags=(),
        venue=None,
        upvotes=number,
        comments=0,
        has_note=False,
        has_pdf=False,
        is_binned=False,
    )
