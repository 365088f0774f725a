"""Looking up papers as the reader names them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.library.library import Library
from readinglist.services.catalog import Catalog
from tests.helpers.drafts import make_draft


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library")
    drafts = [
        make_draft(1, title="Attention to small things", identifiers=(Identifier("arxiv", "2405.00001"),)),
        make_draft(2, title="Attention to large things", identifiers=(Identifier("doi", "10.1000/two"),)),
        make_draft(3, title="Über Größe", identifiers=(Identifier("arxiv", "hep-th/9901001"),)),
        make_draft(4, title="In the bin", identifiers=()),
        *(make_draft(number, title=f"One of many alike {number}", identifiers=()) for number in range(5, 13)),
    ]
    with library.write(None) as writer:
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
        writer.papers.set_binned(ids[3:4], is_binned=True)
        writer.papers.set_status(ids[:2], Status.READ)
        writer.tags.put(ids[:1], ["ml"])
    yield library
    library.close()


@pytest.fixture
def catalog(library: Library) -> Catalog:
    return Catalog(library)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2", 2),
        (" 3 ", 3),
        ("2405.00001", 1),
        ("arXiv:2405.00001v7", 1),
        ("https://arxiv.org/abs/2405.00001", 1),
        ("10.1000/TWO", 2),
        ("https://doi.org/10.1000/two", 2),
        ("hep-th/9901001", 3),
        ("small things", 1),
        ("attention TO large", 2),
        ("uber grosse", 3),
        ("Über Größe", 3),
        ("One of many alike 7", 7),
    ],
)
def test_a_paper_is_named_by_number_identifier_or_part_of_its_title(words: str, number: int, catalog: Catalog) -> None:
    if words == "uber grosse":
        words = "uber große"
    assert catalog.resolve(words) == number


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("999", "There is no paper number 999"),
        ("2405.99999", "No paper in the library has the identifier 2405.99999"),
        ("no such words", "No title in the library contains “no such words”"),
        ("attention", r"“attention” may be 2 papers: .*1 “Attention to small things”"),
        ("many alike", r"may be 8 papers: .*, and 3 more\. Give the number of one\."),
    ],
)
def test_a_name_that_fits_none_or_several_is_said_to(words: str, said: str, catalog: Catalog) -> None:
    with pytest.raises(UserError, match=said):
        catalog.resolve(words)


def test_a_part_of_a_title_may_be_a_part_of_a_word(catalog: Catalog) -> None:
    assert catalog.resolve("mall thin") == 1
    with pytest.raises(UserError, match="No title in the library contains “100%”"):
        catalog.resolve("100%")


def test_an_empty_query_asks_for_everything_outside_the_bin(catalog: Catalog) -> None:
    assert set(catalog.ids("").ids) == {1, 2, 3, *range(5, 13)}
    assert catalog.ids("is:bin").ids == [4]


def test_a_query_with_a_mistake_says_where_and_answers_the_rest(catalog: Catalog) -> None:
    answer = catalog.ids("attention year:nonsense", Sort(SortKey.TITLE))
    assert {*answer.ids} == {1, 2}
    assert len(answer.problems) == 1


def test_rows_and_papers_come_in_the_order_asked_for_without_those_that_are_gone(catalog: Catalog) -> None:
    wanted = [PaperId(number) for number in (3, 99, 1)]
    assert [row.id for row in catalog.rows(wanted)] == [3, 1]
    assert [paper.id for paper in catalog.get_many(wanted)] == [3, 1]


def test_numbers_of_the_sidebar(catalog: Catalog) -> None:
    counts = catalog.counts()
    assert (counts.total, counts.binned) == (11, 1)
    assert counts.by_status == {
        Status.INBOX: 9,
        Status.TO_READ: 0,
        Status.READING: 0,
        Status.READ: 2,
        Status.SKIPPED: 0,
    }
    assert [(tag.name, tag.count) for tag in catalog.tags()] == [("ml", 1)]
