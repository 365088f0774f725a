"""Days in a query are those of the reader's calendar, wherever the reader is."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.library.library import Library
from readinglist.library.search import Search
from readinglist.library.times import first_moment, moment_after

# The Los Angeles of a Thursday: seven hours behind UTC.
MOMENTS = (
    "2025-05-15T06:59:59.000+00:00",  # 1: Wednesday's last second
    "2025-05-15T07:00:00.000+00:00",  # 2: Thursday's first
    "2025-05-16T06:59:59.999+00:00",  # 3: its last
    "2025-05-16T07:00:00.000+00:00",  # 4: Friday
    "2025-05-05T12:00:00.000+00:00",  # 5: Monday of the week before
    "2025-05-08T12:00:00.000+00:00",  # 6: the Thursday before
)

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system's time zone cannot be changed")


@pytest.fixture(autouse=True)
def los_angeles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "PST8PDT,M3.2.0,M11.1.0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library")
    with made.write(None) as writer:
        drafts = [PaperDraft(title=f"Paper {number}") for number in range(1, 7)]
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
        for key, moment in zip(ids, MOMENTS, strict=True):
            writer.papers.set_values([key], {"added": moment, "finished": moment if key % 2 else None})
    yield made
    made.close()


def found(library: Library, query: str) -> list[int]:
    with library.read() as reader:
        search = Search(reader.search._connection, today=lambda: date(2025, 5, 15))
        ids = sorted(search.ids(parse_query(query), Sort()))
        assert sorted(search.meeting([PaperId(one) for one in range(1, 7)], parse_query(query))) == ids
        assert sorted(search.ranked(parse_query(f"paper {query}")).ids) == ids
    return list(ids)


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("added:today", [2, 3]),
        ("added:2025-05-15", [2, 3]),
        ("added:yesterday", [1]),
        ("added:>today", [4]),
        ("added:>2025-05-15", [4]),
        ("added:thisweek", [1, 2, 3, 4]),
        ("added:lastweek", [5, 6]),
        ("added:7d", [1, 2, 3, 6]),
        ("added:<7d", [5]),
        ("added:today..7d", [1, 2, 3, 6]),
        ("added:2025-05", [1, 2, 3, 4, 5, 6]),
        ("added:2024", []),
        ("added:9999", []),
        ("added:<0002", []),
        ("added:..9999-12-31", [1, 2, 3, 4, 5, 6]),
        ("added:>0001", [1, 2, 3, 4, 5, 6]),
        ("read:today", [3]),
        ("-read:today", [1, 2, 4, 5, 6]),
        ("read:(yesterday OR lastweek)", [1, 5]),
        ("title:(paper -1) added:yesterday..today", [2, 3]),
    ],
)
def test_days_begin_at_the_readers_midnight(query: str, papers: list[int], library: Library) -> None:
    assert found(library, query) == papers


def test_a_day_ends_where_the_next_begins_also_when_clocks_change() -> None:
    assert first_moment("2025-03-09") == "2025-03-09T08:00:00.000+00:00"
    assert moment_after("2025-03-09") == first_moment("2025-03-10") == "2025-03-10T07:00:00.000+00:00"
    assert moment_after("2024-12") == first_moment("2025") == "2025-01-01T08:00:00.000+00:00"


def test_papers_without_a_date_count_from_the_day_on_which_the_reader_added_them(library: Library) -> None:
    with library.read() as reader:
        days = dict(reader.unread.days())
    assert days == {"2025-05-14": [1], "2025-05-15": [2, 3], "2025-05-16": [4], "2025-05-05": [5], "2025-05-08": [6]}
