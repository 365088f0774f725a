"""What the reader said of papers in For you, and of tags that were suggested for them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperId
from readinglist.domain.tagging import normalise_tag
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import feedback, paper_tag, tag
from readinglist.library.times import render_time

NOT_TAG = "not tag "  # before the name of a tag that is not to be suggested for a paper any more
SAID = tuple(kind.value for kind in Feedback)


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

    def refused_tags(self, paper_id: PaperId) -> frozenset[str]:
        """Return names of the tags that are not to be suggested for a paper."""
        query = select(feedback.c.kind).where(feedback.c.paper_id == paper_id, feedback.c.kind.startswith(NOT_TAG))
        return frozenset(kind.removeprefix(NOT_TAG) for (kind,) in self._connection.execute(query))

    def _find(self, *conditions: ColumnElement[bool]) -> dict[PaperId, frozenset[Feedback]]:
        found: dict[PaperId, frozenset[Feedback]] = {}
        query = select(feedback.c.paper_id, feedback.c.kind).where(feedback.c.kind.in_(SAID), *conditions)
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
        self._note(ids, kind.value, now)

    def refuse_tag(self, ids: Sequence[PaperId], name: str, *, now: datetime | None = None) -> None:
        """Have a tag suggested no more for papers that exist."""
        self._note(ids, f"{NOT_TAG}{name}", now)

    def rename_tag(self, old: str, new: str) -> None:
        """Have refusals follow a tag that was renamed or merged, and those below it.

        A paper that has the tag by now keeps it, and no refusal of it.
        """
        old, new = normalise_tag(old), normalise_tag(new)
        rows = self._refusals(old)
        # All are taken away before one is put back: a new name may be an old one.
        self._forget(old)
        moved = [{**row, "kind": f"{NOT_TAG}{new}{row['kind'][len(NOT_TAG) + len(old) :]}"} for row in rows]
        if moved:
            self._connection.execute(insert(feedback).prefix_with("OR IGNORE"), moved)
        carried = select(tag.c.id).join(paper_tag, paper_tag.c.tag_id == tag.c.id)
        carried = carried.where(paper_tag.c.paper_id == feedback.c.paper_id, NOT_TAG + tag.c.name == feedback.c.kind)
        self._connection.execute(delete(feedback).where(_refuses(new), carried.exists()))

    def forget_tag(self, name: str) -> None:
        """Forget the refusals of a tag that was deleted, and of those below it."""
        self._forget(normalise_tag(name))

    def _refusals(self, name: str) -> list[dict[str, Any]]:
        query = select(feedback.c.paper_id, feedback.c.kind, feedback.c.given).where(_refuses(name))
        return [dict(row) for row in self._connection.execute(query).mappings()]

    def _forget(self, name: str) -> None:
        self._connection.execute(delete(feedback).where(_refuses(name)))

    def _note(self, ids: Sequence[PaperId], kind: str, now: datetime | None) -> None:
        moment = render_time(now or datetime.now(UTC))
        rows = [{"paper_id": key, "kind": kind, "given": moment} for key in ids]
        if rows:
            self._connection.execute(insert(feedback).prefix_with("OR IGNORE"), rows)

    def take(self, ids: Sequence[PaperId], kind: Feedback) -> None:
        """Take back what was said of papers."""
        for chunk in chunks(ids):
            statement = delete(feedback).where(feedback.c.paper_id.in_(chunk), feedback.c.kind == kind.value)
            self._connection.execute(statement)


def _refuses(name: str) -> ColumnElement[bool]:
    """Select refusals of a tag and of those below it; as for tags, `0` comes right after `/`."""
    kind, whole = feedback.c.kind, f"{NOT_TAG}{name}"
    return or_(kind == whole, (kind > f"{whole}/") & (kind < f"{whole}0"))
