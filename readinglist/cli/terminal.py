"""Where results, messages and progress go: results to standard output, everything else to standard error."""

import json
import os
import re
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, Self, TextIO

NO_LIMIT = 10_000  # columns, where nobody looks at a screen
MAX_TEXT_WIDTH = 80  # running text wider than this is tiring
BOLD, FAINT, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[22m"
STYLES = re.compile(r"(\x1b\[(?:1|2|22)m)")
JOINERS = "\u200c\u200d"  # shape letters and emoji; other invisible characters only confuse


class Terminal:
    """The three standard streams.

    Args:
        out: For results.
        err: For messages and progress.
        source: Standard input, as bytes.
        is_json: Results are JSON documents.
        width: Columns that tables fit into.
        is_styled: Bold and faint text may be used.
    """

    def __init__(
        self,
        *,
        out: TextIO,
        err: TextIO,
        source: BinaryIO,
        is_json: bool = False,
        width: int = NO_LIMIT,
        is_styled: bool = False,
    ) -> None:
        self.out = out
        self.err = err
        self.source = source
        self.is_json = is_json
        self.width = width
        self._is_styled = is_styled
        self._shows_progress = err.isatty()
        self._progress_width = 0

    @classmethod
    def of_process(cls, environment: Mapping[str, str] = os.environ, *, is_json: bool = False) -> Self:
        """Take the process's own streams."""
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:  # what a terminal cannot show is replaced, not a reason to stop
                reconfigure(errors="backslashreplace")
        is_screen = sys.stdout.isatty()
        fits_screen = is_screen or "COLUMNS" in environment
        return cls(
            out=sys.stdout,
            err=sys.stderr,
            source=sys.stdin.buffer,
            is_json=is_json,
            width=max(40, shutil.get_terminal_size().columns) if fits_screen else NO_LIMIT,
            is_styled=is_screen and "NO_COLOR" not in environment and environment.get("TERM") != "dumb",
        )

    def print(self, text: str) -> None:
        """Write a result for people."""
        self.clear_progress()
        pieces = STYLES.split(text) if self._is_styled else [text]
        self.out.write("".join(one if STYLES.fullmatch(one) else printable(one) for one in pieces) + "\n")

    def write(self, text: str) -> None:
        """Write a result that is not for people, as it is."""
        self.clear_progress()
        self.out.write(text)

    def print_json(self, value: Any) -> None:
        """Write the result as one JSON document."""
        self.clear_progress()
        self.out.write(f"{self._json(value)}\n")

    def print_json_list(self, values: Iterable[Any]) -> None:
        """Write a list as one JSON document, each value as it comes: whoever has seen enough need not wait for all."""
        self.clear_progress()
        before = "["
        for value in values:
            self.out.write(f"{before}\n  {self._json(value).replace(chr(10), f'{chr(10)}  ')}")
            before = ","
        self.out.write("[]\n" if before == "[" else "\n]\n")

    def _json(self, value: Any) -> str:
        is_unicode = (self.out.encoding or "utf-8").lower().replace("-", "") in {"utf8", "utf16", "utf32"}
        text = json.dumps(value, ensure_ascii=not is_unicode, indent=2)
        if is_unicode:  # half a surrogate pair has no UTF-8 form, and its escape is still right JSON
            text = text.encode("utf-8", "backslashreplace").decode("utf-8")
        return text

    def say(self, message: str) -> None:
        """Write a message."""
        self.clear_progress()
        self.err.write(f"{printable(message)}\n")

    def show_progress(self, text: str) -> None:
        """Replace the line that shows how far the work is; nothing where nobody looks."""
        if not self._shows_progress:
            return
        shown = shorten(printable(text), shutil.get_terminal_size().columns - 1)
        self.err.write("\r" + shown + " " * max(0, self._progress_width - width_of(shown)))
        self.err.flush()
        self._progress_width = width_of(shown)

    def clear_progress(self) -> None:
        """Take the progress line away."""
        if self._progress_width:
            self.err.write("\r" + " " * self._progress_width + "\r")
            self._progress_width = 0

    def bold(self, text: str) -> str:
        """Make text stand out where the terminal can."""
        return f"{BOLD}{text}{PLAIN}" if self._is_styled else text

    def faint(self, text: str) -> str:
        """Make text step back where the terminal can."""
        return f"{FAINT}{text}{PLAIN}" if self._is_styled else text

    def wrap(self, text: str, indent: str = "") -> str:
        """Break running text into lines that are pleasant to read; paragraphs stay apart."""
        width = min(self.width, MAX_TEXT_WIDTH)
        paragraphs = text.splitlines() or [""]
        return "\n".join(
            textwrap.fill(one, width, initial_indent=indent, subsequent_indent=indent) for one in paragraphs
        )


def printable(text: str) -> str:
    """Return the text without control characters, so that a title cannot command the terminal.

    Lines stay lines, tabulators become spaces.
    """
    return text if text.isprintable() else "".join(_shown(one) for one in text)


def _shown(character: str) -> str:
    if character == "\n" or character in JOINERS:
        return character
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character


def width_of(text: str) -> int:
    """Return how many columns the text takes: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_columns(one) for one in text)


def shorten(text: str, width: int) -> str:
    """Cut the text to a width, with an ellipsis where something is missing."""
    if width_of(text) <= width:
        return text
    taken, used = [], 0
    for one in text:
        used += _columns(one)
        if used > width - 1:
            break
        taken.append(one)
    return "".join(taken).rstrip() + "…"


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
