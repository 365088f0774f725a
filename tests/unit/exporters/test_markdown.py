"""Markdown as people read it."""

from typing import Any

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Priority, Status
from readinglist.exporters.markdown import escape, render
from tests.helpers.papers import make_paper


def text(**facts: Any) -> str:
    return "".join(render([make_paper(**facts)]))


def test_a_section_shows_links_status_tags_and_note() -> None:
    written = text(
        status=Status.TO_READ,
        is_starred=True,
        priority=Priority.HIGH,
        rating=4,
        tags=("ml/vision",),
        collections=("Survey/Attention", "To_do"),
        note="# Mine\n\n- a point",
        pdf_url="https://arxiv.org/pdf/2405.00001",
    )
    assert written.split("\n\n") == [
        "# Reading list",
        "## [Learning from sparse examples](https://arxiv.org/abs/2405.00001)",
        "Ada Author, Ben Writer · 2024-05-18",
        "**To read** · ★ · high priority · rated 4 of 5 · #ml/vision · in Survey/Attention, To\\_do",
        "[arXiv: 2405.00001](https://arxiv.org/abs/2405.00001) · [PDF](https://arxiv.org/pdf/2405.00001)",
        "> # Mine\n>\n> - a point\n",
    ]


def test_what_is_unknown_leaves_no_empty_line() -> None:
    assert text(authors=(), author_count=None, published=None, identifiers=()) == (
        "# Reading list\n\n## Learning from sparse examples\n\n**Inbox**\n"
    )


def test_many_authors_are_a_number() -> None:
    names = tuple(f"A{number} B" for number in range(9))
    assert "A5 B and 14 others ·" in text(authors=names, author_count=20)
    assert "12 authors ·" in text(authors=(), author_count=12)
    assert "A0 B and 1 other ·" in text(authors=names[:1], author_count=2)


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("1. First", r"1\. First"),
        ("# Not a heading", r"\# Not a heading"),
        ("- Not an item", r"\- Not an item"),
        ("a *b* _c_ `d` [e](f)", r"a \*b\* \_c\_ \`d\` \[e\](f)"),
        ("<script>", r"\<script\>"),
        ("line\nbreak", "line break"),
        ("C# and -x", "C# and -x"),
    ],
)
def test_markdown_shows_a_title_as_it_stands(plain: str, escaped: str) -> None:
    assert escape(plain) == escaped


def test_an_address_cannot_end_its_link_early() -> None:
    written = text(identifiers=(Identifier("doi", "10.1000/(x)y"),), url="https://example.org/a) [b](c d")
    assert "](https://example.org/a%29%20%5Bb%5D%28c%20d)" in written
