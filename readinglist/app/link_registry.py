"""Links to papers on Windows: the user's part of the registry says which command opens them.

**Source:** Registering an Application to a URI Scheme, https://learn.microsoft.com, Windows apps, 2025.
"""

import re
import subprocess  # only for how Windows writes a command on one line
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper_address import SCHEME

CLASS = rf"Software\Classes\{SCHEME}"
COMMAND = rf"{CLASS}\shell\open\command"
ICON = rf"{CLASS}\DefaultIcon"
MARK = "URL Protocol"  # an empty value of this name says that the class is one of links
WORD = re.compile(r'"([^"]*)"|(\S+)')


class Registry(Protocol):
    """The part of the registry that belongs to this user."""

    def read(self, key: str, name: str = "") -> str | None:
        """Return a text; None if there is none."""
        ...

    def write(self, key: str, value: str, name: str = "") -> None:
        """Keep a text; keys on the way are made.

        Raises:
            OSError: It cannot be written.
        """
        ...

    def remove(self, key: str) -> None:
        """Remove a key with all below it; nothing happens if there is none.

        Raises:
            OSError: It cannot be removed.
        """
        ...


@dataclass(frozen=True, slots=True)
class WindowsLinks:
    """Tells Windows who opens links to papers."""

    registry: Registry

    def opener(self) -> tuple[str, ...] | None:
        """Return the command that opens links now, without the link; None if nobody opens them."""
        line = self.registry.read(COMMAND)
        if line is None or self.registry.read(CLASS, MARK) is None:
            return None
        words = (quoted or plain for quoted, plain in WORD.findall(line))
        return tuple(word for word in words if word != "%1")

    def register(self, command: Sequence[str]) -> None:
        """Let a command open links; the link comes behind it.

        Raises:
            EnvironmentFault: The registry cannot be written.
        """
        try:
            self.registry.write(CLASS, "URL:Reading List")
            self.registry.write(CLASS, "", MARK)
            self.registry.write(ICON, f'"{command[0]}",0')
            self.registry.write(COMMAND, f'{subprocess.list2cmdline(command)} "%1"')
        except OSError as error:
            raise _fault(error) from error

    def remove(self) -> None:
        """Take all of it back.

        Raises:
            EnvironmentFault: The registry cannot be written.
        """
        try:
            self.registry.remove(CLASS)
        except OSError as error:
            raise _fault(error) from error


def open_registry() -> Registry | None:
    """Return the registry of this user; None on systems that have none."""
    registry: Registry | None = None
    if sys.platform == "win32":
        registry = UserRegistry()
    return registry


def _fault(error: OSError) -> EnvironmentFault:
    message = f"Windows could not be told who opens links to papers: {error.strerror or error}."
    return EnvironmentFault(message, detail=repr(error))


if sys.platform == "win32":
    import winreg

    class UserRegistry:
        """The registry itself."""

        def read(self, key: str, name: str = "") -> str | None:
            """Return a text; None if there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                    value, _ = winreg.QueryValueEx(opened, name)
            except OSError:
                return None
            return value if isinstance(value, str) else None

        def write(self, key: str, value: str, name: str = "") -> None:
            """Keep a text; keys on the way are made."""
            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

        def remove(self, key: str) -> None:
            """Remove a key with all below it; nothing happens if there is none."""
            try:
                with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_ALL_ACCESS) as opened:
                    below = [winreg.EnumKey(opened, place) for place in range(winreg.QueryInfoKey(opened)[0])]
            except FileNotFoundError:
                return
            for name in below:
                self.remove(rf"{key}\{name}")
            winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)
