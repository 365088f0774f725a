import os
import re
import stat
import tomllib
from pathlib import Path

import pytest

from readinglist.app.setting import AnySetting
from readinglist.app.settings import IDLE_MINUTES, INDEX_AUTOMATICALLY, MODEL, SIMILAR_COUNT, THEME
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.errors import EnvironmentFault, UserError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str) -> SettingsStore:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return SettingsStore(path)


def test_without_a_file_everything_is_as_declared_and_nothing_is_written(path: Path) -> None:
    store = SettingsStore(path)
    assert store.get(THEME) == "system"
    assert not store.is_set(THEME)
    assert not path.parent.exists()


def test_a_value_survives_the_process(path: Path) -> None:
    SettingsStore(path).set(THEME, "dark")
    SettingsStore(path).set(IDLE_MINUTES, 30)
    later = SettingsStore(path)
    assert (later.get(THEME), later.get(IDLE_MINUTES), later.is_set(THEME)) == ("dark", 30, True)
    assert later.problems == ()


def test_each_line_explains_itself(path: Path) -> None:
    SettingsStore(path).set(IDLE_MINUTES, 30)
    (line,) = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("idle_minutes")]
    assert line == (
        "idle_minutes = 30 # Keep the model loaded for (minutes): a whole number from 1 to 240; 5 if left out"
    )


def test_a_wrong_value_is_refused_and_changes_nothing(path: Path) -> None:
    store = SettingsStore(path)
    with pytest.raises(UserError, match="system, light or dark"):
        store.set(THEME, "pink")
    assert store.get(THEME) == "system"
    assert not path.exists()


def test_what_the_reader_wrote_by_hand_stays(path: Path) -> None:
    store = written(path, '# my own words\n[look]\n# softer\ntheme = "dark"\nfuture = [1, 2]\n\n[other]\nkey = "x"\n')
    store.set(SIMILAR_COUNT, 20)
    store.set(THEME, "light")
    text = path.read_text(encoding="utf-8")
    assert "# my own words" in text
    assert "# softer" in text
    found = tomllib.loads(text)
    assert found["look"] == {"theme": "light", "future": [1, 2]}
    assert found["other"] == {"key": "x"}
    assert found["similar"] == {"count": 20}
    assert found["version"] == 1


