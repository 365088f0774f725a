"""Upvotes and dates are read when somebody asks for them, and then kept in step."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Mention, PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.services.popularity import Popularity


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library")) as opened:
        with opened.write(None) as writer:
            writer.papers.add_many(
                [
                    draft("one", upvotes=7, published="2024-03-10"),
                    draft("two", published="2024"),
                    draft("three", upvotes=0),
                ],
                status=Status.INBOX,
            )
        yield opened


def draft(title: str, *, upvotes: int | None = None, published: str = "") -> PaperDraft:
    return PaperDraft(
        title=title,
        published=PartialDate.parse(published) if published else None,
        mention=Mention(source="x", origin="x", upvotes=upvotes),
    )


def ask(popularity: Popularity, *ids: int) -> tuple[list[float], list[float]]:
    upvotes, days = popularity.of(np.array(ids, dtype=np.int64))
    return upvotes.tolist(), days.tolist()


def renew(popularity: Popularity, library: Library, changed: list[PaperId] | None) -> None:
    with library.read() as reader:
        popularity.renew(reader, changed)


def test_upvotes_and_days_stand_in_the_order_asked_for_and_unknown_ones_are_no_numbers(library: Library) -> None:
    upvotes, days = ask(Popularity(library), 2, 99, 1, 3)
    assert np.isnan(upvotes).tolist() == [True, True, False, True]
    assert upvotes[2] == 7
    assert np.isnan(days).tolist() == [False, True, False, False], "what has no date counts from when it was added"
    assert days[0] - days[2] == pytest.approx(182 - (2 * 30.44 + 10), abs=0.1), "a year is its middle"


def test_a_paper_that_changed_is_read_anew_and_what_was_made_of_it_no_longer_holds(library: Library) -> None:
    popularity = Popularity(library)
    ask(popularity, 1)
    version = popularity.version
    renew(popularity, library, [PaperId(2)])
    assert popularity.version == version, "it is as it was"
    with library.write(None) as writer:
        writer.papers.merge(writer.papers.get(PaperId(2)), draft("two", upvotes=40, published="2024"))
    renew(popularity, library, [PaperId(2)])
    assert popularity.version != version
    assert ask(popularity, 1, 2)[0] == [7, 40]


def test_a_paper_that_went_to_the_bin_has_no_numbers_any_more(library: Library) -> None:
    popularity = Popularity(library)
    ask(popularity, 1)
    with library.write(None) as writer:
        writer.papers.set_binned([PaperId(1)], is_binned=True)
    renew(popularity, library, [PaperId(1)])
    assert np.isnan(ask(popularity, 1)).all()


def test_when_everything_is_doubtful_all_is_read_again(library: Library) -> None:
    popularity = Popularity(library)
    ask(popularity, 1)
    version = popularity.version
    renew(popularity, library, None)
    assert popularity.version != version
    assert ask(popularity, 1)[0] == [7]
