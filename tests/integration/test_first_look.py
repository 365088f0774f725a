"""A library that is looked at before all of it is loaded: same answers, nothing missed, no odd file taken for sound."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind
from readinglist.domain.errors import DataError
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.library.first_look import Look, find_first_look
from readinglist.library.library import FILE_NAME, Library
from tests.helpers.drafts import make_draft

REPOSITORY = Path(__file__).parents[2]
SHOW_FIRST_LIST = """
import sys
from pathlib import Path
from readinglist.app import bootstrap
workspace = bootstrap.open_workspace(bootstrap.find_places(sys.argv[1], {"READINGLIST_CONFIG": sys.argv[2]}))
ids = workspace.catalog.ids("status:inbox").ids
rows = workspace.catalog.rows(ids)
paper = workspace.catalog.get(ids[0])
print(len(rows), paper.title == rows[0].title, "sqlalchemy" in sys.modules)
workspace.close()
"""

SEARCH = """
import sys
from readinglist.app import bootstrap
from readinglist.services.finding import By
workspace = bootstrap.open_workspace(bootstrap.find_places(sys.argv[1], {"READINGLIST_CONFIG": sys.argv[2]}))
items = workspace.finding.best("subject OR ml", 5, By.BOTH).items
print(len(items), all(one.reasons for one in items), "sqlalchemy" in sys.modules)
workspace.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of five papers with something of everything that is shown, closed."""
    folder = tmp_path / "library"
    with closing(Library(folder)) as library:
        with library.write("Import 5 papers") as writer:
            ids = writer.papers.add_many([make_draft(number) for number in range(5)], status=Status.INBOX)
        with library.write("Tag 2 papers") as writer:
            writer.tags.put(ids[:2], ["ml", "Zebra"])
            writer.papers.set_values(ids[:1], {"is_starred": True, "note": "read soon", "rating": 4})
            writer.papers.set_status(ids[3:], Status.READ)
            writer.papers.set_binned(ids[4:], is_binned=True)
    return folder


def answers(look: Look) -> tuple[object, ...]:
    """Everything a first list may ask."""
    ids = look.search.ids(parse_query(""), Sort())
    every = [PaperId(number) for number in range(1, 7)]
    return ids, look.papers.rows(every), look.papers.get_many(every), look.papers.counts()


def test_a_first_look_answers_as_the_whole_library_does(folder: Path) -> None:
    with closing(Library(folder)) as library:
        with library.look() as look:
            first = answers(look)
        with library.read() as reader:
            assert answers(reader) == first
        with library.look() as look:
            assert answers(look) == first


@pytest.mark.parametrize(("script", "count"), [(SHOW_FIRST_LIST, "3"), (SEARCH, "4")])
def test_the_first_list_and_a_search_are_answered_without_loading_sqlalchemy(
    script: str, count: str, folder: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", script, str(folder), str(tmp_path / "config.toml")]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == [count, "True", "False"]


def test_what_others_write_before_all_is_loaded_is_heard_of(folder: Path) -> None:
    with closing(Library(folder)) as library, closing(Library(folder)) as other:
        with other.write("Star 1 paper") as writer:
            writer.papers.set_values([PaperId(2)], {"is_starred": True})
        (changes,) = library.foreign_changes()
        assert changes.kinds >= {ChangeKind.MARKS}
        assert changes.ids == {PaperId(2)}
        with library.look() as look:
            assert look.papers.rows([PaperId(2)])[0].is_starred


def test_threads_may_look_while_another_one_loads_the_library(folder: Path) -> None:
    def look(_: int) -> int:
        with library.look() as found:
            return len(found.papers.rows([PaperId(1), PaperId(2)]))

    with closing(Library(folder)) as library, ThreadPoolExecutor(4) as threads:
        before = [threads.submit(look, number) for number in range(100)]
        loading = threads.submit(library.open)
        after = [threads.submit(look, number) for number in range(100)]
        assert loading.result() is library.open()
        assert {one.result() for one in before + after} == {2}


def _make_older(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
        connection.commit()


def _make_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _damage(path: Path) -> None:
    path.write_bytes(b"this is not a database, whatever its name says " * 50)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("spoil", [_make_older, _make_newer, _damage, _empty, Path.unlink])
def test_a_library_that_needs_more_than_a_look_is_not_looked_at(folder: Path, spoil: Callable[[Path], None]) -> None:
    path = folder / FILE_NAME
    sound = find_first_look(path)
    assert sound is not None
    sound.close()
    spoil(path)
    was_there = path.exists()
    assert find_first_look(path) is None
    assert path.exists() is was_there


def test_damage_that_a_first_look_meets_is_named(folder: Path) -> None:
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'paper'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    with closing(Library(folder)) as library:
        path.write_bytes(content)
        with pytest.raises(DataError, match="damaged"), library.look() as look:
            look.papers.rows([PaperId(1)])


@pytest.mark.parametrize("status", Status)
def test_the_list_of_a_status_is_the_same_whichever_way_it_is_asked_for(folder: Path, status: Status) -> None:
    with closing(Library(folder)) as library:
        with library.write("Import 40 papers") as writer:
            for number in range(10, 50):  # several of one moment, which stand in the order of their numbers
                moment = datetime(2025, 1, 1 + number % 7, tzinfo=UTC)
                writer.papers.add_many([make_draft(number)], status=list(Status)[number % 5], added=moment)
            writer.papers.set_binned([PaperId(number) for number in range(10, 20)], is_binned=True)
        with library.look() as look:
            short = look.search.ids(parse_query(f"status:{status.value}"), Sort())
            long = look.search.ids(parse_query(f"status:{status.value} status:{status.value}"), Sort())
    assert short == long
    assert len(short) >= 6
