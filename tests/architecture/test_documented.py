"""What a reader can do is said where readers look: `--help`, the settings, the menus, the README."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from readinglist.app.arguments import EPILOG, parse_arguments
from readinglist.app.setting import AnySetting, Kind
from readinglist.app.settings import ALL
from readinglist.cli.run import COMMANDS
from readinglist.domain.query import FIELDS
from readinglist.domain.query_text import parse_query

REPOSITORY = Path(__file__).resolve().parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
ALL_COMMANDS = sorted({*COMMANDS, "gui"})
# What the README says that each key does; those that are held down while something is dropped have no action.
KEYS = {
    "j": "next",
    "k": "previous",
    "1": "status-inbox",
    "5": "status-skipped",
    "s": "star",
    "t": "tags",
    "c": "collections",
    "Shift+C": "take-out",
    "Shift+M": "merge",
    "Ctrl+Shift+N": "new-collection",
    "n": "note",
    "/": "search",
    "Ctrl+K": "palette",
    "Ctrl+I": "toggle-detail",
    "?": "shortcuts",
    "f": "for-you",
    "Shift+F": "for-you-latest",
    "m": "more-like",
    "l": "less-like",
    "h": "hide",
    "w": "why-not",
    "r": "recommend-like",
    "Shift+R": "recommend-unlike",
    "a": "accept-tag",
    "Shift+A": "refuse-tag",
    "Alt+3": "view-map",
    "+": "map-zoom-in",
    "-": "map-zoom-out",
    "0": "map-fit",
    "z": "map-fit-chosen",
    "g": "map-lasso",
}
HELD_DOWN = {"Ctrl", "Shift", "Ctrl+Shift", "Alt"}


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(argv)
    assert caught.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ALL_COMMANDS)
def test_every_command_stands_in_the_help_and_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert re.search(rf"^ {{4}}{command}\s+\w", printed(capsys, "--help"), re.MULTILINE)
    own = printed(capsys, command, "--help")
    assert own.startswith(f"usage: readinglist {command}")
    assert re.search(r"^[A-Z][^\n]*(?:\n\S[^\n]*)*\.$", own.partition("\n\n")[2], re.MULTILINE), "a sentence"


@pytest.mark.parametrize("code", range(6))
def test_exit_codes_are_told_in_the_help_and_in_the_readme(code: int) -> None:
    assert re.search(rf"\b{code} \w", EPILOG.partition("Exit codes:")[2])
    assert re.search(rf"\b{code}\s\w", README.partition("Exit codes:")[2])


@pytest.mark.parametrize("setting", ALL, ids=lambda one: one.key)
def test_every_setting_is_explained(setting: AnySetting) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z_]+", setting.key)
    assert setting.label
    assert not setting.label.endswith(".")
    assert setting.help.endswith(".")
    assert len(setting.help) > len(setting.label)
    assert setting.range_words()
    assert re.fullmatch(r"\d+\.\d+(?:\.\d+)?", setting.since)
    assert setting.check(setting.default) == setting.default
    assert (setting.kind is Kind.CHOICE) == bool(setting.choices)


def test_every_action_has_a_handler_and_every_handler_an_action() -> None:
    from readinglist.ui.actions import BY_ID
    from readinglist.ui.handlers.reader import KINDS

    named: list[str] = []
    for path in (REPOSITORY / "readinglist" / "ui" / "handlers").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "table"]
        tables = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Dict)]
        keys = [key for table in tables for key in table.keys if isinstance(key, ast.Constant)]
        named += [key.value for key in keys if isinstance(key.value, str)]
    made = [one for one in BY_ID if one.startswith(("status-", "priority-"))]
    assert sorted([*named, *KINDS, *made]) == sorted(BY_ID)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_of_the_query_language_is_explained(field: str) -> None:
    assert FIELDS[field].help
    assert f"`{field}:`" in README


def test_examples_of_queries_in_the_readme_are_right() -> None:
    table = README.partition("| field | finds | example |")[2].partition("\n\n")[0]
    examples = [one for line in table.splitlines() for one in re.findall(r"`([^`]+)`", line.rpartition("| ")[0] + line)]
    queries = [one for one in examples if ":" in one and not one.endswith(":")]
    assert len(queries) >= 8
    assert not {one: parse_query(one).problems for one in queries if parse_query(one).problems}


def test_commands_in_the_readme_are_understood() -> None:
    block = README.partition("## The command line")[2].partition("```sh")[2].partition("```")[0]
    commands = [line.split("  #")[0].split() for line in block.strip().splitlines()]
    assert {parse_arguments([word.strip("'") for word in words[1:]]).command for words in commands} <= set(ALL_COMMANDS)
    assert all(words[0] == "readinglist" for words in commands)


def test_commands_within_the_sentences_of_the_readme_are_understood() -> None:
    sentences = re.sub(r"```.*?```", "", README, flags=re.DOTALL)
    commands = [one.split() for one in re.findall(r"`readinglist ([^`]+)`", sentences)]
    assert len(commands) >= 5
    for words in commands:
        if words != ["--help"]:
            assert parse_arguments(words).command in ALL_COMMANDS
    keys = {setting.key for setting in ALL}
    assert {words[1] for words in commands if words[0] == "config" and len(words) > 1} <= keys


def test_keys_in_the_readme_do_what_it_says() -> None:
    from readinglist.ui.actions import BY_ID

    told = README.partition("## What it does")[2].partition("## Searching")[0]
    codes = set(re.findall(r"`((?:(?:Ctrl|Shift|Alt)\+)*[^`\s]|(?:Ctrl|Shift|Alt)(?:\+\w+)*)`", told))
    assert codes - HELD_DOWN == set(KEYS)
    wrong = {key: action for key, action in KEYS.items() if key.upper() not in map(str.upper, BY_ID[action].keys)}
    assert not wrong


def test_menus_in_the_readme_have_what_it_says() -> None:
    from readinglist.ui.actions import BY_ID

    told = re.findall(r"\*(\w+) › ([^*]+)\*", README)
    assert told
    assert [one for one in told if one not in {(spec.menu, spec.text.rstrip("…")) for spec in BY_ID.values()}] == []


def test_the_tree_in_the_readme_is_the_tree() -> None:
    tree = re.search(r"```\n(readinglist/\n.*?)```", README, re.DOTALL)
    assert tree is not None
    inside = re.findall(r"^  (\w+)/", tree[1], re.MULTILINE)
    top = re.findall(r"^(\w+)/", tree[1], re.MULTILINE)
    packages = {path.parent.name for path in (REPOSITORY / "readinglist").glob("*/__init__.py")}
    assert set(inside) == packages
    assert [one for one in top if not (REPOSITORY / one).is_dir()] == []


def test_the_kinds_of_tests_in_the_readme_exist() -> None:
    line = re.search(r"^tests/ +(.+)$", README, re.MULTILINE)
    assert line is not None
    assert [one for one in line[1].split(", ") if not (REPOSITORY / "tests" / one).is_dir()] == []


def test_pictures_and_files_of_the_readme_exist() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README) + re.findall(r"-c (\S+)", README)
    assert named
    assert [one for one in named if not (REPOSITORY / one.replace("\\", "/")).is_file()] == []


def test_imports_point_where_the_contract_says() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(program)], capture_output=True, text=True, check=False, cwd=REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr
