"""How the program is set up on this computer, and what is wrong with that: facts for the reader and for bug reports."""

import platform
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from readinglist import __version__
from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.indexing import Indexing

SCARCE_BYTES = 500 * 2**20  # a backup of a large library must still fit
PACKAGES = ("PySide6-Essentials", "SQLAlchemy", "sentence-transformers", "torch", "PyMuPDF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a look around gave.

    Attributes:
        facts: Names and values, in the order in which they are read.
        problems: Sentences that say what is wrong and what to do; empty if all is well.
    """

    facts: Mapping[str, str]
    problems: tuple[str, ...]


class Doctor:
    """Looks around.

    Args:
        library: The open library.
        indexing: Knows the model.
        places: Further facts, such as where settings and logs lie.
    """

    def __init__(self, library: Library, indexing: Indexing, places: Mapping[str, str]) -> None:
        self._library = library
        self._indexing = indexing
        self._places = dict(places)

    def examine(self, *, meanwhile: Callable[[], None] | None = None) -> Diagnosis:
        """Look at program, library and model; loads the model, which takes seconds: what `meanwhile` raises ends it."""
        problems: list[str] = []
        facts = {
            "Reading List": __version__,
            "Python": platform.python_version(),
            "System": platform.platform(),
            "SQLite": sqlite3.sqlite_version,
            **{name: _version_of(name) for name in PACKAGES},
            **self._places,
            **self._library_facts(problems),
            **self._model_facts(problems, meanwhile),
        }
        return Diagnosis(facts=facts, problems=tuple(problems))

    def _library_facts(self, problems: list[str]) -> dict[str, str]:
        folder = self._library.folder
        with self._library.read() as reader:
            counts = reader.papers.counts()
        free = shutil.disk_usage(folder).free
        if free < SCARCE_BYTES:
            problems.append(f"Only {_size(free)} are free where the library lies. Make room, or backups will fail.")
        backups = self._library.backups()
        return {
            "Library": str(folder),
            "Papers": f"{counts.total:,}, and {counts.binned:,} in the bin",
            "Library file": _size(self._library.path.stat().st_size),
            "Backups": f"{count_text(len(backups), 'backup')}, the last of {backups[0].made:%Y-%m-%d}"
            if backups
            else "none",
            "Free space": _size(free),
        }

    def _model_facts(self, problems: list[str], meanwhile: Callable[[], None] | None) -> dict[str, str]:
        try:
            self._indexing.load_model(meanwhile=meanwhile)
        except Cancelled:
            raise
        except ReadingListError as error:
            problems.append(error.message)
        state = self._indexing.state()
        if state.problem and state.problem not in problems:
            problems.append(state.problem)
        return {
            "Model": state.model,
            "Runs on": f"{state.device} ({state.device_reason})" if state.device_reason else state.device,
            "Compared by meaning": f"{state.done:,} of {count_text(state.total, 'paper')}",
        }


def _version_of(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - the window starts without it

    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed as a package"


def _size(count: int) -> str:
    """Write a number of bytes.

    >>> _size(500), _size(3_500_000)
    ('500 bytes', '3.5 MB')
    """
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    raise AssertionError
