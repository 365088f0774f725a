from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.app.link_entry import ENTRY, DesktopEntry, choose, parse_exec, render_exec
from readinglist.domain.errors import EnvironmentFault

COMMAND = ("/opt/reading list/bin/readinglist", "gui", "--")
OTHERS = """# what opens what
[Added Associations]
x-scheme-handler/readinglist=third.desktop;
[Default Applications]
text/html=firefox.desktop
application/pdf=evince.desktop;okular.desktop;
"""


@pytest.fixture
def entry(tmp_path: Path) -> DesktopEntry:
    environment = {
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_DIRS": f"{tmp_path / 'strong'}:{tmp_path / 'weak'}",
    }
    return DesktopEntry.of(environment)


def test_an_entry_that_is_registered_is_found(entry: DesktopEntry) -> None:
    assert entry.opener() is None
    entry.register(COMMAND)
    assert entry.opener() == COMMAND
    text = (entry.own_folder / ENTRY).read_text()
    assert "MimeType=x-scheme-handler/readinglist;" in text
    assert 'Exec="/opt/reading list/bin/readinglist" gui -- %U' in text
    assert "TryExec=/opt/reading list/bin/readinglist\n" in text  # removed programs are not offered
    assert [Path(line.removeprefix("Icon=")).is_file() for line in text.splitlines() if line.startswith("Icon=")] == [
        True
    ]


def test_nothing_is_left_once_it_is_taken_back(entry: DesktopEntry) -> None:
    entry.register(COMMAND)
    entry.remove()
    assert entry.opener() is None
    assert not list(entry.own_folder.iterdir())
    assert not entry.choices.exists()
    entry.remove()


def test_what_others_chose_stays(entry: DesktopEntry) -> None:
    entry.choices.parent.mkdir()
    entry.choices.write_text(OTHERS)
    entry.register(COMMAND)
    assert set(OTHERS.splitlines()) < set(entry.choices.read_text().splitlines())
    entry.remove()
    assert entry.choices.read_text() == OTHERS


def test_a_choice_of_the_reader_for_another_program_is_not_taken_back(entry: DesktopEntry) -> None:
    entry.register(COMMAND)
    entry.choices.write_text(choose(entry.choices.read_text(), "other.desktop"))
    (entry.own_folder / "other.desktop").write_text("[Desktop Entry]\nExec=other %u\n")
    assert entry.opener() == ("other",)
    entry.remove()
    assert entry.opener() == ("other",)


def test_an_installed_entry_counts_and_the_stronger_folder_wins(entry: DesktopEntry) -> None:
    for folder, program in zip(entry.system_folders, ("strong", "weak"), strict=True):
        folder.mkdir(parents=True)
        (folder / ENTRY).write_text(f"[Desktop Entry]\nExec={program} gui -- %U\n")
    assert entry.opener() == ("strong", "gui", "--")
    entry.register(COMMAND)
    assert entry.opener() == COMMAND


def test_choices_kept_elsewhere_stay_there(entry: DesktopEntry, tmp_path: Path) -> None:
    elsewhere = tmp_path / "dotfiles.list"
    elsewhere.write_text(OTHERS)
    entry.choices.parent.mkdir()
    entry.choices.symlink_to(elsewhere)
    entry.register(COMMAND)
    assert entry.choices.is_symlink()
    assert f"x-scheme-handler/readinglist={ENTRY}" in elsewhere.read_text()


def test_choices_that_cannot_be_read_are_left_as_they_are(entry: DesktopEntry) -> None:
    entry.choices.parent.mkdir()
    entry.choices.write_bytes(b"[Default Applications]\ntext/html=f\xff.desktop\n")
    with pytest.raises(EnvironmentFault, match="left as it is"):
        entry.register(COMMAND)
    assert b"\xff" in entry.choices.read_bytes()


def test_a_folder_that_cannot_be_made_is_named(entry: DesktopEntry) -> None:
    entry.own_folder.parent.write_text("a file where a folder should be")
    with pytest.raises(EnvironmentFault, match="could not be made"):
        entry.register(COMMAND)


def test_a_choice_is_replaced_once_however_often_it_stands_there() -> None:
    text = "[Default Applications]\nx-scheme-handler/readinglist=a.desktop\n[Default Applications]\nx=y\n"
    assert choose(text, "b.desktop").count("x-scheme-handler") == 1
    assert "x-scheme" not in choose(text, None)


def test_relative_folders_are_ignored(tmp_path: Path) -> None:
    entry = DesktopEntry.of({"HOME": str(tmp_path), "XDG_DATA_HOME": "here", "XDG_CONFIG_HOME": "there"})
    assert entry.own_folder == tmp_path / ".local" / "share" / "applications"
    assert entry.choices == tmp_path / ".config" / "mimeapps.list"


def test_a_line_with_an_open_quote_is_no_command() -> None:
    assert parse_exec('"/usr/bin/readinglist gui') == ()


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=20)


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_every_command_reads_back_as_it_was(words: list[str]) -> None:
    assert parse_exec(f"{render_exec(words)} %U") == tuple(words)
