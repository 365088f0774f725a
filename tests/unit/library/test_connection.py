"""Connections to the file of a library: what their failures mean, and how two programs make one library."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.errors import DataError, EnvironmentFault, ReadingListError
from readinglist.library.connection import connect, set_up, translate


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(tmp_path / "library.sqlite")) as made:
        made.execute("CREATE TABLE paper (fullname TEXT NOT NULL)")
        yield made


def failure(act: Callable[[], object]) -> ReadingListError:
    with pytest.raises(sqlite3.DatabaseError) as caught:
        act()
    return translate(caught.value)


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM fulltext_of_locked", "INSERT INTO paper VALUES (NULL)", "SELECT json('malformed')"]
)
def test_a_refused_statement_is_not_taken_for_what_its_words_remind_of(
    connection: sqlite3.Connection, statement: str
) -> None:
    error = failure(lambda: connection.execute(statement))
    assert isinstance(error, DataError)
    assert error.message == "The library refused a change."


def test_a_full_disk_is_named(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 3")
    error = failure(lambda: connection.execute("INSERT INTO paper VALUES (hex(zeroblob(100000)))"))
    assert isinstance(error, EnvironmentFault)
    assert error.is_retryable
    assert error.message.startswith("The disk is full.")


def test_a_file_that_is_read_only_is_named(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA query_only = ON")
    error = failure(lambda: connection.execute("INSERT INTO paper VALUES ('Ada')"))
    assert isinstance(error, EnvironmentFault)
    assert error.message.startswith("The library cannot be written.")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no database, but of some length" * 100)
    with closing(connect(path)) as damaged:
        error = failure(lambda: set_up(damaged))
    assert isinstance(error, DataError)
    assert error.message.startswith("The library file is damaged.")


def test_a_program_that_opens_a_library_waits_while_another_one_makes_it(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    with closing(connect(tmp_path / "library.sqlite")) as second, ThreadPoolExecutor(1) as threads:
        opening = threads.submit(set_up, second)
        with pytest.raises(TimeoutError):
            opening.result(timeout=0.2)
        connection.execute("COMMIT")
        opening.result(timeout=10)
        assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)
