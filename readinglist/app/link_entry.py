"""Links to papers on Linux and other systems of freedesktop.org: an entry of this user, and that it opens links.

**Source:** Desktop Entry Specification 1.5, Association between MIME types and applications 1.0.1, XDG Base Directory
Specification 0.8; https://specifications.freedesktop.org.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from readinglist.app import resources
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper_address import SCHEME
from readinglist.services.text_file import write_file

ENTRY = "readinglist.desktop"
TEMPLATE = f"linux/{ENTRY}"
KIND = f"x-scheme-handler/{SCHEME}"
DEFAULTS = "[Default Applications]"
PICTURE = "icons/readinglist.svg"
ICON = re.compile(r"^Icon=.*$", re.MULTILINE)  # a name stands for a picture that an installer put among the system's
EXEC = re.compile(r"^Exec=(.*)$", re.MULTILINE)
WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')  # quoted as a whole or not at all
SYSTEM_FOLDERS = "/usr/local/share:/usr/share"


@dataclass(frozen=True, slots=True, kw_only=True)
class DesktopEntry:
    """The entry that desktops read.

    Attributes:
        own_folder: Where this user's entries lie.
        system_folders: Where those of all users lie, the strongest first.
        choices: The file of what this user lets open what; need not exist.
    """

    own_folder: Path
    system_folders: tuple[Path, ...]
    choices: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Find the folders."""
        home = Path(environment.get("HOME") or Path.home())
        system = environment.get("XDG_DATA_DIRS") or SYSTEM_FOLDERS
        return cls(
            own_folder=_base(environment, "XDG_DATA_HOME", home / ".local" / "share") / "applications",
            system_folders=tuple(Path(one) / "applications" for one in system.split(":") if one),
            choices=_base(environment, "XDG_CONFIG_HOME", home / ".config") / "mimeapps.list",
        )

    def opener(self) -> tuple[str, ...] | None:
        """Return the command that opens links now, without the link; None if nobody opens them."""
        name = _chosen(_read(self.choices))
        for folder in (self.own_folder, *self.system_folders):
            if found := EXEC.search(_read(folder / (name or ENTRY))):
                return parse_exec(found[1])
        return None

    def register(self, command: Sequence[str]) -> None:
        """Let a command open links: write this user's entry, and choose it.

        Raises:
            EnvironmentFault: A file cannot be written.
        """
        line = f"TryExec={_escape(command[0])}\nExec={render_exec(command)} %U"
        text = EXEC.sub(lambda _: line, resources.read_text(TEMPLATE))
        text = ICON.sub(lambda _: f"Icon={_escape(str(resources.resource(PICTURE)))}", text)
        _write(self.own_folder / ENTRY, text)
        _write(self.choices, choose(_load(self.choices), ENTRY))

    def remove(self) -> None:
        """Take this user's entry away, and that it was chosen.

        Raises:
            EnvironmentFault: A file cannot be written or removed.
        """
        choices = _load(self.choices)
        if _chosen(choices) == ENTRY:
            rest = choose(choices, None)
            if rest.strip() == DEFAULTS:
                _remove(self.choices)
            else:
                _write(self.choices, rest)
        _remove(self.own_folder / ENTRY)


def render_exec(command: Sequence[str]) -> str:
    r"""Write a command as the line of an entry.

    >>> render_exec(["/home/ann lee/100%/readinglist", "gui", "--"])
    '"/home/ann lee/100%%/readinglist" gui --'
    """
    return " ".join(_escape(_quote(word.replace("%", "%%"))) for word in command)


def parse_exec(line: str) -> tuple[str, ...]:
    """Read the command in the line of an entry, without the places where files and links come in.

    >>> parse_exec('"/home/ann lee/100%%/readinglist" gui -- %U')
    ('/home/ann lee/100%/readinglist', 'gui', '--')
    """
    found = WORD.findall(line.replace("\\\\", "\\"))
    if any(plain.startswith('"') for _, plain in found):  # a quote that nobody closed
        return ()
    words = (re.sub(r"\\(.)", r"\1", quoted) or plain for quoted, plain in found)
    return tuple(word.replace("%%", "%") for word in words if not re.fullmatch("%[a-zA-Z]", word))


def choose(text: str, entry: str | None) -> str:
    """Return the file of choices with another entry for links to papers; every other line stays.

    Args:
        text: The file; empty if there is none.
        entry: None takes the choice away.
    """
    lines = text.splitlines()
    if DEFAULTS not in map(str.strip, lines) and entry is not None:
        lines += [*([""] if lines else []), DEFAULTS]
    kept: list[str] = []
    section = ""
    for line in lines:
        section = line.strip() if line.startswith("[") else section
        if section != DEFAULTS or line.partition("=")[0].strip() != KIND:
            kept.append(line)
        if line.strip() == DEFAULTS and entry is not None:
            kept.append(f"{KIND}={entry}")
            entry = None  # once is enough, however often the section is begun
    return "".join(f"{line}\n" for line in kept)


def _chosen(text: str) -> str | None:
    """Return the entry that a file of choices names for links to papers."""
    section = ""
    for line in text.splitlines():
        section = line.strip() if line.startswith("[") else section
        key, _, value = line.partition("=")
        if section == DEFAULTS and key.strip() == KIND:
            return next((one.strip() for one in value.split(";") if one.strip()), None)
    return None


def _quote(word: str) -> str:
    if re.fullmatch(r"[\w@%+:,./=-]+", word):
        return word
    return '"' + re.sub(r'(["`$\\])', r"\\\1", word) + '"'


def _escape(value: str) -> str:
    """Write the backslashes of a value as every line of an entry wants them."""
    return value.replace("\\", "\\\\")


def _base(environment: Mapping[str, str], name: str, usual: Path) -> Path:
    chosen = Path(environment.get(name, ""))
    return chosen if chosen.is_absolute() else usual  # a relative one is to be ignored


def _read(path: Path) -> str:
    """Read a file to look something up; what cannot be read holds nothing."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _load(path: Path) -> str:
    """Read a file that will be written anew: what is in it must not get lost."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} could not be read, and so is left as it is."
        raise EnvironmentFault(message, detail=repr(error)) from error


def _write(path: Path, text: str) -> None:
    target = path.resolve()  # a link is followed: some keep this file elsewhere
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{target.parent} could not be made: {error.strerror or error}."
        raise EnvironmentFault(message, detail=repr(error)) from error
    write_file(target, lambda file: file.write(text))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path} could not be removed: {error.strerror or error}."
        raise EnvironmentFault(message, detail=repr(error)) from error
