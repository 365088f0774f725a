import io
import json
from typing import TextIO

import pytest
from typing_extensions import override

from readinglist.cli.terminal import Terminal, printable, shorten, width_of


class Screen(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def terminal(*, out: TextIO | None = None, err: TextIO | None = None, is_styled: bool = False) -> Terminal:
    return Terminal(out=out or io.StringIO(), err=err or io.StringIO(), source=io.BytesIO(), is_styled=is_styled)


def test_results_and_messages_go_apart() -> None:
    out, err = io.StringIO(), io.StringIO()
    shown = terminal(out=out, err=err)
    shown.print("result")
    shown.say("message")
    assert (out.getvalue(), err.getvalue()) == ("result\n", "message\n")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – ★ 中文", "plain – ★ 中文"),
        ("red \x1b[31malert\x07", "red [31malert"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("a\u202eb\u200bc\x00\x9b", "abc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("tab\there\nline", "tab here\nline"),
    ],
)
def test_a_title_cannot_command_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown
    out = io.StringIO()
    terminal(out=out, is_styled=True).print(text)
    assert out.getvalue() == f"{shown}\n"


def test_our_own_bold_reaches_a_screen_only() -> None:
    styled, plain = io.StringIO(), io.StringIO()
    for out, is_styled in ((styled, True), (plain, False)):
        one = terminal(out=out, is_styled=is_styled)
        one.print(one.bold("Title\x1b[31m") + one.faint(" soft"))
    assert styled.getvalue() == "\x1b[1mTitle[31m\x1b[22m\x1b[2m soft\x1b[22m\n"
    assert plain.getvalue() == "Title[31m soft\n"


def test_json_is_one_document_whatever_the_encoding() -> None:
    for encoding in ("utf-8", "ascii", "latin-1"):
        raw = io.BytesIO()
        out = io.TextIOWrapper(raw, encoding=encoding)
        terminal(out=out).print_json({"title": "Fréchet – 中 \U0001f600"})
        out.flush()
        assert json.loads(raw.getvalue().decode(encoding)) == {"title": "Fréchet – 中 \U0001f600"}


@pytest.mark.parametrize("values", [[], [1], [{"a": "one\ntwo", "b": [1, {"c": []}]}, "x"]])
def test_a_list_is_the_same_document_written_bit_by_bit(values: list[object]) -> None:
    whole, bits = io.StringIO(), io.StringIO()
    terminal(out=whole).print_json(values)
    terminal(out=bits).print_json_list(iter(values))
    assert bits.getvalue() == whole.getvalue()


def test_half_a_character_does_not_stop_json() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    terminal(out=out).print_json(["\ud800"])
    out.flush()
    assert json.loads(raw.getvalue()) == ["\ud800"]


def test_progress_is_shown_on_a_screen_and_wiped_before_the_result() -> None:
    err = Screen()
    shown = terminal(err=err)
    shown.show_progress("Reading · 1 of 10")
    shown.show_progress("Reading")
    shown.say("done")
    lines = err.getvalue().split("\r")
    assert lines[1] == "Reading · 1 of 10"
    assert lines[2] == "Reading          "
    assert lines[-1] == "done\n"


def test_progress_is_silent_where_nobody_looks() -> None:
    err = io.StringIO()
    terminal(err=err).show_progress("Reading")
    assert err.getvalue() == ""


def test_running_text_is_wrapped_and_keeps_its_paragraphs() -> None:
    wrapped = terminal().wrap("word " * 40 + "\nsecond paragraph", indent="  ")
    assert all(len(line) <= 80 and line.startswith("  ") for line in wrapped.splitlines())
    assert wrapped.splitlines()[-1] == "  second paragraph"
    assert terminal().wrap("") == ""


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("", 0), ("★", 1)])
def test_width_counts_columns(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("short", 10, "short"),
        ("exactly", 7, "exactly"),
        ("too long", 5, "too…"),
        ("中文字", 5, "中文…"),
        ("中文字", 4, "中…"),
    ],
)
def test_cutting_never_exceeds_the_width(text: str, width: int, cut: str) -> None:
    assert shorten(text, width) == cut
    assert width_of(shorten(text, width)) <= width
