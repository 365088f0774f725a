"""How far the log of changes was when something was made of the library, and which papers were touched since then.

For what is kept on disk from one start of the program to the next: papers that nobody has touched need not be read
again. Written into the log is elsewhere: `library.change_log`.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from readinglist.domain.changes import ChangeKind
from readinglist.domain.paper import PaperId

NEWEST = "SELECT id, writer, kinds, paper_ids FROM change_log ORDER BY id DESC LIMIT 1"
SINCE = "SELECT id, writer, kinds, paper_ids FROM change_log WHERE id >= ? ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMark:
    """A place in the log.

    Attributes:
        entry: Number of an entry; 0 before the first.
        check: Checksum of what it says: a library that was put back has others of the same numbers.
    """

    entry: int
    check: int


NO_MARK = ChangeMark(entry=0, check=0)


class ChangeMarks:
    """Answers how far the log is.

    Args:
        plain: A connection of the driver, in a transaction.
    """

    def __init__(self, plain: sqlite3.Connection) -> None:
        self._plain = plain

    def newest(self) -> ChangeMark:
        """Return the place of the newest entry."""
        row = self._plain.execute(NEWEST).fetchone()
        return NO_MARK if row is None else _mark(row)

    def touched_since(self, mark: ChangeMark, kinds: Iterable[ChangeKind]) -> set[PaperId] | None:
        """Return the papers about which some kinds of fact changed after a place in the log.

        Returns:
            None where that cannot be told: the log no longer reaches back so far, or it is another one.
        """
        rows = self._plain.execute(SINCE, (mark.entry,)).fetchall()
        if not rows or _mark(rows[0]) != mark:
            return None
        wanted = frozenset(kinds)
        ids = (json.loads(row[3]) for row in rows[1:] if wanted & set(json.loads(row[2])))
        return {PaperId(key) for found in ids for key in found}


def _mark(row: tuple[int, str, str, str]) -> ChangeMark:
    return ChangeMark(entry=row[0], check=zlib.crc32("\n".join(row[1:]).encode()))
