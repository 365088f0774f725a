"""The one object through which the program asks the outside world; returns raw documents, parses nothing.

A new web service is one file beside this one and one line here. Importing this module imports no network library: that
happens with the first question.
"""

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from readinglist.domain.errors import Cancelled, ReadingListError, UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import RawDocument
from readinglist.sources.addresses import (
    ARXIV_HOSTS,
    HUGGINGFACE_HOSTS,
    PageKind,
    PapersPage,
    find_identifier,
    find_papers_page,
    host_of,
    path_of,
)
from readinglist.sources.asking import ask_all
from readinglist.sources.endpoints import Endpoints

if TYPE_CHECKING:
    from readinglist.net.client import Client
    from readinglist.net.download import Downloaded, OnProgress

log = logging.getLogger(__name__)

ARXIV_DOI_PREFIX = "10.48550/arxiv."  # the arXiv id in another dress
# Who can find a paper by its title, in the order of trust, and how many titles each is asked for at once.
FINDERS: Mapping[str, int] = {"arXiv": 8, "Hugging Face": 1, "Crossref": 1, "OpenAlex": 1, "Semantic Scholar": 1}


def _go_on() -> None:
    """Nobody can cancel."""


def _nobody() -> str:
    """No e-mail address is told."""
    return ""


def _ignore(_done: int, _total: int | None) -> None:
    """Nobody looks at the progress."""


