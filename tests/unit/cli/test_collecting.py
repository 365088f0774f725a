"""`collection` as a user meets it."""

from pathlib import Path

import pytest

from readinglist.domain.paper import Status
from readinglist.library.library import Library
from tests.helpers.command_line import TITLES, write_listing
from tests.helpers.console import Console
from tests.helpers.drafts import make_draft


@pytest.fixture
def console(tmp_path: Path) -> Console:
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(3)], status=Status.INBOX)
    library.close()
    return Console(tmp_path / "library")


def counted(console: Console) -> dict[str, int]:
    return {one["name"]: one["count"] for one in console.json("collection")}


def test_papers_are_put_in_and_taken_out(console: Console) -> None:
    (first, second) = console.json("collection", "+Survey/Attention", "+Group", "1", "2")
    assert first["collections"] == second["collections"] == ["Group", "Survey/Attention"]
    assert console("collection", "-Group", "+Later", "2") == 0
    assert console.out == "1 paper: +Later -Group.\n"
    assert counted(console) == {"Group": 1, "Later": 1, "Survey/Attention": 2}
    assert [paper["id"] for paper in console.json("list", "collection:survey")] == [1, 2]
    assert console("collection", "+Group", "1") == 0
    assert console.out == "Nothing to change.\n"


def test_a_name_alone_makes_an_empty_one_and_the_table_shows_it(console: Console) -> None:
    assert console("collection") == 0
    assert console.err == "No collections yet. “readinglist collection +NAME PAPER” makes one.\n"
    assert console("collection", "+To read in 2027", "+Thesis") == 0
    assert console.out == "+To read in 2027 +Thesis.\n"
    assert console("collection", "+Thesis") == 0
    assert console.out == "Nothing to change.\n"
    console("collection", "+Thesis", "3")
    assert console("collection") == 0
    assert [line.rsplit(maxsplit=1) for line in console.out.splitlines()] == [
        ["Collection", "Papers"],
        ["Thesis", "1"],
        ["To read in 2027", "0"],
    ]


def test_one_is_renamed_and_deleted_with_those_below_it(console: Console) -> None:
    console("collection", "+Survey/Attention", "1")
    assert console("collection", "--rename", "Survey", " My  thesis") == 0
    assert console.out == "“Survey” is now “My thesis”.\n"
    assert console.json("collection", "--rename", "My thesis/Attention", "A") == [{"name": "A", "count": 1}]
    assert console("collection", "--delete", "A") == 0
    assert "its papers stay" in console.out
    assert (counted(console), len(console.json("list"))) == ({}, 3)
    console("undo")
    assert console.out == "Undone: Delete the collection A.\n"
    assert console.json("show", "1")["collections"] == ["A"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("1",), "Say which collections and which papers"),
        (("-Group",), "Say which collections and which papers"),
        (("+", "1"), "A collection needs a name behind its + or -."),
        (("--delete", ""), "A collection needs a name."),
        (("--delete", "Group", "1"), "alone"),
        (("--delete", "Group", "--rename", "a", "b"), "alone"),
        (("--rename", "Nowhere", "b"), "There is no collection “Nowhere”."),
    ],
)
def test_what_makes_no_sense_is_refused(console: Console, words: tuple[str, ...], message: str) -> None:
    assert console("collection", *words) == 3
    assert message in console.err


def test_a_paper_is_shown_with_its_collections(console: Console) -> None:
    console("collection", "+Survey/Attention", "+Group", "1")
    console("show", "1")
    assert "Collections  Group, Survey/Attention" in console.out
    console("show", "2")
    assert "Collections" not in console.out


def test_an_import_fills_collections(console: Console, tmp_path: Path) -> None:
    listing = write_listing(tmp_path / "listing.json")
    console.json("import", str(listing), "--collection", "Thesis", "--collection", "Thesis/New")
    assert counted(console) == {"Thesis": len(TITLES), "Thesis/New": len(TITLES)}
    console("undo")
    assert counted(console) == {}


def test_papers_that_are_there_already_are_put_into_the_collections_of_an_import_too(
    console: Console, tmp_path: Path
) -> None:
    listing = write_listing(tmp_path / "listing.json")
    console("import", str(listing))
    assert console("import", str(listing), "--collection", " Thesis /") == 0
    assert console.err.splitlines()[-1] == f"{len(TITLES)} papers put into Thesis."
    assert counted(console) == {"Thesis": len(TITLES)}
