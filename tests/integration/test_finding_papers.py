"""From a title to a complete paper and its PDF, with services on the loopback interface that answer, fail, are away."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperDraft, PaperId, Status
from readinglist.importers.open_copies import open_copies
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.net.client import Client
from readinglist.net.exchange import Limits
from readinglist.net.limits import Pace
from readinglist.services.enrich import Enrich
from readinglist.services.events import EventHub
from readinglist.services.title_search import OFFLINE
from readinglist.sources.registry import FINDERS, Sources
from tests.helpers.http_server import Reply, WebServer
from tests.helpers.importing import job_context
from tests.helpers.paper_services import PaperServices, daily_row
from tests.helpers.papers import make_paper

TITLE = "Reading on lists: a “study”"
ASKED_BEFORE = "Reading on lists a study"
EMAIL = "reader@example.org"
PDF = b"%PDF-1.7\n" + bytes(2000) + b"\n%%EOF\n"


@pytest.fixture
def services(server: WebServer) -> PaperServices:
    return PaperServices(server)


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(pace=Pace({}), limits=Limits(read_s=1, attempts=2, backoff_s=0.01))
    yield made
    made.close()


@pytest.fixture
def sources(services: PaperServices, client: Client) -> Sources:
    return Sources(endpoints=services.endpoints, client=client)


@pytest.fixture
def known(services: PaperServices, client: Client) -> Sources:
    """Sources of a reader who tells an e-mail address."""
    return Sources(endpoints=services.endpoints, client=client, email=lambda: f" {EMAIL} ")


@pytest.fixture
def enrich(library: Library, sources: Sources) -> Enrich:
    return Enrich(library, EventHub(), network=sources, parse=parse)


def crossref_item(doi: str = "10.1000/1", title: str = TITLE, **facts: Any) -> dict[str, Any]:
    known = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "author": [{"given": "Cleo", "family": "Scholar"}],
        "container-title": ["Journal of Lists"],
        "issued": {"date-parts": [[2026, 10]]},
    }
    return known | facts


def work(doi: str = "10.1000/1", title: str = TITLE, **facts: Any) -> dict[str, Any]:
    known = {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/{doi}",
        "display_name": title,
        "publication_date": "2026-10-05",
        "authorships": [{"author": {"display_name": "Cleo Scholar"}}],
        "best_oa_location": None,
        "locations": [],
    }
    return known | facts


def s2_paper(title: str = TITLE) -> dict[str, Any]:
    return {"paperId": "0f40", "title": title, "externalIds": {"DOI": "10.1000/1"}, "year": 2026, "authors": []}


def fill(services: PaperServices, finder: str) -> None:
    """Let one service know the paper."""
    match finder:
        case "arXiv":
            services.papers["2610.00001"] = TITLE
        case "Hugging Face":
            services.days["2026-10-29"] = [daily_row("2610.00001", TITLE)]
        case "Crossref":
            services.registered.append(crossref_item())
        case "OpenAlex":
            services.works.append(work())
        case _:
            services.matches.append(s2_paper())


def store(library: Library, *titles: str) -> list[PaperId]:
    facts: dict[str, Any] = {"published": PartialDate(2026, 10, 27), "abstract": "As listed."}
    with library.write(None) as writer:
        return writer.papers.add_many([PaperDraft(title=one, **facts) for one in titles], status=Status.INBOX)


def read(library: Library, paper_id: PaperId) -> Paper:
    with library.read() as reader:
        return reader.papers.get(paper_id)


@pytest.mark.parametrize("finder", FINDERS)
def test_each_service_finds_a_paper_by_its_title(services: PaperServices, sources: Sources, finder: str) -> None:
    assert not [one for raw in sources.find(finder, [TITLE]) for one in parse(raw).drafts]
    fill(services, finder)
    (draft,) = [one for raw in sources.find(finder, [TITLE]) for one in parse(raw).drafts]
    assert draft.title == TITLE
    assert draft.identifiers


def test_a_service_that_nobody_knows_is_named_and_no_other_is_asked(server: WebServer, sources: Sources) -> None:
    with pytest.raises(ValueError, match="“Google Scholar” is none of arXiv, "):
        sources.find("Google Scholar", [TITLE])
    assert server.seen == []


@pytest.mark.parametrize(
    ("finder", "asked"),
    [
        ("arXiv", {"search_query": f'ti:"{ASKED_BEFORE}"', "max_results": "10"}),
        ("Hugging Face", {"q": ASKED_BEFORE}),
        ("Crossref", {"query.bibliographic": ASKED_BEFORE, "rows": "5"}),
        ("OpenAlex", {"search": ASKED_BEFORE, "per-page": "5"}),
        ("Semantic Scholar", {"query": ASKED_BEFORE}),
    ],
)
def test_each_service_is_asked_in_its_own_way(
    server: WebServer, sources: Sources, finder: str, asked: dict[str, str]
) -> None:
    sources.find(finder, [TITLE])
    (seen,) = server.seen
    assert {name: value for name, value in seen.query.items() if name not in {"select", "fields"}} == asked


def test_arxiv_is_asked_for_several_titles_at_once(
    server: WebServer, services: PaperServices, sources: Sources
) -> None:
    titles = [f"Title number {number} of some length" for number in range(10)]
    services.papers = {f"2610.{number:05}": title for number, title in enumerate(titles)}
    documents = sources.find("arXiv", titles)
    assert len(server.seen) == 2
    assert server.seen[0].query["search_query"].count(" OR ") == 7
    assert [draft.title for one in documents for draft in parse(one).drafts] == titles


def test_addresses_do_not_grow_beyond_what_proxies_pass(server: WebServer, sources: Sources) -> None:
    sources.find("arXiv", ["论文" * 90] * 4)
    assert len(server.seen) == 4


@pytest.mark.parametrize("email", ["", "me", "me@home", "a b@example.org", "x@example.org\r\nHost: y"])
def test_what_is_no_e_mail_address_is_told_to_nobody(
    server: WebServer, services: PaperServices, client: Client, email: str
) -> None:
    services.works.append(work())
    sources = Sources(endpoints=services.endpoints, client=client, email=lambda: email)
    for finder in FINDERS:
        sources.find(finder, [TITLE])
    assert list(sources.open_records("10.1000/1"))
    assert all("mailto" not in one.query and "email" not in one.query for one in server.seen)
    assert not [path for path in server.paths() if path.startswith("/unpaywall")]


def test_the_e_mail_address_is_told_to_those_who_want_it_and_to_no_other(
    server: WebServer, services: PaperServices, known: Sources, tmp_path: Path
) -> None:
    services.works.append(work())
    services.pdfs["2610.00001"] = PDF
    for finder in FINDERS:
        known.find(finder, [TITLE])
    list(known.open_records("10.1000/1"))
    known.download("https://arxiv.org/pdf/2610.00001", tmp_path / "a.pdf")
    told = {one.path.split("/")[1] for one in server.seen if EMAIL in (one.query.get("mailto"), one.query.get("email"))}
    assert told == {"crossref", "openalex", "unpaywall"}
    for one in server.seen:
        assert EMAIL not in "".join(one.headers.values())


def test_the_e_mail_address_comes_into_no_log(
    server: WebServer, known: Sources, caplog: pytest.LogCaptureFixture, library: Library
) -> None:
    caplog.set_level(logging.DEBUG, "readinglist")
    server.answer("/crossref/works", Reply(status=503))
    server.answer("/openalex/works*", Reply(status=302, headers={"Location": "/openalex/works?mailto=" + EMAIL}))
    server.answer("/unpaywall/v2/*", Reply(body=b"half", declared_length=99))
    Enrich(library, EventHub(), network=known, parse=parse).complete(store(library, TITLE), job_context())
    assert not list(known.open_records("10.1000/1"))
    said = " ".join(one.getMessage() for one in caplog.records if one.name.startswith("readinglist"))
    assert all(words in said for words in ("HTTP 503", "redirects", "unpaywall"))
    assert "reader" not in said


def test_open_copies_come_from_openalex_and_then_from_unpaywall(
    server: WebServer, services: PaperServices, known: Sources
) -> None:
    services.works.append(work(best_oa_location={"pdf_url": "https://example.org/a.pdf"}))
    services.open_copies["10.1000/1"] = {"best_oa_location": {"url_for_pdf": "https://example.org/b.pdf"}}
    records = known.open_records("10.1000/1")
    assert open_copies(next(records)) == ["https://example.org/a.pdf"]
    assert len(server.seen) == 1
    assert open_copies(next(records)) == ["https://example.org/b.pdf"]
    assert list(known.open_records("10.1000/unknown")) == []


def test_a_service_that_is_down_keeps_no_open_copy_back(
    server: WebServer, services: PaperServices, known: Sources
) -> None:
    server.answer("/openalex/works*", Reply(status=500))
    services.open_copies["10.1000/1"] = {"best_oa_location": {"url_for_pdf": "https://example.org/b.pdf"}}
    (record,) = known.open_records("10.1000/1")
    assert open_copies(record) == ["https://example.org/b.pdf"]


def test_an_e_mail_address_that_unpaywall_refuses_costs_only_its_answer(
    services: PaperServices, client: Client
) -> None:
    services.works.append(work())
    sources = Sources(endpoints=services.endpoints, client=client, email=lambda: "me@example.com")
    assert len(list(sources.open_records("10.1000/1"))) == 1


@pytest.mark.parametrize("finder", [one for one in FINDERS if one != "arXiv"])
@pytest.mark.parametrize(
    "reply",
    [Reply(body=b"<html>maintenance</html>"), Reply(body=b"<title>Just a moment...</title>"), Reply(status=429)],
    ids=["page", "proof of humanity", "too many requests"],
)
def test_a_service_that_does_not_answer_in_its_language_is_a_fault(
    server: WebServer, sources: Sources, finder: str, reply: Reply
) -> None:
    for path in ("/api/papers/search", "/crossref/works", "/openalex/works*", "/s2/graph/v1/paper/search/match"):
        server.answer(path, reply)
    with pytest.raises(EnvironmentFault) as caught:
        sources.find(finder, [TITLE])
    assert caught.value.is_retryable


def test_a_stop_reaches_a_search(sources: Sources) -> None:
    def stop() -> None:
        message = "stopped"
        raise Cancelled(message)

    for finder in FINDERS:
        with pytest.raises(Cancelled):
            sources.find(finder, [TITLE], check_cancelled=stop)
    with pytest.raises(Cancelled):
        list(sources.open_records("10.1000/1", check_cancelled=stop))


@pytest.mark.parametrize("finder", FINDERS)
def test_a_paper_is_completed_by_whoever_knows_it(
    library: Library, services: PaperServices, enrich: Enrich, finder: str
) -> None:
    fill(services, finder)
    (one,) = store(library, TITLE)
    report = enrich.complete([one], job_context())
    assert report.completed == (one,)
    paper = read(library, one)
    assert paper.identifier("doi") or paper.identifier("arxiv")
    assert (paper.abstract, paper.mentions) == ("As listed.", ())


def test_the_services_are_asked_in_order_and_those_after_a_hit_are_not(
    library: Library, server: WebServer, services: PaperServices, enrich: Enrich
) -> None:
    fill(services, "Crossref")
    fill(services, "OpenAlex")
    enrich.complete(store(library, TITLE), job_context())
    assert server.paths() == ["/api/query", "/api/papers/search", "/crossref/works"]


def test_a_service_that_is_down_does_not_sink_the_others(
    library: Library, server: WebServer, services: PaperServices, enrich: Enrich
) -> None:
    server.answer("/api/query", Reply(body=b"Rate exceeded."))
    server.answer("/api/papers/search", Reply(status=503))
    fill(services, "Crossref")
    (one,) = store(library, TITLE)
    assert enrich.complete([one], job_context()).completed == (one,)
    assert read(library, one).venue == "Journal of Lists"


def test_without_a_network_a_run_says_so_soon_and_a_later_one_finds(
    library: Library, services: PaperServices, client: Client
) -> None:
    with WebServer() as gone:
        away = PaperServices(gone).endpoints
    ids = store(library, *(f"{TITLE} {number}" for number in range(30)))
    offline = Enrich(library, EventHub(), network=Sources(endpoints=away, client=client), parse=parse)
    report = offline.complete(ids, job_context())
    assert (report.problem, report.unasked, report.completed) == (OFFLINE, 30, ())
    services.papers = {f"2610.{number:05}": f"{TITLE} {number}" for number in range(30)}
    online = Enrich(library, EventHub(), network=Sources(endpoints=services.endpoints, client=client), parse=parse)
    assert online.complete(ids, job_context()).completed == tuple(ids)


def test_a_pdf_is_found_by_trying_one_place_after_the_other(
    server: WebServer, services: PaperServices, known: Sources, library: Library, tmp_path: Path
) -> None:
    server.answer("/login.pdf", Reply(body=b"<html>Log in", headers={"Content-Type": "application/pdf"}))
    server.answer("/real.pdf", PDF)
    services.works.append(work(best_oa_location={"pdf_url": f"{server.base}/login.pdf"}))
    services.open_copies["10.1000/1"] = {"best_oa_location": {"url_for_pdf": f"{server.base}/real.pdf"}}
    enrich = Enrich(library, EventHub(), network=known, parse=parse)
    paper = make_paper(identifiers=(Identifier("arxiv", "2610.00001"), Identifier("doi", "10.1000/1")))
    failures = []
    for address in enrich.each_pdf_address(paper, check_cancelled=lambda: None):
        try:
            done = known.download(address, tmp_path / "a.pdf")
        except EnvironmentFault as fault:
            failures.append(fault.message)
        else:
            assert (tmp_path / "a.pdf").read_bytes() == PDF
            assert done.address == f"{server.base}/real.pdf"
            break
    assert len(failures) == 2
    assert server.paths()[0] == "/pdf/2610.00001"
    assert [one.name for one in tmp_path.glob("a*")] == ["a.pdf"]
