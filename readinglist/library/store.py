"""All of an open library: reading and writing it in units of work, through SQLAlchemy."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from readinglist.domain.changes import Changes, Progress, unheard
from readinglist.domain.errors import ReadingListError
from readinglist.library import backup, recording, text_database
from readinglist.library.change_log import foreign_changes, last_entry
from readinglist.library.check import check
from readinglist.library.check_report import CheckReport
from readinglist.library.engine import open_engine, transaction
from readinglist.library.history import History
from readinglist.library.page_text import PageTexts
from readinglist.library.unit import Reader, Writer
from readinglist.library.upgrade import check_known, upgrade


class Store:
    """What `Library` hands everything to but first looks.

    Args:
        path: The library's file; made if it does not exist.
        page_texts: The texts of PDFs.
        seen: Number of the last entry in the log of changes that is known; None takes the newest.

    Raises:
        EnvironmentFault: The file cannot be used.
        DataError: The file is damaged.
        LibraryTooNewError: A newer version of the program wrote it.
    """

    def __init__(self, path: Path, page_texts: PageTexts, *, seen: int | None = None) -> None:
        self.folder = path.parent
        self.path = path
        self.page_texts = page_texts
        self._engine = open_engine(self.path)
        upgrade(self._engine, self.path)
        if text_database.prepare(self.folder):
            self._engine.dispose()  # connections made so far have nothing in its place
        self._writer_id = uuid.uuid4().hex
        self._writing = threading.Lock()
        self._write_connection: Connection | None = None
        if seen is None:
            with self._engine.connect() as connection:
                seen = last_entry(connection)
        self._seen = seen

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """See `Library.read`."""
        with self._engine.connect() as connection, transaction(connection, mode="DEFERRED"):
            yield Reader(connection, folder=self.folder)

    @contextmanager
    def write(self, label: str | None, *, initiator: str = "", merge_key: str = "") -> Iterator[Writer]:
        """See `Library.write`."""
        with self._unit(initiator) as (connection, writer):
            step_id = None if label is None else writer.history.open_step(label, merge_key)
            recording.begin(connection, step_id)
            yield writer
            writer.finish(step_id)

    def step_back(self, *, initiator: str = "", progress: Progress = unheard) -> tuple[str | None, Changes]:
        """See `Library.step_back`."""
        return self._step(lambda history: history.step_back(progress), initiator)

    def step_forward(self, *, initiator: str = "", progress: Progress = unheard) -> tuple[str | None, Changes]:
        """See `Library.step_forward`."""
        return self._step(lambda history: history.step_forward(progress), initiator)

    def foreign_changes(self) -> list[Changes]:
        """See `Library.foreign_changes`."""
        with self._engine.connect() as connection, transaction(connection, mode="DEFERRED"):
            found, self._seen = foreign_changes(connection, self._writer_id, after=self._seen)
        return found

    def restore(self, path: Path) -> Path:
        """See `Library.restore`."""
        check_known(backup.inspect(path).revision, path)
        with self._writing:
            saved = backup.make_backup(self.path, reason="restore")
            backup.put_back(path, self.path)
            try:
                upgrade(self._engine, self.path)
            except ReadingListError:  # an older schema is of no use to the program that runs
                backup.put_back(saved, self.path)
                raise
            with self._engine.connect() as connection:
                self._seen = last_entry(connection)
        return saved

    def check(self) -> CheckReport:
        """See `Library.check`."""
        is_mended = self.page_texts.mend()
        if is_mended:
            self._engine.dispose()
        with self._engine.connect() as connection:
            report = check(connection, self.folder)
        mended = "The texts of the PDFs were damaged, and are read again in the background."
        return replace(report, done=(*report.done, mended)) if is_mended else report

    def close(self) -> None:
        """See `Library.close`."""
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
