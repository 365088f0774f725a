"""The text index over what the library's tables say of papers: kept in step within each write's own transaction.

It is derived: `rebuild` makes it anew from the tables.
"""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from readinglist.domain.word_forms import UNSPACED

if TYPE_CHECKING:
    from sqlalchemy import Connection  # not loaded for a first list

COLUMNS = ("title", "abstract", "authors", "tags", "note", "annotations")
TOKENIZE = "unicode61 remove_diacritics 2"
# No index of beginnings (`prefix = '2 3'`): it doubles the time of every write, and saves 20 ms of 80 at 100,000
# papers.
CREATE = (
    f"CREATE VIRTUAL TABLE paper_fts USING fts5 ({', '.join(COLUMNS)}, tokenize = '{TOKENIZE}')",
    "CREATE VIRTUAL TABLE paper_terms USING fts5vocab (paper_fts, row)",
)
# One row of the index for each paper.
SELECT_ROWS = """
    SELECT id,
        spaced(title || coalesce((SELECT ' · ' || group_concat(title, ' · ') FROM other_title
                                  WHERE paper_id = paper.id AND title_key != paper.title_key), '')),
        spaced(abstract),
        spaced(coalesce((SELECT group_concat(name, ' · ') FROM paper_author WHERE paper_id = paper.id), '')),
        spaced(coalesce((SELECT group_concat(tag.name, ' · ') FROM paper_tag JOIN tag ON tag.id = tag_id
                         WHERE paper_id = paper.id), '')),
        spaced(note),
        spaced(coalesce((SELECT group_concat(quote || ' · ' || comment || ' · ' || tags, ' · ') FROM annotation
                         WHERE paper_id = paper.id), ''))
    FROM paper
"""
INSERT = f"INSERT INTO paper_fts (rowid, {', '.join(COLUMNS)})"
CHUNK = 500


def install(connection: sqlite3.Connection) -> None:
    """Give a connection the function that the index is written with."""
    connection.create_function("spaced", 1, spaced, deterministic=True)


def spaced(text: str) -> str:
    """Put spaces around each letter of the scripts that have none between words.

    The index would take a whole clause for one word; so each letter is a word, and a word is a phrase.
    """
    return text if text.isascii() else UNSPACED.sub(r" \g<0> ", text)


def refresh(connection: "Connection", ids: Sequence[int]) -> None:
    """Index papers anew; those that no longer exist leave the index."""
    for start in range(0, len(ids), CHUNK):
        chunk = ", ".join(str(int(key)) for key in ids[start : start + CHUNK])
        connection.exec_driver_sql(f"DELETE FROM paper_fts WHERE rowid IN ({chunk})")
        connection.exec_driver_sql(f"{INSERT} {SELECT_ROWS} WHERE id IN ({chunk})")


def rebuild(connection: "Connection") -> None:
    """Throw the index away and make it anew."""
    connection.exec_driver_sql("DELETE FROM paper_fts")
    connection.exec_driver_sql(f"{INSERT} {SELECT_ROWS}")
    connection.exec_driver_sql("INSERT INTO paper_fts (paper_fts) VALUES ('optimize')")
