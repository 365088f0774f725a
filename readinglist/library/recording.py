"""Temporary triggers by which the database itself notes what a write does.

Three things are noted, so that no writer can forget them: which papers were touched in which way (for events and the
text index), when the reader decided something about a paper, and, while an undoable step is open, a statement for each
row that takes its change back. The triggers live on the writer's connection only; the file's schema knows nothing of
them.

**Source:** the technique is https://www.sqlite.org/undoredo.html.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, text

from readinglist.domain.changes import ChangeKind
from readinglist.library import tables

# Which columns of `paper` mean which kind of change; all others are bibliographic details.
PAPER_KINDS: dict[ChangeKind, tuple[str, ...]] = {
    ChangeKind.STATUS: ("status", "started", "finished", "queue_position"),
    ChangeKind.MARKS: ("is_starred", "priority", "rating"),
    ChangeKind.NOTE: ("note",),
}
ROW_KINDS = {
    tables.paper_author: ChangeKind.DETAILS,
    tables.identifier: ChangeKind.DETAILS,
    tables.other_title: ChangeKind.DETAILS,
    tables.mention: ChangeKind.DETAILS,
    tables.paper_tag: ChangeKind.TAGS,
    tables.paper_collection: ChangeKind.COLLECTIONS,
    tables.file: ChangeKind.FILES,
    tables.annotation: ChangeKind.ANNOTATIONS,
    tables.feedback: ChangeKind.FEEDBACK,
    tables.reading_time: ChangeKind.FEEDBACK,
}
# What papers are put into; `paper_tag` says which carry a tag, and so for the others.
GROUPS = {"tag": ChangeKind.TAGS, "collection": ChangeKind.COLLECTIONS}
# Which column of `paper` is changed by which kind of decision.
DECISIONS = {"status": "status", "star": "is_starred", "rating": "rating", "note": "note"}
NO_PAPER = 0  # stands in `touched` for a change that concerns no paper, such as a tag's colour


def install(connection: Connection) -> None:
    """Prepare a writer's connection; once in its life."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def begin(connection: Connection, step_id: int | None, *, is_replay: bool = False) -> None:
    """Start noting; with a step's number, also how to take each change back.

    Args:
        connection: The writer's.
        step_id: None for what cannot be undone.
        is_replay: The step is taken back or done again, and the times of decisions with it.
    """
    connection.exec_driver_sql("DELETE FROM temp.touched")
    connection.exec_driver_sql("DELETE FROM temp.open_step")
    if step_id is not None:
        values = {"id": step_id, "is_replay": is_replay}
        connection.execute(text("INSERT INTO temp.open_step VALUES (:id, :is_replay)"), values)


def touched(connection: Connection) -> dict[ChangeKind, set[int]]:
    """Return what was noted since `begin`: numbers of papers by kind, `NO_PAPER` for none in particular."""
    found: dict[ChangeKind, set[int]] = {}
    for kind, paper_id in connection.exec_driver_sql("SELECT kind, paper_id FROM temp.touched"):
        found.setdefault(ChangeKind(kind), set()).add(paper_id)
    return found


def _statements() -> Iterable[str]:
    yield "CREATE TEMP TABLE touched (kind TEXT, paper_id INTEGER, PRIMARY KEY (kind, paper_id)) WITHOUT ROWID"
    yield "CREATE TEMP TABLE open_step (id INTEGER, is_replay INTEGER)"
    for table in tables.UNDOABLE:
        yield from _undo_triggers(table)
    yield from _paper_triggers()
    yield from _decision_triggers()
    for table, kind in ROW_KINDS.items():
        for event, row in (("INSERT", "new"), ("UPDATE", "new"), ("DELETE", "old")):
            yield _note(f"{table.name}_{event}", f"{event} ON {table.name}", kind, f"{row}.paper_id")
        # Rows that are given to another paper are missing where they were.
        yield _note(f"{table.name}_moved", f"UPDATE OF paper_id ON {table.name}", kind, "old.paper_id")
    yield _time_trigger()
    for noun, kind in GROUPS.items():
        yield from _group_triggers(noun, kind)


def _group_triggers(noun: str, kind: ChangeKind) -> Iterable[str]:
    for event in ("INSERT", "UPDATE", "DELETE"):
        yield _note(f"{noun}_{event}", f"{event} ON {noun}", kind, str(NO_PAPER))
    # A new name changes what is found and shown of every paper that is in it.
    members = f"SELECT '{kind}', paper_id FROM paper_{noun} WHERE {noun}_id = new.id"
    renamed = f"AFTER UPDATE OF name ON {noun}"
    yield f"CREATE TEMP TRIGGER note_{noun}_renamed {renamed} BEGIN INSERT OR IGNORE INTO touched {members}; END"


