"""What the registration agencies know of a DOI, as CSL-JSON through the resolver's content negotiation.

Source: DOI Content Negotiation, https://citation.doi.org/docs.html (Crossref, DataCite and mEDRA, 2024).
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.net.faults import HttpFault

CSL_JSON = "application/vnd.citationstyles.csl+json"


class Doi:
    """Looks one DOI up.

    Args:
        resolver: Address of the resolver, without a slash at its end.
    """

    def __init__(self, client: Client, resolver: str) -> None:
        self._client = client
        self._resolver = resolver

    def lookup(self, value: str, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return the record of a DOI, one document.

        Raises:
            UserError: It is not registered, or its agency has no record to give.
            EnvironmentFault: The resolver or the agency cannot be reached or refuses.
        """
        address = f"{self._resolver}/{quote(value, safe='/')}"
        try:
            answer = self._client.get(address, accept=CSL_JSON, check_cancelled=check_cancelled)
        except HttpFault as fault:
            raise _refusal(fault, value) or fault from fault
        try:
            json.loads(answer.content)
        except ValueError as error:  # an agency that does not negotiate sends the publisher's page
            message = f"The agency of the DOI {value} gives no record of it to programs."
            raise UserError(message, detail=f"{answer.address}: {answer.media_type}") from error
        record = RawDocument(
            content=answer.content,
            origin=f"https://doi.org/{value}",
            name=f"DOI {value}",
            media_type=answer.media_type or CSL_JSON,
            fetched_at=answer.fetched_at,
        )
        return [record]


def _refusal(fault: HttpFault, value: str) -> EnvironmentFault | UserError | None:
    if fault.status == HTTPStatus.NOT_FOUND:
        return UserError(f"The DOI {value} is not registered. Check it for a mistake.", detail=fault.detail)
    if fault.status in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_ACCEPTABLE}:
        return UserError(f"The agency of the DOI {value} has no record of it.", detail=fault.detail)
    return None
