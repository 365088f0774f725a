"""arXiv: what is known of identifiers, and which papers have a title, from the query interface.

Source: arXiv API User's Manual, https://info.arxiv.org/help/api/user-manual.html (2024). An unknown identifier is
missing from the answer; a malformed one makes the whole answer an error entry, so only well-formed ones are sent.
Several titles are asked for at once, because arXiv wants three seconds between two requests.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.raw import RawDocument
from readinglist.net.client import Client
from readinglist.sources.addresses import host_of
from readinglist.sources.refusals import check_refusal
from readinglist.sources.titles import question

BATCH = 100  # identifiers in one request; the address stays below the 2,000 characters that proxies pass
TITLES = 8  # in one request
ROWS = 10  # for each of them
LONGEST_QUERY = 1800  # characters, of several titles
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

    def search(self, titles: Sequence[str], check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Return papers that have the words of one of the titles in theirs, in that order; one document a request.

        Raises:
            EnvironmentFault: arXiv cannot be reached or refuses; what came before it is lost with it.
        """
        return [self._search(queries, check_cancelled) for queries in _pack(titles)]

    def _ask(self, values: Sequence[str], check_cancelled: Callable[[], None]) -> RawDocument:
        ids = quote(",".join(values), safe=",/")
        address = f"{self._api}/api/query?id_list={ids}&max_results={len(values)}"
        is_one = len(values) == 1
        origin = f"https://arxiv.org/abs/{values[0]}" if is_one else address
        name = f"arXiv {values[0]}" if is_one else f"arXiv, {len(values)} papers"
        return self._get(address, origin, name, check_cancelled)

    def _search(self, queries: Sequence[str], check_cancelled: Callable[[], None]) -> RawDocument:
        query = "+OR+".join(queries)
        address = f"{self._api}/api/query?search_query={query}&max_results={ROWS * len(queries)}"
        return self._get(address, address, "arXiv, search for titles", check_cancelled)

    def _get(self, address: str, origin: str, name: str, check_cancelled: Callable[[], None]) -> RawDocument:
        answer = self._client.get(address, accept=ACCEPT, check_cancelled=check_cancelled)
        check_refusal(answer.content, host_of(address))
        if b"<feed" not in answer.content[:2000]:
            message = "arXiv sent something unexpected instead of its records. Try again later."
            raise EnvironmentFault(message, detail=f"{address}: {answer.content[:200]!r}", is_retryable=True)
        return RawDocument(
            content=answer.content,
            origin=origin,
            name=name,
            media_type=answer.media_type or ACCEPT,
            fetched_at=answer.fetched_at,
        )


def _pack(titles: Sequence[str]) -> Iterator[list[str]]:
    """Put as many titles into one query as an address has room for."""
    packed: list[str] = []
    for words in filter(None, map(question, titles)):
        query = quote(f'ti:"{words}"', safe=":")
        if packed and (len(packed) == TITLES or len("+OR+".join([*packed, query])) > LONGEST_QUERY):
            yield packed
            packed = []
        packed.append(query)
    if packed:
        yield packed
