"""The text index over what the reader can search: kept in step within each write's own transaction.

It is derived: `rebuild` makes it anew from the tables.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

COLUMNS = ("title", "abstract", "authors", "tags", "note")
CREATE = (
    f"CREATE VIRTUAL TABLE paper_fts USING fts5 ({', '.join(COLUMNS)}, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE paper_terms USING fts5vocab (paper_fts, row)",
)
# One row of the index for each paper outside the bin.
SELECT_ROWS = """
    SELECT id, title, abstract,
        coalesce((SELECT group_concat(name, ' · ') FROM paper_author WHERE paper_id = paper.id), ''),
        coalesce((SELECT group_concat(tag.name, ' · ') FROM paper_tag JOIN tag ON tag.id = tag_id
                  WHERE paper_id = paper.id), ''),
        note
    FROM paper
"""
INSERT = f"INSERT INTO paper_fts (rowid, {', '.join(COLUMNS)})"
CHUNK = 500


def refresh(connection: Connection, ids: Sequence[int]) -> None:
    """Index papers anew; those that no longer exist leave the index."""
    for start in range(0, len(ids), CHUNK):
        chunk = ", ".join(str(int(key)) for key in ids[start : start + CHUNK])
        connection.exec_driver_sql(f"DELETE FROM paper_fts WHERE rowid IN ({chunk})")
        connection.exec_driver_sql(f"{INSERT} {SELECT_ROWS} WHERE id IN ({chunk})")


def rebuild(connection: Connection) -> None:
    """Throw the index away and make it anew."""
    connection.exec_driver_sql("DELETE FROM paper_fts")
    connection.exec_driver_sql(f"{INSERT} {SELECT_ROWS}")
    connection.exec_driver_sql("INSERT INTO paper_fts (paper_fts) VALUES ('optimize')")
