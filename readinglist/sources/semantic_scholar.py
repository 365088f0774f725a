"""Semantic Scholar: the one paper whose title is nearest.

Source: Academic Graph API, `/paper/search/match`, https://api.semanticscholar.org/api-docs/graph (2024); it answers 404
where no title is near enough. Without a key all callers share one allowance, and a refusal is nothing unusual.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.net.faults import HttpFault
from readinglist.sources.json_records import ask_json
from readinglist.sources.titles import question

FIELDS = "title,abstract,authors,year,publicationDate,externalIds,venue,publicationVenue,openAccessPdf"


class SemanticScholar:
    """Matches titles.

    Args:
        base: Address of the service without a slash at its end.
    """

    def __init__(self, client: Client, base: str) -> None:
        self._client = client
        self._base = base

    def search(self, titles: Sequence[str], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return the matches of titles that have one.

        Raises:
            EnvironmentFault: The service cannot be reached or refuses.
        """
        return [one for title in titles for one in self._match(title, check_cancelled)]

    def _match(self, title: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        place = f"{self._base}/graph/v1/paper/search/match"
        wanted = {"query": question(title), "fields": FIELDS}
        name = f"Semantic Scholar: {title}"
        try:
            return [ask_json(self._client, place, wanted, name=name, check_cancelled=check_cancelled)]
        except HttpFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return []
            raise
