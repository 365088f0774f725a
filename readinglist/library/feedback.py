"""What the reader said of papers in For you."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperId
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import feedback
from readinglist.library.times import render_time


class FeedbackReader:
    """Answers what was said."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, ids: Sequence[PaperId]) -> dict[PaperId, frozenset[Feedback]]:
        """Return what was said of papers; those of which nothing was said are left out."""
        found: dict[PaperId, frozenset[Feedback]] = {}
        for chunk in chunks(ids):
            found |= self._find(feedback.c.paper_id.in_(chunk))
        return found

    def all(self) -> dict[PaperId, frozenset[Feedback]]:
        """Return everything that was said, by paper."""
        return self._find()

    def _find(self, *conditions: ColumnElement[bool]) -> dict[PaperId, frozenset[Feedback]]:
        found: dict[PaperId, frozenset[Feedback]] = {}
        query = select(feedback.c.paper_id, feedback.c.kind).where(*conditions)
        for key, kind in self._connection.execute(query):
            found[PaperId(key)] = found.get(PaperId(key), frozenset()) | {Feedback(kind)}
        return found


class FeedbackWriter(FeedbackReader):
    """Notes what the reader says; what it touches is noted by the database itself."""

    def put(self, ids: Sequence[PaperId], kind: Feedback, *, now: datetime | None = None) -> None:
        """Note something of papers, in place of its opposite; what was said already keeps its time.

        Args:
            ids: Papers that exist.
            kind: What is said.
            now: UTC; None takes the clock.
        """
        if kind.opposite is not None:
            self.take(ids, kind.opposite)
        moment = render_time(now or datetime.now(UTC))
        rows = [{"paper_id": key, "kind": kind.value, "given": moment} for key in ids]
        if rows:
            self._connection.execute(insert(feedback).prefix_with("OR IGNORE"), rows)

    def take(self, ids: Sequence[PaperId], kind: Feedback) -> None:
        """Take back what was said of papers."""
        for chunk in chunks(ids):
            statement = delete(feedback).where(feedback.c.paper_id.in_(chunk), feedback.c.kind == kind.value)
            self._connection.execute(statement)
