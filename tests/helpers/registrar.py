"""A system that only remembers who opens links, and programs that could."""

from collections.abc import Sequence
from pathlib import Path


class MadeRegistrar:
    """Remembers one command.

    Args:
        command: That opens links from the beginning; none without words.
    """

    def __init__(self, *command: str) -> None:
        self.command: tuple[str, ...] | None = command or None

    def opener(self) -> tuple[str, ...] | None:
        """Return the command."""
        return self.command

    def register(self, command: Sequence[str]) -> None:
        """Remember another one."""
        self.command = tuple(command)

    def remove(self) -> None:
        """Forget it."""
        self.command = None


def make_program(path: Path) -> str:
    """Make a file that can be run, as far as anybody asks, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    path.chmod(0o755)
    return str(path)
