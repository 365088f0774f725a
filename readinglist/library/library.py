"""The library in one folder: opening it, reading and writing it in units of work."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from readinglist.domain.changes import Changes
from readinglist.domain.errors import EnvironmentFault
from readinglist.library import backup, page_text, recording
from readinglist.library.backup import BackupInfo
from readinglist.library.change_log import foreign_changes, last_entry
from readinglist.library.check import CheckReport, check
from readinglist.library.engine import open_engine, transaction
from readinglist.library.history import History
from readinglist.library.page_text import PageTexts
from readinglist.library.unit import Reader, Writer
from readinglist.library.upgrade import check_known, upgrade

FILE_NAME = "library.sqlite"


class Library:
    """What the reader has. Safe to use from several threads; several programs may open the same folder.

    Args:
        folder: Made if it does not exist.

    Raises:
        EnvironmentFault: The folder cannot be used.
        DataError: The file is damaged.
        LibraryTooNewError: A newer version of the program wrote it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = (
                f"The library folder {folder} cannot be made: {error.strerror}. Choose another one with --library."
            )
            raise EnvironmentFault(message, detail=str(error)) from error
        self.page_texts = PageTexts(folder)
        self._engine = open_engine(self.path)
        upgrade(self._engine, self.path)
        if page_text.prepare(folder):
            self._engine.dispose()  # connections made so far have nothing in its place
        self._writer_id = uuid.uuid4().hex
        self._writing = threading.Lock()
        self._write_connection: Connection | None = None
        with self._engine.connect() as connection:
            self._seen = last_entry(connection)

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Look at the library as it is at one moment."""
        with self._engine.connect() as connection, transaction(connection, mode="DEFERRED"):
            yield Reader(connection, folder=self.folder)

    @contextmanager
    def write(self, label: str | None, *, initiator: str = "", merge_key: str = "") -> Iterator[Writer]:
        """Change the library: the whole block is stored, or nothing of it if it raises.

        Args:
            label: Name of the step for undo, "Tag 12 papers"; None for what is not the reader's doing.
            initiator: Who asked; handed on in `Writer.changes`.
            merge_key: Steps of the same key that follow each other at once become one.
        """
        with self._unit(initiator) as (connection, writer):
            step_id = None if label is None else writer.history.open_step(label, merge_key)
            recording.begin(connection, step_id)
            yield writer
            writer.finish(step_id)

    def step_back(self, *, initiator: str = "") -> tuple[str | None, Changes]:
        """Take the last step back; returns its label, None if there is none, and what that changed."""
        return self._step(History.step_back, initiator)

    def step_forward(self, *, initiator: str = "") -> tuple[str | None, Changes]:
        """Do the step again that was taken back last; returns as `step_back`."""
        return self._step(History.step_forward, initiator)

    def foreign_changes(self) -> list[Changes]:
        """Return what other programs committed since the last call, oldest first; cheap if it is nothing."""
        with self._engine.connect() as connection, transaction(connection, mode="DEFERRED"):
            found, self._seen = foreign_changes(connection, self._writer_id, after=self._seen)
        return found

    def back_up(self, *, reason: str, target: Path | None = None, kept: int = backup.KEPT) -> Path:
        """Copy the library; see `backup.make_backup`."""
        return backup.make_backup(self.path, reason=reason, target=target, kept=kept)

    def backups(self) -> list[BackupInfo]:
        """Return the backups in the library's folder, newest first."""
        return backup.list_backups(self.path)

    def restore(self, path: Path) -> Path:
        """Replace everything by what a backup holds.

        Returns:
            The backup that was made of what was here.

        Raises:
            UserError: The file is no backup.
            DataError: The backup is damaged; the library is as it was.
            LibraryTooNewError: A newer version of the program made it; the library is as it was.
        """
        check_known(backup.inspect(path).revision, path)
        with self._writing:
            saved = self.back_up(reason="restore")
            backup.put_back(path, self.path)
            upgrade(self._engine, self.path)
            with self._engine.connect() as connection:
                self._seen = last_entry(connection)
        return saved

    def check(self) -> CheckReport:
        """Look for damage; texts of PDFs that are damaged are made anew."""
        is_mended = self.page_texts.mend()
        if is_mended:
            self._engine.dispose()
        with self._engine.connect() as connection:
            report = check(connection, self.folder)
        mended = "The texts of the PDFs were damaged, and are read again in the background."
        return replace(report, done=(*report.done, mended)) if is_mended else report

    def close(self) -> None:
        """Give the connections back; waits for a write that is under way."""
        with self._writing:
            if self._write_connection is not None:
                self._write_connection.close()
                self._write_connection = None
        self._engine.dispose()

    def _step(self, replay: Callable[[History], str | None], initiator: str) -> tuple[str | None, Changes]:
        with self._unit(initiator) as (connection, writer):
            recording.begin(connection, None)
            label = replay(writer.history)
            if label is not None:
                writer.finish(None, is_replay=True)
        return label, writer.changes

    @contextmanager
    def _unit(self, initiator: str) -> Iterator[tuple[Connection, Writer]]:
        with self._writing:
            if self._write_connection is None:
                self._write_connection = self._engine.connect()
                recording.install(self._write_connection)
            connection = self._write_connection
            writer = Writer(connection, folder=self.folder, writer_id=self._writer_id, initiator=initiator)
            with transaction(connection, mode="IMMEDIATE"):
                yield connection, writer
