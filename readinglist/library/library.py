"""The library in one folder, as services know it: looked at from the first moment, loaded whole when that is needed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes, Progress, unheard
from readinglist.domain.errors import EnvironmentFault
from readinglist.library import backup
from readinglist.library.backup import BackupInfo
from readinglist.library.check_report import CheckReport
from readinglist.library.first_look import Look, find_first_look
from readinglist.library.page_text import PageTexts
from readinglist.library.upgrade import is_older

if TYPE_CHECKING:
    from readinglist.library.store import Store
    from readinglist.library.unit import Reader, Writer

FILE_NAME = "library.sqlite"


class Library:
    """What the reader has. Safe to use from several threads; several programs may open the same folder.

    A library that is up to date is loaded whole by whoever first asks for more than a look, on that thread.

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
        self._opening = threading.Lock()
        self._looking = threading.Lock()
        self._store: Store | None = None
        self._first_look = find_first_look(self.path)
        if self._first_look is None:
            self.open()

    @staticmethod
    def wants_upgrade(folder: Path) -> bool:
        """Tell whether the library in a folder has an older schema than this program's."""
        return is_older(folder / FILE_NAME)

    def open(self) -> "Store":
        """Load the whole library, unless that is done; the first time takes a quarter of a second."""
        with self._opening:
            if self._store is None:
                from readinglist.library.store import Store  # noqa: PLC0415 - loads SQLAlchemy

                seen = None if self._first_look is None else self._first_look.last_entry
                self._store = Store(self.path, self.page_texts, seen=seen)
                self._end_first_look()
            return self._store

    @contextmanager
    def look(self) -> Iterator[Look]:
        """Look at papers as they are at one moment; never waits for the rest of the library to be loaded.

        Within the block, ask for nothing else of the library.
        """
        with self._looking:
            if self._first_look is not None:
                with self._first_look.read() as look:
                    yield look
                return
        with self.open().read() as reader:
            yield reader

    @contextmanager
    def read(self) -> "Iterator[Reader]":
        """Look at the library as it is at one moment."""
        with self.open().read() as reader:
            yield reader

    @contextmanager
    def write(self, label: str | None, *, initiator: str = "", merge_key: str = "") -> "Iterator[Writer]":
        """Change the library: the whole block is stored, or nothing of it if it raises.

        Args:
            label: Name of the step for undo, "Tag 12 papers"; None for what is not the reader's doing.
            initiator: Who asked; handed on in `Writer.changes`.
            merge_key: Steps of the same key that follow each other at once become one.
        """
        with self.open().write(label, initiator=initiator, merge_key=merge_key) as writer:
            yield writer

    def step_back(self, *, initiator: str = "", progress: Progress = unheard) -> tuple[str | None, Changes]:
        """Take the last step back: the whole of it, or nothing.

        Args:
            initiator: Who asked.
            progress: Hears of rows that are done, and of all; what it raises calls the work off.

        Returns:
            The step's label, None if there is none, and what that changed.
        """
        return self.open().step_back(initiator=initiator, progress=progress)

    def step_forward(self, *, initiator: str = "", progress: Progress = unheard) -> tuple[str | None, Changes]:
        """Do the step again that was taken back last; as `step_back`."""
        return self.open().step_forward(initiator=initiator, progress=progress)

    def foreign_changes(self) -> list[Changes]:
        """Return what other programs committed since the last call, oldest first; cheap if it is nothing."""
        return self.open().foreign_changes()

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
            EnvironmentFault: The disk refuses it, or what an older schema needs; the library is as it was.
            LibraryTooNewError: A newer version of the program made it; the library is as it was.
        """
        return self.open().restore(path)

    def check(self) -> CheckReport:
        """Look for damage; texts of PDFs that are damaged are made anew."""
        return self.open().check()

    def close(self) -> None:
        """Give the connections back; waits for a write that is under way."""
        self._end_first_look()
        if self._store is not None:
            self._store.close()

    def _end_first_look(self) -> None:
        with self._looking:
            if self._first_look is not None:
                self._first_look.close()
                self._first_look = None
