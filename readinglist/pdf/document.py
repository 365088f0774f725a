"""Opens PDFs that anybody may have sent, and hands out their pages as type and places.

PyMuPDF holds the interpreter while it works and may take long over a hostile file: whoever cannot wait lets another
process do it. One document must be used by one thread at a time.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pymupdf

from readinglist.domain.errors import DataError, EnvironmentFault, PasswordNeeded
from readinglist.domain.pages import Rect
from readinglist.pdf.layout import Line, Page, Span, join_torn
from readinglist.pdf.repair import find_shift, mend

MARKER = b"%PDF"
MARKER_WITHIN = 1024  # **Source:** ISO 32000-1, annex H.3, note 13: readers accept a header that stands this far inside
HINTS = ("title", "author", "subject", "creationDate")
LONGEST_HINT = 2000
MOST_LINES = 20_000  # of one page; drawings made of letters have millions
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP  # no ligatures, no pictures
RAISED = 1
BOLD = 16
HEAVY_FACE = re.compile(
    r"bold|black|heavy|demi|semibold|(?:^|[+-])(?:CMBX|SFBX|NimbusRomNo9L-Medi)|-Medi", re.IGNORECASE
)

# What PyMuPDF raises over a page that is there and cannot be read.
BROKEN_PAGE = (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, TypeError, IndexError, AttributeError)

pymupdf.TOOLS.mupdf_display_errors(False)  # damaged files would write to the terminal
pymupdf.TOOLS.mupdf_display_warnings(False)


class PdfDocument:
    """An open PDF. Close it, or use it in a `with` block.

    Args:
        inner: The document of PyMuPDF, already unlocked and with at least one page.
        name: What to call it in a message.
    """

    def __init__(self, inner: Any, name: str) -> None:
        self._inner = inner
        self.name = name
        self._shift: dict[int, str] | None = None
        self._is_shift_known = False

    @property
    def inner(self) -> Any:
        """The document of PyMuPDF, for the other modules of this package."""
        return self._inner

    @property
    def page_count(self) -> int:
        """At least one."""
        return int(self._inner.page_count)

    @property
    def hints(self) -> Mapping[str, str]:
        """What the file's own description says; often empty, left over from a template, or of another work."""
        said = self._inner.metadata or {}
        return {key: mend(str(said.get(key) or ""))[:LONGEST_HINT].strip() for key in HINTS}

    def page(self, number: int) -> Page:
        """Return the type of a page; the first is 1. A page that cannot be read is empty.

        Raises:
            DataError: There is no such page.
        """
        if not 1 <= number <= self.page_count:
            message = f"{self.name} has no page {number}."
            raise DataError(message)
        try:
            return self._read(number)
        except BROKEN_PAGE:
            return Page(number=number, width=0, height=0, lines=())

    def pages(self, first: int = 1, last: int | None = None) -> Iterator[Page]:
        """Yield pages from the first to the last, both included."""
        for number in range(first, min(last or self.page_count, self.page_count) + 1):
            yield self.page(number)

    def close(self) -> None:
        """Let go of the file; calling it again does nothing."""
        if not self._inner.is_closed:
            self._inner.close()
        pymupdf.TOOLS.reset_mupdf_warnings()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, number: int) -> Page:
        page = self._inner[number - 1]
        blocks = page.get_text("dict", flags=FLAGS)["blocks"]
        raw = [line for block in blocks for line in block.get("lines", ())][:MOST_LINES]
        table = self._find_table(raw)
        turn = page.rotation_matrix if page.rotation else None
        lines = tuple(_line(line, turn, table) for line in raw)
        return Page(
            number=number,
            width=page.rect.width,
            height=page.rect.height,
            lines=tuple(join_torn(line for line in lines if line.spans)),
            picture_share=_picture_share(page),
        )

    def _find_table(self, raw: list[dict[str, Any]]) -> dict[int, str] | None:
        """Find out, by the first page with enough text, whether the letters of this file are shifted."""
        if not self._is_shift_known:
            text = " ".join("".join(span["text"] for span in line["spans"]) for line in raw)
            self._is_shift_known = len(text) > 500
            self._shift = find_shift(text)
        return self._shift