class Sources:
    """Fetches addresses and looks identifiers up; may be used by several threads at once.

    Args:
        cache_folder: Where answers are kept between runs; None keeps none.
        endpoints: Where the services live.
        timeout_s: Longest silence of a server that is waited out.
        client: Used instead of an own one.
        email: The reader's address for the services that want one; they get it, and no other server does.
    """

    finders = FINDERS

    def __init__(
        self,
        *,
        cache_folder: Path | None = None,
        endpoints: Endpoints | None = None,
        timeout_s: float = 20.0,
        client: "Client | None" = None,
        email: Callable[[], str] = _nobody,
    ) -> None:
        self._email = email
        self._cache_folder = cache_folder
        self._endpoints = endpoints or Endpoints()
        self._timeout_s = timeout_s
        self._given_client = client
        self._own_client: Client | None = None
        self._lock = Lock()

    def fetch(self, address: str, *, check_cancelled: Callable[[], None] = _go_on) -> list[RawDocument]:
        """Return what stands at an address.

        Pages of Daily Papers come as the service's own JSON, addresses of one arXiv paper or DOI as its record,
        anything else as the page itself.

        Raises:
            UserError: The address is none, or nothing is there.
            EnvironmentFault: The service cannot be reached or refuses.
            Cancelled: `check_cancelled` raised it.
        """
        address = address.strip()
        if page := find_papers_page(address):
            return self._papers(page, address, check_cancelled)
        if identifier := find_identifier(address):
            return self._look_up_one(identifier, check_cancelled)
        return [self._page(address, check_cancelled)]

    def lookup(
        self, identifiers: Sequence[Identifier], *, check_cancelled: Callable[[], None] = _go_on
    ) -> list[RawDocument]:
        """Return what is known of arXiv ids and DOIs; unknown ones and other schemes are left out.

        One failing question does not sink the others: the first failure is raised only if nothing came at all. A
        service that cannot be reached is not asked again.

        Raises:
            ReadingListError: Every question failed.
            Cancelled: `check_cancelled` raised it.
        """
        from readinglist.sources.arxiv import BATCH, Arxiv  # noqa: PLC0415 - brings requests
        from readinglist.sources.doi import Doi  # noqa: PLC0415

        arxiv_ids, dois = _sort_out(identifiers)
        arxiv, doi = Arxiv(self._client, self._endpoints.arxiv_api), Doi(self._client, self._endpoints.doi)
        batches = [arxiv_ids[start : start + BATCH] for start in range(0, len(arxiv_ids), BATCH)]
        return ask_all(
            (partial(arxiv.lookup, batch, check_cancelled) for batch in batches),
            (partial(doi.lookup, value, check_cancelled) for value in dois),
        )

    def find(
        self, finder: str, titles: Sequence[str], *, check_cancelled: Callable[[], None] = _go_on
    ) -> list[RawDocument]:
        """Ask one service for papers of these titles.

        Args:
            finder: One of `finders`.
            titles: As many as that one is asked for at once.
            check_cancelled: Raises what ends the request.

        Returns:
            What the service holds for likely, best first; whether it is the paper is for the caller to judge.

        Raises:
            EnvironmentFault: The service cannot be reached or refuses.
            Cancelled: `check_cancelled` raised it.
            ValueError: It is none of the `finders`.
        """
        from readinglist.sources.arxiv import Arxiv  # noqa: PLC0415 - brings requests
        from readinglist.sources.crossref import Crossref  # noqa: PLC0415
        from readinglist.sources.huggingface import HuggingFace  # noqa: PLC0415
        from readinglist.sources.openalex import OpenAlex  # noqa: PLC0415
        from readinglist.sources.semantic_scholar import SemanticScholar  # noqa: PLC0415

        client, ends = self._client, self._endpoints
        match finder:
            case "arXiv":
                return Arxiv(client, ends.arxiv_api).search(titles, check_cancelled)
            case "Hugging Face":
                return HuggingFace(client, ends.huggingface).search(titles, check_cancelled)
            case "Crossref":
                return Crossref(client, ends.crossref, self._known_email).search(titles, check_cancelled)
            case "OpenAlex":
                return OpenAlex(client, ends.openalex, self._known_email).search(titles, check_cancelled)
            case "Semantic Scholar":
                return SemanticScholar(client, ends.semantic_scholar).search(titles, check_cancelled)
        message = f"“{finder}” is none of {', '.join(self.finders)}"
        raise ValueError(message)

    def open_records(self, doi: str, *, check_cancelled: Callable[[], None] = _go_on) -> Iterator[RawDocument]:
        """Yield what the services say about where a work lies open, each asked only when its turn comes.

        A failing service is left out. Unpaywall is asked only if there is an e-mail address to tell it.

        Raises:
            Cancelled: `check_cancelled` raised it.
        """
        from readinglist.sources.openalex import OpenAlex  # noqa: PLC0415 - brings requests
        from readinglist.sources.unpaywall import Unpaywall  # noqa: PLC0415

        email, ends = self._known_email, self._endpoints
        questions = [partial(OpenAlex(self._client, ends.openalex, email).find_doi, doi, check_cancelled)]
        if email:
            questions.append(partial(Unpaywall(self._client, ends.unpaywall, email).find_doi, doi, check_cancelled))
        for question in questions:
            try:
                yield from question()
            except Cancelled:
                raise
            except ReadingListError as error:
                log.info("no open copy was named: %s %s", error.message, error.detail)

    def download(
        self,
        address: str,
        target: Path,
        *,
        on_progress: "OnProgress" = _ignore,
        check_cancelled: Callable[[], None] = _go_on,
    ) -> "Downloaded":
        """Download a PDF to a file, going on with what an earlier attempt left; see `net.download`."""
        return self._client.download(
            self._place(address), target, on_progress=on_progress, check_cancelled=check_cancelled
        )

    def close(self) -> None:
        """Give the connections back; a later question opens new ones."""
        with self._lock:
            client, self._own_client = self._own_client, None
        if client is not None:
            client.close()

    def _papers(self, page: PapersPage, address: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        from readinglist.sources.huggingface import HuggingFace  # noqa: PLC0415 - brings requests

        service = HuggingFace(self._client, self._endpoints.huggingface)
        try:
            return service.fetch(page, address, check_cancelled)
        except UserError as error:
            if page.kind is not PageKind.PAPER:
                raise
            log.info("%s arXiv is asked instead.", error.message)
        return self._look_up_one(Identifier("arxiv", page.value), check_cancelled)

    def _look_up_one(self, identifier: Identifier, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        documents = self.lookup([identifier], check_cancelled=check_cancelled)
        if not documents:
            message = f"{identifier.value} cannot be looked up. Check the address for a mistake."
            raise UserError(message)
        return documents

    def _page(self, address: str, check_cancelled: Callable[[], None]) -> RawDocument:
        from readinglist.net.faults import HttpFault  # noqa: PLC0415 - brings requests
        from readinglist.sources.refusals import check_refusal  # noqa: PLC0415

        try:
            answer = self._client.get(self._place(address), check_cancelled=check_cancelled)
        except HttpFault as fault:
            if fault.status in {400, 404, 410}:
                raise UserError(fault.message, detail=fault.detail) from fault
            raise
        check_refusal(answer.content, host_of(address))
        return RawDocument(
            content=answer.content,
            origin=address,
            name=_name_of(address),
            media_type=answer.media_type,
            fetched_at=answer.fetched_at,
        )

    def _place(self, address: str) -> str:
        """Return where an address is asked for: at home, or below a base that stands for its service."""
        host, ends = host_of(address), self._endpoints
        if host in HUGGINGFACE_HOSTS:
            return f"{ends.huggingface}{path_of(address)}"
        if host not in ARXIV_HOSTS:
            return address
        base = {"rss.arxiv.org": ends.arxiv_feeds, "export.arxiv.org": ends.arxiv_api}.get(host, ends.arxiv)
        return f"{base}{path_of(address)}"

    @property
    def _known_email(self) -> str:
        """What the reader wrote, if it can be an address at all."""
        email = self._email().strip()
        return email if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email) else ""

    @property
    def _client(self) -> "Client":
        if self._given_client is not None:
            return self._given_client
        from readinglist.net.cache import AnswerCache  # noqa: PLC0415
        from readinglist.net.client import Client  # noqa: PLC0415 - brings requests
        from readinglist.net.download import LIMITS as DOWNLOAD_LIMITS  # noqa: PLC0415
        from readinglist.net.exchange import Limits  # noqa: PLC0415

        with self._lock:  # one client, because the pace of each host is kept in it
            if self._own_client is None:
                cache = AnswerCache(self._cache_folder) if self._cache_folder else None
                self._own_client = Client(
                    cache=cache,
                    limits=Limits(read_s=self._timeout_s),
                    download_limits=replace(DOWNLOAD_LIMITS, read_s=self._timeout_s),
                )
            return self._own_client


def _sort_out(identifiers: Sequence[Identifier]) -> tuple[list[str], list[str]]:
    arxiv_ids: dict[str, None] = {}
    dois: dict[str, None] = {}
    for one in identifiers:
        value = one.value.lower()
        if one.scheme == "arxiv":
            arxiv_ids[one.value] = None
        elif one.scheme == "doi" and value.startswith(ARXIV_DOI_PREFIX):
            arxiv_ids[value.removeprefix(ARXIV_DOI_PREFIX)] = None
        elif one.scheme == "doi":
            dois[value] = None
    return list(arxiv_ids), list(dois)


def _name_of(address: str) -> str:
    parts = urlsplit(address)
    last = PurePosixPath(unquote(parts.path)).name
    return f"{parts.hostname} · {last}" if last else str(parts.hostname)
