"""Tags: names on levels separated by `/`, each with a colour, put on papers."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId, Tag
from readinglist.domain.tagging import TAG_COLORS, normalise_tag
from readinglist.library.paper_reading import chunks
from readinglist.library.tables import paper, paper_tag, tag


class TagReader:
    """Answers questions about tags."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Tag]:
        """Return every tag in alphabetical order, with the number of papers outside the bin that carry it."""
        carried = select(paper_tag.c.tag_id, func.count().label("number")).join(
            paper, paper.c.id == paper_tag.c.paper_id
        )
        numbers = carried.where(paper.c.is_binned.is_(False)).group_by(paper_tag.c.tag_id).subquery()
        query = select(tag.c.name, tag.c.color, func.coalesce(numbers.c.number, 0))
        query = query.outerjoin(numbers, numbers.c.tag_id == tag.c.id).order_by(func.lower(tag.c.name))
        return [Tag(name=name, color=color, count=count) for name, color, count in self._connection.execute(query)]

    def by_paper(self) -> dict[PaperId, tuple[str, ...]]:
        """Return the tags of all papers outside the bin that have any."""
        query = select(paper_tag.c.paper_id, tag.c.name).join(tag, tag.c.id == paper_tag.c.tag_id)
        query = query.join(paper, paper.c.id == paper_tag.c.paper_id).where(paper.c.is_binned.is_(False))
        found: dict[PaperId, tuple[str, ...]] = {}
        for key, name in self._connection.execute(query):
            found[PaperId(key)] = (*found.get(PaperId(key), ()), name)
        return found


class TagWriter(TagReader):
    """Changes tags; what it touches is noted by the database itself."""

    def put(self, ids: Sequence[PaperId], names: Iterable[str]) -> None:
        """Put tags on papers; tags that do not exist yet are made, with the next colour."""
        for name in dict.fromkeys(map(normalise_tag, names)):
            tag_id = self._id_of(name) or self._make(name)
            statement = insert(paper_tag).prefix_with("OR IGNORE")
            if ids:
                self._connection.execute(statement, [{"paper_id": key, "tag_id": tag_id} for key in ids])

    def take(self, ids: Sequence[PaperId], names: Iterable[str]) -> None:
        """Take tags off papers; the tags stay."""
        chosen = select(tag.c.id).where(tag.c.name.in_([normalise_tag(name) for name in names]))
        for chunk in chunks(ids):
            on_these = paper_tag.c.paper_id.in_(chunk)
            self._connection.execute(delete(paper_tag).where(on_these, paper_tag.c.tag_id.in_(chosen)))

    def rename(self, old: str, new: str) -> None:
        """Rename a tag and its children; one whose new name exists already is merged into it.

        Raises:
            UserError: There is no such tag, or the new name lies under the old one.
        """
        old, new = normalise_tag(old), normalise_tag(new)
        if new.startswith(f"{old}/"):
            message = f"The tag “{old}” cannot be moved below itself."
            raise UserError(message)
        for tag_id, name in self._family(old):
            target = new + name[len(old) :]
            existing = self._id_of(target)
            if existing is None or existing == tag_id:
                self._connection.execute(update(tag).where(tag.c.id == tag_id).values(name=target))
                continue
            carriers = select(paper_tag.c.paper_id).where(paper_tag.c.tag_id == tag_id)
            rows = [{"paper_id": row[0], "tag_id": existing} for row in self._connection.execute(carriers)]
            if rows:
                self._connection.execute(insert(paper_tag).prefix_with("OR IGNORE"), rows)
            self._connection.execute(delete(tag).where(tag.c.id == tag_id))

    def set_color(self, name: str, color: str) -> None:
        """Give a tag a colour.

        Raises:
            UserError: There is no such tag or colour.
        """
        if color not in TAG_COLORS:
            message = f"There is no tag colour “{color}”; there are {', '.join(TAG_COLORS)}."
            raise UserError(message)
        ((tag_id, _), *_) = self._family(normalise_tag(name))
        self._connection.execute(update(tag).where(tag.c.id == tag_id).values(color=color))

    def delete(self, name: str) -> None:
        """Delete a tag and its children; the papers stay.

        Raises:
            UserError: There is no such tag.
        """
        ids = [tag_id for tag_id, _ in self._family(normalise_tag(name))]
        self._connection.execute(delete(tag).where(tag.c.id.in_(ids)))

    def _family(self, name: str) -> list[tuple[int, str]]:
        """The tag and those below it."""
        query = select(tag.c.id, tag.c.name).where(family_of(name)).order_by(tag.c.name)
        found = [(int(row[0]), str(row[1])) for row in self._connection.execute(query)]
        if not found:
            message = f"There is no tag “{name}”."
            raise UserError(message)
        return found

    def _id_of(self, name: str) -> int | None:
        row = self._connection.execute(select(tag.c.id).where(tag.c.name == name)).first()
        return None if row is None else int(row[0])

    def _make(self, name: str) -> int:
        number = self._connection.execute(select(func.count()).select_from(tag)).scalar_one()
        values = {"name": name, "color": TAG_COLORS[number % len(TAG_COLORS)]}
        key = self._connection.execute(insert(tag).values(values).returning(tag.c.id)).scalar_one()
        return int(key)


def family_of(name: str) -> ColumnElement[bool]:
    """Select a tag and those below it; `/` sorts right before `0`, so the children are one range of the index."""
    return or_(tag.c.name == name, (tag.c.name > f"{name}/") & (tag.c.name < f"{name}0"))
