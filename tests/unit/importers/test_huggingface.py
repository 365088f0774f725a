"""Hugging Face's JSON and saved pages, in the shapes of several years."""

import html
import json
import quopri
from collections.abc import Mapping, Sequence
from datetime import date
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import Any

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Mention, PaperDraft
from tests.helpers.importing import parse_bytes

Row = dict[str, Any]


def paper(arxiv_id: str = "2405.00001", **facts: Any) -> Row:
    known = {
        "id": arxiv_id,
        "authors": [{"_id": "1", "name": "Ada Author", "hidden": False}, {"_id": "2", "name": "Ben Writer"}],
        "title": f"A paper called\n {arxiv_id}",
        "summary": "Sentences of 2024 carry\nline breaks.\n\nAnd paragraphs.",
        "upvotes": 12,
        "discussionId": "abc",
        "publishedAt": "2024-05-01T17:59:59.000Z",
    }
    return known | facts


def row(arxiv_id: str = "2405.00001", *, listed: str | None = "2024-05-03T04:00:00.000Z", **facts: Any) -> Row:
    inner = paper(arxiv_id, **facts)
    return {"paper": inner, "title": inner["title"], "publishedAt": listed, "numComments": 4, "thumbnail": "x"}


def one(value: object) -> PaperDraft:
    (draft,) = parse_bytes(json.dumps(value), "listing.json").drafts
    return draft


def said(draft: PaperDraft) -> Mention:
    assert draft.mention is not None
    return draft.mention


def page(rows: Sequence[Row], *, target: str = "DailyPapers", **props: Any) -> str:
    content = {"dailyPapers": list(rows), **props} if target == "DailyPapers" else props
    escaped = html.escape(json.dumps(content))
    return (
        f'<!doctype html><html><body><div class="SVELTE_HYDRATER contents" data-target="{target}" '
        f'data-props="{escaped}"></div></body></html>'
    )


def card(arxiv_id: str, title: str, upvotes: str = "73", comments: str = "3", host: str = "") -> str:
    return (
        f'<article><h3><a href="{host}/papers/{arxiv_id}">{title}</a></h3><div class="leading-none">{upvotes}</div>'
        f'<a href="{host}/papers/{arxiv_id}#community">{comments}</a></article>'
    )


def test_a_row_says_everything_about_its_paper() -> None:
    draft = one(
        [
            row(
                githubRepo="https://github.com/example/code",
                organization={"name": "example", "fullname": "Example Laboratories"},
                ai_keywords=["reading", "lists"],
            )
        ]
    )
    assert draft.title == "A paper called 2405.00001"
    assert draft.abstract == "Sentences of 2024 carry line breaks.\nAnd paragraphs."
    assert (draft.authors, draft.author_count) == (("Ada Author", "Ben Writer"), 2)
    assert str(draft.published) == "2024-05-01"
    assert draft.identifiers == (Identifier("arxiv", "2405.00001"),)
    assert (draft.url, draft.pdf_url) == ("https://arxiv.org/abs/2405.00001", "https://arxiv.org/pdf/2405.00001")
    assert (draft.code_url, draft.organization) == ("https://github.com/example/code", "Example Laboratories")
    assert draft.keywords == ("reading", "lists")
    assert (said(draft).source, said(draft).upvotes, said(draft).comments) == ("huggingface", 12, 4)


@pytest.mark.parametrize(
    ("listed", "facts", "expected"),
    [
        ("2024-05-03T04:00:00.000Z", {}, date(2024, 5, 3)),  # 2024: the moment of the listing
        ("2024-05-01T13:59:59.000Z", {}, None),  # 2026: the paper's own, four hours less
        ("2024-05-01T13:59:59.000Z", {"submittedOnDailyAt": "2024-05-06T01:00:00.000Z"}, date(2024, 5, 6)),
        (None, {}, None),
        ("soon", {}, None),
    ],
)
def test_the_day_of_the_listing_is_not_the_day_of_the_paper(
    listed: str | None, facts: Mapping[str, Any], expected: date | None
) -> None:
    draft = one([row(listed=listed, **facts)])
    assert str(draft.published) == "2024-05-01"
    assert said(draft).listed_on == expected