def _paper_triggers() -> Iterable[str]:
    yield _note("paper_added", "INSERT ON paper", ChangeKind.ADDED, "new.id")
    yield _note("paper_removed", "DELETE ON paper", ChangeKind.REMOVED, "old.id")
    binned = "UPDATE OF is_binned ON paper WHEN old.is_binned IS NOT new.is_binned AND "
    yield _note("paper_binned", f"{binned} new.is_binned", ChangeKind.REMOVED, "new.id")
    yield _note("paper_restored", f"{binned} NOT new.is_binned", ChangeKind.ADDED, "new.id")
    special = {name for names in PAPER_KINDS.values() for name in names} | {"is_binned", "binned"}
    details = tuple(column.name for column in tables.paper.columns if column.name not in special)
    for kind, names in {**PAPER_KINDS, ChangeKind.DETAILS: details}.items():
        differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in names)
        yield _note(f"paper_{kind}", f"UPDATE OF {', '.join(names)} ON paper WHEN {differs}", kind, "new.id")


def _decision_triggers() -> Iterable[str]:
    """Note when something was decided; what an import gives every new paper alike is no decision."""
    is_new = "EXISTS (SELECT 1 FROM touched WHERE kind = '{}' AND paper_id = new.{})"
    for kind, column in DECISIONS.items():
        when = f"old.{column} IS NOT new.{column}"
        if kind == "status":
            when += f" AND NOT (new.status = 'to-read' AND {is_new.format(ChangeKind.ADDED, 'id')})"
        yield _decide(kind, f"UPDATE OF {column} ON paper", when, "new.id")
    when = f"NOT {is_new.format(ChangeKind.ADDED, 'paper_id')}"
    for noun in GROUPS:
        yield _decide(f"{noun}s", f"INSERT ON paper_{noun}", when, "new.paper_id")


def _decide(kind: str, event: str, when: str, paper_id: str) -> str:
    # Two statements, not one with ON CONFLICT: the conflict clause of what fires a trigger would take its place.
    mine = f"paper_id = {paper_id} AND kind = '{kind}'"
    now = "strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"
    return (
        f"CREATE TEMP TRIGGER decide_{kind} AFTER {event} "
        f"WHEN {when} AND NOT EXISTS (SELECT 1 FROM open_step WHERE is_replay) BEGIN "
        f"UPDATE decision SET decided = {now} WHERE {mine}; "
        f"INSERT INTO decision (paper_id, kind, decided) SELECT {paper_id}, '{kind}', {now} "
        f"WHERE NOT EXISTS (SELECT 1 FROM decision WHERE {mine}); END"
    )


def _note(name: str, event: str, kind: ChangeKind, paper_id: str) -> str:
    action = f"INSERT OR IGNORE INTO touched VALUES ('{kind}', {paper_id})"
    return f"CREATE TEMP TRIGGER note_{name} AFTER {event} BEGIN {action}; END"


def _undo_triggers(table: Table) -> Iterable[str]:
    names = [column.name for column in table.columns]
    quoted = {column.name: _quoted(column) for column in table.columns}
    values = " || ',' || ".join(quoted.values())
    changed = " || ".join(
        f"CASE WHEN old.{name} IS NOT new.{name} THEN ', {name} = ' || {quoted[name]} ELSE '' END"
        for name in names
        if name != "id"
    )
    inverses = {
        "INSERT": f"'DELETE FROM {table.name} WHERE id = ' || new.id",
        "UPDATE": f"'UPDATE {table.name} SET id = id' || {changed} || ' WHERE id = ' || old.id",
        "DELETE": f"'INSERT INTO {table.name} ({', '.join(names)}) VALUES (' || {values} || ')'",
    }
    for event, inverse in inverses.items():
        yield (
            f"CREATE TEMP TRIGGER undo_{table.name}_{event} AFTER {event} ON {table.name} "
            "WHEN EXISTS (SELECT 1 FROM open_step) BEGIN "
            f"INSERT INTO undo_entry (step_id, statement) VALUES ((SELECT id FROM open_step), {inverse}); END"
        )


def _time_trigger() -> str:
    """Note how much reading time a step gave to a paper, or took: what is read after it is not taken back with it."""
    last = "CASE WHEN last = ' || quote(new.last) || ' THEN ' || quote(old.last) || ' ELSE last END"
    inverse = f"SET seconds = max(0.0, seconds + ' || (old.seconds - new.seconds) || '), last = {last}"
    return (
        "CREATE TEMP TRIGGER undo_reading_time AFTER UPDATE ON reading_time "
        "WHEN EXISTS (SELECT 1 FROM open_step) BEGIN "
        "INSERT INTO undo_entry (step_id, statement) VALUES ((SELECT id FROM open_step), "
        f"'UPDATE reading_time {inverse} WHERE paper_id = ' || old.paper_id); END"
    )


def _quoted(column: Column[Any]) -> str:
    """Write the expression that gives a column's old value as SQL; `quote` alone ends a text at its first NUL."""
    plain = f"quote(old.{column.name})"
    if not isinstance(column.type, Text):
        return plain
    whole = f"'CAST(x''' || hex(old.{column.name}) || ''' AS TEXT)'"
    return f"CASE WHEN instr(old.{column.name}, char(0)) THEN {whole} ELSE {plain} END"
