"""Words and dates out of what sources write."""

from datetime import date

import pytest

from readinglist.importers.cleaning import from_markup, one_line, paragraphs
from readinglist.importers.days import full_date, partial_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01T17:59:59.000Z", "2024-05-01"),
        ("2024/5/1", "2024-05-01"),
        ("2024-02-31", "2024-02"),
        ("Wed, 14 May 2026 00:00:00 -0400", "2026-05-14"),
        ("Submitted on 3 Jan 2024", "2024-01-03"),
        ("14 September, 2025", "2025-09-14"),
        ("tomorrow", "None"),
        ("", "None"),
        (None, "None"),
        ("99999", "None"),
        ("0000-00-00", "None"),
    ],
)
def test_dates_as_feeds_and_pages_write_them(text: str | None, expected: str) -> None:
    assert str(partial_date(text)) == expected


def test_a_full_date_is_known_to_the_day() -> None:
    assert full_date("2024-05-01") == date(2024, 5, 1)
    assert full_date("2024-05") is None


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>One.</p><p>Two &lt; three</p>", "One.\nTwo < three"),
        ("a <b>bold</b> word", "a bold word"),
        ("if x < y and y > z", "if x < y and y > z"),
        ("<jats:title>Abstract</jats:title><jats:p>Text</jats:p>", "Abstract\nText"),
        ("line<br/>break", "line\nbreak"),
        ("zero\u200bwidth and \x07bell", "zerowidth and bell"),
        ("half \ud800 of a character", "half of a character"),
        (None, ""),
        (17, ""),
    ],
)
def test_markup_becomes_words(markup: object, expected: str) -> None:
    assert from_markup(markup) == expected


def test_line_breaks_in_sentences_are_no_paragraphs() -> None:
    assert paragraphs("One\nsentence.\r\n\r\nAnother\none.") == "One sentence.\nAnother one."
    assert one_line(" a \n\t b ") == "a b"
