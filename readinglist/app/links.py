"""Links to papers (`readinglist://`) open this program: who opens them now, and how the system is told.

Windows and Linux are told by the program itself, for this user only, and it can be taken back. On macOS the bundle says
which links it opens (`packaging/macos`), and the program has nothing to tell.
"""

import logging
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from readinglist.app.paths import APP, LIBRARY_VARIABLE, SETTINGS_VARIABLE

log = logging.getLogger(__name__)

# Nothing behind the dashes is an option, whatever stands in a link.
OPEN_LINK = ("gui", "--")


class Registrar(Protocol):
    """Tells one system which program opens links to papers, for this user."""

    def opener(self) -> tuple[str, ...] | None:
        """Return the command that opens links now, without the link; None if nobody opens them."""
        ...

    def register(self, command: Sequence[str]) -> None:
        """Let a command open links; the link comes behind it.

        Raises:
            EnvironmentFault: The system cannot be told.
        """
        ...

    def remove(self) -> None:
        """Take back what `register` did; what others did stays.

        Raises:
            EnvironmentFault: The system cannot be told.
        """
        ...


class Opener(Enum):
    """Who opens links to papers, in words that follow “opened by”."""

    US = "this program"
    ANOTHER = "another program"
    NOBODY = "nothing"
    BUNDLE = "what the system chose"  # the program's own bundle, if there is one


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who opens links to papers on this computer.

    Attributes:
        registrar: Tells the system; None where the program has nothing to tell.
        program: The command that starts this program.
    """

    registrar: Registrar | None
    program: tuple[str, ...]

    @classmethod
    def of_system(cls, environment: Mapping[str, str] | None = None) -> "Links":
        """Return the links of this system.

        Args:
            environment: None takes the process's own.
        """
        # Nobody needs them to show a list.
        from readinglist.app.link_entry import DesktopEntry  # noqa: PLC0415
        from readinglist.app.link_registry import WindowsLinks, open_registry  # noqa: PLC0415

        program = own_program(Path(sys.executable), is_frozen=bool(getattr(sys, "frozen", False)))
        if sys.platform == "darwin":
            return cls(registrar=None, program=program)
        registry = open_registry()
        entry = DesktopEntry.of(os.environ if environment is None else environment)
        return cls(registrar=entry if registry is None else WindowsLinks(registry), program=program)

    def opener(self) -> Opener:
        """Tell who opens links now; a program that is no longer there opens none."""
        if self.registrar is None:
            return Opener.BUNDLE
        command = self.registrar.opener()
        if not command or shutil.which(command[0]) is None:
            return Opener.NOBODY
        return Opener.US if _is_same(command, self.program) else Opener.ANOTHER

    def keep(self, *, is_wanted: bool) -> None:
        """Let this program open links, or no longer; another program that opens them is left alone.

        Raises:
            EnvironmentFault: The system cannot be told.
        """
        opener = self.opener()
        if is_wanted and opener is Opener.NOBODY:
            self.take()
        elif not is_wanted and opener is Opener.US:
            self.give_back()

    def take(self, library: Path | None = None) -> None:
        """Let this program open links, whoever did so before.

        Args:
            library: The folder whose papers are meant; None for the one that the settings name.

        Raises:
            EnvironmentFault: The system cannot be told.
        """
        if self.registrar is not None:
            chosen = () if library is None else ("--library", str(library))
            self.registrar.register((*self.program, *chosen, *OPEN_LINK))
            log.info("links to papers open %s", self.program[0])

    def give_back(self) -> None:
        """Open links no longer; nothing happens where another program does.

        Raises:
            EnvironmentFault: The system cannot be told.
        """
        if self.registrar is not None and self.opener() is not Opener.ANOTHER:
            self.registrar.remove()
            log.info("links to papers open this program no longer")


def own_program(executable: Path, *, is_frozen: bool) -> tuple[str, ...]:
    """Return the command that starts this program with its window, and on Windows without a black one beside it.

    Args:
        executable: What runs now: the program itself once frozen, else Python.
        is_frozen: Whether the program is one that brings its Python along.
    """
    if is_frozen:
        quiet = executable.with_name(f"{APP}w.exe")
        return (str(quiet if quiet.exists() else executable),)
    if script := shutil.which(APP, path=executable.parent) if executable.suffix != ".exe" else None:
        return (script,)
    quiet = executable.with_name("pythonw.exe")
    return (str(quiet if quiet.exists() else executable), "-m", APP)


def is_trial(library: str | None, environment: Mapping[str, str]) -> bool:
    """Tell whether this run has places of its own: the system is not told of it unasked.

    Args:
        library: Value of `--library`; None if it was not given.
        environment: The process's variables.
    """
    return any((library, environment.get(SETTINGS_VARIABLE), environment.get(LIBRARY_VARIABLE)))


def _is_same(command: Sequence[str], program: Sequence[str]) -> bool:
    """Tell whether a command starts a program, however both write where it lies."""
    first, own = shutil.which(command[0]), shutil.which(program[0])
    if first is None or own is None:
        return False
    return Path(first) == Path(own) and tuple(command[1 : len(program)]) == tuple(program[1:])
