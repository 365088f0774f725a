"""How one program learns what another one wrote: a short log of committed changes in the library itself."""

import json

from sqlalchemy import Connection, delete, insert, select

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.library.first_look import LAST_ENTRY
from readinglist.library.tables import change_log, paper

KEPT_ENTRIES = 500


def log_changes(connection: Connection, writer_id: str, changes: Changes) -> None:
    """Add a write to the log, within its own transaction."""
    values = {
        "writer": writer_id,
        "kinds": json.dumps(sorted(changes.kinds)),
        "paper_ids": json.dumps(sorted(changes.ids)),
    }
    key = connection.execute(insert(change_log).values(values).returning(change_log.c.id)).scalar_one()
    connection.execute(delete(change_log).where(change_log.c.id <= key - KEPT_ENTRIES))


def last_entry(connection: Connection) -> int:
    """Return the number of the newest entry; 0 if there is none."""
    return int(connection.exec_driver_sql(LAST_ENTRY).scalar_one())


def foreign_changes(connection: Connection, writer_id: str, *, after: int) -> tuple[list[Changes], int]:
    """Return what other programs committed after an entry, oldest first, and the number of the newest entry."""
    newest = last_entry(connection)
    query = select(change_log).where(change_log.c.id > after).order_by(change_log.c.id)
    rows = connection.execute(query).all()
    # The log went back: another program has restored a backup. Or it was cut: more was written than it keeps.
    if newest < after or (rows and rows[0].id > after + 1):
        ids = connection.execute(select(paper.c.id)).scalars()
        return [Changes(kinds=frozenset(ChangeKind), ids=frozenset(map(PaperId, ids)))], newest
    changes = [
        Changes(
            kinds=frozenset(map(ChangeKind, json.loads(row.kinds))),
            ids=frozenset(map(PaperId, json.loads(row.paper_ids))),
        )
        for row in rows
        if row.writer != writer_id
    ]
    return changes, rows[-1].id if rows else after
