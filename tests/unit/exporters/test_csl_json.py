"""CSL-JSON as citation processors read it; that our own importer reads it back is a property test."""

import json
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.exporters.bibtex import render as render_bibtex
from readinglist.exporters.csl_json import render
from tests.helpers.papers import make_paper


def item(**facts: Any) -> dict[str, Any]:
    (found,) = json.loads("".join(render([make_paper(**facts)])))
    assert isinstance(found, dict)
    return found


def test_a_preprint_is_an_article_of_its_archive() -> None:
    found = item()
    assert (found["type"], found["publisher"], found["number"]) == ("article", "arXiv", "arXiv:2405.00001")
    assert found["URL"] == "https://arxiv.org/abs/2405.00001"


def test_a_published_paper_names_where() -> None:
    found = item(venue="Nature", identifiers=(Identifier("doi", "10.1000/x"),), organization="Meta")
    assert (found["type"], found["container-title"], found["DOI"]) == ("article-journal", "Nature", "10.1000/x")
    assert found["publisher"] == "Meta"
    assert item(venue="Proceedings of Things")["type"] == "paper-conference"


def test_names_are_divided_and_groups_are_literal() -> None:
    assert item(authors=("Ludwig van Beethoven", "The Model Team", "Martin King Jr."))["author"] == [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"literal": "The Model Team"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
    ]


def test_dates_have_the_parts_that_are_known() -> None:
    assert item(published=PartialDate(2024, 5))["issued"] == {"date-parts": [[2024, 5]]}
    assert "issued" not in item(published=None)


def test_the_key_is_the_one_of_bibtex() -> None:
    papers = [make_paper(1), make_paper(2)]
    keys = [one["id"] for one in json.loads("".join(render(papers)))]
    assert [f"@misc{{{key}," for key in keys] == [
        line for line in "".join(render_bibtex(papers)).split("\n") if line.startswith("@")
    ]
