"""What the sources ask of the services, and what they make of the services' moods."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault, UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.net.exchange import Limits
from readinglist.net.limits import Pace
from readinglist.sources.endpoints import Endpoints
from readinglist.sources.registry import Sources
from tests.helpers.http_server import Reply, WebServer
from tests.helpers.paper_services import PaperServices, daily_row

CAPTCHA = b"<!DOCTYPE html><html><head><title>arXiv.org - Automated Access Detected</title></head></html>"
HUB = "https://huggingface.co/papers"


@pytest.fixture
def services(server: WebServer) -> PaperServices:
    made = PaperServices(server)
    made.days["2026-10-29"] = [daily_row("2610.00001", "Reading on lists"), daily_row("2610.00002", "Lists of lists")]
    made.papers = {"2401.01234": "A known paper", "hep-th/9901001": "An old paper", "2610.00009": "Not on the hub"}
    made.dois["10.1145/1"] = {"DOI": "10.1145/1", "title": "A record"}
    return made


@pytest.fixture
def sources(services: PaperServices) -> Iterator[Sources]:
    client = Client(pace=Pace({}), limits=Limits(read_s=1, attempts=2, backoff_s=0.01))
    yield Sources(endpoints=services.endpoints, client=client)
    client.close()


def titles(documents: list[RawDocument]) -> list[str]:
    return [row["title"] for document in documents for row in json.loads(document.content)]


def arxiv(*values: str) -> list[Identifier]:
    return [Identifier("arxiv", value) for value in values]


def test_a_days_papers_come_as_the_services_own_rows(sources: Sources) -> None:
    (document,) = sources.fetch(f"{HUB}/date/2026-10-29")
    assert titles([document]) == ["Reading on lists", "Lists of lists"]
    assert (document.name, document.media_type) == ("Daily Papers 2026-10-29", "application/json")
    assert document.origin == f"{HUB}/date/2026-10-29"


@pytest.mark.parametrize("address", [f"{HUB}/month/2026-10", f"{HUB}/week/2026-W44"])
def test_a_long_period_is_read_to_its_end(services: PaperServices, sources: Sources, address: str) -> None:
    services.days["2026-10-28"] = [daily_row(f"2610.{number:05}", f"Paper {number}") for number in range(100, 330)]
    documents = sources.fetch(address)
    assert len(documents) == 3
    assert len(set(titles(documents))) == 232
    assert [document.name[-4:] for document in documents[1:]] == [" (2)", " (3)"]


def test_a_server_that_knows_no_pages_is_not_asked_forever(server: WebServer, sources: Sources) -> None:
    server.answer("/api/daily_papers", b'[{"title":"always"}]')
    assert titles(sources.fetch(f"{HUB}/date/2026-10-29")) == ["always"]
    assert len(server.seen) == 2


def test_the_latest_papers_are_those_the_page_shows(sources: Sources) -> None:
    (document,) = sources.fetch(HUB)
    assert b"DailyPapers" in document.content
    assert document.media_type == "text/html"


def test_a_search_asks_for_its_words(server: WebServer, sources: Sources) -> None:
    assert titles(sources.fetch(f"{HUB}?q=lists+of")) == ["Lists of lists"]
    assert server.seen[0].query == {"q": "lists of"}


def test_trending_papers_are_asked_once(server: WebServer, sources: Sources) -> None:
    assert len(titles(sources.fetch(f"{HUB}/trending"))) == 2
    assert [one.query["sort"] for one in server.seen] == ["trending"]


def test_one_paper_comes_as_its_record(sources: Sources) -> None:
    (document,) = sources.fetch(f"{HUB}/2610.00001")
    assert json.loads(document.content)["title"] == "Reading on lists"


def test_a_paper_that_the_hub_does_not_know_comes_from_arxiv(sources: Sources) -> None:
    (document,) = sources.fetch(f"{HUB}/2610.00009")
    assert b"Not on the hub" in document.content
    assert document.origin == "https://arxiv.org/abs/2610.00009"


@pytest.mark.parametrize("address", [f"{HUB}/date/2026-10-30", f"{HUB}?date=2031-01-01"])
def test_a_day_that_has_not_come_yet_is_the_readers_mistake(sources: Sources, address: str) -> None:
    with pytest.raises(UserError, match=r"no Daily Papers for 20\d\d-\d\d-\d\d\. Check the date"):
        sources.fetch(address)


def test_a_day_without_listing_shows_what_its_page_shows(sources: Sources) -> None:
    (document,) = sources.fetch(f"{HUB}/date/2026-10-25")
    assert b"Reading on lists" in document.content
    assert document.media_type == "text/html"


@pytest.mark.expects_warnings
@pytest.mark.parametrize("answer", [Reply(status=500), Reply(body=b"<html>maintenance</html>"), Reply(body=CAPTCHA)])
def test_the_page_helps_out_where_the_api_fails(server: WebServer, sources: Sources, answer: Reply) -> None:
    server.answer("/api/daily_papers", answer)
    (document,) = sources.fetch(f"{HUB}/date/2026-10-29")
    assert b"Reading on lists" in document.content


@pytest.mark.expects_warnings
def test_a_service_that_is_down_altogether_is_told(server: WebServer, sources: Sources) -> None:
    server.answer("/api/daily_papers", Reply(status=503))
    server.answer("/papers*", Reply(status=503))
    with pytest.raises(EnvironmentFault, match="problem at the moment") as caught:
        sources.fetch(f"{HUB}/date/2026-10-29")
    assert caught.value.is_retryable


@pytest.mark.parametrize("address", ["https://arxiv.org/abs/2401.01234v2", "https://arxiv.org/pdf/2401.01234"])
def test_an_arxiv_address_comes_as_its_record(server: WebServer, sources: Sources, address: str) -> None:
    (document,) = sources.fetch(address)
    assert b"A known paper" in document.content
    assert document.media_type == "application/atom+xml"
    assert server.seen[0].query == {"id_list": "2401.01234", "max_results": "1"}


@pytest.mark.parametrize(
    "address",
    ["https://arxiv.org/list/cs.CL/new?skip=0", "https://rss.arxiv.org/atom/cs.CL", "https://arxiv.org/a/x_1"],
)
def test_other_arxiv_pages_come_as_they_are(server: WebServer, sources: Sources, address: str) -> None:
    server.answer("/list/cs.CL/new", b"<html>")
    server.answer("/atom/cs.CL", b"<html>")
    server.answer("/a/x_1", b"<html>")
    (document,) = sources.fetch(address)
    assert (document.content, document.origin) == (b"<html>", address)


def test_any_page_comes_as_it_is(server: WebServer, sources: Sources) -> None:
    server.answer("/reading/list.bib", Reply(body=b"@article{x}", headers={"Content-Type": "text/x-bibtex"}))
    (document,) = sources.fetch(f" {server.base}/reading/list.bib ")
    assert (document.content, document.media_type) == (b"@article{x}", "text/x-bibtex")
    assert document.name == "127.0.0.1 · list.bib"


def test_a_page_that_is_not_there_is_the_readers_mistake(server: WebServer, sources: Sources) -> None:
    with pytest.raises(UserError, match="has nothing at this address"):
        sources.fetch(f"{server.base}/gone")


@pytest.mark.parametrize("body", [CAPTCHA, b"Rate exceeded.\n", b"<title>Just a moment...</title>"])
def test_a_proof_of_humanity_is_no_page(server: WebServer, sources: Sources, body: bytes) -> None:
    server.answer("/list/cs.CL/new", body)
    server.answer("/api/query", body)
    for address in ("https://arxiv.org/list/cs.CL/new", "https://arxiv.org/abs/2401.01234"):
        with pytest.raises(EnvironmentFault, match=r"proof that a person|asks for a pause") as caught:
            sources.fetch(address)
        assert caught.value.is_retryable


def test_identifiers_are_looked_up_a_hundred_at_a_time(server: WebServer, sources: Sources) -> None:
    wanted = arxiv(*(f"2401.{number:05}" for number in range(1230, 1480)))
    documents = sources.lookup([*wanted, *wanted])
    assert [one.query["max_results"] for one in server.seen] == ["100", "100", "50"]
    assert sum(document.content.count(b"<entry>") for document in documents) == 1


def test_old_identifiers_are_asked_in_the_form_the_interface_knows(server: WebServer, sources: Sources) -> None:
    (document,) = sources.lookup(arxiv("hep-th/9901001", "math.GT/0309136", "nonsense"))
    assert server.seen[0].query["id_list"] == "hep-th/9901001,math/0309136"
    assert b"An old paper" in document.content


def test_a_doi_comes_as_its_agencys_record(sources: Sources) -> None:
    (document,) = sources.lookup([Identifier("doi", "10.1145/1")])
    assert json.loads(document.content)["title"] == "A record"
    assert (document.origin, document.name) == ("https://doi.org/10.1145/1", "DOI 10.1145/1")


def test_arxivs_own_dois_are_asked_of_arxiv(sources: Sources) -> None:
    (document,) = sources.fetch("https://doi.org/10.48550/arXiv.2401.01234")
    assert b"A known paper" in document.content


def test_an_unregistered_doi_does_not_sink_the_others(sources: Sources) -> None:
    documents = sources.lookup(
        [Identifier("doi", "10.1145/2"), Identifier("doi", "10.1145/1"), Identifier("isbn", "1")]
    )
    assert [document.name for document in documents] == ["DOI 10.1145/1"]
    with pytest.raises(UserError, match=r"10\.1145/2 is not registered"):
        sources.lookup([Identifier("doi", "10.1145/2")])


def test_an_agency_without_records_is_told_as_such(server: WebServer, sources: Sources) -> None:
    server.answer("/doi/*", b"<html>landing page</html>")
    with pytest.raises(UserError, match="gives no record"):
        sources.lookup([Identifier("doi", "10.1145/1")])


def test_cancelling_ends_a_lookup(sources: Sources) -> None:
    def stop() -> None:
        message = "stopped"
        raise Cancelled(message)

    with pytest.raises(Cancelled):
        sources.lookup(arxiv("2401.01234"), check_cancelled=stop)


def test_what_is_no_address_is_refused(sources: Sources) -> None:
    with pytest.raises(UserError, match="no web address"):
        sources.fetch("ftp://example.org/list")


def test_answers_are_kept_between_two_runs(server: WebServer, services: PaperServices, tmp_path: Path) -> None:
    server.answer("/feed", Reply(body=b"page", headers={"ETag": '"1"'}), Reply(status=304))
    for _ in range(2):
        sources = Sources(cache_folder=tmp_path / "http", endpoints=services.endpoints)
        assert sources.fetch(f"{server.base}/feed")[0].content == b"page"
        sources.close()
    assert [one.headers.get("if-none-match") for one in server.seen] == [None, '"1"']


def test_the_environment_can_name_mirrors() -> None:
    found = Endpoints.of({"HF_ENDPOINT": "https://mirror.example/", "READINGLIST_ARXIV": "http://127.0.0.1:1"})
    assert (found.huggingface, found.arxiv_api, found.doi) == (
        "https://mirror.example",
        "http://127.0.0.1:1",
        "https://doi.org",
    )
    assert Endpoints.of({}) == Endpoints()


def test_no_network_library_is_imported_before_the_first_question() -> None:
    code = "import sys, readinglist.sources.registry as r; r.Sources(); print('requests' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