def test_hidden_authors_count_and_are_not_named() -> None:
    people: list[object] = [{"name": f"Author {number}", "hidden": number % 2 == 1} for number in range(533)]
    draft = one([row(authors=people)])
    assert draft.author_count == 533
    assert draft.authors == tuple(f"Author {number}" for number in range(0, 533, 2))


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: rows,
        lambda rows: {"dailyPapers": rows},
        lambda rows: {"searchResults": rows, "query": "x"},
        lambda rows: {"papers": rows},
        lambda rows: [one["paper"] for one in rows],
    ],
)
def test_search_answers_in_several_shapes(shape: Any) -> None:
    result = parse_bytes(json.dumps(shape([row("2405.00001"), row("2405.00002")])), "answer.json")
    assert [draft.identifiers[0].value for draft in result.drafts] == ["2405.00001", "2405.00002"]
    assert (result.format, result.problems) == ("Hugging Face listing", ())


def test_one_paper_alone_counts_its_own_comments() -> None:
    draft = one(paper(numComments=7, linkedModels=[], withdrawnAt="2024-06-01T00:00:00.000Z"))
    assert (said(draft).comments, said(draft).upvotes, said(draft).listed_on) == (7, 12, None)


@pytest.mark.parametrize(
    "facts",
    [
        {"upvotes": None, "organization": None, "githubRepo": None, "ai_keywords": None, "authors": None},
        {"upvotes": "many", "organization": 3, "githubRepo": "javascript:alert(1)", "authors": "Ada"},
        {"upvotes": True, "organization": {}, "authors": [None, 3, {"name": None}], "publishedAt": "yesterday"},
        {"upvotes": -4, "summary": None, "publishedAt": 17},
    ],
)
def test_facts_of_the_wrong_kind_are_left_out(facts: Mapping[str, Any]) -> None:
    draft = one([row(**facts)])
    assert draft.title == "A paper called 2405.00001"
    assert (said(draft).upvotes, draft.organization, draft.code_url) == (None, None, None)


def test_a_record_that_is_no_paper_is_a_problem_and_the_rest_goes_on() -> None:
    result = parse_bytes(json.dumps([row("2405.00001"), {"paper": {"id": "x"}}, 7, row("2405.00003")]), "day.json")
    assert len(result.drafts) == 2
    assert [problem.where for problem in result.problems] == ["day.json, record 2", "day.json, record 3"]


@pytest.mark.parametrize("text", ["[]", "{}", '{"dailyPapers": []}', '{"searchResults": [], "query": "nothing"}'])
def test_an_empty_listing_is_said_to_be_empty(text: str) -> None:
    result = parse_bytes(text, "day.json")
    assert [problem.reason for problem in result.problems] == ["The listing is empty: it holds no papers."]


def test_json_of_another_kind_is_not_said_to_be_empty() -> None:
    (problem,) = parse_bytes('{"weather": {"items": "rain"}}', "w.json").problems
    assert problem.reason.startswith("This JSON is of no kind that lists papers")


def test_a_saved_page_is_read_from_the_data_it_carries() -> None:
    result = parse_bytes(page([row("2405.00001"), row("2405.00002")], date="2024-05-03T00:00:00.000Z"), "page.html")
    assert result.format == "Hugging Face page"
    assert [said(draft).listed_on for draft in result.drafts] == [date(2024, 5, 3)] * 2
    assert result.drafts[0].abstract.startswith("Sentences of 2024")


@pytest.mark.parametrize("props", [{"periodType": "week"}, {"query": "x"}, {"isTrending": True}])
def test_a_page_that_is_no_days_has_no_day(props: Mapping[str, Any]) -> None:
    (draft,) = parse_bytes(page([row(listed=None)], date="2024-05-03", **props), "page.html").drafts
    assert said(draft).listed_on is None


