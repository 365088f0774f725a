"""`pdf …`, and what `show`, `list` and `search` know of files and annotations, on a real library."""

from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft, Status
from readinglist.library.library import Library
from tests.helpers.attached import make_annotation
from tests.helpers.console import Console
from tests.helpers.http_server import HeldFile, WebServer
from tests.helpers.made_pdf import write_pdf


@pytest.fixture
def console(tmp_path: Path) -> Console:
    with closing(Library(tmp_path / "library")) as library, library.write("Import") as writer:
        drafts = [
            PaperDraft(title="On the habits of wombats", identifiers=(Identifier("arxiv", "2405.00001"),)),
            PaperDraft(title="On the depth of burrows"),
        ]
        writer.papers.add_many(drafts, status=Status.INBOX)
    return Console(tmp_path / "library")


def annotate(console: Console) -> None:
    """Annotate the PDF of the first paper."""
    with closing(Library(console.folder)) as library:
        with library.read() as reader:
            (file,) = reader.files.of_content(console.value["sha256"])
        with library.write("Annotate") as writer:
            note = make_annotation("x", page=2, quote="digging at night", comment="Do they?", tags=("question",))
            writer.annotations.add(file.paper_id, file.sha256, [note])


def test_a_pdf_is_attached_found_by_its_text_and_shown(console: Console, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert console("pdf", "attach", "wombats", str(path), "--json") == 0
    attached = console.value
    assert (attached["id"], attached["pages"], attached["has_text"], attached["linked"]) == (1, 3, True, False)
    assert Path(attached["path"]) == console.folder / "files" / "On the habits of wombats.pdf"
    assert console("list", "has:pdf", "--json") == 0
    assert [(paper["id"], paper["pdf"]) for paper in console.value] == [(1, attached["path"])]
    assert console("search", "rithm OR résumé", "--json") == 0
    (paper,) = console.value
    assert paper["id"] == 1
    assert paper["reasons"][0].startswith("Page 1: ")
    assert console("show", "1") == 0
    assert "On the habits of wombats.pdf (3 pages)" in " ".join(console.out.split())


def test_a_pdf_can_be_linked_or_moved(console: Console, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert console("pdf", "attach", "1", str(path), "--link") == 0
    assert console("show", "1", "--json") == 0
    (file,) = console.value["files"]
    assert (file["path"], file["linked"], file["is_there"]) == (str(path), True, True)
    assert console("pdf", "attach", "2", str(path), "--move") == 0
    assert not path.exists()
    assert console("check") == 0
    assert "1 linked file found in another place." in console.out


def test_what_is_no_pdf_is_refused(console: Console, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<html>")
    assert console("pdf", "attach", "1", str(tmp_path / "page.pdf")) == 3
    assert console.err == "readinglist: page.pdf is no PDF.\n"


def test_annotations_are_listed_exported_and_found(console: Console, tmp_path: Path) -> None:
    assert console("pdf", "annotations", "1") == 0
    assert (console.out, console.err) == ("", "No annotations.\n")
    console("pdf", "attach", "1", str(write_pdf(tmp_path / "a.pdf")), "--json")
    annotate(console)
    assert console("pdf", "annotations", "1") == 0
    assert console.out == "p. 2 · Highlight [question]\n  “digging at night”\n  Do they?\n"
    assert console("pdf", "annotations", "1", "--json") == 0
    assert [(one["page"], one["kind"], one["quote"], one["tags"]) for one in console.value] == [
        (2, "highlight", "digging at night", ["question"])
    ]
    assert console("pdf", "annotations", "1", "--markdown") == 0
    assert "[page 2](readinglist://paper/1?page=2)" in console.out
    assert console("list", "has:annotation", "--json") == 0
    assert [paper["id"] for paper in console.value] == [1]
    assert console("search", "digging", "--json") == 0
    assert [paper["id"] for paper in console.value] == [1]
    assert console("show", "1", "--json") == 0
    assert console.value["annotations"][0]["comment"] == "Do they?"
    assert console("show", "1") == 0
    assert "Do they?" in console.out


def test_a_pdf_is_fetched_from_arxiv(console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with WebServer() as server:
        server.handle("/pdf/2405.00001", HeldFile(content=write_pdf(tmp_path / "a.pdf").read_bytes()))
        monkeypatch.setenv("READINGLIST_ARXIV", server.base)
        assert console("pdf", "fetch", "wombats", "--json") == 0
    assert (console.value["fetched"], console.value["problems"]) == ([1], [])
    assert console("pdf", "fetch", "wombats") == 0
    assert console.out == "0 PDFs fetched, 1 paper had one already.\n"


def test_fetching_without_a_network_says_so(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.net.download.pause", lambda *_: None)  # between attempts
    assert console("pdf", "fetch", "wombats") == 4
    assert "No server can be reached. Check the internet connection and try again." in console.err


def test_pdfs_are_imported_from_the_command_line(console: Console, tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf")
    assert console("import", str(path), "--dry-run") == 0
    assert console("import", str(path), "--json") == 0
    assert console.value["added"] == 1
    assert console("search", "résumé", "--json") == 0
    assert [paper["id"] for paper in console.value] == [3]
