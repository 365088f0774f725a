"""What tags and collections have in common: named sets of papers, on levels separated by `/`.

Each kind has two tables: `tag` has the names and `paper_tag` says which papers belong to which, and so for every other
noun.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from readinglist.domain.errors import UserError
from readinglist.domain.levels import tidy_name
from readinglist.domain.paper import PaperId
from readinglist.library.engine import driver_of
from readinglist.library.paper_reading import chunks, group_names
from readinglist.library.tables import metadata, paper

# The papers come as one list: of a whole large library it takes a quarter of the time that it takes in pieces.
AMONG = """SELECT g.name, count(*) FROM paper_{noun} m JOIN {noun} g ON g.id = m.{noun}_id
    WHERE m.paper_id IN (SELECT value FROM json_each(?)) GROUP BY g.id ORDER BY g.name"""


class GroupReader:
    """Answers questions about one kind of group.

    Args:
        connection: In a transaction.
        noun: Name of its table, and its name for people: `tag`.
    """

    def __init__(self, connection: Connection, noun: str) -> None:
        self._connection = connection
        self._noun = noun
        self._groups = metadata.tables[noun]
        self._members = metadata.tables[f"paper_{noun}"]
        self._group_id: Column[int] = self._members.c[f"{noun}_id"]

    def of(self, ids: Sequence[PaperId]) -> dict[PaperId, tuple[str, ...]]:
        """Return the names of the groups that papers are in, in alphabetical order; papers in none are left out."""
        found = group_names(driver_of(self._connection), self._noun, ids)
        return {PaperId(key): tuple(names) for key, names in found.items()}

    def among(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Return the names of the groups that any of some papers are in, and how many of these."""
        rows = driver_of(self._connection).execute(AMONG.format(noun=self._noun), (json.dumps(list(ids)),))
        return {str(name): int(number) for name, number in rows}

    def by_paper(self) -> dict[PaperId, tuple[str, ...]]:
        """Return the names of the groups of all papers outside the bin that are in any."""
        query = select(self._members.c.paper_id, self._groups.c.name).where(self._is_outside_bin())
        query = query.join(self._groups, self._groups.c.id == self._group_id)
        found: dict[PaperId, tuple[str, ...]] = {}
        for key, name in self._connection.execute(query):
            found[PaperId(key)] = (*found.get(PaperId(key), ()), name)
        return found

    def _counted(self, *columns: Column[Any]) -> list[tuple[Any, ...]]:
        """Return columns of all groups in alphabetical order, and how many papers outside the bin are in each."""
        groups = self._groups.c
        numbers = select(self._group_id, func.count().label("number")).where(self._is_outside_bin())
        counts = numbers.group_by(self._group_id).subquery()
        query: Select[Any] = select(*columns, func.coalesce(counts.c.number, 0))
        query = query.outerjoin(counts, counts.c[self._group_id.name] == groups.id).order_by(func.lower(groups.name))
        return [tuple(row) for row in self._connection.execute(query)]

    def _is_outside_bin(self) -> ColumnElement[bool]:
        """Select members outside the bin: it is a set from an index; to look each paper up takes ten times as long."""
        return self._members.c.paper_id.not_in(select(paper.c.id).where(paper.c.is_binned.is_(True)))


class GroupWriter(GroupReader):
    """Changes groups; what it touches is noted by the database itself."""

    def put(self, ids: Sequence[PaperId], names: Iterable[str]) -> None:
        """Put papers into groups; groups that do not exist yet are made.

        Raises:
            UserError: A name cannot be one.
        """
        for name in dict.fromkeys(map(self._tidy, names)):
            group_id = self._ensured(name)
            rows = [{"paper_id": key, self._group_id.name: group_id, **self._of_member()} for key in ids]
            if rows:
                self._connection.execute(insert(self._members).prefix_with("OR IGNORE"), rows)

    def take(self, ids: Sequence[PaperId], names: Iterable[str]) -> None:
        """Take papers out of groups; the groups stay.

        Raises:
            UserError: A name cannot be one.
        """
        chosen = select(self._groups.c.id).where(self._groups.c.name.in_([self._tidy(name) for name in names]))
        for chunk in chunks(ids):
            are_these = self._members.c.paper_id.in_(chunk)
            self._connection.execute(delete(self._members).where(are_these, self._group_id.in_(chosen)))

    def rename(self, old: str, new: str) -> None:
        """Rename a group and those below it; one whose new name exists already is merged into it.

        Raises:
            UserError: There is no such group, or the new name lies under the old one.
        """
        old, new = self._tidy(old), self._tidy(new)
        if new.startswith(f"{old}/"):
            message = f"The {self._noun} “{old}” cannot be moved below itself."
            raise UserError(message)
        for group_id, name in self._family(old):
            target = new + name[len(old) :]
            existing = self._id_of(target)
            if existing is None or existing == group_id:
                self._change(group_id, {"name": target})
            else:
                self._merge(group_id, existing)

    def delete(self, name: str) -> None:
        """Delete a group and those below it; the papers stay.

        Raises:
            UserError: There is no such group.
        """
        ids = [group_id for group_id, _ in self._family(self._tidy(name))]
        self._connection.execute(delete(self._groups).where(self._groups.c.id.in_(ids)))

    def _of_group(self) -> dict[str, Any]:
        """Return what a new group has besides its name."""
        return {}

    def _of_member(self) -> dict[str, Any]:
        """Return what is noted of a paper that is put into a group."""
        return {}

    def _ensured(self, name: str) -> int:
        """Return the number of a group, which is made if there is none of the name."""
        existing = self._id_of(name)
        if existing is not None:
            return existing
        made = insert(self._groups).values(name=name, **self._of_group()).returning(self._groups.c.id)
        return int(self._connection.execute(made).scalar_one())

    def _merge(self, group_id: int, existing: int) -> None:
        """Put the papers of a group into another one, and delete it."""
        columns = [one for one in self._members.columns if one.name not in {"id", self._group_id.name}]
        moved = select(literal(existing), *columns).where(self._group_id == group_id)
        names = [self._group_id.name, *(one.name for one in columns)]
        self._connection.execute(insert(self._members).prefix_with("OR IGNORE").from_select(names, moved))
        self._connection.execute(delete(self._groups).where(self._groups.c.id == group_id))

    def _change(self, group_id: int, values: dict[str, Any]) -> None:
        self._connection.execute(update(self._groups).where(self._groups.c.id == group_id).values(values))

    def _family(self, name: str) -> list[tuple[int, str]]:
        """The group and those below it."""
        groups = self._groups.c
        query = select(groups.id, groups.name).where(_is_family(groups.name, name)).order_by(groups.name)
        found = [(int(row[0]), str(row[1])) for row in self._connection.execute(query)]
        if not found:
            message = f"There is no {self._noun} “{name}”."
            raise UserError(message)
        return found

    def _id_of(self, name: str) -> int | None:
        row = self._connection.execute(select(self._groups.c.id).where(self._groups.c.name == name)).first()
        return None if row is None else int(row[0])

    def _tidy(self, name: str) -> str:
        return tidy_name(name, self._noun)


def _is_family(column: Column[str], name: str) -> ColumnElement[bool]:
    """Select a name and those below it; `/` sorts right before `0`, so the children are one range of the index."""
    return or_(column == name, (column > f"{name}/") & (column < f"{name}0"))