def test_the_page_of_one_paper() -> None:
    text = page([], target="PaperContent", paper=paper(), comments=[{}, {}, {}], upvoters=[])
    (draft,) = parse_bytes(text, "page.html").drafts
    assert (draft.title, said(draft).comments, said(draft).upvotes) == ("A paper called 2405.00001", 3, 12)


def test_an_empty_page_is_said_to_be_empty() -> None:
    (problem,) = parse_bytes(page([], date="2030-01-01"), "page.html").problems
    assert problem.reason == "The page is empty: it lists no papers."


@pytest.mark.parametrize("host", ["", "https://huggingface.co", "https://hf.co"])
def test_without_the_data_the_cards_are_read(host: str) -> None:
    body = card("2405.00001", "A <b>bold</b> title &amp; more", host=host) + card("2405.00002v2", "Second", "1.2k", "-")
    result = parse_bytes(f"<html><body>{body}</body></html>", "page.html", origin=f"{host}/papers/date/2024-05-03")
    first, second = result.drafts
    assert (first.title, said(first).upvotes, said(first).comments) == ("A bold title & more", 73, 3)
    assert said(first).listed_on == date(2024, 5, 3)
    assert (second.identifiers[0].value, said(second).upvotes, said(second).comments) == ("2405.00002", 1200, None)


def test_broken_data_falls_back_to_the_cards() -> None:
    broken = page([row()]).replace("dailyPapers", "dailyPapers&quot;&quot;")
    text = broken.replace("</body>", card("2405.00007", "Seen as a card") + "</body>")
    assert [draft.title for draft in parse_bytes(text, "page.html").drafts] == ["Seen as a card"]


def test_without_cards_the_links_are_kept() -> None:
    text = '<p>See <a href="https://huggingface.co/papers/2405.00001">this</a>, /papers/2405.00002.md and more.</p>'
    drafts = parse_bytes(f"<html><body>{text}</body></html>", "page.html").drafts
    assert [(draft.title, draft.identifiers[0].value) for draft in drafts] == [("", "2405.00001"), ("", "2405.00002")]


def test_scripts_and_styles_are_no_papers() -> None:
    text = (
        "<html><head><script>var x = '2401.12345';</script><style>a { top: 2402.12345px }</style></head>"
        "<body onload='2403.12345'><p>arXiv:2405.00001</p></body></html>"
    )
    drafts = parse_bytes(text, "page.html").drafts
    assert "2405.00001" in [draft.identifiers[0].value for draft in drafts]
    assert not {"2401.12345", "2402.12345"} & {draft.identifiers[0].value for draft in drafts}


@pytest.mark.parametrize(("charset", "transfer"), [("utf-8", "quoted-printable"), ("utf-8", "base64")])
def test_a_web_archive_is_opened(charset: str, transfer: str) -> None:
    archive = MIMEMultipart("related")
    archive["Snapshot-Content-Location"] = "https://huggingface.co/papers"
    part = MIMEText(page([row(title="Grüße aus Zürich")]), "html", charset)
    if transfer == "quoted-printable":
        part.set_payload(quopri.encodestring(page([row(title="Grüße aus Zürich")]).encode()).decode())
        part.replace_header("Content-Transfer-Encoding", "quoted-printable")
    archive.attach(part)
    archive.attach(MIMEText("body { color: red }", "css"))
    content = b"From: <Saved by a browser>\r\n" + archive.as_bytes().replace(b"\n", b"\r\n")
    (draft,) = parse_bytes(content.decode(), "page.mhtml").drafts
    assert draft.title == "Grüße aus Zürich"


def test_a_page_that_ends_in_the_middle_says_so() -> None:
    text = page([row()]).removesuffix("</body></html>") + "<p>and then the conn"
    result = parse_bytes(text, "page.html")
    assert len(result.drafts) == 1
    assert [problem.reason for problem in result.problems] == [
        "The file ends in the middle. One paper was complete enough to import."
    ]


def test_the_sites_question_whether_one_is_human_is_recognised() -> None:
    text = "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
    (problem,) = parse_bytes(text, "papers.html").problems
    assert "proof that a person is reading" in problem.reason
