"""Keeping the library safe: backups, going back to one, looking for damage."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.wording import count_text
from readinglist.library import backup
from readinglist.library.backup import BackupContent, BackupInfo
from readinglist.library.check_report import CheckReport
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.files import Files

__all__ = ["BackupContent", "BackupInfo", "CheckReport", "Maintenance"]


class Maintenance:
    """What can be done for a library as a whole.

    Args:
        library: The library.
        events: Where changes are published.
        files: Brought into order by `check`; None leaves files alone.
    """

    def __init__(self, library: Library, events: EventHub, *, files: Files | None = None) -> None:
        self._library = library
        self._events = events
        self._files = files

    def backup(self, target: Path | None = None) -> Path:
        """Copy the library to a file, or to a dated one in its folder of backups.

        Raises:
            UserError: The file is the library itself.
            EnvironmentFault: The copy cannot be written.
        """
        return self._library.back_up(reason="manual", target=target)

    def back_up_if_due(self, *, interval_days: int, kept: int, now: datetime | None = None) -> Path | None:
        """Make an automatic backup if the last backup of any kind is too old.

        Args:
            interval_days: 0 never makes one.
            kept: How many automatic ones stay.
            now: UTC; None takes the clock.

        Returns:
            The new backup; None if none was due, or there is nothing to lose yet.
        """
        if interval_days <= 0:
            return None
        last = max((one.made for one in self.list_backups()), default=None)
        if last and (now or datetime.now(UTC)) - last < timedelta(days=interval_days):
            return None
        with self._library.read() as reader:
            if not reader.papers.counts().total:
                return None
        return self._library.back_up(reason="automatic", kept=kept)

    def list_backups(self) -> list[BackupInfo]:
        """Return the backups in the library's folder, newest first."""
        return self._library.backups()

    def inspect(self, path: Path) -> BackupContent:
        """Say what is in a backup.

        Raises:
            UserError: The file is no backup.
        """
        return backup.inspect(path)

    def restore(self, path: Path, *, initiator: str = "") -> Path:
        """Go back to a backup; what is in the library now is backed up first.

        Returns:
            That backup.

        Raises:
            UserError: The file is no backup.
            DataError: The backup is damaged or of a newer program; the library is as it was.
        """
        saved = self._library.restore(path)
        with self._library.read() as reader:
            ids = frozenset(reader.papers.outside_bin())
        self._events.publish(Changes(kinds=frozenset(ChangeKind), ids=ids, initiator=initiator))
        return saved

    def check(self) -> CheckReport:
        """Look for damage, after lost files were looked for and unused ones cleared; takes seconds where much is."""
        found = self._files.find_all_lost() if self._files else 0
        cleared = self._files.clear() if self._files else 0
        done = []
        if found:
            done.append(f"{count_text(found, 'linked file')} found in another place.")
        if cleared:
            done.append(f"{count_text(cleared, 'unused file')} removed from the folder of files.")
        report = self._library.check()
        return replace(report, done=(*done, *report.done))
