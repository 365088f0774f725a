"""The process that arranges the map or names its parts, as the service asks it: for one piece of work, then it ends.

What it needs is loaded for seconds and holds hundreds of megabytes; the window shall have neither.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from readinglist.children.child import Child, ChildGoneError, Reply, child_command, wait_for
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.domain.region import Region
from readinglist.recommend.clusters import RULES
from readinglist.similarity.layouts import Layout

AT_ONCE = 1000  # papers told in one go
Ask = Callable[[dict[str, Any]], Reply]


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorPlace:
    """Where vectors lie, for another process."""

    folder: Path
    model_key: str
    dimensions: int


class MapProcess:
    """Arranges maps.

    Args:
        command: Starts the process; None starts this program's own.
    """

    def __init__(self, *, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command or child_command("map"))

    def name(self, titles: Mapping[PaperId, str], layout: Path, *, meanwhile: Callable[[], None]) -> tuple[Region, ...]:
        """Name the parts of a map anew; names that still fit stay.

        Args:
            titles: Of all papers that are seen on it.
            layout: The file it is in.
            meanwhile: As for `arrange`.

        Raises:
            EnvironmentFault: As for `arrange`.
        """
        with self._child(meanwhile) as ask:
            for request in _telling(titles):
                ask(request)
            header, _ = ask({"do": "name", "layout": str(layout)})
        return _regions(header)

    def arrange(
        self,
        titles: Mapping[PaperId, str],
        vectors: VectorPlace,
        before: Path,
        *,
        meanwhile: Callable[[], None],
        progress: Callable[[float], None],
    ) -> Layout:
        """Arrange papers whose vectors are stored; those without a vector are left out.

        Args:
            titles: Of all papers that are to be on the map.
            vectors: Where their vectors lie.
            before: The layout file, near whose points they are to lie; need not exist.
            meanwhile: Called about ten times a second; what it raises ends the work and the process.
            progress: Told the share that is done, 0 to 1.

        Raises:
            EnvironmentFault: The process cannot be started, or broke down.
        """
        begin = {
            "do": "begin",
            "folder": str(vectors.folder),
            "model_key": vectors.model_key,
            "dimensions": vectors.dimensions,
            "before": str(before),
        }
        with self._child(meanwhile) as ask:
            for request in (*_telling(titles), begin):
                ask(request)
            reply: Reply = ({"share": 0.0}, b"")
            while (share := reply[0].get("share")) is not None:
                progress(share)
                meanwhile()
                reply = ask({"do": "step"})
        return _layout(*reply)

    @contextmanager
    def _child(self, meanwhile: Callable[[], None]) -> Iterator[Ask]:
        """Have a process for one piece of work; it is killed if that ends early."""
        child = Child(self._command, purpose="arranges the map")
        end = child.kill
        try:
            yield lambda request: wait_for(child.ask(request), meanwhile)
            end = child.end
        except ChildGoneError as gone:
            message = "The part of the program that arranges the map ended unexpectedly. Try again."
            raise EnvironmentFault(message, detail=str(gone), is_retryable=True) from gone
        finally:
            end()


def _telling(titles: Mapping[PaperId, str]) -> Iterator[dict[str, Any]]:
    papers = iter(titles.items())
    while part := list(islice(papers, AT_ONCE)):
        yield {"do": "add", "titles": part}


def _layout(header: dict[str, Any], payload: bytes) -> Layout:
    count = len(payload) // 24  # eight bytes each for the id, the digest and the point
    return Layout(
        ids=np.frombuffer(payload, dtype=np.int64, count=count),
        digests=np.frombuffer(payload, dtype=np.uint64, count=count, offset=8 * count),
        points=np.frombuffer(payload, dtype=np.float32, offset=16 * count).reshape(count, 2),
        regions=_regions(header),
        arranged=count,
        named=count,
        rules=RULES,
    )


def _regions(header: dict[str, Any]) -> tuple[Region, ...]:
    return tuple(Region(**one) for one in header["regions"])
