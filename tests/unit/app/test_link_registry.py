import runpy
import sys
from contextlib import nullcontext
from types import ModuleType
from typing import Any

import pytest

from readinglist.app import link_registry
from readinglist.app.link_registry import CLASS, COMMAND, MARK, Registry, WindowsLinks, open_registry
from readinglist.domain.errors import EnvironmentFault

PROGRAM = (r"C:\Program Files\Reading List\readinglist.exe", "gui", "--")


class MadeRegistry:
    """A registry in memory: values by key and name."""

    def __init__(self, *, is_writable: bool = True) -> None:
        self.values: dict[str, dict[str, str]] = {}
        self.is_writable = is_writable

    def read(self, key: str, name: str = "") -> str | None:
        return self.values.get(key, {}).get(name)

    def write(self, key: str, value: str, name: str = "") -> None:
        self._check()
        self.values.setdefault(key, {})[name] = value

    def remove(self, key: str) -> None:
        self._check()
        for one in list(self.values):
            if one == key or one.startswith(key + "\\"):
                del self.values[one]

    def _check(self) -> None:
        if not self.is_writable:
            raise PermissionError(13, "Access is denied")


def test_a_command_is_registered_as_windows_wants_it() -> None:
    registry = MadeRegistry()
    links = WindowsLinks(registry)
    assert links.opener() is None
    links.register(PROGRAM)
    assert registry.read(COMMAND) == r'"C:\Program Files\Reading List\readinglist.exe" gui -- "%1"'
    assert registry.read(CLASS, MARK) == ""
    assert registry.read(CLASS) == "URL:Reading List"
    assert links.opener() == PROGRAM


def test_a_folder_of_a_library_with_spaces_reads_back() -> None:
    links = WindowsLinks(MadeRegistry())
    command = (r"C:\Python\pythonw.exe", "-m", "readinglist", "--library", r"D:\My Papers", "gui", "--")
    links.register(command)
    assert links.opener() == command


def test_taking_it_back_leaves_nothing_and_touches_nothing_else() -> None:
    registry = MadeRegistry()
    registry.write(r"Software\Classes\readinglisted", "another")
    links = WindowsLinks(registry)
    links.register(PROGRAM)
    links.remove()
    assert list(registry.values) == [r"Software\Classes\readinglisted"]
    links.remove()


def test_a_class_that_is_not_one_of_links_opens_none() -> None:
    registry = MadeRegistry()
    registry.write(COMMAND, "notepad.exe %1")
    assert WindowsLinks(registry).opener() is None


def test_a_registry_that_refuses_is_told_in_a_sentence() -> None:
    links = WindowsLinks(MadeRegistry(is_writable=False))
    with pytest.raises(EnvironmentFault, match="Windows could not be told"):
        links.register(PROGRAM)
    with pytest.raises(EnvironmentFault, match="Windows could not be told"):
        links.remove()


class MadeWinreg(ModuleType):
    """The part of `winreg` that is used, as strict as the real one."""

    HKEY_CURRENT_USER, REG_SZ, KEY_ALL_ACCESS = "HKCU", 1, 0xF003F

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, dict[str, str]] = {}

    def OpenKey(self, root: str, key: str, *_: int) -> Any:  # noqa: N802 - its name
        assert root == self.HKEY_CURRENT_USER
        if key not in self.keys:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return nullcontext(key)

    def CreateKey(self, root: str, key: str) -> Any:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        parts = key.split("\\")
        for end in range(1, len(parts) + 1):
            self.keys.setdefault("\\".join(parts[:end]), {})
        return nullcontext(key)

    def QueryValueEx(self, key: str, name: str) -> tuple[str, int]:  # noqa: N802
        if name not in self.keys[key]:
            raise FileNotFoundError(2, "The system cannot find the file specified")
        return self.keys[key][name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, reserved: int, kind: int, value: str) -> None:  # noqa: N802
        assert (reserved, kind) == (0, self.REG_SZ)
        self.keys[key][name] = value

    def QueryInfoKey(self, key: str) -> tuple[int, int, int]:  # noqa: N802
        return len(self._below(key)), len(self.keys[key]), 0

    def EnumKey(self, key: str, place: int) -> str:  # noqa: N802
        return self._below(key)[place].rpartition("\\")[2]

    def DeleteKey(self, root: str, key: str) -> None:  # noqa: N802
        assert root == self.HKEY_CURRENT_USER
        if self._below(key):
            raise PermissionError(5, "Access is denied")
        del self.keys[key]

    def _below(self, key: str) -> list[str]:
        return [one for one in self.keys if one.rpartition("\\")[0] == key]


def test_the_real_registry_is_written_read_and_cleared_as_it_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    winreg = MadeWinreg()
    monkeypatch.setitem(sys.modules, "winreg", winreg)
    monkeypatch.setattr(sys, "platform", "win32")
    registry: Registry = runpy.run_path(str(link_registry.__file__))["open_registry"]()
    monkeypatch.undo()
    links = WindowsLinks(registry)
    assert links.opener() is None
    links.register(PROGRAM)
    assert links.opener() == PROGRAM
    assert winreg.keys[CLASS][MARK] == ""
    links.remove()
    links.remove()
    assert [one for one in winreg.keys if one.startswith(CLASS)] == []
    assert "Software\\Classes" in winreg.keys


@pytest.mark.skipif(sys.platform == "win32", reason="there is a registry")
def test_other_systems_have_no_registry() -> None:
    assert open_registry() is None
