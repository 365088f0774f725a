"""`merge` as a user meets it, from two listings that name one work differently."""

from pathlib import Path

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Status
from readinglist.library.library import Library
from tests.helpers.console import Console
from tests.helpers.drafts import make_draft
from tests.helpers.library_factory import render_page

DOI = "10.1145/1.2"
OTHER = "The preprint, revised"


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """The preprint, the paper and another one."""
    library = Library(tmp_path / "library")
    paper = make_draft(1, title="The paper", venue="A Journal", identifiers=(Identifier("doi", DOI),))
    with library.write(None) as writer:
        other = make_draft(2, title=OTHER)
        writer.papers.add_many([make_draft(1, title="The preprint"), paper, other], status=Status.INBOX)
    library.close()
    return Console(tmp_path / "library")


def test_two_entries_become_one_and_undo_brings_the_other_back(console: Console) -> None:
    console("note", "1", "A note.")
    console("star", DOI)
    assert console("merge", "2405.00001", DOI) == 0
    assert console.out == "2 papers merged into number 1. “readinglist undo” takes it back.\n"
    (one, _) = sorted(console.json("list"), key=lambda paper: int(paper["id"]))
    assert (one["title"], one["note"], one["starred"], one["doi"]) == ("The paper", "A note.", True, DOI)
    assert console("undo") == 0
    assert console.out == "Undone: Merge 2 papers.\n"
    assert {paper["title"] for paper in console.json("list")} >= {"The preprint", "The paper"}


def test_one_work_of_two_listings_with_two_titles_is_found_and_merged_with_all_that_was_made_of_it(
    console: Console, tmp_path: Path
) -> None:
    titles = {"may": "Reading with sparse attention", "june": "Sparse attention for readers"}
    for month, (name, title) in enumerate(titles.items(), start=5):
        drafts = [make_draft(7, title=title, published=PartialDate(2024, month, 3)), make_draft(month)]
        (tmp_path / f"{name}.txt").write_text(render_page(drafts), encoding="utf-8")
        assert console("import", str(tmp_path / f"{name}.txt")) == 0
    first, second = sorted(paper["id"] for paper in console.json("list", "title:(sparse attention)"))
    console("note", str(first), "Seen in May.")
    console("tag", "+june", str(second))
    console("status", "read", str(second))
    assert console("merge", "Reading with sparse attention", str(second)) == 0
    (one,) = console.json("list", "title:(sparse attention)")
    assert (one["id"], one["note"], one["tags"], one["status"]) == (second, "Seen in May.", ["june"], "read")
    assert len(one["sources"]) == 1, "undated listings of one kind are one, as where they are imported again"
    for command, number in (("undo", 2), ("redo", 1)):
        assert console(command) == 0
        assert len(console.json("list", "title:(sparse attention)")) == number


def test_a_dry_run_says_what_it_would_be_and_changes_nothing(console: Console) -> None:
    before = console.json("list")
    assert console("merge", "1", "2", "--dry-run") == 0
    first, *lines = console.out.splitlines()
    assert first == "Number 1 would stay, and 2 be merged into it:"
    assert [line.split() for line in lines][:1] == [["Title", "The", "paper", "(from", "2)"]]
    assert console.json("list") == before


def test_json_has_the_paper_what_is_gone_where_parts_come_from_and_doubts(console: Console) -> None:
    planned = console.json("merge", "1", "3", "--dry-run")
    assert planned["gone"] == [3]
    assert planned["doubts"] == ["They have different arXiv ids: 2405.00001 and 2405.00002."]
    done = console.json("merge", "1", "3", "--lead", "3")
    assert done["paper"]["id"] == 1
    assert done["paper"]["title"] == OTHER
    assert done["from"]["title"] == [3]
    assert console.json("show", "1")["title"] == OTHER


def test_doubts_are_said_beside_the_result(console: Console) -> None:
    assert console("merge", "1", "3") == 0
    assert console.err == "They have different arXiv ids: 2405.00001 and 2405.00002.\n"


def test_one_paper_is_too_few(console: Console) -> None:
    assert console("merge", "1") == 3
    assert console.err == "readinglist: Choose 2 to 20 papers to merge.\n"
