"""JSON for scripts."""

import json
from datetime import UTC, date, datetime

from readinglist.domain.paper import Mention, Priority
from readinglist.exporters.json_list import paper_to_json, render
from tests.helpers.papers import make_paper

PROMISED = (
    "id title abstract authors author_count organization published added status starred priority rating tags arxiv_id "
    "doi url pdf upvotes comments sources collections other_titles"
).split()


def test_all_promised_fields_are_there_even_if_unknown() -> None:
    paper = make_paper(authors=(), author_count=None, published=None, identifiers=())
    found = paper_to_json(paper)
    assert set(PROMISED) <= found.keys()
    assert (found["authors"], found["published"], found["arxiv_id"], found["pdf"], found["sources"]) == (
        *([], None, None, None, []),
    )


def test_values_are_plain() -> None:
    mention = Mention(source="huggingface", origin="a page", listed_on=date(2024, 6, 1), upvotes=3)
    found = paper_to_json(
        make_paper(mentions=(mention,), priority=Priority.HIGH, finished=datetime(2025, 2, 1, tzinfo=UTC))
    )
    assert (found["published"], found["added"], found["priority"], found["status"]) == (
        *("2024-05-18", "2025-01-02T03:04:05+00:00", "high", "inbox"),
    )
    assert found["finished"] == "2025-02-01T00:00:00+00:00"
    assert found["identifiers"] == [{"scheme": "arxiv", "value": "2405.00001"}]
    assert found["sources"] == [
        {"source": "huggingface", "origin": "a page", "listed_on": "2024-06-01", "upvotes": 3, "comments": None}
    ]
    assert json.loads(json.dumps(found)) == found


def test_pieces_make_one_array() -> None:
    assert json.loads("".join(render([]))) == []
    papers = [make_paper(number) for number in (1, 2, 3)]
    assert [one["id"] for one in json.loads("".join(render(papers)))] == [1, 2, 3]
