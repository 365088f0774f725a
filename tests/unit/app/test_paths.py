from pathlib import Path

from readinglist.app.paths import Paths, choose_library


def chosen(argument: str | None, environment: dict[str, str], setting: str) -> Path:
    return choose_library(argument=argument, environment=environment, setting=setting, default=Path("/default"))


def test_the_command_line_goes_before_the_environment_before_the_setting(tmp_path: Path) -> None:
    environment = {"READINGLIST_LIBRARY": "/from/environment"}
    assert chosen(str(tmp_path / "given"), environment, "/from/setting") == tmp_path / "given"
    assert chosen(None, environment, "/from/setting") == Path("/from/environment")
    assert chosen(None, {}, "/from/setting") == Path("/from/setting")
    assert chosen(None, {"READINGLIST_LIBRARY": ""}, "") == Path("/default")


def test_a_relative_folder_and_a_home_folder_become_absolute() -> None:
    assert chosen("papers", {}, "") == Path.cwd() / "papers"
    assert chosen(None, {}, "~/papers") == Path.home() / "papers"


def test_one_variable_moves_settings_logs_and_cache(tmp_path: Path) -> None:
    paths = Paths.of({"READINGLIST_CONFIG": str(tmp_path / "trial.toml")})
    assert paths.settings_file == tmp_path / "trial.toml"
    assert {paths.log_folder.parent, paths.cache_folder.parent} == {tmp_path}


def test_without_it_everything_lies_where_the_system_wants_it() -> None:
    paths = Paths.of({})
    assert paths.settings_file.name == "settings.toml"
    assert all("readinglist" in str(place) for place in (paths.settings_file, paths.log_folder, paths.default_library))
    assert not paths.default_library.exists()
