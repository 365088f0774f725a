import subprocess
import sys

import pytest

from readinglist import __version__
from readinglist.app.arguments import Options, parse_arguments
from readinglist.domain.paper import Priority, Status


def parsed(*argv: str) -> Options:
    return parse_arguments(argv)


def refused(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(argv)
    assert caught.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_no_command_opens_the_window() -> None:
    options = parsed()
    assert (options.command, options.files, options.library, options.json) == ("gui", [], None, False)
    assert parsed("gui", "a.txt").files == ["a.txt"]
    assert parsed("--library", "L").command == "gui"


@pytest.mark.parametrize(
    "argv",
    [
        ("--library", "L", "--json", "list"),
        ("list", "--library", "L", "--json"),
        ("--json", "list", "--library=L"),
        ("--library", "wrong", "list", "--library", "L", "--json"),
    ],
)
def test_general_options_stand_before_or_after_the_command(argv: tuple[str, ...]) -> None:
    options = parsed(*argv)
    assert (options.command, options.library, options.json) == ("list", "L", True)


def test_a_folder_called_like_a_command_is_a_folder() -> None:
    options = parsed("--library", "list", "undo")
    assert (options.command, options.library) == ("undo", "list")


def test_a_query_may_leave_words_out_with_a_dash() -> None:
    options = parsed("list", "-survey", "--limit", "5", "tag:ml", "-x")
    assert (options.query, options.limit) == (["-survey", "tag:ml", "-x"], 5)


def test_collections_are_named_with_signs_and_an_option_keeps_its_values() -> None:
    options = parsed("collection", "+To do", "-Group", "12", "--json")
    assert (options.words, options.rename, options.json) == (["+To do", "-Group", "12"], None, True)
    assert parsed("collection", "--rename", "Old", "New").rename == ["Old", "New"]
    assert parsed("collection", "--delete", "Old").delete == "Old"
    assert parsed("import", "x", "--collection", "A", "--collection", "B").collection == ["A", "B"]
    assert parsed("recommend", "-survey", "--collection", "A").query == ["-survey"]


@pytest.mark.parametrize("command", ["list", "search", "similar"])
def test_dash_words_reach_the_query(command: str) -> None:
    options = parsed(command, "graph", "-survey", "--json")
    assert (options.what if command == "similar" else options.query) == ["graph", "-survey"]
    assert options.json


def test_everything_behind_two_dashes_is_a_word() -> None:
    assert parsed("list", "--", "--limit").query == ["--limit"]


def test_tags_are_added_with_plus_and_removed_with_minus() -> None:
    options = parsed("tag", "+ml", "-old", "12", "2401.01234", "--library", "L")
    assert (options.words, options.library) == (["+ml", "-old", "12", "2401.01234"], "L")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("to-read", Status.TO_READ),
        ("To read", Status.TO_READ),
        ("toread", Status.TO_READ),
        ("READ", Status.READ),
        ("skip", Status.SKIPPED),
        ("inbox", Status.INBOX),
    ],
)
def test_statuses_are_understood_as_people_write_them(word: str, status: Status) -> None:
    options = parsed("status", word, "1", "2")
    assert (options.status, options.papers) == (status, ["1", "2"])


def test_an_import_takes_several_things_and_tags() -> None:
    options = parsed(
        "import", "a.txt", "-", "2401.01234", "--tag", "x", "--tag", "y/z", "--status", "read", "--dry-run"
    )
    assert options.what == ["a.txt", "-", "2401.01234"]
    assert (options.tag, options.status, options.dry_run, options.year) == (["x", "y/z"], Status.READ, True, None)


def test_priority_and_rating_are_typed() -> None:
    assert parsed("priority", "High", "1").priority is Priority.HIGH
    assert parsed("rate", "4", "1").rating == 4


@pytest.mark.parametrize(
    ("file", "kind"),
    [("a.bib", "bibtex"), ("A.RIS", "ris"), ("a.csv", "csv"), ("a.md", "markdown"), ("a.json", "json")],
)
def test_the_file_says_the_format_of_an_export(file: str, kind: str) -> None:
    assert parsed("export", "-o", file).format == kind
    assert parsed("export", "-o", file, "--format", "csl-json").format == "csl-json"


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["lst"], "no command “lst”. Did you mean “list”?"),
        (["qqqqq"], "there is no command “qqqqq”."),
        (["https://example.org"], "readinglist import https://example.org"),
        (["status", "foo", "1"], "no status “foo”, only inbox, to-read, reading, read, skipped"),
        (["status", "read"], "PAPER"),
        (["priority", "urgent", "1"], "only none, low, medium, high"),
        (["rate", "6", "1"], "from 0 to 5"),
        (["rate", "x", "1"], "from 0 to 5"),
        (["list", "--limit", "0"], "“0” is no whole number above 0"),
        (["list", "--limt", "5"], "--limt"),
        (["list", "--sort", "colour"], "colour"),
        (["search"], "QUERY"),
        (["search", "x", "--text", "--meaning"], "not allowed with"),
        (["export"], "which format?"),
        (["export", "-o", "a.docx"], "which format?"),
        (["show"], "PAPER"),
        (["undo", "1"], "1"),
    ],
)
def test_wrong_usage_is_explained(capsys: pytest.CaptureFixture[str], argv: list[str], words: str) -> None:
    error = refused(capsys, *argv)
    assert words in error
    assert error.startswith("readinglist: ")
    assert "--help" in error.splitlines()[-1]


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        parse_arguments(["--version"])
    assert caught.value.code == 0
    assert __version__ in capsys.readouterr().out


def test_help_names_every_command_and_comes_at_once() -> None:
    count = "import atexit, sys, time; atexit.register(lambda: print(time.process_time(), file=sys.stderr))"
    code = f"{count}\nfrom readinglist.app.arguments import parse_arguments; parse_arguments(['--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stderr) < 1, "seconds of the processor"
    for command in ("import", "list", "similar", "restore", "config", "Exit codes"):
        assert command in done.stdout


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("list", "--sort", "size"), "--sort cannot be “size”, only added, published, title,"),
        (("export", "--format", "word"), "--format cannot be “word”, only bibtex, ris, csl-json, csv, markdown, json."),
        (("links", "maybe"), "on|off cannot be “maybe”, only on, off."),
        (("list", "--frob"), "“--frob” is not understood here."),
        (("list", "--limit"), "--limit needs a value."),
        (("show",), "PAPER is missing."),
        (("status",), "S, PAPER are missing."),
    ],
)
def test_what_is_wrong_with_arguments_is_said_in_plain_words(
    argv: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first = refused(capsys, *argv).splitlines()[0]
    assert first.startswith(f"readinglist: {said}")
