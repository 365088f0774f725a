"""What OpenAlex, Semantic Scholar and Unpaywall answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import RawDocument
from readinglist.importers.open_copies import open_copies
from tests.helpers.importing import parse_bytes


def work(**facts: Any) -> dict[str, Any]:
    known = {
        "id": "https://openalex.org/W123",
        "doi": "https://doi.org/10.1000/ABC",
        "display_name": "Reading <i>lists</i> &amp; more",
        "type": "article",
        "publication_date": "2024-05-18",
        "ids": {"openalex": "https://openalex.org/W123", "pmid": "https://pubmed.ncbi.nlm.nih.gov/77"},
        "authorships": [{"author": {"display_name": "Ada Author"}}, {"author": {}, "raw_author_name": "Ben Writer"}],
        "abstract_inverted_index": {"We": [0, 3], "read": [1], "lists.": [2], "do.": [4]},
        "primary_location": {"source": {"display_name": "Journal of Lists", "type": "journal"}},
        "locations": [{"landing_page_url": "http://arxiv.org/abs/2405.00001v2", "is_oa": True}],
        "best_oa_location": {"pdf_url": "https://example.org/a.pdf", "is_oa": True},
        "keywords": [{"display_name": "Reading"}, {"keyword": "lists"}],
    }
    return known | facts


def paper(**facts: Any) -> dict[str, Any]:
    known = {
        "paperId": "0f40b1f08821e22e859c6050916cec3667778613",
        "externalIds": {"ArXiv": "2405.00001", "DOI": "10.1000/ABC", "ACL": "2024.x-1.1", "PubMed": "77", "MAG": "1"},
        "title": "Reading lists",
        "abstract": "We read.",
        "venue": "Journal of Lists",
        "year": 2024,
        "publicationDate": "2024-05-18",
        "authors": [{"authorId": "1", "name": "Ada Author"}, {"authorId": None, "name": "Ben Writer"}],
        "openAccessPdf": {"url": "https://example.org/a.pdf", "status": "GREEN"},
        "matchScore": 170.5,
    }
    return known | facts


def drafts(value: object) -> tuple[PaperDraft, ...]:
    return parse_bytes(json.dumps(value), "answer.json").drafts


def test_a_work_of_openalex_says_everything_about_its_paper() -> None:
    (draft,) = drafts({"meta": {"count": 1}, "results": [work()]})
    assert (draft.title, draft.abstract) == ("Reading lists & more", "We read lists. We do.")
    assert (draft.authors, draft.author_count) == (("Ada Author", "Ben Writer"), 2)
    assert (str(draft.published), draft.venue, draft.keywords) == (
        *("2024-05-18", "Journal of Lists"),
        ("Reading", "lists"),
    )
    assert draft.identifiers == (
        Identifier("arxiv", "2405.00001"),
        Identifier("doi", "10.1000/abc"),
        Identifier("pmid", "77"),
        Identifier("openalex", "W123"),
    )
    assert (draft.url, draft.pdf_url) == ("https://arxiv.org/abs/2405.00001", "https://example.org/a.pdf")
    assert draft.mention is None


def test_the_first_of_january_is_a_year_and_a_repository_no_venue() -> None:
    place = {"source": {"display_name": "arXiv (Cornell University)", "type": "repository"}}
    (draft,) = drafts(work(publication_date="2012-01-01", primary_location=place))
    assert (str(draft.published), draft.venue) == ("2012", None)


def test_a_list_of_authors_that_may_be_cut_gives_no_number() -> None:
    people = [{"author": {"display_name": f"Author {number}"}} for number in range(100)]
    (draft,) = drafts(work(authorships=people))
    assert (len(draft.authors), draft.author_count) == (100, None)


@pytest.mark.parametrize("index", [None, [], {"a": None}, {"a": [-1, "x", 10**9]}, {"a": {"b": 1}}])
def test_an_abstract_that_is_none_is_left_out(index: object) -> None:
    (draft,) = drafts(work(abstract_inverted_index=index, authorships=None, locations={}, keywords="x", ids=[]))
    assert draft.abstract == ""


def test_works_without_a_title_are_named() -> None:
    result = parse_bytes(json.dumps({"results": [work(), work(display_name=None), 3]}), "answer.json")
    assert len(result.drafts) == 1
    assert [one.where for one in result.problems] == ["answer.json, record 2", "answer.json, record 3"]


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: {"data": [one]}, lambda one: [None, one]])
def test_a_paper_of_semantic_scholar_says_everything(wrap: Any) -> None:
    (draft,) = drafts(wrap(paper()))
    assert (draft.title, draft.abstract, draft.venue) == ("Reading lists", "We read.", "Journal of Lists")
    assert (draft.authors, draft.author_count, str(draft.published)) == (("Ada Author", "Ben Writer"), 2, "2024-05-18")
    assert draft.identifiers == (
        Identifier("arxiv", "2405.00001"),
        Identifier("doi", "10.1000/abc"),
        Identifier("acl", "2024.x-1.1"),
        Identifier("pmid", "77"),
        Identifier("s2", "0f40b1f08821e22e859c6050916cec3667778613"),
    )
    assert draft.pdf_url == "https://example.org/a.pdf"


def test_what_semantic_scholar_does_not_know_is_empty() -> None:
    (draft,) = drafts(
        paper(externalIds=None, abstract=None, venue="arXiv.org", publicationDate=None, authors=None, openAccessPdf={})
    )
    assert (draft.abstract, draft.venue, draft.authors, draft.pdf_url) == ("", None, (), None)
    assert (str(draft.published), draft.author_count) == ("2024", None)


def raw(value: object) -> RawDocument:
    return RawDocument(content=json.dumps(value).encode(), origin="x", name="x")


def test_open_copies_come_best_first_and_each_once() -> None:
    closed = {"is_oa": False, "pdf_url": "https://example.org/closed.pdf"}
    pages = {"is_oa": True, "pdf_url": None, "landing_page_url": "https://example.org/page"}
    other = {"is_oa": True, "pdf_url": "https://example.org/b.pdf"}
    record = work(locations=[closed, other, pages, {"is_oa": True, "pdf_url": "https://example.org/a.pdf"}])
    assert open_copies(raw(record)) == ["https://example.org/a.pdf", "https://example.org/b.pdf"]


def test_open_copies_are_read_from_unpaywall() -> None:
    record = {
        "doi": "10.1000/abc",
        "best_oa_location": {"url": "https://example.org/page", "url_for_pdf": None},
        "oa_locations": [
            {"url_for_pdf": "https://example.org/a.pdf"},
            {"url_for_pdf": "file:///etc/passwd"},
            None,
            {"url_for_pdf": "javascript:alert(1)"},
        ],
    }
    assert open_copies(raw(record)) == ["https://example.org/a.pdf"]


@pytest.mark.parametrize("value", [None, [], [work()], {"locations": {"x": 1}, "best_oa_location": "x"}, "text"])
def test_what_names_no_open_copy_gives_none(value: object) -> None:
    assert open_copies(raw(value)) == []
    assert open_copies(RawDocument(content=b"\x00\xff" * 50, origin="x", name="x")) == []


@pytest.mark.samples
@pytest.mark.parametrize("service", ["api_openalex", "api_semanticscholar"])
def test_stored_answers_of_the_services_give_papers_with_authors(samples: Path, service: str) -> None:
    files = [one for one in sorted((samples / "listings" / service).glob("*.json")) if "expected" not in one.name]
    found = {one.name: parse_bytes(one.read_bytes(), one.name) for one in files if "Author" not in one.name}
    assert found
    for name, result in found.items():
        assert result.drafts, name
        assert result.format.startswith(("OpenAlex", "Semantic Scholar")), name
        assert all(draft.authors and draft.identifiers and draft.published for draft in result.drafts), name
