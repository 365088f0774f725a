"""What a document is written in is told from itself, whatever its name says."""

import json

import pytest

from readinglist.domain.raw import RawDocument
from readinglist.importers.document import Document, Shape, open_document
from readinglist.importers.tree import all_text
from tests.helpers.importing import parse_bytes


def opened(text: str, name: str = "file", media_type: str = "") -> Document:
    return open_document(RawDocument(content=text.encode(), origin="x", name=name, media_type=media_type))


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('{"a": 1}', Shape.JSON),
        ('\n [ {"a": 1}]', Shape.JSON),
        ("[]", Shape.JSON),
        ('<?xml version="1.0"?><feed></feed>', Shape.XML),
        ("<rss><channel/></rss>", Shape.XML),
        ("<!-- a comment --><!DOCTYPE html><html></html>", Shape.HTML),
        ('<?xml version="1.0"?><!DOCTYPE html><html xmlns="x"></html>', Shape.HTML),
        ("<div><p>a piece</p></div>", Shape.HTML),
        ("[1] A list of references. [2] Another one.", Shape.TEXT),
        ("{curly} braces and [brackets]", Shape.TEXT),
        ("a < b and b > c", Shape.TEXT),
        ("# Markdown with an <a href='x'> in it", Shape.TEXT),
    ],
)
@pytest.mark.parametrize("name", ["page.html", "data.json", "notes.txt", "feed.xml", "noname"])
def test_the_shape_is_told_from_the_content(text: str, shape: Shape, name: str) -> None:
    assert opened(text, name).shape is shape


def test_a_name_or_a_servers_word_decides_in_doubt() -> None:
    assert opened("<x-card>text", "file").shape is Shape.TEXT
    assert opened("<x-card>text", "page.htm").shape is Shape.HTML
    assert opened("<x-card>text", "file", "text/html; charset=utf-8").shape is Shape.HTML


@pytest.mark.parametrize(
    ("text", "is_cut"),
    [
        ("<html><body><p>whole</p></body></html>", False),
        ("<html><body><p>whole, but for the last tag</p></body>", False),
        ("<html><body><p>cut", True),
        ("<rss><channel><item>", True),
        ("<rss><channel/></rss>\n", False),
        ("<p>a piece of a page", False),
    ],
)
def test_a_page_that_began_and_never_ended_is_cut_off(text: str, is_cut: bool) -> None:
    assert opened(text).is_cut_off is is_cut


def test_the_tree_of_a_page_is_read_whatever_its_encoding_says() -> None:
    text = '<html><head><meta charset="iso-8859-1"></head><body><p>größe – ß</p></body></html>'
    root = opened(text).html
    assert root is not None
    assert "größe – ß" in all_text(root)


def test_the_name_of_a_file_does_not_decide_what_is_read() -> None:
    rows = json.dumps([{"paper": {"id": "2405.00001", "title": "A paper", "authors": []}}])
    for name in ("day.txt", "day.html", "day.pdf", "day"):
        assert [draft.title for draft in parse_bytes(rows, name).drafts] == ["A paper"]
