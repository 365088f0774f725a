"""`search` and `similar` as a user meets them: the real front door, a real library, an encoder that counts words."""

import json
from pathlib import Path

import pytest

from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.library.library import Library
from tests.helpers.attached import make_file
from tests.helpers.console import Console

PAPERS = (
    ("Sparse attention for video", "Attention over frames is sparse.", ("Ada Lovelace",)),
    ("Attention in surgery", "Surgeons look at robots.", ("Alan Turing",)),
    ("Robots in surgery", "Robots learn keyhole surgery.", ()),
    ("Video of robots", "A collection with sparse labels.", ()),
)

WOMBATS = "Wombats dig long burrows with their claws in the night and sleep in them through the whole day."


@pytest.fixture
def console(tmp_path: Path) -> Console:
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        drafts = [PaperDraft(title=title, abstract=text, authors=names) for title, text, names in PAPERS]
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
        writer.tags.put(ids[3:], ["ml"])
    library.close()
    return Console(tmp_path / "library")


def test_search_says_how_well_a_paper_fits_and_where_it_has_the_words(console: Console) -> None:
    assert console("search", "attention", "--json") == 0
    assert [row["id"] for row in console.rows] == [2, 1]  # the same word says more in the shorter paper
    assert [row["reasons"] for row in console.rows] == [["“attention” in the title"]] * 2
    assert console.rows[0]["score"] == 1
    assert 0 < console.rows[1]["score"] < 1
    assert console.rows[0]["authors"] == ["Alan Turing"]
    assert console.err == ""


def test_search_takes_the_whole_query_language(console: Console) -> None:
    assert console("search", "robots", "tag:ml", "--json") == 0
    assert [row["id"] for row in console.rows] == [4]
    assert console("search", "author:turing", "surge", "--json") == 0
    assert console.rows[0]["reasons"] == ["“surge” in the title", "“turing” in the authors"]
    assert console("search", "tag:ml", "--json") == 0
    assert (console.rows[0]["score"], console.rows[0]["reasons"]) == (1, ["Fits the search"])


def test_search_keeps_to_its_limit_and_prints_a_table(console: Console) -> None:
    assert console("search", "sparse", "--limit", "1") == 0
    heading, line = console.out.splitlines()
    assert heading.split() == ["Score", "No.", "Title", "Why"]
    assert line.split(maxsplit=2) == ["1.00", "1", "Sparse attention for video  “sparse” in the title"]


def test_a_mistake_in_a_query_is_said_and_the_rest_is_answered(console: Console) -> None:
    assert console("search", "tagg:x", "attention", "--json") == 0
    assert {row["id"] for row in console.rows} == {1, 2}
    assert "tagg" in console.err


def test_nothing_found_is_an_empty_list_or_a_sentence(console: Console) -> None:
    assert console("search", "zoology", "--json") == 0
    assert console.rows == []
    assert console("search", "zoology") == 0
    assert (console.out, console.err) == ("", "No papers.\n")


def test_similar_by_words_says_so(console: Console) -> None:
    assert console("similar", "3", "--json") == 0
    assert console.err == "Found by shared words: 0 of 4 papers are compared by meaning so far.\n"
    assert {row["id"] for row in console.rows} == {2, 4}
    assert all(0 < row["score"] <= 1 and row["reasons"] for row in console.rows)


def test_similar_by_meaning_after_the_index_is_made(console: Console) -> None:
    assert console("index") == 0
    assert console("similar", "3", "--json", "--limit", "1") == 0
    assert console.err == ""
    assert [row["id"] for row in console.rows] == [2]
    assert console.rows[0]["reasons"][0].startswith("Both mention ")


def test_a_text_that_names_no_paper_is_compared_itself(console: Console) -> None:
    assert console("index") == 0
    assert console("similar", "surgery with robots", "--json") == 0
    by_similar = console.rows
    assert by_similar[0]["id"] == 3


def test_search_finds_by_words_and_by_meaning_in_one_list(console: Console) -> None:
    assert console("index") == 0
    assert console("search", "keyhole robots", "--json") == 0
    assert console.rows[0]["id"] == 3, "it has both words"
    assert {row["id"] for row in console.rows} > {3}
    by_id = {row["id"]: row for row in console.rows}
    assert by_id[3]["reasons"] == ["“robots” in the title", "“keyhole” in the abstract"]
    assert by_id[4]["reasons"] == ["Close in meaning: A collection with sparse labels."]
    scores = [row["score"] for row in console.rows]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert console("search", "keyhole robots", "--text", "--json") == 0
    assert [row["id"] for row in console.rows] == [3]


