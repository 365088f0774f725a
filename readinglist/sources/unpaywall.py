"""Unpaywall: where a work lies open. It answers only those who tell an e-mail address.

Source: Unpaywall REST API, https://unpaywall.org/products/api (2024): `/v2/<DOI>?email=`, at most 100,000 a day; 404
for a DOI it does not know, 422 for an address that is none.
"""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from readinglist.domain.errors import UserError
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.net.faults import HttpFault
from readinglist.sources.json_records import ask_json


class Unpaywall:
    """Looks up.

    Args:
        base: Address of the service without a slash at its end.
        email: The reader's; must not be empty.
    """

    def __init__(self, client: Client, base: str, email: str) -> None:
        self._client = client
        self._base = base
        self._email = email

    def find_doi(self, value: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return the record of a DOI, nothing if there is none.

        Raises:
            UserError: The e-mail address is not accepted.
            EnvironmentFault: The service cannot be reached or refuses.
        """
        place = f"{self._base}/v2/{quote(value, safe='/')}"
        wanted = {"email": self._email}
        try:
            return [ask_json(self._client, place, wanted, name=f"Unpaywall {value}", check_cancelled=check_cancelled)]
        except HttpFault as fault:
            if fault.status == HTTPStatus.NOT_FOUND:
                return []
            if fault.status == HTTPStatus.UNPROCESSABLE_ENTITY:
                message = "Unpaywall does not accept the e-mail address of the settings. Correct it, or leave it empty."
                raise UserError(message, detail=fault.detail) from fault
            raise
