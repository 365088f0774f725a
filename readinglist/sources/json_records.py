"""Asking a service that answers in JSON."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.sources.addresses import host_of
from readinglist.sources.refusals import check_refusal

MEDIA_TYPE = "application/json"


def ask_json(
    client: Client, address: str, parameters: Mapping[str, str], *, name: str, check_cancelled: Callable[[], None]
) -> RawDocument:
    """Return an answer as it came.

    Args:
        client: Asks.
        address: Without a query.
        parameters: Of the query; empty ones are left out.
        name: What to call the answer in messages.
        check_cancelled: Raises what ends the request.

    Raises:
        EnvironmentFault: The service cannot be reached, refuses, or sent something else.
    """
    query = urlencode({key: value for key, value in parameters.items() if value})
    answer = client.get(f"{address}?{query}", accept=MEDIA_TYPE, check_cancelled=check_cancelled)
    check_refusal(answer.content, host_of(address))
    try:
        json.loads(answer.content)
    except ValueError as error:
        message = f"{host_of(address)} sent something unexpected instead of its records. Try again later."
        raise EnvironmentFault(message, detail=f"{address}: {error}", is_retryable=True) from error
    return RawDocument(
        content=answer.content,
        origin=address,  # without the query, which may carry the reader's e-mail address
        name=name,
        media_type=answer.media_type or MEDIA_TYPE,
        fetched_at=answer.fetched_at,
    )
