"""What the dialogs ask of the core: the parts of the workspace they use, and nothing more."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from readinglist.app.settings_store import SettingsStore
from readinglist.services.doctor import Diagnosis
from readinglist.services.index_state import IndexState
from readinglist.services.maintenance import BackupContent, BackupInfo
from readinglist.services.passage_cost import PassageCost


class Indexing(Protocol):
    """`workspace.indexing`."""

    def state(self) -> IndexState:
        """Say what compares papers, and how far that is; at once."""
        ...

    def begin_now(self) -> bool:
        """Have papers read that wait."""
        ...


class PassageCosts(Protocol):
    """`workspace.passage_costs`."""

    def known(self) -> PassageCost | None:
        """Say what passages of PDFs take; at once, None while that is being worked out."""
        ...

    def look_again(self) -> None:
        """Work it out anew when somebody next asks."""
        ...


class HasSettings(Protocol):
    """The workspace, as the settings see it."""

    @property
    def settings(self) -> SettingsStore:
        """The reader's settings."""
        ...

    @property
    def indexing(self) -> Indexing:
        """Knows what model runs, and on what."""
        ...

    @property
    def passage_costs(self) -> PassageCosts:
        """Knows what it takes to read what PDFs say."""
        ...


class Maintenance(Protocol):
    """`workspace.maintenance`."""

    def backup(self, target: Path | None = ..., /) -> Path:
        """Copy the library."""
        ...

    def list_backups(self) -> list[BackupInfo]:
        """Return the backups, newest first."""
        ...

    def inspect(self, path: Path, /) -> BackupContent:
        """Look into a backup."""
        ...

    def restore(self, path: Path, /) -> Path:
        """Go back to a backup; returns the one made of what was there."""
        ...


class HasBackups(Protocol):
    """The workspace, as the backups see it."""

    @property
    def maintenance(self) -> Maintenance:
        """Makes, reads and restores backups."""
        ...


class Doctor(Protocol):
    """`workspace.doctor`."""

    def examine(self, *, meanwhile: Callable[[], None] | None = None) -> Diagnosis:
        """Look at program, library and model; takes seconds."""
        ...


class HasDoctor(Protocol):
    """The workspace, as the about box sees it."""

    @property
    def doctor(self) -> Doctor:
        """Looks around on this computer."""
        ...
