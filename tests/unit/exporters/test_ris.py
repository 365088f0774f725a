"""RIS, line by line."""

import re
from typing import Any

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.exporters.ris import render
from tests.helpers.papers import make_paper

TAG = re.compile(r"([A-Z][A-Z0-9])  - (.*)")


def lines(**facts: Any) -> list[str]:
    return "".join(render([make_paper(**facts)])).split("\n")


def values(tag: str, **facts: Any) -> list[str]:
    return [found[2] for line in lines(**facts) if (found := TAG.fullmatch(line)) and found[1] == tag]


def test_a_record_begins_with_its_type_and_ends_with_er() -> None:
    written = lines()
    assert written[0] == "TY  - UNPB"
    assert written[-2:] == ["ER  - ", ""]
    assert values("TY", venue="Nature") == ["JOUR"]
    assert values("TY", venue="Proceedings of Things") == ["CPAPER"]


def test_names_are_surname_given_suffix() -> None:
    names = ("Ludwig van Beethoven", "Martin King Jr.", "The Model Team")
    assert values("AU", authors=names) == ["van Beethoven, Ludwig", "King, Martin, Jr.", "The Model Team"]


@pytest.mark.parametrize(
    ("published", "day"),
    [(PartialDate(2024, 5, 18), "2024/05/18/"), (PartialDate(2024, 5), "2024/05//"), (PartialDate(2024), "2024///")],
)
def test_a_date_has_its_three_slashes(published: PartialDate, day: str) -> None:
    assert values("DA", published=published) == [day]
    assert values("PY", published=published) == ["2024"]


def test_identifiers_each_have_their_place() -> None:
    identifiers = (Identifier("arxiv", "2405.00001"), Identifier("doi", "10.1000/x"), Identifier("pmid", "123"))
    assert values("DO", identifiers=identifiers) == ["10.1000/x"]
    assert values("AN", identifiers=identifiers) == ["123"]
    assert values("M1", identifiers=identifiers) == ["arXiv:2405.00001"]


def test_lines_of_a_note_stay_lines_and_are_never_taken_for_tags() -> None:
    note = "First.\n\nER  - not the end\nTY  - nor a beginning\nlast"
    written = lines(note=note)
    start = written.index("N1  - First.")
    assert written[start:-2] == ["N1  - First.", "", " ER  - not the end", " TY  - nor a beginning", "last"]
    assert [line for line in written if line.startswith(("TY  -", "ER  -"))] == ["TY  - UNPB", "ER  - "]


def test_a_break_in_a_title_is_a_space() -> None:
    assert values("TI", title="One\nER  - two") == ["One ER - two"]


def test_each_keyword_and_tag_has_a_line_and_none_two() -> None:
    assert values("KW", keywords=("cs.CL", "ml"), tags=("ml", "to discuss")) == ["cs.CL", "ml", "to discuss"]