@pytest.mark.expects_warnings
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[look]\ntheme = "pink"\n', r"look\.theme cannot be pink: it is system, light or dark\. System is used"),
        ("[look]\ntheme = 3\n", r"look\.theme cannot be 3"),
        ("[look\ntheme=", "has a mistake"),
        ("\udcff", "cannot be read"),
    ],
)
def test_a_wrong_file_means_the_defaults_and_a_warning(path: Path, text: str, words: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    store = SettingsStore(path)
    assert store.get(THEME) == "system"
    assert len(store.problems) == 1
    assert re.search(words, store.problems[0])


@pytest.mark.expects_warnings
def test_a_wrong_value_stays_in_the_file_until_it_is_set_anew(path: Path) -> None:
    store = written(path, '[look]\ntheme = "pink"\n')
    store.set(IDLE_MINUTES, 7)
    assert tomllib.loads(path.read_text())["look"]["theme"] == "pink"
    store.set(THEME, "dark")
    assert SettingsStore(path).problems == ()


@pytest.mark.expects_warnings
def test_a_file_that_nobody_can_read_is_kept_aside(path: Path) -> None:
    store = written(path, "[look\n")
    store.set(THEME, "dark")
    assert SettingsStore(path).get(THEME) == "dark"
    assert path.with_suffix(".unreadable.toml").read_text() == "[look\n"


@pytest.mark.expects_warnings
def test_a_mistake_that_came_into_the_file_since_it_was_read_loses_no_other_setting(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    path.write_text(path.read_text() + "[look\n")
    store.set(SIMILAR_COUNT, 7)
    assert store.take_over() == ()
    for one in (store, SettingsStore(path)):
        assert (one.get(THEME), one.get(SIMILAR_COUNT), one.problems) == ("dark", 7, ())


def test_a_reset_takes_the_line_out(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    store.set(IDLE_MINUTES, 9)
    store.reset(THEME)
    assert store.get(THEME) == "system"
    found = tomllib.loads(path.read_text())
    assert found["look"] == {}
    assert found["similar"] == {"idle_minutes": 9}


def test_resetting_what_was_never_set_writes_nothing(path: Path) -> None:
    SettingsStore(path).reset(THEME)
    assert not path.exists()


def test_two_processes_do_not_undo_each_others_settings(path: Path) -> None:
    one, other = SettingsStore(path), SettingsStore(path)
    one.set(THEME, "dark")
    other.set(INDEX_AUTOMATICALLY, False)
    both = SettingsStore(path)
    assert (both.get(THEME), both.get(INDEX_AUTOMATICALLY)) == ("dark", False)


def test_listeners_hear_of_changes_until_they_stop(path: Path) -> None:
    store = SettingsStore(path)
    heard: list[AnySetting] = []
    stop = store.subscribe(heard.append)
    store.set(THEME, "dark")
    store.reset(THEME)
    stop()
    stop()
    store.set(THEME, "light")
    assert heard == [THEME, THEME]


def test_renamed_keys_move_with_their_values(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('[window]\ncolours = "dark"\n[encoder]\nname = "a/b"\n', encoding="utf-8")
    renames = {2: {"window.colours": "look.palette"}, 3: {"look.palette": "look.theme", "encoder.name": MODEL.key}}
    store = SettingsStore(path, renames=renames)
    assert (store.get(THEME), store.get(MODEL)) == ("dark", "a/b")
    store.set(IDLE_MINUTES, 8)
    found = tomllib.loads(path.read_text())
    assert found["version"] == 3
    assert found["look"]["theme"] == "dark"
    assert found["window"] == {}


def test_a_rename_does_not_run_twice_nor_overwrite(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('version = 2\n[old]\nkey = "dark"\n[look]\ntheme = "light"\n', encoding="utf-8")
    assert SettingsStore(path, renames={2: {"old.key": THEME.key}}).get(THEME) == "light"
    path.write_text('[old]\nkey = "dark"\n[look]\ntheme = "light"\n', encoding="utf-8")
    assert SettingsStore(path, renames={2: {"old.key": THEME.key}}).get(THEME) == "light"


def test_a_linked_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("", encoding="utf-8")
    path.parent.mkdir(parents=True)
    path.symlink_to(kept)
    SettingsStore(path).set(THEME, "dark")
    assert path.is_symlink()
    assert "dark" in kept.read_text()


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = SettingsStore(tmp_path / "elsewhere" / "settings.toml")
    store.path = tmp_path / "file" / "settings.toml"
    with pytest.raises(EnvironmentFault, match="could not be written"):
        store.set(THEME, "dark")
    assert store.get(THEME) == "system"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_the_file_is_the_readers_alone(path: Path) -> None:
    SettingsStore(path).set(THEME, "dark")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["settings.toml"]


def test_what_another_program_wrote_is_taken_over_and_told(path: Path) -> None:
    store, other = SettingsStore(path), SettingsStore(path)
    told: list[AnySetting] = []
    store.subscribe(told.append)
    other.set(THEME, "dark")
    other.set(IDLE_MINUTES, IDLE_MINUTES.default)
    assert store.take_over() == ()
    assert (store.get(THEME), store.is_set(IDLE_MINUTES)) == ("dark", True)
    assert told == [THEME]
    other.reset(THEME)
    store.take_over()
    assert (store.get(THEME), told) == ("system", [THEME, THEME])


def test_what_was_set_here_is_no_news(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    told: list[AnySetting] = []
    store.subscribe(told.append)
    assert store.take_over() == ()
    assert told == []


def test_what_another_program_wrote_is_taken_over_though_this_one_wrote_after_it(path: Path) -> None:
    store = SettingsStore(path)
    SettingsStore(path).set(THEME, "dark")
    store.set(IDLE_MINUTES, 30)
    store.take_over()
    assert store.get(THEME) == "dark"


@pytest.mark.expects_warnings
@pytest.mark.parametrize("broken", [b'[look]\ntheme = "li', b"\xff\xfe"])
def test_a_file_that_cannot_be_read_changes_nothing_and_is_told_once(path: Path, broken: bytes) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    path.write_bytes(broken)
    (problem,) = store.take_over()
    assert "what was set before holds" in problem
    assert store.take_over() == ()
    assert store.get(THEME) == "dark"


@pytest.mark.expects_warnings
def test_a_wrong_value_that_another_program_wrote_is_told_and_the_others_hold(path: Path) -> None:
    store = SettingsStore(path)
    path.parent.mkdir()
    path.write_text('[look]\ntheme = "pink"\n[similar]\ncount = 20\n', encoding="utf-8")
    (problem,) = store.take_over()
    assert "system, light or dark" in problem
    assert store.get(THEME) == "system"


def test_without_its_file_everything_is_as_declared_again(path: Path) -> None:
    store = SettingsStore(path)
    store.set(THEME, "dark")
    path.unlink()
    assert store.take_over() == ()
    assert store.get(THEME) == "system"
