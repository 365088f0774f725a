"""The PDFs that were open when the program ended: their tabs are there at the next start, and only one is loaded."""

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from readinglist.app.settings import REOPENS_TABS
from readinglist.domain.paper import PaperId
from readinglist.ui.actions import Context
from readinglist.ui.handlers.parts import Parts

log = logging.getLogger(__name__)

MOST_TABS = 50  # a file that somebody has edited may name any number


@dataclass(frozen=True, slots=True)
class OpenTab:
    """A tab that was open.

    Attributes:
        sha256: Of the file: a paper may have several.
        is_front: It was in front.
    """

    paper_id: PaperId
    sha256: str
    is_front: bool = False


class Reopening:
    """Remembers the open tabs of one library, beside the size of the window.

    Args:
        parts: Of the window.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        folder = str(parts.workspace.library.folder.resolve())
        self._key = f"tabs-{hashlib.sha256(folder.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def keep(self, tabs: Iterable[OpenTab]) -> None:
        """Remember them, also for a program that is killed."""
        text = json.dumps([[one.paper_id, one.sha256, one.is_front] for one in tabs])
        if text != self._parts.state.text_of(self._key, "[]"):
            self._parts.state.keep({self._key: text})

    def restore(self, *, is_front_wanted: bool) -> None:
        """Make tabs of what was open and is there still.

        Args:
            is_front_wanted: The one that was in front comes to the front, and is loaded.
        """
        from readinglist.ui.reader.waiting_tab import WaitingTab

        parts = self._parts
        if not parts.workspace.settings.get(REOPENS_TABS):
            return
        kept = list(_tabs_of(parts.state.text_of(self._key, "[]")))[:MOST_TABS]
        rows = {row.id: row for row in parts.workspace.catalog.rows([one.paper_id for one in kept])}
        front = None
        for one in kept:
            row = rows.get(one.paper_id)
            if row is None or row.is_binned or parts.tabs.find_pdf(one.paper_id, one.sha256) is not None:
                continue
            tab = WaitingTab(one.paper_id, one.sha256, row.title)
            parts.actions.attach(tab, Context.READER)
            parts.tabs.add_waiting(tab, row.title)
            front = tab if one.is_front else front
        if front is not None and is_front_wanted:
            parts.tabs.setCurrentWidget(front)


def _tabs_of(text: str) -> Iterator[OpenTab]:
    """Read what `keep` has written; what it did not write is left out."""
    try:
        found: Any = json.loads(text)
        for number, sha256, is_front in found:
            yield OpenTab(PaperId(int(number)), str(sha256), bool(is_front))
    except (ValueError, TypeError) as error:
        log.info("the tabs that were open are not known: %s", error)
