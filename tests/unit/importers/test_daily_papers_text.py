"""Daily Papers as text, piece by piece; the whole page is in the integration tests."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.domain.raw import ImportResult, RawDocument
from readinglist.importers.registry import parse

ABSTRACT = "We show that an abstract is longer than any title, " * 4 + "and say nothing else in it."


def page(*papers: tuple[str, str], fetched: datetime | None = None) -> ImportResult:
    """Parse a page of titles with their footers."""
    text = "Daily Papers\n\n" + "\n\n".join(f"{title}\n\n{ABSTRACT}\n\n{footer}" for title, footer in papers)
    moment = fetched or datetime(2026, 3, 1, tzinfo=UTC)
    return parse(RawDocument(content=text.encode(), origin="text", name="page", fetched_at=moment))


def footer(who: str, when: str) -> str:
    return f"  • {who}\n·\n{when}"


def published(result: ImportResult) -> list[str]:
    return [str(one.published) for one in result.drafts]


@pytest.mark.parametrize(
    ("line", "expected"),
    [("7 authors", 7), ("1 authors", 1), ("1 author", 1), ("533 authors", 533), ("2,345 authors", 2345)],
)
def test_the_number_of_authors_is_kept(line: str, expected: int) -> None:
    (draft,) = page(("A title of some words", footer(line, "May 1, 2024"))).drafts
    assert (draft.author_count, draft.authors) == (expected, ())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ByteDance ByteDance", "ByteDance"),
        ("Example University Example University", "Example University"),
        ("Example University", "Example University"),
        ("Yo Yo Yo", "Yo Yo Yo"),
    ],
)
def test_an_organisation_stands_twice_and_is_named_once(line: str, expected: str) -> None:
    (draft,) = page(("A title of some words", f"{line}\n·\nMay 1, 2024 3")).drafts
    assert (draft.organization, draft.author_count) == (expected, None)


@pytest.mark.parametrize(
    ("line", "day", "comments"),
    [
        ("Oct 8, 2024", "2024-10-08", None),
        ("Dec 5, 2024 2", "2024-12-05", 2),
        ("Dec 5, 2024 1,204", "2024-12-05", 1204),
        ("September 30, 2024", "2024-09-30", None),
        ("Sept. 30, 2024", "2024-09-30", None),
    ],
)
def test_a_date_may_be_followed_by_the_number_of_comments(line: str, day: str, comments: int | None) -> None:
    (draft,) = page(("A title of some words", footer("2 authors", line))).drafts
    assert str(draft.published) == day
    assert draft.mention is not None
    assert draft.mention.comments == comments
    assert not draft.is_year_assumed


def test_a_date_without_a_year_lies_after_every_printed_year_whatever_the_clock_says() -> None:
    result = page(
        ("First of the two titles", footer("1 authors", "May 18 4")),
        ("Second of the two titles", footer("1 authors", "Jan 2, 2019")),
        fetched=datetime(2031, 1, 1, tzinfo=UTC),
    )
    assert (published(result), result.assumed_year) == (["2020-05-18", "2019-01-02"], 2020)


def test_the_29th_of_february_tells_a_leap_year() -> None:
    result = page(
        ("First of the three titles", footer("1 authors", "Feb 29")),
        ("Second of the three titles", footer("1 authors", "Jan 7")),
        ("Third of the three titles", footer("1 authors", "Jan 2, 2024")),
    )
    assert (published(result), result.assumed_year) == (["2028-02-29", "2028-01-07", "2024-01-02"], 2028)


def test_without_any_printed_year_the_page_is_taken_to_be_fresh() -> None:
    result = page(
        ("First of the three titles", footer("1 authors", "Feb 28")),
        ("Second of the three titles", footer("1 authors", "Mar 2")),
        ("Third of the three titles", footer("1 authors", "Feb 29")),
    )
    assert published(result) == ["2026-02-28", "2025-03-02", "2024-02-29"]


def test_a_day_that_no_calendar_has_is_left_out() -> None:
    result = page(("A title of some words", footer("3 authors", "Jun 31")))
    (draft,) = result.drafts
    assert (draft.published, draft.is_year_assumed, result.assumed_year) == (None, False, None)


def test_papers_without_footers_follow_each_other() -> None:
    bare = "\n\n".join(f"Title number {number} without a footer\n\n{ABSTRACT}" for number in range(3))
    result = page(("A title with a footer", footer("3 authors", f"May 1, 2024\n\n{bare}")))
    assert [one.title for one in result.drafts] == [
        "A title with a footer",
        *(f"Title number {number} without a footer" for number in range(3)),
    ]


def test_paragraphs_of_an_abstract_stay_together() -> None:
    text = f"Daily Papers\n\nA title of some words\n\n{ABSTRACT}\n\nShort paragraph.\n\n{ABSTRACT}\n\n  • 2 authors\n"
    (draft,) = parse(RawDocument(content=text.encode(), origin="text", name="page")).drafts
    assert draft.abstract == f"{ABSTRACT}\nShort paragraph.\n{ABSTRACT}"


def test_lines_of_a_wrapped_abstract_are_joined() -> None:
    wrapped = ABSTRACT.replace("title, ", "title,\n")
    text = f"Daily Papers\n\nA title of\nsome words\n\n{wrapped}\n\n  • 2 authors\n·\nMay 1, 2024\n"
    (draft,) = parse(RawDocument(content=text.encode(), origin="text", name="page")).drafts
    assert (draft.title, draft.abstract) == ("A title of some words", ABSTRACT)


def test_prose_that_mentions_authors_is_no_listing() -> None:
    text = "The paper has 7 authors.\n\nIt appeared on May 18 and I have not read it.\n"
    assert parse(RawDocument(content=text.encode(), origin="text", name="note")).drafts == ()


WAYS: dict[str, Callable[[str], str]] = {
    "with no-break spaces": lambda text: text.replace(" authors", "\xa0authors").replace("  • ", "\xa0•\xa0"),
    "without bullets": lambda text: text.replace("  • ", ""),
    "with bullets on their own lines": lambda text: text.replace("  • ", "  •\n"),
    "with the footer on one line": lambda text: re.sub(r"\n·\n", " · ", text),
    "with the footer on two lines": lambda text: re.sub(r"\n·\n", "\n· ", text),
    "indented": lambda text: "\n".join(f"\t  {line}" for line in text.split("\n")),
    "with spaces at the ends": lambda text: "\n".join(f"{line}  " for line in text.split("\n")),
    "with twice as many blank lines": lambda text: text.replace("\n", "\n\n"),
    "without its head": lambda text: text[text.index("Walking Softly") :],
}


@pytest.mark.parametrize("way", WAYS)
def test_a_page_says_the_same_however_it_was_copied(way: str, data: Path) -> None:
    text = (data / "daily_papers.txt").read_text(encoding="utf-8")
    expected = parse(RawDocument(content=text.encode(), origin="text", name="page"))
    copied = WAYS[way](text)
    assert copied != text
    assert parse(RawDocument(content=copied.encode(), origin="text", name="page")) == expected


def test_a_page_copied_without_blank_lines_has_one_paragraph_in_each_line(data: Path) -> None:
    text = (data / "daily_papers.txt").read_text(encoding="utf-8")
    expected = parse(RawDocument(content=text.encode(), origin="text", name="page"))
    dense = re.sub(r"\n\s*\n+", "\n", text)
    assert parse(RawDocument(content=dense.encode(), origin="text", name="page")) == expected
