"""The program's own JSON: what was known of a paper, and what the reader made of it."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Marks, Mention, PaperDraft, Priority, Status
from readinglist.exporters.json_list import paper_to_json
from tests.helpers.importing import parse_bytes
from tests.helpers.papers import make_paper


def record(**facts: Any) -> dict[str, Any]:
    return paper_to_json(make_paper(title="Thin ice", abstract="One.\nTwo.")) | facts


def one(value: object) -> PaperDraft:
    result = parse_bytes(json.dumps(value), "papers.json")
    assert result.format == "Reading List export"
    (draft,) = result.drafts
    return draft


def test_what_the_reader_made_of_a_paper_comes_with_it() -> None:
    draft = one([record(status="read", finished="2025-02-01T10:00:00+02:00", starred=True, priority="high", rating=4,
                        tags=["ml / robots", "ice"], collections=["Survey"], note="# Mine\n\n\t*code*\n",
                        other_titles=["Thin  Ice", "On thin\nice", "On thin ice"])])  # fmt: skip
    assert draft.marks == Marks(
        status=Status.READ, finished=datetime(2025, 2, 1, 8, tzinfo=UTC), is_starred=True, priority=Priority.HIGH,
        rating=4, tags=("ml/robots", "ice"), collections=("Survey",), note="# Mine\n\n\t*code*\n",
        other_titles=("On thin ice",),
    )  # fmt: skip


def test_a_paper_of_which_nothing_was_made_has_no_marks() -> None:
    assert one([record()]).marks is None


def test_one_paper_alone_and_found_papers_with_scores_are_read() -> None:
    assert one(record(score=0.7, reasons=["similar"])).abstract == "One.\nTwo."


def test_the_listing_with_the_most_upvotes_speaks_for_the_paper() -> None:
    said = {"source": "huggingface", "origin": "a page", "listed_on": "2024-06-01", "upvotes": 3, "comments": None}
    draft = one([record(sources=[said | {"upvotes": None}, said, said | {"upvotes": 2}])])
    assert draft.mention == Mention(source="huggingface", origin="a page", listed_on=date(2024, 6, 1), upvotes=3)


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "eaten", "priority": 7, "rating": "five", "starred": "yes", "finished": "in spring"},
        {"tags": ["", " / ", 4], "collections": "Survey", "note": ["a"], "other_titles": [["x"], ""]},
        {"started": "9999-99-99", "other_titles": "On thin ice"},
        {"status": ["read"], "rating": -1, "queue_position": "first", "tags": None},
    ],
)
def test_marks_that_cannot_be_are_left_out_and_the_paper_is_not(facts: dict[str, Any]) -> None:
    draft = one([record(**facts)])
    assert (draft.title, draft.marks) == ("Thin ice", None)


def test_identifiers_that_are_none_are_left_out() -> None:
    said = [
        {"scheme": "arxiv", "value": "arXiv:2405.00007v2"},
        {"scheme": "doi", "value": "none"},
        {"scheme": "doi", "value": "10.48550/arXiv.2405.00007"},
        {"scheme": "shoe", "value": "42"},
        {"scheme": "pmid", "value": "123"},
        "2405.00008",
    ]
    draft = one([record(identifiers=said, arxiv_id=None, doi="10.1000/ABC")])
    assert draft.identifiers == (
        *(Identifier("arxiv", "2405.00007"), Identifier("pmid", "123"), Identifier("doi", "10.1000/abc")),
    )


def test_a_record_without_a_title_is_a_problem_and_the_others_are_read() -> None:
    result = parse_bytes(json.dumps([record(), record(title=" "), 5]), "papers.json")
    assert len(result.drafts) == 1
    assert [one.where for one in result.problems] == ["papers.json, record 2", "papers.json, record 3"]


def test_addresses_are_those_of_the_web() -> None:
    draft = one([record(url="file:///etc/passwd", pdf_url="https://example.org/x.pdf", pdf="/papers/x.pdf")])
    assert (draft.url, draft.pdf_url) == (None, "https://example.org/x.pdf")
