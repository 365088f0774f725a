"""Copies of a library: made while it is in use, looked into without opening it, and put back.

A copy is one SQLite file, made by SQLite's own online backup: what other programs write meanwhile is either in it whole
or not at all.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readinglist.domain.errors import DataError, EnvironmentFault, UserError

log = logging.getLogger(__name__)

FOLDER = "backups"
NAME = re.compile(r"library (?P<made>\d{4}-\d{2}-\d{2} \d{6}) (?P<reason>[a-z-]+)(?: \d+)?\.sqlite")
KEPT = 3  # of each reason but `manual`: those are the reader's to delete


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupInfo:
    """A backup as its file tells it.

    Attributes:
        made: UTC.
        reason: `manual`, `automatic`, `upgrade` or `restore`; `other` for a file that was put there by hand.
    """

    path: Path
    made: datetime
    reason: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupContent:
    """What is in a backup.

    Attributes:
        papers: Outside the bin.
        newest: Title of the paper that was added last; empty if there is none.
        revision: Of the schema.
    """

    papers: int
    notes: int
    tags: int
    newest: str
    revision: str
    collections: int = 0


def make_backup(library: Path, *, reason: str, target: Path | None = None, kept: int = KEPT) -> Path:
    """Copy a library.

    Args:
        library: The SQLite file.
        reason: See `BackupInfo`.
        target: Where to; None takes a dated name in the folder `backups` beside the library, and then deletes the
            oldest of the same reason.
        kept: How many automatic ones of one reason stay.

    Returns:
        The path of the copy.

    Raises:
        UserError: The copy would take the place of the library itself.
        EnvironmentFault: The copy cannot be written.
    """
    if target is not None and target.resolve() == library.resolve():
        message = f"{target} is the library itself. Choose another place for the backup."
        raise UserError(message)
    path = target or _new_name(library.parent / FOLDER, reason)
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _copy(library, partial)
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink()
        message = f"The backup {path} cannot be written. Choose another place or make room on the disk."
        raise EnvironmentFault(message, detail=str(error)) from error
    if target is None and reason != "manual":
        same = [one for one in list_backups(library) if one.reason == reason]
        _remove([one.path for one in same[kept:]])
    return path


def list_backups(library: Path) -> list[BackupInfo]:
    """Return the backups beside a library, newest first."""
    paths = (path for path in (library.parent / FOLDER).glob("*.sqlite") if not path.name.startswith("."))
    found = [info for path in paths if (info := _find_info(path)) is not None]
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


def inspect(path: Path) -> BackupContent:
    """Look into a backup; the file is only read.

    Raises:
        UserError: There is no such file, or it is no library.
    """
    with _opened(path) as connection:

        def count(rows: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])

        newest = connection.execute(
            "SELECT title FROM paper WHERE NOT is_binned ORDER BY added DESC, id DESC"
        ).fetchone()
        has_collections = count("sqlite_master WHERE name = 'collection'") > 0  # none in a library of an older program
        return BackupContent(
            papers=count("paper WHERE NOT is_binned"),
            notes=count("paper WHERE note != '' AND NOT is_binned"),
            tags=count("tag"),
            collections=count("collection") if has_collections else 0,
            newest=newest[0] if newest else "",
            revision=connection.execute("SELECT version_num FROM alembic_version").fetchone()[0],
        )


def put_back(backup: Path, library: Path) -> None:
    """Replace a library's content by a backup's; other programs that have it open see the new content at once.

    Raises:
        UserError: There is no such backup, or it is no library.
        DataError: The backup is damaged; the library is as it was.
        EnvironmentFault: The library cannot be written.
    """
    with _opened(backup) as source:
        if source.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            message = f"The backup {backup} is damaged. The library was left as it is."
            raise DataError(message)
        try:
            with closing(sqlite3.connect(library, timeout=15)) as target:
                source.backup(target)
        except sqlite3.Error as error:
            message = "The library cannot be written; close other programs that use it and try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error


def _copy(library: Path, partial: Path) -> None:
    partial.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"{library.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(partial)) as target,
    ):
        source.backup(target)
        # A copy is one file: nothing of it may lie in a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    with partial.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        message = f"There is no file {path}."
        raise UserError(message)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT 1 FROM alembic_version, paper LIMIT 1")
            yield connection
    except sqlite3.DatabaseError as error:
        message = f"{path} is not a backup of a library."
        raise UserError(message, detail=str(error)) from error


def _remove(paths: Sequence[Path]) -> None:
    """Delete old backups; one that cannot be deleted now is in nobody's way, and the new one is made."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            log.info("the old backup %s stays: %s", path, error)


def _new_name(folder: Path, reason: str) -> Path:
    stem = f"library {datetime.now(UTC):%Y-%m-%d %H%M%S} {reason}"
    path = folder / f"{stem}.sqlite"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}.sqlite"
        number += 1
    return path


def _find_info(path: Path) -> BackupInfo | None:
    try:
        facts = path.stat()
    except OSError:  # another program has deleted it in this moment
        return None
    named = NAME.fullmatch(path.name)
    made = (
        datetime.strptime(named["made"], "%Y-%m-%d %H%M%S").replace(tzinfo=UTC)
        if named
        else datetime.fromtimestamp(facts.st_mtime, UTC)
    )
    return BackupInfo(path=path, made=made, reason=named["reason"] if named else "other", size_bytes=facts.st_size)
