"""Tags: names on levels separated by `/`, each with a colour, put on papers."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select
from typing_extensions import override

from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId, Tag
from readinglist.domain.tagging import TAG_COLORS
from readinglist.library.feedback import NOT_TAG
from readinglist.library.groups import GroupReader, GroupWriter
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import feedback, tag

NOUN = "tag"


class TagReader(GroupReader):
    """Answers questions about tags."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, NOUN)

    def all(self) -> list[Tag]:
        """Return every tag in alphabetical order, with the number of papers outside the bin that carry it."""
        rows = self._counted(tag.c.name, tag.c.color)
        return [Tag(name=row[0], color=row[1], count=row[2]) for row in rows]


class TagWriter(TagReader, GroupWriter):
    """Changes tags; a new one gets the next colour."""

    @override
    def put(self, ids: Sequence[PaperId], names: Iterable[str]) -> None:
        """Put tags on papers, which takes back that they were refused there; new tags are made.

        Raises:
            UserError: A name cannot be one.
        """
        names = [self._tidy(name) for name in names]
        super().put(ids, names)
        refusals = feedback.c.kind.in_([f"{NOT_TAG}{name}" for name in names])
        for chunk in chunks(ids):
            self._connection.execute(delete(feedback).where(feedback.c.paper_id.in_(chunk), refusals))

    def set_color(self, name: str, color: str) -> None:
        """Give a tag a colour.

        Raises:
            UserError: There is no such tag or colour.
        """
        if color not in TAG_COLORS:
            message = f"There is no tag colour “{color}”; there are {', '.join(TAG_COLORS)}."
            raise UserError(message)
        ((tag_id, _), *_) = self._family(self._tidy(name))
        self._change(tag_id, {"color": color})

    @override
    def _of_group(self) -> dict[str, Any]:
        number = self._connection.execute(select(func.count()).select_from(tag)).scalar_one()
        return {"color": TAG_COLORS[number % len(TAG_COLORS)]}
