"""SQLAlchemy's connections to one SQLite file, and their transactions."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from readinglist.library import connection as plain
from readinglist.library import page_text


def open_engine(path: Path) -> Engine:
    """Make the engine; no connection is opened yet.

    Args:
        path: The SQLite file; the texts of PDFs are looked for below its folder.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: plain.connect(path),
        isolation_level=None,
        poolclass=QueuePool,
        pool_size=6,
        max_overflow=20,
    )

    def set_up(connection: Any, _record: object) -> None:
        plain.set_up(connection)
        page_text.attach(connection, path.parent)

    event.listen(engine, "connect", set_up)
    return engine


def driver_of(connection: Connection) -> sqlite3.Connection:
    """Return the driver's connection, for whatever reads by SQL text; it shares the transaction."""
    return cast("sqlite3.Connection", connection.connection.driver_connection)


@contextmanager
def transaction(connection: Connection, *, mode: str) -> Iterator[None]:
    """Run a block inside BEGIN and COMMIT, or ROLLBACK if it fails.

    Args:
        connection: Not in a transaction.
        mode: `DEFERRED` for reading, `IMMEDIATE` for writing.

    Raises:
        EnvironmentFault: The file is locked, full or read-only.
        DataError: The file is damaged.
    """
    with translated():
        connection.exec_driver_sql(f"BEGIN {mode}")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


@contextmanager
def translated() -> Iterator[None]:
    """Say of failures within a block what they mean for the reader, whether SQLAlchemy or the driver raised them."""
    try:
        yield
    except DatabaseError as error:
        raise plain.translate(error.orig or error) from error
    except sqlite3.DatabaseError as error:
        raise plain.translate(error) from error


def _roll_back(connection: Connection) -> None:
    """SQLite has rolled back by itself after some failures; a second time is no harm."""
    with suppress(OperationalError):
        connection.exec_driver_sql("ROLLBACK")
