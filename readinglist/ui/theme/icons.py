"""One icon set: Phosphor's outlines from the qtawesome package, drawn as paths in the colour of the text.

qtawesome itself is not imported: that takes longer than the rest of the window, and its icons keep the colour they were
made with. Its font and names are read directly; an icon here follows theme and pixel ratio by itself.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont
from typing_extensions import override

from readinglist.ui.theme.palette import colors

EM_PX = 64.0  # size at which outlines are read; they scale from there
DISABLED_OPACITY = 0.4

# our word for a thing -> the set's name: one word, one picture, everywhere
ICON_NAMES = {
    "about": "info",
    "add": "plus",
    "all": "books",
    "annotations": "note",
    "archive": "archive-box",
    "area": "selection",
    "back": "arrow-left",
    "backup": "hard-drives",
    "bin": "trash",
    "book": "book-open",
    "calendar": "calendar-blank",
    "cancel": "x",
    "cards": "rows",
    "check": "check",
    "clear": "x-circle",
    "clipboard": "clipboard-text",
    "close": "x",
    "code": "code",
    "collection": "folder-simple",
    "color": "palette",
    "color-dot": "circle-fill",
    "columns": "columns",
    "comments": "chat-circle",
    "contents": "list-bullets",
    "copy": "copy",
    "details": "article",
    "down": "caret-down",
    "draw": "scribble-loop",
    "error": "warning-octagon",
    "export": "export",
    "fetch": "cloud-arrow-down",
    "file": "file-text",
    "files": "files",
    "filter": "funnel",
    "fit-page": "frame-corners",
    "fit-width": "arrows-left-right",
    "folder": "folder-open",
    "for-you": "compass",
    "forward": "arrow-right",
    "full-screen": "corners-out",
    "globe": "globe-simple",
    "help": "question",
    "hide": "eye-slash",
    "highlight": "highlighter-circle",
    "import": "download-simple",
    "inbox": "tray",
    "info": "info",
    "keyboard": "keyboard",
    "lasso": "scribble-loop",
    "left": "caret-left",
    "less": "thumbs-down",
    "link": "arrow-square-out",
    "map": "map-trifold",
    "menu": "dots-three",
    "merge": "git-merge",
    "moon": "moon",
    "more": "thumbs-up",
    "new": "sparkle",
    "new-collection": "folder-simple-plus",
    "next": "arrow-down",
    "note": "note-pencil",
    "open": "arrow-square-out",
    "page-note": "chat-circle-text",
    "pages": "cards",
    "palette": "command",
    "panel": "square-half",
    "pause": "pause",
    "pdf": "file-pdf",
    "people": "users",
    "play": "play",
    "previous": "arrow-up",
    "print": "printer",
    "priority": "flag",
    "quit": "sign-out",
    "rating": "heart",
    "read": "check-circle",
    "reading": "book-open",
    "redo": "arrow-clockwise",
    "refresh": "arrows-clockwise",
    "rename": "pencil-simple",
    "restore": "arrow-counter-clockwise",
    "right": "caret-right",
    "rotate": "arrow-clockwise",
    "save": "floppy-disk",
    "search": "magnifying-glass",
    "select": "selection-all",
    "settings": "gear-six",
    "similar": "circles-three-plus",
    "skipped": "skip-forward-circle",
    "sort": "sort-ascending",
    "sort-down": "sort-descending",
    "star": "star",
    "star-filled": "star-fill",
    "strike-out": "text-strikethrough",
    "success": "check-circle",
    "sun": "sun",
    "table": "table",
    "tag": "tag",
    "tags": "tag",
    "take-out": "folder-simple-minus",
    "take-over": "archive-tray",
    "to-read": "bookmark-simple",
    "two-pages": "columns",
    "underline": "text-underline",
    "undo": "arrow-counter-clockwise",
    "up": "caret-up",
    "upvotes": "caret-up",
    "venue": "buildings",
    "warning": "warning",
    "write": "text-t",
    "zoom-in": "magnifying-glass-plus",
    "zoom-out": "magnifying-glass-minus",
}


@cache
def icon(name: str, role: str = "ink-soft") -> QIcon:
    """Return an icon tinted with a colour role.

    Args:
        name: A key of `ICON_NAMES`.
        role: Colour role; `selected` and disabled states are derived.

    Raises:
        KeyError: The set has no such icon.
    """
    return QIcon(_GlyphEngine(outline_of(ICON_NAMES[name]), role))


class _GlyphEngine(QIconEngine):
    """Paints an outline in the role's present colour, at whatever size is asked for."""

    def __init__(self, outline: QPainterPath, role: str) -> None:
        super().__init__()
        self._outline = outline
        self._role = role

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(DISABLED_OPACITY)
        painter.translate(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() + side) / 2)
        painter.scale(side / EM_PX, side / EM_PX)
        painter.fillPath(self._outline, colors()[self._role])
        painter.restore()

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made

    @override
    def clone(self) -> QIconEngine:
        return _GlyphEngine(self._outline, self._role)


@cache
def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        message = "the icon font is missing: qtawesome is not installed"
        raise RuntimeError(message)
    return Path(spec.origin).parent / "fonts"


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    """Read the outlines and their names; the file names carry the set's version."""
    outlines = next(_font_folder().glob("phosphor-[0-9]*.ttf"))
    names = next(_font_folder().glob("phosphor-charmap-*.json"))
    return QRawFont(str(outlines), EM_PX), json.loads(names.read_text(encoding="utf-8"))


@cache
def outline_of(glyph: str) -> QPainterPath:
    """Return the shape of a glyph of the set by its own name, such as `books`."""
    font, codes = _font()
    index = font.glyphIndexesForString(chr(int(codes[glyph], 16)))[0]
    return font.pathForGlyph(index)
