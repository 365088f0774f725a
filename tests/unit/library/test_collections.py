"""Shelves of papers in the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Five papers; the first three are in Survey/Attention, the second in Group too, and Later is empty."""
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        ids = writer.papers.add_many([make_draft(number) for number in range(5)], status=Status.INBOX)
        writer.collections.put(ids[:3], ["Survey/Attention"])
        writer.collections.put(ids[1:2], ["Group"])
        writer.collections.make("Later")
    yield library
    library.close()


IDS = [PaperId(number) for number in range(1, 6)]


def counted(library: Library) -> dict[str, int]:
    with library.read() as reader:
        return {one.name: one.count for one in reader.collections.all()}


def found(library: Library, query: str) -> list[PaperId]:
    with library.read() as reader:
        return sorted(reader.search.ids(parse_query(query), Sort(SortKey.ADDED)))


def test_collections_stand_in_alphabetical_order_and_may_be_empty(library: Library) -> None:
    with library.write(None) as writer:
        writer.collections.make("group 2")
    assert list(counted(library).items()) == [("Group", 1), ("group 2", 0), ("Later", 0), ("Survey/Attention", 3)]


def test_a_paper_knows_its_collections_in_alphabetical_order(library: Library) -> None:
    with library.read() as reader:
        assert reader.papers.get(IDS[1]).collections == ("Group", "Survey/Attention")
        assert reader.papers.get(IDS[4]).collections == ()
        assert reader.collections.of(IDS[1:]) == {
            IDS[1]: ("Group", "Survey/Attention"),
            IDS[2]: ("Survey/Attention",),
        }


def test_making_one_that_there_is_changes_nothing(library: Library) -> None:
    with library.write("Make") as writer:
        writer.collections.make(" Later ")
    assert not writer.changes


def test_a_paper_in_the_bin_stays_in_its_collections_uncounted(library: Library) -> None:
    with library.write(None) as writer:
        writer.papers.set_binned(IDS[:2], is_binned=True)
    assert (counted(library)["Survey/Attention"], counted(library)["Group"]) == (1, 0)
    assert found(library, "collection:survey") == IDS[2:3]
    with library.write(None) as writer:
        writer.papers.set_binned(IDS[:2], is_binned=False)
    assert counted(library)["Survey/Attention"] == 3


def test_what_is_deleted_for_good_leaves_its_collections_and_undo_puts_it_back(library: Library) -> None:
    with library.write("Delete 2 papers for good") as writer:
        writer.papers.purge(IDS[:2])
    assert counted(library) == {"Group": 0, "Later": 0, "Survey/Attention": 1}
    library.step_back()
    assert counted(library) == {"Group": 1, "Later": 0, "Survey/Attention": 3}
    assert library.check().is_sound


def test_taking_a_paper_out_leaves_it_in_those_above_and_below(library: Library) -> None:
    with library.write(None) as writer:
        writer.collections.put(IDS[:1], ["Survey"])
        writer.collections.take(IDS, ["Survey"])
    assert counted(library) == {"Group": 1, "Later": 0, "Survey": 0, "Survey/Attention": 3}


def test_renaming_takes_along_what_lies_below_and_merging_keeps_each_paper_once(library: Library) -> None:
    with library.write(None) as writer:
        writer.collections.put(IDS[3:4], ["Survey", "Surveys and more"])
        writer.collections.put(IDS[:1], ["Thesis/Attention"])
        writer.collections.rename("Survey", "Thesis")
    assert counted(library) == {"Group": 1, "Later": 0, "Surveys and more": 1, "Thesis": 1, "Thesis/Attention": 3}


def test_a_merged_paper_keeps_the_moment_it_came_in(library: Library) -> None:
    def moments() -> set[str]:
        with library.open()._engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT added FROM paper_collection WHERE paper_id IN (1, 3)")
            return {row[0] for row in rows}

    before = moments()
    with library.write(None) as writer:
        writer.collections.rename("Survey/Attention", "Group")
    assert moments() == before
    assert counted(library) == {"Group": 3, "Later": 0}


def test_deleting_one_deletes_those_below_it_and_no_paper(library: Library) -> None:
    with library.write(None) as writer:
        writer.collections.make("Surveys")
        writer.collections.make("Survey")
        writer.collections.delete("Survey")
    assert counted(library) == {"Group": 1, "Later": 0, "Surveys": 0}
    assert found(library, "") == IDS


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Nowhere", "x", "no collection “Nowhere”"),
        ("Survey", "Survey/Old", "collection “Survey” cannot be moved below itself"),
        ("Survey", " / ", "A collection needs a name"),
    ],
)
def test_names_that_cannot_be_are_refused(library: Library, old: str, new: str, message: str) -> None:
    with pytest.raises(UserError, match=message), library.write(None) as writer:
        writer.collections.rename(old, new)


def test_changes_name_the_papers_and_the_kind_also_where_only_a_name_changed(library: Library) -> None:
    with library.write("Rename") as writer:
        writer.collections.rename("Survey", "Thesis")
    assert (writer.changes.ids, ChangeKind.COLLECTIONS in writer.changes.kinds) == (frozenset(IDS[:3]), True)
    with library.write("Make") as writer:
        writer.collections.make("New")
    assert (writer.changes.ids, ChangeKind.COLLECTIONS in writer.changes.kinds) == (frozenset(), True)
    assert ChangeKind.TAGS not in writer.changes.kinds


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("collection:Survey", [1, 2, 3]),
        ("collection:survey/attention", [1, 2, 3]),
        ("collection:Attention", []),
        ("collection:Later", []),
        ("collection:(Group OR Later)", [2]),
        ("-collection:group collection:survey", [1, 3]),
        ("has:collection", [1, 2, 3]),
        ("-has:collection", [4, 5]),
        ("Survey", []),
    ],
)
def test_queries_find_what_is_in_one_and_in_those_below_it(library: Library, query: str, ids: list[int]) -> None:
    assert found(library, query) == ids


def test_a_sign_in_a_name_is_no_wildcard(library: Library) -> None:
    with library.write(None) as writer:
        writer.collections.put(IDS[:1], ["100 %/a_b"])
        writer.collections.put(IDS[1:2], ["100 x/aXb"])
    assert found(library, 'collection:"100 %"') == IDS[:1]
    assert found(library, 'collection:"100 %/a_b"') == IDS[:1]