def load_document(path: Path, *, password: str = "") -> PdfDocument:
    """Open the PDF at a path.

    Raises:
        EnvironmentFault: The file cannot be read from the disk.
        PasswordNeeded: It wants a password, or another one.
        DataError: It is no PDF, damaged beyond repair, or without pages.
    """
    try:
        with path.open("rb") as file:
            head = file.read(MARKER_WITHIN)
    except OSError as error:
        message = f"{path.name} cannot be read. Check that it is there and that you may open it."
        raise EnvironmentFault(message, detail=str(error)) from error
    return _open(path.name, head, password, filename=str(path))


def parse_document(content: bytes, name: str, *, password: str = "") -> PdfDocument:
    """Open a PDF that is at hand as bytes.

    Raises:
        PasswordNeeded: It wants a password, or another one.
        DataError: It is no PDF, damaged beyond repair, or without pages.
    """
    return _open(name, content[:MARKER_WITHIN], password, stream=content)


def _open(name: str, head: bytes, password: str, **source: Any) -> PdfDocument:
    if not head:
        message = f"{name} is empty. Fetch or copy it again."
        raise DataError(message)
    if MARKER not in head:  # MuPDF would go by the content, and open web pages and pictures as well
        raise _refusal(name, head, "no header")
    try:
        inner = pymupdf.open(filetype="pdf", **source)
    except Exception as error:  # MuPDF's errors have no common root, and each means the same here
        raise _refusal(name, head, str(error)) from error
    try:
        return _checked(inner, name, head, password)
    except BaseException:
        inner.close()
        raise


def _checked(inner: Any, name: str, head: bytes, password: str) -> PdfDocument:
    if inner.needs_pass and not (password and inner.authenticate(password)):
        wrong = "The password is not the right one for" if password else "A password is needed to open"
        message = f"{wrong} {name}."
        raise PasswordNeeded(message)
    try:
        count = inner.page_count
    except Exception as error:
        raise _refusal(name, head, str(error)) from error
    if count < 1:
        message = f"No page of {name} can be found. It may be damaged or cut off; fetch or copy it again."
        raise DataError(message)
    return PdfDocument(inner, name)


def _refusal(name: str, head: bytes, detail: str) -> DataError:
    if MARKER not in head:
        message = f"{name} is not a PDF."
    else:
        message = f"{name} is damaged and cannot be opened. Fetch or copy it again."
    return DataError(message, detail=detail)


def _line(raw: Mapping[str, Any], turn: Any, table: dict[int, str] | None) -> Line:
    spans = tuple(span for one in raw["spans"] if (span := _span(one, turn, table)) is not None)
    across, down = raw["dir"]
    baseline = raw["spans"][0]["origin"][1] if raw["spans"] else raw["bbox"][3]
    if turn is not None:
        across = across * turn.a + down * turn.c
        baseline = (pymupdf.Point(raw["spans"][0]["origin"]) * turn).y if raw["spans"] else 0.0
    return Line(
        spans=spans if any(span.text.strip() for span in spans) else (),
        box=_box(raw["bbox"], turn),
        baseline=baseline,
        is_upright=across > 0.9,
    )


def _span(raw: Mapping[str, Any], turn: Any, table: dict[int, str] | None) -> Span | None:
    text = raw["text"].translate(table) if table else raw["text"]
    text = mend(text)
    if not text:
        return None
    return Span(
        text=text,
        size=round(raw["size"], 1),
        box=_box(raw["bbox"], turn),
        is_bold=bool(raw["flags"] & BOLD) or HEAVY_FACE.search(raw["font"]) is not None,
        is_raised=bool(raw["flags"] & RAISED),
    )


def _box(raw: tuple[float, float, float, float], turn: Any) -> Rect:
    if turn is None:
        return Rect(*raw)
    seen = pymupdf.Rect(raw) * turn
    return Rect(seen.x0, seen.y0, seen.x1, seen.y1)


def _picture_share(page: Any) -> float:
    whole = page.rect.width * page.rect.height
    if not whole:
        return 0.0
    shares = [
        abs((pymupdf.Rect(one["bbox"]) & page.mediabox).get_area()) / whole for one in page.get_image_info()[:200]
    ]
    return min(1.0, max(shares, default=0.0))
