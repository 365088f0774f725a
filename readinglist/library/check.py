"""Looking for damage: in the file, between the tables, and between the tables and what is derived from them."""

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from readinglist.domain.wording import count_text
from readinglist.library.check_report import CheckReport
from readinglist.library.documents import kept_file

SHOWN = 20  # damage beyond this many findings of one kind tells nothing more


def check(connection: Connection, folder: Path) -> CheckReport:
    """Look at everything; reads only."""
    damage = [
        f"The file: {row[0]}."
        for row in connection.exec_driver_sql(f"PRAGMA integrity_check({SHOWN})")
        if row[0] != "ok"
    ]
    if damage:
        return CheckReport(papers=0, damage=tuple(damage))
    references = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(SHOWN)
    damage += [f"Row {row[1]} of {row[0]} belongs to a row of {row[2]} that is not there." for row in references]
    damage += _lost_files(connection, folder)
    papers = int(connection.exec_driver_sql("SELECT count(*) FROM paper").scalar_one())
    return CheckReport(papers=papers, damage=tuple(damage), derived=tuple(_derived(connection, folder)))


def _lost_files(connection: Connection, folder: Path) -> list[str]:
    rows = connection.exec_driver_sql("SELECT paper_id, path FROM file ORDER BY paper_id").all()
    lost = [(paper_id, path) for paper_id, path in rows if not (folder / path).is_file()]
    return [f"The file {path} of paper {paper_id} is not there." for paper_id, path in lost[:SHOWN]]


def _derived(connection: Connection, folder: Path) -> list[str]:
    found = []
    try:
        connection.exec_driver_sql("INSERT INTO paper_fts (paper_fts) VALUES ('integrity-check')")
        missing = "SELECT count(*) FROM paper WHERE id NOT IN (SELECT rowid FROM paper_fts)"
        extra = "SELECT count(*) FROM paper_fts WHERE rowid NOT IN (SELECT id FROM paper)"
        wrong = sum(int(connection.exec_driver_sql(query).scalar_one()) for query in (missing, extra))
        if wrong:
            found.append(f"The text index is wrong about {count_text(wrong, 'paper')}.")
    except DatabaseError as error:
        found.append(f"The text index is damaged: {error.orig}.")
    rows = connection.exec_driver_sql("SELECT sha256, name FROM document").all()
    lost = [name for digest, name in rows if not kept_file(folder, digest).is_file()]
    return found + [f"The saved document {name} is not there." for name in lost[:SHOWN]]
