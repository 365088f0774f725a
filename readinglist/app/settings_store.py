"""The settings file: read with the standard library, written with tomlkit so that the reader's own lines stay.

The file holds what differs from the defaults, each line with a comment made from its declaration. What this version
does not know is kept. A wrong value counts as the default and is named in a warning; it stays in the file until it is
set anew.
"""

import logging
import tomllib
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from readinglist.app.setting import AnySetting, Setting
from readinglist.app.settings import ALL
from readinglist.disk.whole_file import PRIVATE, write_whole
from readinglist.domain.errors import EnvironmentFault, UserError

log = logging.getLogger(__name__)
T = TypeVar("T", bool, int, str)

VERSION_KEY = "version"
HEADER = "Settings of Reading List. Lines can be changed by hand; an open window takes them over."

# Renames by the version of the file that brought them: {version: {old key: new key}}. The file's version is the
# largest one here, or 1.
RENAMES: Mapping[int, Mapping[str, str]] = {}

Listener = Callable[[AnySetting], None]


class SettingsStore:
    """The reader's settings; may be used by several threads at once.

    Args:
        path: The file; need not exist.
        settings: Declarations.
        renames: Keys that changed, by file version.
    """

    def __init__(
        self,
        path: Path,
        settings: Sequence[AnySetting] = ALL,
        renames: Mapping[int, Mapping[str, str]] = RENAMES,
    ) -> None:
        self.path = path
        self._settings = {setting.key: setting for setting in settings}
        self._renames = renames
        self._listeners: tuple[Listener, ...] = ()
        self._lock = RLock()
        self._problems: list[str] = []
        self._values: dict[str, Any] = {}
        self._seen: tuple[bytes | None] | None = None  # the file's content as it was last read, before it was written
        self.reload()

    @property
    def problems(self) -> tuple[str, ...]:
        """What was wrong with the file when it was last read, one sentence each."""
        return tuple(self._problems)

    def get(self, setting: Setting[T]) -> T:
        """Return the reader's value, else the default."""
        with self._lock:
            value: T = self._values.get(setting.key, setting.default)
            return value

    def is_set(self, setting: AnySetting) -> bool:
        """Tell whether the reader chose a value, be it the default one."""
        return setting.key in self._values

    def set(self, setting: Setting[T], value: T) -> None:
        """Keep a value and write the file.

        Raises:
            UserError: The setting cannot have the value.
            EnvironmentFault: The file cannot be written.
        """
        checked = setting.check(value)
        with self._lock:
            self._edit(lambda document: _put(document, setting, checked))
            self._values[setting.key] = checked
        self._tell(setting)

    def reset(self, setting: AnySetting) -> None:
        """Go back to the default and take the line out of the file.

        Raises:
            EnvironmentFault: The file cannot be written.
        """
        with self._lock:
            if self.path.exists():
                self._edit(lambda document: _take_out(document, setting.key))
            self._values.pop(setting.key, None)
        self._tell(setting)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener with each setting that changes here, on the thread that changes it.

        Returns:
            A function that ends it.
        """
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def unsubscribe() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return unsubscribe

    def reload(self) -> None:
        """Read the file anew; problems are logged and kept in `problems`."""
        with self._lock:
            self._problems = []
            self._values = dict(self._checked(self._read("the defaults are used") or {}))

    def take_over(self) -> tuple[str, ...]:
        """Read what another program wrote into the file, and tell about each setting that is another one now.

        A file that cannot be read changes nothing: somebody may be about to write it.

        Returns:
            What is wrong with it, one sentence each; nothing if it was not written since it was last read.
        """
        with self._lock:
            if (self._content(),) == self._seen:
                return ()
            self._problems = []
            before, found = self._values, self._read("what was set before holds")
            if found is not None:
                self._values = dict(self._checked(found))
            problems, now = self.problems, self._values
        for key, setting in self._settings.items():
            if before.get(key, setting.default) != now.get(key, setting.default):
                self._tell(setting)
        return problems

    def _content(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def _read(self, otherwise: str) -> dict[str, Any] | None:
        """Return what the file says; None if that cannot be told.

        Args:
            otherwise: What holds then, for the reader.
        """
        self._seen = (None,)
        try:
            content = self.path.read_bytes()
            self._seen = (content,)
            document = tomllib.loads(content.decode("utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError) as error:
            self._complain(f"The settings file {self.path} cannot be read; {otherwise}. ({error})")
            return None
        except tomllib.TOMLDecodeError as error:
            self._complain(f"The settings file {self.path} has a mistake ({error}); {otherwise}.")
            return None
        migrate(document, self._renames)
        return flatten(document)

    def _checked(self, found: Mapping[str, Any]) -> list[tuple[str, Any]]:
        values = []
        for key, value in found.items():
            setting = self._settings.get(key)
            if setting is None:
                log.info("setting %s is not known to this version and is kept", key)
                continue
            try:
                values.append((key, setting.check(value)))
            except UserError as error:
                self._complain(f"{error.message} {setting.words(setting.default).capitalize()} is used. ({self.path})")
        return values

    def _complain(self, problem: str) -> None:
        log.warning("%s", problem)
        self._problems.append(problem)

    def _edit(self, change: Callable[[MutableMapping[str, Any]], None]) -> None:
        """Change the file as it stands now, which another process may have written since it was read."""
        import tomlkit  # noqa: PLC0415 - takes longer to import than most starts have to spare
        from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

        try:
            try:
                document = tomlkit.parse(self.path.read_text(encoding="utf-8-sig"))
            except FileNotFoundError:
                document = tomlkit.document()
                document.add(tomlkit.comment(HEADER))
            except (TOMLKitError, UnicodeDecodeError):
                document = self._start_anew()
            migrate(document, self._renames)
            document[VERSION_KEY] = latest_version(self._renames)
            change(document)
            write_whole(self.path, tomlkit.dumps(document).encode(), is_lasting=True, permissions=PRIVATE)
            self._seen = None  # what others wrote before is in it, and not taken over yet
        except OSError as error:
            message = f"The settings could not be written to {self.path}: {error.strerror or error}."
            raise EnvironmentFault(message, detail=repr(error)) from error

    def _start_anew(self) -> Any:
        """Put a file that nobody can read aside instead of writing over it; what held until now goes on to hold."""
        import tomlkit  # noqa: PLC0415 - as above

        aside = self.path.with_suffix(".unreadable.toml")
        self.path.replace(aside)
        log.warning("the settings file could not be read and was kept as %s", aside)
        document = tomlkit.document()
        document.add(tomlkit.comment(HEADER))
        document[VERSION_KEY] = latest_version(self._renames)
        for key, value in self._values.items():
            _put(document, self._settings[key], value)
        return document

    def _tell(self, setting: AnySetting) -> None:
        for listener in self._listeners:
            listener(setting)


def latest_version(renames: Mapping[int, Mapping[str, str]]) -> int:
    """Return the version that files are written in."""
    return max(renames, default=1)


def migrate(document: MutableMapping[str, Any], renames: Mapping[int, Mapping[str, str]]) -> None:
    """Move values to their new keys, version by version, in place; a value already there wins."""
    version = document.get(VERSION_KEY, 1)
    for step in sorted(renames):
        if not isinstance(version, int) or version >= step:
            continue
        for old, new in renames[step].items():
            value = flatten(document).get(old)
            if value is None:
                continue
            _take_out(document, old)
            if new not in flatten(document):
                section, _, name = new.rpartition(".")
                _section(document, section)[name] = value


def flatten(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return `section.name` → value for every value below a section.

    >>> flatten({"version": 1, "look": {"theme": "dark"}})
    {'look.theme': 'dark'}
    """
    return {
        f"{section}.{name}": value
        for section, values in document.items()
        if isinstance(values, Mapping)
        for name, value in values.items()
    }


def comment_of(setting: AnySetting) -> str:
    """Return the comment behind a setting's line in the file."""
    unit = f" ({setting.unit})" if setting.unit else ""
    default = f"{setting.words(setting.default)}"
    return f"{setting.label}{unit}: {setting.range_words()}; {default} if left out"


def _put(document: MutableMapping[str, Any], setting: AnySetting, value: object) -> None:
    import tomlkit  # noqa: PLC0415 - as above

    section, _, name = setting.key.rpartition(".")
    item = tomlkit.item(value)
    item.comment(comment_of(setting))
    _section(document, section)[name] = item


def _section(document: MutableMapping[str, Any], name: str) -> Any:
    if not isinstance(document.get(name), MutableMapping):
        document[name] = {}
    return document[name]


def _take_out(document: MutableMapping[str, Any], key: str) -> None:
    section, _, name = key.rpartition(".")
    values = document.get(section)
    if isinstance(values, MutableMapping):
        values.pop(name, None)
