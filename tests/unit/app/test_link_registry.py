import sys
from pathlib import Path

import pytest

from readinglist.app.link_registry import CLASS, COMMAND, MARK, WindowsLinks, open_registry
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


@pytest.mark.skipif(sys.platform == "win32", reason="there is a registry")
def test_other_systems_have_no_registry(tmp_path: Path) -> None:
    assert open_registry() is None
