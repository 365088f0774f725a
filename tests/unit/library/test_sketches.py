"""The little that is known of all papers at once: facts, tags, titles; without the bin."""

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.library.paper_reading import Sketch
from tests.helpers.drafts import make_draft


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    """Papers of two statuses, one without a date and one in the bin."""
    with library.write(None) as writer:
        new = writer.papers.add_many([make_draft(7), make_draft(8, published=None, mention=None)], status=Status.INBOX)
        read = writer.papers.add_many([make_draft(9, published=PartialDate(1999)), make_draft(10)], status=Status.READ)
        ids = [*new, *read]
        writer.tags.put(ids, ["ml"])
        writer.tags.put(ids[:1], ["ml/vision"])
        writer.papers.set_binned(ids[3:], is_binned=True)
    return ids


def test_a_sketch_has_status_year_and_upvotes(library: Library, ids: list[PaperId]) -> None:
    with library.read() as reader:
        found = list(reader.papers.sketches())
    assert found == [
        Sketch(ids[0], Status.INBOX, 2024, 7),
        Sketch(ids[1], Status.INBOX, None, None),
        Sketch(ids[2], Status.READ, 1999, 9),
    ]


def test_carriers_of_tags_are_told_by_name_and_colour(library: Library, ids: list[PaperId]) -> None:
    with library.read() as reader:
        carriers, tags = reader.papers.carriers(), reader.tags.all()
    assert {name: sorted(papers) for (name, _), papers in carriers.items()} == {"ml": ids[:3], "ml/vision": ids[:1]}
    assert set(carriers) == {(tag.name, tag.color) for tag in tags}


def test_titles_of_all_papers(library: Library, ids: list[PaperId]) -> None:
    with library.read() as reader:
        titles = reader.papers.titles()
    assert list(titles) == ids[:3]
    assert titles[ids[0]] == make_draft(7).title
