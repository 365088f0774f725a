"""CSL-JSON, feeds of journals, and identifiers in any text."""

import json
from typing import Any

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft
from tests.helpers.importing import parse_bytes


def csl(**facts: Any) -> dict[str, Any]:
    known = {
        "type": "article-journal",
        "title": "Reading <i>lists</i> &amp; more",
        "DOI": "10.1000/ABC",
        "author": [
            {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
            {"literal": "The List Group"},
            {"family": "Plato"},
        ],
        "issued": {"date-parts": [[2024, 5]]},
        "container-title": "Journal of Lists",
    }
    return known | facts


def one(value: object) -> PaperDraft:
    (draft,) = parse_bytes(json.dumps(value), "records.json").drafts
    return draft


def test_a_record_of_csl_says_everything_about_its_paper() -> None:
    draft = one(
        [csl(abstract="<jats:title>Abstract</jats:title><jats:p>We read.</jats:p>", PMID="123", keyword="a, b")]
    )
    assert draft.title == "Reading lists & more"
    assert draft.authors == ("Ludwig van Beethoven", "The List Group", "Plato")
    assert (str(draft.published), draft.venue, draft.abstract) == ("2024-05", "Journal of Lists", "We read.")
    assert draft.identifiers == (Identifier("doi", "10.1000/abc"), Identifier("pmid", "123"))
    assert (draft.keywords, draft.mention) == (("a", "b"), None)


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ({"date-parts": [[2024, 5, 7]]}, "2024-05-07"),
        ({"date-parts": [["2024", "5"]]}, "2024-05"),
        ({"date-parts": [[2024], [2025]]}, "2024"),
        ({"date-parts": [[None]]}, "None"),
        ({"date-parts": []}, "None"),
        ({"raw": "2024-05-07T10:00:00Z"}, "2024-05-07"),
        ({"literal": "in the spring"}, "None"),
        ({"date-parts": [[2024, 13, 40]]}, "2024"),
        ("2024", "None"),
    ],
)
def test_dates_of_every_form(issued: object, expected: str) -> None:
    assert str(one([csl(issued=issued)]).published) == expected


@pytest.mark.parametrize(
    "envelope",
    [
        lambda record: record,
        lambda record: [record],
        lambda record: {"items": [record]},
        lambda record: {"status": "ok", "message": record},
        lambda record: {"status": "ok", "message": {"total-results": 1, "items": [record]}},
    ],
)
def test_records_come_alone_in_lists_and_in_envelopes(envelope: Any) -> None:
    assert one(envelope(csl())).title == "Reading lists & more"


def test_crossrefs_works_write_lists_where_csl_writes_texts() -> None:
    record = csl(title=["Main"], subtitle=["And the rest"], **{"container-title": ["Journal", "J."], "issued": None})
    draft = one({"message": record | {"published-online": {"date-parts": [[2023, 1, 2]]}}})
    assert (draft.title, draft.venue, str(draft.published)) == ("Main: And the rest", "Journal", "2023-01-02")


def test_an_arxiv_doi_is_an_arxiv_paper() -> None:
    draft = one([csl(DOI="10.48550/arXiv.2405.00001", URL="https://arxiv.org/abs/2405.00001")])
    assert draft.identifiers == (Identifier("arxiv", "2405.00001"),)
    assert draft.pdf_url == "https://arxiv.org/pdf/2405.00001"


def test_a_record_without_title_and_doi_is_a_problem() -> None:
    result = parse_bytes(json.dumps([csl(), {"type": "book", "author": []}, "text"]), "records.json")
    assert (len(result.drafts), len(result.problems)) == (1, 2)
    assert result.problems[0].where == "records.json, record 2"


def test_a_journals_feed_gives_titles_names_and_dois() -> None:
    text = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"><channel><title>Journal of Lists</title>
      <item><title>Lists &amp;amp; &lt;i&gt;order&lt;/i&gt;</title><link>https://example.org/1</link>
        <description><![CDATA[<p>First.</p><p>Second.</p>]]></description><author>ada@example.org (Ada Author)</author>
        <pubDate>Tue, 03 Jun 2025 09:39:21 GMT</pubDate><prism:doi>10.1000/one</prism:doi></item>
      <item><title>Two</title><dc:creator>Knuth, Donald E.</dc:creator><dc:date>2025-06-02</dc:date></item>
      <item></item></channel></rss>"""
    result = parse_bytes(text, "feed.rss")
    first, second = result.drafts
    assert (first.title, first.abstract, first.authors) == ("Lists & order", "First.\nSecond.", ("Ada Author",))
    assert (str(first.published), first.identifiers) == ("2025-06-03", (Identifier("doi", "10.1000/one"),))
    assert (second.authors, str(second.published)) == (("Donald E. Knuth",), "2025-06-02")
    assert [problem.where for problem in result.problems] == ["feed.rss, entry 3"]


def test_a_feed_in_windows_1252_is_read() -> None:
    head = '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel>'
    text = f"{head}<item><title>Größe “x”</title></item></channel></rss>"
    assert parse_bytes(text.encode("cp1252"), "feed.rss").drafts[0].title == "Größe “x”"


def test_identifiers_of_any_text_are_kept_for_the_network_to_complete() -> None:
    text = "Read arXiv:2405.00001v2, https://arxiv.org/pdf/hep-th/9901001.pdf and doi:10.1000/ABC (also 2405.00001)."
    result = parse_bytes(text, "mail.txt")
    assert [one.identifiers[0] for one in result.drafts] == [
        Identifier("arxiv", "2405.00001"),
        Identifier("arxiv", "hep-th/9901001"),
        Identifier("doi", "10.1000/abc"),
    ]
    assert all(one.title == "" for one in result.drafts)
    assert result.drafts[0].url == "https://arxiv.org/abs/2405.00001"


@pytest.mark.parametrize(
    "text",
    [
        "Call 2405.12 or 1234.56789 before 10.30/day; see 2413.00001.",
        "10.1145/nnnnnnn.nnnnnnn and 10.1145/1122445.1122456 are templates",
        "word/1234567 is a path",
    ],
)
def test_what_only_looks_like_an_identifier_is_none(text: str) -> None:
    result = parse_bytes(text, "mail.txt")
    assert result.drafts == ()
    assert result.problems[0].reason.startswith("No papers are recognised in this text")


def test_a_doi_of_several_works_is_none_of_theirs() -> None:
    titles = ("Alpha of lists", "Beta of lists", "Gamma of lists")
    drafts = parse_bytes(json.dumps([csl(title=title, DOI="10.1000/book") for title in titles]), "book.json").drafts
    assert [(draft.title, draft.identifiers) for draft in drafts] == [(title, ()) for title in titles]


def test_a_doi_stays_where_only_the_subtitle_differs() -> None:
    records = [csl(title="Alpha of lists", DOI="10.1000/x"), csl(title="Alpha of lists: a study", DOI="10.1000/x")]
    drafts = parse_bytes(json.dumps(records), "records.json").drafts
    assert [draft.identifiers for draft in drafts] == [(Identifier("doi", "10.1000/x"),)] * 2
