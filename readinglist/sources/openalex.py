"""OpenAlex: which works have nearly this title, and where a work lies open.

Source: OpenAlex API, https://docs.openalex.org/how-to-use-the-api (2024), and its prices,
https://developers.openalex.org/api-reference/authentication (2026): one work by its DOI costs nothing, a search costs a
little of what everybody has for each day; beyond it the service refuses, and the next one is asked.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from urllib.parse import quote

from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.net.faults import HttpFault
from readinglist.sources.json_records import ask_json
from readinglist.sources.titles import question

ROWS = "5"
FIELDS = (
    "id,doi,display_name,publication_date,publication_year,ids,type,authorships,primary_location,best_oa_location,"
    "locations,abstract_inverted_index,keywords"
)


class OpenAlex:
    """Searches and looks up.

    Args:
        base: Address of the service without a slash at its end.
        email: The reader's, empty if it is not to be told.
    """

    def __init__(self, client: Client, base: str, email: str) -> None:
        self._client = client
        self._base = base
        self._email = email

    def search(self, titles: Sequence[str], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return one list of works for each title.

        Raises:
            EnvironmentFault: The service cannot be reached or refuses.
        """
        return [self._search(title, check_cancelled) for title in titles]

    def find_doi(self, value: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return the work that has a DOI, with all places it lies at; nothing if OpenAlex has none.

        Raises:
            EnvironmentFault: The service cannot be reached or refuses.
        """
        place = f"{self._base}/works/doi:{quote(value, safe='/')}"
        try:
            return [self._ask(place, {"select": FIELDS}, f"OpenAlex {value}", check_cancelled)]
        except HttpFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return []
            raise

    def _search(self, title: str, check_cancelled: Callable[[], None]) -> RawDocument:
        wanted = {"search": question(title), "per-page": ROWS, "select": FIELDS}
        return self._ask(f"{self._base}/works", wanted, f"OpenAlex: {title}", check_cancelled)

    def _ask(self, address: str, wanted: dict[str, str], name: str, check_cancelled: Callable[[], None]) -> RawDocument:
        polite = {**wanted, "mailto": self._email}
        return ask_json(self._client, address, polite, name=name, check_cancelled=check_cancelled)
