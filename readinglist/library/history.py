"""What can be undone and done again, for every process that opens the library.

A step is a list of statements that take it back, noted by `recording`. Undoing runs them in reverse while the same
triggers note their opposites, which become the step that redoes it; so undo and redo are one function.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, Row, delete, insert, select, update

from readinglist.domain.changes import Progress, UndoStatus
from readinglist.library import recording
from readinglist.library.tables import undo_entry, undo_step
from readinglist.library.times import parse_time, render_time

KEPT_STEPS = 200
MERGE_WITHIN = timedelta(seconds=2)
INSERTED_AT_ONCE, CHANGED_AT_ONCE = 100, 1000  # rows, between two words of how far it is
# What stands in the statements of `recording` between what many of them share and the row that one is about.
VALUES, WHERE = " VALUES ", " WHERE id = "


class History:
    """The steps of one library, seen through one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def status(self) -> UndoStatus:
        """Return the labels of the next step back and the next step forward."""
        return UndoStatus(undo_label=self._label(is_undone=False), redo_label=self._label(is_undone=True))

    def open_step(self, label: str, merge_key: str) -> int:
        """Begin an undoable step; one with the same merge key that is not older than `MERGE_WITHIN` is continued."""
        now = datetime.now(UTC)
        last = self._last(is_undone=False)
        if last and merge_key and last.merge_key == merge_key and now - parse_time(last.made) <= MERGE_WITHIN:
            self._connection.execute(update(undo_step).where(undo_step.c.id == last.id).values(made=render_time(now)))
            return int(last.id)
        values = {"label": label, "merge_key": merge_key, "made": render_time(now)}
        key = self._connection.execute(insert(undo_step).values(values)).inserted_primary_key
        assert key is not None  # noqa: S101 - an insert of one row always has one
        return int(key[0])

    def close_step(self, step_id: int) -> bool:
        """End a step: what could have been done again is forgotten, and the oldest steps beyond `KEPT_STEPS`.

        Returns:
            Whether anything happened in it; if not, the step is dropped and all else stays.
        """
        entries = select(undo_entry.c.id).where(undo_entry.c.step_id == step_id).limit(1)
        if self._connection.execute(entries).first() is None:
            self._connection.execute(delete(undo_step).where(undo_step.c.id == step_id))
            return False
        self._connection.execute(delete(undo_step).where(undo_step.c.is_undone))
        kept = select(undo_step.c.id).order_by(undo_step.c.id.desc()).limit(KEPT_STEPS)
        self._connection.execute(delete(undo_step).where(undo_step.c.id.not_in(kept)))
        return True

    def step_back(self, progress: Progress) -> str | None:
        """Take the last step back.

        Args:
            progress: Hears of rows that are done, and of all; what it raises stops the work.

        Returns:
            Its label; None if there is none.
        """
        return self._replay(progress, is_undone=False)

    def step_forward(self, progress: Progress) -> str | None:
        """Do the step again that was taken back last; as `step_back`."""
        return self._replay(progress, is_undone=True)

    def _replay(self, progress: Progress, *, is_undone: bool) -> str | None:
        step = self._last(is_undone=is_undone)
        if step is None:
            return None
        mine = undo_entry.c.step_id == step.id
        query = select(undo_entry.c.id, undo_entry.c.statement).where(mine).order_by(undo_entry.c.id.desc())
        rows = self._connection.execute(query).all()
        # Rows come back in reverse, a child possibly before its parent: the commit checks the references.
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        recording.begin(self._connection, step.id, is_replay=True)
        done = 0
        for statement, numbers, count in _together(row.statement for row in rows):
            progress(done, len(rows))
            self._connection.exec_driver_sql(statement, numbers or None)
            done += count
        if rows:
            last_before = rows[0].id
            self._connection.execute(delete(undo_entry).where(mine, undo_entry.c.id <= last_before))
        values = {"is_undone": not is_undone, "merge_key": ""}
        self._connection.execute(update(undo_step).where(undo_step.c.id == step.id).values(values))
        return str(step.label)

    def _label(self, *, is_undone: bool) -> str | None:
        step = self._last(is_undone=is_undone)
        return None if step is None else str(step.label)

    def _last(self, *, is_undone: bool) -> Row[int, str, str, str] | None:
        """The newest step that stands, or the oldest one that was taken back."""
        order = undo_step.c.id.asc() if is_undone else undo_step.c.id.desc()
        columns = (undo_step.c.id, undo_step.c.label, undo_step.c.merge_key, undo_step.c.made)
        query = select(*columns).where(undo_step.c.is_undone == is_undone).order_by(order).limit(1)
        return self._connection.execute(query).first()


def _together(statements: Iterable[str]) -> Iterator[tuple[str, list[tuple[int]], int]]:
    """Put statements that follow each other and do the same to one row each together, in order.

    The database then need not understand each of them anew, with all the triggers that belong to it: that took most of
    the time of what concerns many rows.

    Returns:
        Statements, the numbers of the rows that each is done to, none for one that names its rows itself, and how many
        rows these are.
    """
    for (before, between), alike in groupby(map(_taken_apart, statements), key=itemgetter(0, 1)):
        ends = [end for _, _, end in alike]
        if between == VALUES:
            for some in _pieces(ends, INSERTED_AT_ONCE):
                yield f"{before}{between}{', '.join(some)}", [], len(some)
        elif between == WHERE:
            for some in _pieces(ends, CHANGED_AT_ONCE):
                yield f"{before}{between}?", [(int(end),) for end in some], len(some)
        else:
            yield from ((end, [], 1) for end in ends)


def _pieces(texts: list[str], size: int) -> Iterator[list[str]]:
    return (texts[start : start + size] for start in range(0, len(texts), size))


def _taken_apart(statement: str) -> tuple[str, str, str]:
    """Divide a statement into what rows share, and the row.

    >>> _taken_apart("UPDATE paper SET id = id, status = 'inbox' WHERE id = 17")
    ("UPDATE paper SET id = id, status = 'inbox'", ' WHERE id = ', '17')
    >>> _taken_apart("INSERT INTO tag (id, name) VALUES (3,'not WHERE id = 4')")
    ('INSERT INTO tag (id, name)', ' VALUES ', "(3,'not WHERE id = 4')")
    """
    before, between, end = (
        statement.partition(VALUES) if statement.startswith("INSERT") else statement.rpartition(WHERE)
    )
    return (before, between, end) if between == VALUES or (between and end.isdecimal()) else ("", "", statement)
