"""The DOIs that were found inside PDFs and that nobody has asked about yet.

Kept below `derived/`: losing it costs no more than a DOI that stays as it is.
"""

import json
import logging
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from readinglist.disk.whole_file import write_whole
from readinglist.domain.paper import PaperId

log = logging.getLogger(__name__)

FILE = "unconfirmed-dois.json"
_writing = threading.Lock()  # an import may end while another one's DOIs are asked about


class UnconfirmedDois:
    """The memory of one library; may be used by several threads.

    LIMIT: what two programs note in the same moment, one of them may lose.

    Args:
        folder: Where it lies; made when first needed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def all(self) -> dict[PaperId, str]:
        """Return the DOIs by paper."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {PaperId(int(key)): str(doi) for key, doi in found.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError) as error:
            log.info("it is not known which DOIs are to be confirmed: %s", error)
            return {}

    def add(self, dois: Mapping[PaperId, str]) -> None:
        """Remember more."""
        if dois:
            with _writing:
                self._write({**self.all(), **dois})

    def remove(self, ids: Iterable[PaperId]) -> None:
        """Forget those of papers."""
        gone = set(ids)
        if gone:
            with _writing:
                self._write({key: doi for key, doi in self.all().items() if key not in gone})

    def _write(self, dois: Mapping[PaperId, str]) -> None:
        try:
            write_whole(self._path, json.dumps(dois).encode(), is_lasting=False)
        except OSError as error:
            log.info("it could not be noted which DOIs are to be confirmed: %s", error)
