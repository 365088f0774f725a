"""PDFs made for a test: two columns, a heading, a picture, links, contents."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pymupdf

WIDTH, HEIGHT = 612, 792
LEFT = ("Alpha beta gamma", "delta the algo-", "rithm ends here")
RIGHT = ("Second column begins", "and the résumé ends")
PICTURE = (60, 600, 160, 700)
SIZE = 11
PASSWORD = "open sesame"  # noqa: S105 - a test's own


def write_pdf(path: Path, *, pages: int = 3, rotation: int = 0, is_cropped: bool = False, password: str = "") -> Path:
    """Write a document whose pages are alike, with a picture and links on the first, and return its path."""
    document: Any = pymupdf.open()
    for number in range(1, pages + 1):
        _fill(document.new_page(width=WIDTH, height=HEIGHT), number)
    first = document[0]
    red = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 8, 8), 0)
    red.set_rect(red.irect, (200, 30, 40))
    first.insert_image(pymupdf.Rect(PICTURE), pixmap=red)
    _link(first, pages)
    document.set_toc([[1, "Introduction", 1], [2, "A detail", 1], [1, "Conclusion", pages]])
    for page in document:
        if is_cropped:
            page.set_cropbox(pymupdf.Rect(20, 30, WIDTH - 10, HEIGHT - 20))
        page.set_rotation(rotation)
    locked = {"encryption": 5, "user_pw": password, "owner_pw": password} if password else {}  # 5: AES of 256 bits
    document.save(str(path), **locked)
    document.close()
    return path


def damage(path: Path) -> Path:
    """Make a document one that is repaired when it is opened: its table of contents leads astray."""
    content = path.read_bytes()
    place = content.rindex(b"startxref")
    path.write_bytes(content[:place] + b"startxref\n17\n%%EOF\n")
    return path


def _fill(page: Any, number: int) -> None:
    page.insert_text((60, 80), f"Heading {number}", fontsize=18)
    _column(page, 60, LEFT)
    _column(page, 330, RIGHT)


def _column(page: Any, left: float, lines: Sequence[str]) -> None:
    # One call for each column, so that the columns are blocks of their own.
    page.insert_text((left, 140), list(lines), fontsize=SIZE)


def _link(page: Any, pages: int) -> None:
    page.insert_link(
        {
            "kind": pymupdf.LINK_GOTO,
            "page": pages - 1,
            "from": pymupdf.Rect(60, 400, 160, 412),
            "to": pymupdf.Point(60, 70),
        }
    )
    for place, uri in enumerate(("https://example.org/paper", "file:///etc/passwd", "javascript:alert(1)")):
        rect = pymupdf.Rect(60, 420 + 20 * place, 160, 432 + 20 * place)
        page.insert_link({"kind": pymupdf.LINK_URI, "uri": uri, "from": rect})