def test_papers_found_by_meaning_keep_to_the_rest_of_the_query(console: Console) -> None:
    assert console("index") == 0
    for how in ([], ["--meaning"]):
        assert console("search", "keyhole robots", "tag:ml", "--json", *how) == 0
        assert [row["id"] for row in console.rows] == [4]
        assert console("search", "keyhole", "-video", "--json", *how) == 0
        assert 4 not in [row["id"] for row in console.rows]


def test_search_by_meaning_alone_gives_the_closest_sentence(console: Console) -> None:
    assert console("search", "--meaning", "robots", "--json") == 0
    assert console.err == "Not compared by meaning yet: searched by words only.\n"
    assert console("index") == 0
    assert console("search", "--meaning", "keyhole surgery", "--json") == 0
    assert console.rows[0]["id"] == 3
    assert console.rows[0]["reasons"] == ["Close in meaning: Robots learn keyhole surgery."]
    assert console.err == ""


@pytest.mark.parametrize("named", ["3", "Robots in surgery"])
def test_a_list_is_narrowed_to_what_is_like_a_text_or_a_paper(console: Console, named: str) -> None:
    assert console("index") == 0
    assert console("list", f'like:"{named}"', "--json") == 0
    like = [row["id"] for row in console.rows]
    assert 3 not in like, "a paper is not like itself"
    assert 2 in like
    assert console("list", f'like:"{named}" tag:ml', "--json") == 0
    assert [row["id"] for row in console.rows] == [one for one in like if one == 4]
    assert console("search", 'like:"surgery with robots"', "--json", "--limit", "1") == 0
    assert [row["id"] for row in console.rows] == [3]
    assert console.rows[0]["reasons"] == ["Close in meaning: Robots learn keyhole surgery."]


def give_text(console: Console, paper_id: int, *pages: str) -> None:
    library = Library(console.folder)
    with library.write(None) as writer:
        writer.files.attach(PaperId(paper_id), make_file("a"))
    library.page_texts.save("a", pages)
    library.close()


def test_what_passages_of_pdfs_take_is_said_until_they_are_wanted(console: Console) -> None:
    assert console("index", "--status") == 0
    assert "Passages of PDFs are not read. No paper has a PDF yet, so there is nothing to read." in console.out
    give_text(console, 2, "Nothing.", WOMBATS)
    assert console("index", "--status") == 0
    assert "In 1 PDF there is about 1 passage." in console.out
    assert "“readinglist config similar.passages on” turns it on." in console.out
    assert console("index", "--status", "--json") == 0
    state = json.loads(console.out)
    assert (state["passages"]["is_wanted"], state["passage_cost"]["passages"]) == (False, 1)


def test_where_passages_are_wanted_and_there_are_none_the_reason_is_said(console: Console) -> None:
    assert console("config", "similar.passages", "on") == 0
    assert console("index", "--status") == 0
    assert "No paper has a PDF yet, so there is nothing to read." in console.out
    assert "0 of 0" not in console.out
    give_text(console, 2, "", " ")
    assert console("index") == 0
    assert "No PDF has any text." in console.out


def test_a_search_by_meaning_finds_what_a_pdf_says_and_names_the_page(console: Console) -> None:
    give_text(console, 2, "Nothing.", WOMBATS)
    assert console("config", "similar.passages", "on") == 0
    assert console("index") == 0
    assert "1 of 1 passage of PDFs can be compared by meaning." in console.out
    assert console("search", "--meaning", "wombats dig burrows at night", "--json") == 0
    assert console.rows[0]["id"] == 2
    assert console.rows[0]["reasons"] == [f"Close in meaning: Page 2: {WOMBATS}"]
    assert console("config", "similar.passages", "off") == 0
    assert console("index") == 0
    assert console("search", "--meaning", "wombats dig burrows at night", "--json") == 0
    assert "Page" not in console.out
    assert not [*(console.folder / "derived" / "passages").glob("*")]
