"""CSV as spreadsheets open it."""

import csv
import io
from typing import Any

import pytest

from readinglist.exporters.csv_table import COLUMNS, render
from tests.helpers.papers import make_paper


def row(**facts: Any) -> dict[str, str]:
    text = "".join(render([make_paper(**facts)]))
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    return found


def test_every_column_has_its_value() -> None:
    found = row(
        tags=("ml", "x"), collections=("A/b", "C"), is_starred=True, upvotes=0, note='He said "yes",\nthen; left.'
    )
    assert tuple(found) == COLUMNS
    assert (found["authors"], found["tags"], found["starred"]) == ("Ada Author; Ben Writer", "ml; x", "yes")
    assert found["collections"] == "A/b; C"
    assert (found["published"], found["arxiv_id"], found["upvotes"], found["comments"]) == (
        *("2024-05-18", "2405.00001", "0", ""),
    )
    assert found["note"] == 'He said "yes",\nthen; left.'
    assert found["added"] == "2025-01-02 03:04:05"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_no_text_can_be_run_as_a_formula(text: str) -> None:
    found = row(title=text, authors=(text,), note=text, tags=(text,), collections=(text,), venue=text)
    for name in ("title", "authors", "note", "tags", "collections", "venue"):
        assert found[name] == "'" + text.replace("\r", "\n")


def test_ordinary_text_is_left_alone() -> None:
    assert row(title="A = B")["title"] == "A = B"
