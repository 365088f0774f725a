"""arXiv: what is known of identifiers, from the query interface.

Source: arXiv API User's Manual, https://info.arxiv.org/help/api/user-manual.html (2024). An unknown identifier is
missing from the answer; a malformed one makes the whole answer an error entry, so only well-formed ones are sent.
"""

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.sources.addresses import host_of
from readinglist.sources.refusals import check_refusal

BATCH = 100  # identifiers in one request; the address stays below the 2,000 characters that proxies pass
ACCEPT = "application/atom+xml"

_WELL_FORMED = re.compile(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}")
_SUBJECT_CLASS = re.compile(r"(?<=[a-z])\.[A-Za-z-]+(?=/)")  # math.GT/0309136 is math/0309136 to the interface


class Arxiv:
    """Looks papers up.

    Args:
        api: Address of the query interface's host, without a slash at its end.
    """

    def __init__(self, client: Client, api: str) -> None:
        self._client = client
        self._api = api

    def lookup(self, values: Sequence[str], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return one Atom document for each hundred identifiers.

        Args:
            values: Without version; ill-formed ones are left out.
            check_cancelled: Raises what ends the request.

        Raises:
            EnvironmentFault: arXiv cannot be reached or refuses; what came before it is lost with it.
        """
        bare = (_SUBJECT_CLASS.sub("", value) for value in values)
        asked = list(dict.fromkeys(value for value in bare if _WELL_FORMED.fullmatch(value)))
        batches = [asked[start : start + BATCH] for start in range(0, len(asked), BATCH)]
        return [self._ask(batch, check_cancelled) for batch in batches]

    def _ask(self, values: Sequence[str], check_cancelled: Callable[[], None]) -> RawDocument:
        ids = quote(",".join(values), safe=",/")
        address = f"{self._api}/api/query?id_list={ids}&max_results={len(values)}"
        answer = self._client.get(address, accept=ACCEPT, check_cancelled=check_cancelled)
        check_refusal(answer.content, host_of(address))
        if b"<feed" not in answer.content[:2000]:
            message = "arXiv sent something unexpected instead of its records. Try again later."
            raise EnvironmentFault(message, detail=f"{address}: {answer.content[:200]!r}", is_retryable=True)
        is_one = len(values) == 1
        return RawDocument(
            content=answer.content,
            origin=f"https://arxiv.org/abs/{values[0]}" if is_one else address,
            name=f"arXiv {values[0]}" if is_one else f"arXiv, {len(values)} papers",
            media_type=answer.media_type or ACCEPT,
            fetched_at=answer.fetched_at,
        )
