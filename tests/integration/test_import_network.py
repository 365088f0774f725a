"""Importing addresses and identifiers from services on the loopback interface, and without any."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper
from readinglist.domain.raw import Drop
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.net.client import Client
from readinglist.net.exchange import Limits
from readinglist.net.limits import Pace
from readinglist.services.events import EventHub
from readinglist.services.ingest import ImportOptions, ImportReport, Ingest
from readinglist.sources.registry import Sources
from tests.helpers.http_server import Reply, WebServer
from tests.helpers.importing import job_context, pdf_import
from tests.helpers.paper_services import PaperServices, daily_row

HUB = "https://huggingface.co/papers"


@pytest.fixture
def services(server: WebServer) -> PaperServices:
    made = PaperServices(server)
    made.days["2026-10-29"] = [daily_row("2610.00001", "Reading on lists"), daily_row("2610.00002", "Lists of lists")]
    made.papers = {"2401.01234": "A known paper", "2401.05678": "Another known paper"}
    made.dois["10.1145/1"] = {"type": "article", "DOI": "10.1145/1", "title": "A record of a journal"}
    return made


@pytest.fixture
def ingest(library: Library, services: PaperServices) -> Iterator[Ingest]:
    client = Client(pace=Pace({}), limits=Limits(read_s=1, attempts=2, backoff_s=0.01))
    sources = Sources(endpoints=services.endpoints, client=client)
    yield Ingest(library, EventHub(), network=sources, parse=parse, pdfs=pdf_import(library))
    client.close()


def take(ingest: Ingest, *drops: Drop) -> ImportReport:
    return ingest.commit(ingest.preview(drops, job_context()), ImportOptions(), job_context())


def papers(library: Library) -> list[Paper]:
    with library.read() as reader:
        return list(reader.papers.get_many(sorted(reader.papers.content_hashes())).values())


def test_the_address_of_a_day_gives_its_papers(ingest: Ingest, library: Library) -> None:
    report = take(ingest, Drop("address", f"{HUB}/date/2026-10-29"))
    assert (report.added, report.failed) == (2, 0)
    first = papers(library)[0]
    assert (first.title, first.identifier("arxiv"), first.upvotes) == ("Reading on lists", "2610.00001", 3)
    (mention,) = first.mentions
    assert (mention.origin, str(mention.listed_on)) == (f"{HUB}/date/2026-10-29", "2026-10-29")


def test_a_day_without_papers_is_named(ingest: Ingest) -> None:
    (problem,) = take(ingest, Drop("address", f"{HUB}/date/2030-01-01")).problems
    assert "2030-01-01" in problem.where
    assert problem.reason.endswith(".")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("2401.01234", "A known paper"),
        ("https://arxiv.org/abs/2401.01234v3", "A known paper"),
        ("https://doi.org/10.1145/1", "A record of a journal"),
        ("doi:10.1145/1", "A record of a journal"),
    ],
)
def test_one_identifier_is_one_paper_with_its_title(ingest: Ingest, library: Library, text: str, title: str) -> None:
    assert take(ingest, Drop("text", text)).added == 1
    (paper,) = papers(library)
    assert (paper.title, paper.mentions) == (title, ())


def test_a_mail_full_of_identifiers_is_completed(ingest: Ingest, library: Library) -> None:
    text = "Read arXiv:2401.01234, then 10.1145/1 and 2401.05678; nobody knows 2401.99999."
    assert take(ingest, Drop("text", text, "mail")).added == 4
    assert [paper.title for paper in papers(library)] == [
        *("A known paper", "A record of a journal", "Another known paper", "arXiv:2401.99999")
    ]


def test_what_was_kept_offline_is_completed_by_the_next_import(
    ingest: Ingest, library: Library, server: WebServer, services: PaperServices
) -> None:
    known, services.papers = services.papers, {}
    server.answer("/api/query", Reply(status=503))
    text = Drop("text", "See arXiv:2401.01234 and arXiv:2401.05678.", "mail")
    assert take(ingest, text).added == 2
    assert [paper.title for paper in papers(library)] == ["arXiv:2401.01234", "arXiv:2401.05678"]
    services.papers = known
    server.handle("/api/query", services._atom)
    report = take(ingest, text)
    assert (report.added, report.updated) == (0, 2)
    assert [paper.title for paper in papers(library)] == ["A known paper", "Another known paper"]


@pytest.mark.expects_warnings
def test_a_service_that_is_down_does_not_sink_the_rest(
    ingest: Ingest, library: Library, server: WebServer, data: Path
) -> None:
    server.answer("/api/daily_papers", Reply(status=500))
    server.answer("/papers*", Reply(status=500))
    report = take(
        ingest,
        Drop("address", f"{HUB}/date/2026-10-29"),
        Drop.of_path(data / "daily_papers.txt"),
        Drop("text", "10.1145/1"),
    )
    assert report.added == 8
    (problem,) = report.problems
    assert problem.where == f"{HUB}/date/2026-10-29"


def test_a_page_of_another_site_is_searched_for_identifiers(
    ingest: Ingest, library: Library, server: WebServer
) -> None:
    page = b"<html><body><a href='https://arxiv.org/abs/2401.01234'>one</a> and doi:10.1145/1</body></html>"
    server.answer("/blog", Reply(body=page, headers={"Content-Type": "text/html"}))
    assert take(ingest, Drop("address", f"{server.base}/blog")).added == 2
    assert {paper.identifiers[0] for paper in papers(library)} == {
        Identifier("arxiv", "2401.01234"),
        Identifier("doi", "10.1145/1"),
    }
