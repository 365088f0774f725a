"""What was asked of a service in vain, so that nobody asks again before some days have passed.

Kept below `derived/`, outside the library: it is nothing the reader made, a backup and undo have no business with it,
and losing it costs no more than asking once more. One line for each question, appended, because a run notes thousands
of them and several programs may do so at once; a line that is damaged is a question that was never asked.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from readinglist.disk.whole_file import write_whole
from readinglist.domain.titles import fold_title

log = logging.getLogger(__name__)

DAYS = 7  # after which a paper may have become known
SHRUNK_AT = 1000  # outdated lines that are worth writing the file anew


def today() -> date:
    """Return the day in UTC."""
    return datetime.now(UTC).date()


class AskedBefore:
    """The memory; may be used by several threads at once.

    Args:
        path: The file; made when first needed.
        now: The day.
    """

    def __init__(self, path: Path, *, now: Callable[[], date] = today) -> None:
        self._path = path
        self._now = now
        self._days: dict[tuple[str, str], date] | None = None
        self._lock = threading.Lock()

    def is_recent(self, service: str, title: str) -> bool:
        """Tell whether the service was asked for the title in vain within the last days."""
        with self._lock:
            asked = self._known().get((service, _key(title)))
        return asked is not None and self._now() - asked < timedelta(days=DAYS)

    def note(self, service: str, title: str) -> None:
        """Remember that the service knows nothing of the title today."""
        key = (service, _key(title))
        with self._lock:
            known = self._known()
            if known.get(key) == self._now():
                return
            known[key] = self._now()
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(_line(key, known[key]))
            except OSError as error:
                log.info("it could not be noted what was asked: %s", error)

    def _known(self) -> dict[tuple[str, str], date]:
        if self._days is None:
            self._days, outdated = self._load()
            if outdated >= SHRUNK_AT:
                self._shrink(self._days)
        return self._days

    def _load(self) -> tuple[dict[tuple[str, str], date], int]:
        """Read the file; returns what still counts, and how many lines do not."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return {}, 0
        found: dict[tuple[str, str], date] = {}
        for line in lines:
            try:
                service, key, day = json.loads(line)
                asked = date.fromisoformat(day)
            except (ValueError, TypeError):
                continue
            if self._now() - asked < timedelta(days=DAYS):
                found[(str(service), str(key))] = asked
        return found, len(lines) - len(found)

    def _shrink(self, known: dict[tuple[str, str], date]) -> None:
        """Write only what still counts; what another program notes in this moment may be lost, which is no harm."""
        try:
            lines = "".join(_line(key, day) for key, day in known.items())
            write_whole(self._path, lines.encode(), is_lasting=False)
        except OSError as error:
            log.info("the note of what was asked could not be made shorter: %s", error)


def _key(title: str) -> str:
    """Name a title; one that was corrected is another question."""
    return hashlib.sha256(fold_title(title).encode()).hexdigest()[:16]


def _line(key: tuple[str, str], day: date) -> str:
    return json.dumps([*key, day.isoformat()]) + "\n"
