"""Tags: names on levels separated by `/`, each with a colour, put on papers."""

from typing import Any

from sqlalchemy import Connection, func, select
from typing_extensions import override

from readinglist.domain.errors import UserError
from readinglist.domain.paper import Tag
from readinglist.domain.tagging import TAG_COLORS
from readinglist.library.groups import GroupReader, GroupWriter
from readinglist.library.tables import tag

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
