"""Crossref: which registered works have nearly this title.

Source: Crossref REST API, https://api.crossref.org/swagger-ui (2024), and its advice to callers,
https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (2025): few rows, only the fields that are needed, an
e-mail address as `mailto` if there is one.
"""

from collections.abc import Callable, Sequence

from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.sources.json_records import ask_json
from readinglist.sources.titles import question

ROWS = "5"
FIELDS = "DOI,title,subtitle,author,issued,published,container-title,type,abstract,URL"


class Crossref:
    """Searches.

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
        return [self._ask(title, check_cancelled) for title in titles]

    def _ask(self, title: str, check_cancelled: Callable[[], None]) -> RawDocument:
        wanted = {"query.bibliographic": question(title), "rows": ROWS, "select": FIELDS, "mailto": self._email}
        return ask_json(
            self._client,
            f"{self._base}/works",
            wanted,
            name=f"Crossref: {title}",
            check_cancelled=check_cancelled,
        )
