"""arXiv's Atom, its pages and its feeds."""

from datetime import date

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft
from tests.helpers.importing import parse_bytes

ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:arxiv="http://arxiv.org/schemas/atom"><id>https://arxiv.org/api/x</id><title>arXiv Query</title>{}</feed>'
)
ENTRY = """<entry>
<id>http://arxiv.org/abs/{id}</id><title>Reading
  Lists of {{\\tau}}</title><published>2024-05-01T17:59:59Z</published><updated>2025-01-01T00:00:00Z</updated>
<summary>  First line
second line.

Second paragraph.
</summary><author><name>Ada Author</name></author><author><name>Žofie Č. Novák</name></author>
<arxiv:doi>10.1000/XYZ</arxiv:doi><arxiv:journal_ref>Journal of Lists 3 (2025)</arxiv:journal_ref>
<arxiv:primary_category term="cs.DL"/><category term="cs.DL"/><category term="cs.IR"/></entry>"""


def one(text: str, name: str = "answer.xml", origin: str = "") -> PaperDraft:
    (draft,) = parse_bytes(text, name, origin=origin).drafts
    return draft


def test_an_entry_of_atom_says_everything_about_its_paper() -> None:
    draft = one(ATOM.format(ENTRY.format(id="2405.00001v3")))
    assert (draft.title, draft.title_source) == ("Reading Lists of τ", r"Reading Lists of {\tau}")
    assert draft.abstract == "First line second line.\nSecond paragraph."
    assert (draft.authors, draft.author_count) == (("Ada Author", "Žofie Č. Novák"), 2)
    assert str(draft.published) == "2024-05-01"
    assert draft.identifiers == (Identifier("arxiv", "2405.00001"), Identifier("doi", "10.1000/xyz"))
    assert (draft.url, draft.pdf_url) == ("https://arxiv.org/abs/2405.00001", "https://arxiv.org/pdf/2405.00001")
    assert (draft.venue, draft.keywords) == ("Journal of Lists 3 (2025)", ("cs.DL", "cs.IR"))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("0704.0001", "0704.0001"),
        ("2401.12345v12", "2401.12345"),
    ],
)
def test_identifiers_of_all_ages(written: str, value: str) -> None:
    assert one(ATOM.format(ENTRY.format(id=written))).identifiers[0].value == value


def test_what_arxiv_refuses_and_does_not_know_is_said() -> None:
    refused = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format</id><title>Error</title>"
        "<summary>incorrect id format for 99</summary></entry>"
    )
    unknown = "<entry><id>http://arxiv.org/abs/2405.99999</id><title></title></entry>"
    result = parse_bytes(ATOM.format(refused + unknown + ENTRY.format(id="2405.00001")), "answer.xml")
    assert len(result.drafts) == 1
    assert [problem.reason for problem in result.problems] == [
        "arXiv refused the question: incorrect id format for 99.",
        "arXiv knows no paper of this id.",
    ]


def test_an_empty_answer_is_said_to_be_empty() -> None:
    (problem,) = parse_bytes(ATOM.format(""), "answer.xml").problems
    assert problem.reason == "arXiv found no paper."


def test_asking_for_one_paper_is_no_listing() -> None:
    text = ATOM.format(ENTRY.format(id="2405.00001"))
    assert one(text, origin="https://arxiv.org/abs/2405.00001").mention is None
    assert one(text, origin="https://export.arxiv.org/api/query?search_query=all:x").mention is not None


def listing_item(number: int, arxiv_id: str, *, abstract: str = "", note: str = "") -> str:
    return f"""<dt><a name='item{number}'>[{number}]</a>
  <a href ="/abs/{arxiv_id}" title="Abstract" id="{arxiv_id}">arXiv:{arxiv_id}</a> {note}
  [<a href="/pdf/{arxiv_id}" title="Download PDF" id="pdf-{arxiv_id}">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span>
    Paper {number}: A Study</div>
  <div class='list-authors'><a href="/a/1">Ada Author</a>, <a href="/a/2">Ben Writer</a></div>
  <div class='list-comments mathjax'><span class='descriptor'>Comments:</span> 12 pages</div>
  <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span> J. Lists {number}</div>
  <div class='list-subjects'><span class='descriptor'>Subjects:</span>
    <span class="primary-subject">Digital Libraries (cs.DL)</span>; Information Retrieval (cs.IR)</div>
  {f"<p class='mathjax'>{abstract}</p>" if abstract else ""}</div></dd>"""


def listing(*parts: str) -> str:
    return f"<!DOCTYPE html><html><body>{''.join(parts)}</body></html>"


def section(heading: str, *items: str) -> str:
    return f"<dl id='articles'><h3>{heading}</h3>{''.join(items)}</dl>"


def test_new_papers_have_three_lists_and_abstracts() -> None:
    day = "<h3>Showing new listings for Thursday, 14 May 2026</h3>"
    text = listing(
        day,
        section("New submissions (showing 1 of 1)", listing_item(1, "2605.00001", abstract="We study lists.\nA lot.")),
        section("Cross submissions", listing_item(2, "2605.00002", note="(cross-list from stat.ML)", abstract="B")),
        section("Replacement submissions", listing_item(3, "cs/0501001", note="(replaced)", abstract="C")),
    )
    result = parse_bytes(text, "new")
    assert result.format == "arXiv listing"
    assert [draft.identifiers[0].value for draft in result.drafts] == ["2605.00001", "2605.00002", "cs/0501001"]
    first = result.drafts[0]
    assert (first.title, first.abstract) == ("Paper 1: A Study", "We study lists. A lot.")
    assert (first.authors, first.keywords) == (("Ada Author", "Ben Writer"), ("cs.DL", "cs.IR"))
    assert first.venue == "J. Lists 1"
    assert {draft.mention.listed_on for draft in result.drafts if draft.mention} == {date(2026, 5, 14)}


