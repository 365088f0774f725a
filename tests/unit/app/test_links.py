import sys
from pathlib import Path

import pytest

from readinglist.app.links import Links, Opener, is_trial, own_program
from tests.helpers.registrar import MadeRegistrar, make_program


@pytest.fixture
def program(tmp_path: Path) -> str:
    return make_program(tmp_path / "ours" / "readinglist")


def test_a_link_that_nobody_opens_opens_this_program_from_now_on(program: str) -> None:
    memory = MadeRegistrar()
    links = Links(registrar=memory, program=(program,))
    assert links.opener() is Opener.NOBODY
    links.keep(is_wanted=True)
    assert memory.command == (program, "gui", "--")
    assert links.opener() is Opener.US


def test_what_is_no_longer_wanted_is_taken_back(program: str) -> None:
    memory = MadeRegistrar(program, "gui", "--")
    Links(registrar=memory, program=(program,)).keep(is_wanted=False)
    assert memory.command is None


@pytest.mark.parametrize("is_wanted", [True, False])
def test_another_program_that_opens_links_is_left_alone(program: str, tmp_path: Path, *, is_wanted: bool) -> None:
    other = make_program(tmp_path / "other" / "readinglist")
    memory = MadeRegistrar(other, "gui", "--")
    links = Links(registrar=memory, program=(program,))
    assert links.opener() is Opener.ANOTHER
    links.keep(is_wanted=is_wanted)
    links.give_back()
    assert memory.command == (other, "gui", "--")


def test_another_program_gives_way_when_it_is_asked_for(program: str, tmp_path: Path) -> None:
    memory = MadeRegistrar(make_program(tmp_path / "other" / "readinglist"), "gui", "--")
    Links(registrar=memory, program=(program,)).take()
    assert memory.command == (program, "gui", "--")


def test_a_program_that_was_removed_opens_nothing(program: str, tmp_path: Path) -> None:
    links = Links(registrar=MadeRegistrar(str(tmp_path / "gone"), "gui", "--"), program=(program,))
    assert links.opener() is Opener.NOBODY
    links.keep(is_wanted=True)
    assert links.opener() is Opener.US


def test_links_can_be_those_of_another_library(program: str, tmp_path: Path) -> None:
    memory = MadeRegistrar()
    links = Links(registrar=memory, program=(program,))
    links.take(tmp_path / "papers")
    assert memory.command == (program, "--library", str(tmp_path / "papers"), "gui", "--")
    assert links.opener() is Opener.US


def test_two_programs_of_the_same_python_are_told_apart(tmp_path: Path) -> None:
    python = make_program(tmp_path / "python")
    links = Links(registrar=MadeRegistrar(python, "-m", "other", "gui"), program=(python, "-m", "readinglist"))
    assert links.opener() is Opener.ANOTHER


def test_where_the_bundle_opens_links_nothing_is_told(program: str) -> None:
    links = Links(registrar=None, program=(program,))
    links.keep(is_wanted=True)
    links.take()
    links.give_back()
    assert links.opener() is Opener.BUNDLE


@pytest.mark.parametrize(
    ("files", "executable", "command"),
    [
        (["bin/readinglist", "bin/python"], "bin/python", ["bin/readinglist"]),
        (["bin/python"], "bin/python", ["bin/python", "-m", "readinglist"]),
        (
            ["Scripts/python.exe", "Scripts/pythonw.exe"],
            "Scripts/python.exe",
            ["Scripts/pythonw.exe", "-m", "readinglist"],
        ),
        (["Scripts/python.exe"], "Scripts/python.exe", ["Scripts/python.exe", "-m", "readinglist"]),
    ],
)
def test_the_command_of_this_program_opens_no_terminal(
    files: list[str], executable: str, command: list[str], tmp_path: Path
) -> None:
    for name in files:
        make_program(tmp_path / name)
    first, *rest = own_program(tmp_path / executable, is_frozen=False)
    assert [str(Path(first).relative_to(tmp_path)), *rest] == command


def test_a_frozen_program_is_its_own_command(tmp_path: Path) -> None:
    program = make_program(tmp_path / "readinglist.exe")
    assert own_program(Path(program), is_frozen=True) == (program,)
    quiet = make_program(tmp_path / "readinglistw.exe")
    assert own_program(Path(program), is_frozen=True) == (quiet,)


@pytest.mark.parametrize(
    ("library", "environment", "expected"),
    [
        (None, {}, False),
        ("papers", {}, True),
        (None, {"READINGLIST_LIBRARY": "papers"}, True),
        (None, {"READINGLIST_CONFIG": "settings.toml"}, True),
        (None, {"READINGLIST_CONFIG": ""}, False),
    ],
)
def test_a_trial_run_is_one_with_places_of_its_own(
    library: str | None, environment: dict[str, str], *, expected: bool
) -> None:
    assert is_trial(library, environment) is expected


def test_this_system_is_asked(tmp_path: Path) -> None:
    links = Links.of_system({"HOME": str(tmp_path), "XDG_DATA_DIRS": str(tmp_path)})
    assert links.opener() is (Opener.BUNDLE if sys.platform == "darwin" else Opener.NOBODY)
