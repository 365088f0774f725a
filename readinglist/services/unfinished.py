"""Remembers what is being imported, so that a drop that was interrupted can be offered at the next start.

Kept below `derived/`: losing it costs no more than dropping the same things again.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from readinglist.disk.whole_file import write_whole
from readinglist.domain.raw import Drop

log = logging.getLogger(__name__)


class Unfinished:
    """The memory of one library.

    LIMIT: a drop that another running program is at is taken for an interrupted one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "unfinished"

    @contextmanager
    def remembered(self, drops: Sequence[Drop], *, is_kept: bool = False) -> Iterator[None]:
        """Remember files and folders until the block has come to its end; a block that fails or is stopped has not.

        Args:
            drops: What is imported.
            is_kept: Go on remembering them after the block, until `let_go` or another block ends it.
        """
        wanted = [drop for drop in drops if drop.kind == "path"]
        note = self._note(wanted) if wanted else None
        yield
        if note is not None and not is_kept:
            _forget(note)

    def let_go(self, drops: Sequence[Drop]) -> None:
        """Forget what a block has kept: it is done, or the reader does not want it."""
        _forget(self._place(_text([drop for drop in drops if drop.kind == "path"])))

    def drops(self) -> tuple[Drop, ...]:
        """Return what was interrupted and is still there, each once."""
        found: dict[str, Drop] = {}
        for note in sorted(self._folder.glob("*.json")):
            try:
                entries = json.loads(note.read_text(encoding="utf-8"))
                found |= {content: Drop("path", content, label) for content, label in entries}
            except (OSError, ValueError, TypeError) as error:
                log.info("%s is no note of an import: %s", note, error)
        return tuple(one for one in found.values() if Path(one.content).exists())

    def forget(self) -> None:
        """Forget all that was interrupted: the reader took it up again, or does not want it."""
        for note in self._folder.glob("*.json"):
            _forget(note)

    def _note(self, drops: Sequence[Drop]) -> Path | None:
        text = _text(drops)
        note = self._place(text)
        try:
            write_whole(note, text.encode(), is_lasting=True)
        except OSError as error:
            log.info("it could not be noted what is imported: %s", error)
            return None
        return note

    def _place(self, text: str) -> Path:
        """Return the note's file; the same things dropped again are the same note."""
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()[:32]}.json"


def _text(drops: Sequence[Drop]) -> str:
    return json.dumps([[one.content, one.label] for one in drops])


def _forget(note: Path) -> None:
    try:
        note.unlink(missing_ok=True)
    except OSError as error:
        log.info("%s cannot be removed: %s", note, error)