def test_recent_papers_stand_under_their_days() -> None:
    text = listing(
        "<dl id='articles'><h3>Thu, 14 May 2026 (showing 1 of 9 entries)</h3>",
        listing_item(1, "2605.00001"),
        "<h3>Wed, 13 May 2026</h3>",
        listing_item(2, "2605.00002"),
        "</dl>",
    )
    drafts = parse_bytes(text, "recent").drafts
    assert [draft.mention.listed_on for draft in drafts if draft.mention] == [date(2026, 5, 14), date(2026, 5, 13)]
    assert [draft.abstract for draft in drafts] == ["", ""]


def test_catch_up_wraps_each_paper_in_its_own_list() -> None:
    items = [section("", listing_item(number, f"2605.0000{number}", abstract="x")) for number in range(1, 4)]
    assert len(parse_bytes(listing("<h3>Catchup for Thu, 14 May 2026</h3>", *items), "catchup").drafts) == 3


def test_search_results_have_whole_abstracts() -> None:
    text = listing(
        """<ol><li class="arxiv-result"><p class="list-title"><a href="https://arxiv.org/abs/2405.00001v2">arXiv:2405.00001
        </a></p><p class="title is-5 mathjax">Searching <span class="search-hit">Lists</span></p>
        <p class="authors"><span>Authors:</span> <a href="/a">Ada Author</a>, <a href="/b">Ben Writer</a></p>
        <div class="tags"><span class="tag" data-tooltip="Digital Libraries">cs.DL</span></div>
        <p class="abstract"><span class="abstract-short">We sea… </span>
        <span class="abstract-full">We search lists and find them. <a class="is-size-7">&#9651; Less</a></span></p>
        <p><span>Submitted</span> 3 May, 2024; <span>originally announced</span> May 2024.</p></li></ol>"""
    )
    result = parse_bytes(text, "search")
    (draft,) = result.drafts
    assert (draft.title, draft.abstract) == ("Searching Lists", "We search lists and find them.")
    assert (draft.authors, draft.keywords) == (("Ada Author", "Ben Writer"), ("cs.DL",))
    assert (str(draft.published), draft.identifiers[0].value) == ("2024-05-03", "2405.00001")
    assert result.format == "arXiv search page"


def test_the_page_of_one_paper_is_read_from_its_citation() -> None:
    facts = {
        "citation_title": "Reading Lists",
        "citation_author": "Author, Ada",
        "citation_doi": "10.1000/xyz",
        "citation_date": "2024/05/01",
        "citation_arxiv_id": "2405.00001",
        "citation_abstract": "We read &lt;lists&gt;.",
    }
    metas = "".join(f'<meta name="{name}" content="{value}"/>' for name, value in facts.items())
    draft = one(f"<!DOCTYPE html><html><head>{metas}</head><body><p>x</p></body></html>", "abs.html")
    assert (draft.title, draft.authors, draft.abstract) == ("Reading Lists", ("Ada Author",), "We read <lists>.")
    assert (str(draft.published), draft.mention) == ("2024-05-01", None)
    assert draft.identifiers == (Identifier("arxiv", "2405.00001"), Identifier("doi", "10.1000/xyz"))


def test_a_feed_announces_new_crossed_and_replaced_papers() -> None:
    items = "".join(
        f"<item><title>Paper {number}</title><link>https://arxiv.org/abs/2605.0000{number}</link>"
        f"<description>arXiv:2605.0000{number}v1 Announce Type: {kind}\nAbstract: We study {number}.</description>"
        f'<guid isPermaLink="false">oai:arXiv.org:2605.0000{number}v1</guid><category>cs.DL</category>'
        f"<pubDate>Thu, 14 May 2026 00:00:00 -0400</pubDate><arxiv:announce_type>{kind}</arxiv:announce_type>"
        f"<dc:creator>Ada Author, Ben Writer</dc:creator></item>"
        for number, kind in enumerate(("new", "cross", "replace", "replace-cross"), start=1)
    )
    result = parse_bytes(feed(items), "cs.DL")
    assert result.format == "arXiv feed"
    assert [draft.abstract for draft in result.drafts] == [f"We study {number}." for number in range(1, 5)]
    first = result.drafts[0]
    assert (first.authors, first.identifiers[0].value) == (("Ada Author", "Ben Writer"), "2605.00001")
    assert first.published is None  # it is the announcement that is dated
    assert first.mention is not None
    assert (first.mention.listed_on, first.mention.source) == (date(2026, 5, 14), "arxiv")


def test_arxivs_feed_of_a_weekend_is_empty_and_says_why() -> None:
    (problem,) = parse_bytes(feed(""), "cs.DL").problems
    assert problem.reason == "The feed is empty: it holds no papers. arXiv's feeds are empty at weekends."


def feed(items: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel><title>cs.DL updates on arXiv.org</title>'
        "<link>http://rss.arxiv.org/rss/cs.DL</link><pubDate>Thu, 14 May 2026 00:00:00 -0400</pubDate>"
        f"{items}</channel></rss>"
    )
