"""Draws the program's icon: the books of the icon set on the accent of the light theme.

Run it again when one of the two changes: `python packaging/icon.py`. The pictures it writes are kept with the others.
"""

import os
import sys
import tomllib
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from PySide6.QtCore import QRectF, Qt  # noqa: E402 - the platform is chosen first
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QTransform  # noqa: E402

from readinglist.ui.theme.icons import outline_of  # noqa: E402

FOLDER = REPOSITORY / "resources" / "icons"
SIDE = 512
MARGIN = 32  # the shadow of other icons: they look of one size
CORNER = 96
GLYPH = "books-fill"
GLYPH_SHARE = 0.62  # of the square


def main() -> None:
    """Write the icon as pixels for windows, and as outlines for desktops that want them."""
    _application = QGuiApplication(sys.argv)
    FOLDER.mkdir(exist_ok=True)
    pixels().save(str(FOLDER / "readinglist.png"))
    (FOLDER / "readinglist.svg").write_text(outlines(), encoding="utf-8")


def _square() -> QRectF:
    return QRectF(MARGIN, MARGIN, SIDE - 2 * MARGIN, SIDE - 2 * MARGIN)


def _centred(glyph: QPainterPath) -> QPainterPath:
    box, room = glyph.boundingRect(), _square()
    scale = GLYPH_SHARE * room.width() / max(box.width(), box.height())
    place = QTransform().translate(room.center().x(), room.center().y()).scale(scale, scale)
    return place.translate(-box.center().x(), -box.center().y()).map(glyph)


def _colors() -> tuple[str, str]:
    """Return those of the ground and of what is on it."""
    theme = tomllib.loads((REPOSITORY / "resources" / "themes" / "light.toml").read_text(encoding="utf-8"))
    return theme["control"]["accent"], theme["surface"]["paper"]


def pixels() -> QImage:
    """Draw the icon."""
    ground, ink = _colors()
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(_square(), CORNER, CORNER)
    painter.fillPath(_centred(outline_of(GLYPH)), QColor(ink))
    painter.end()
    return image


def outlines() -> str:
    """Return the icon as SVG."""
    (ground, ink), room = _colors(), _square()
    rounded = f'x="{MARGIN}" y="{MARGIN}" width="{room.width():g}" height="{room.height():g}" rx="{CORNER}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">\n'
        f'<rect {rounded} fill="{ground}"/>\n'
        f'<path fill="{ink}" d="{_path_data(_centred(outline_of(GLYPH)))}"/>\n</svg>\n'
    )


def _path_data(path: QPainterPath) -> str:
    letters = {
        QPainterPath.ElementType.MoveToElement: "M",
        QPainterPath.ElementType.LineToElement: "L",
        QPainterPath.ElementType.CurveToElement: "C",
        QPainterPath.ElementType.CurveToDataElement: "",  # the further points of a curve
    }
    elements = (path.elementAt(place) for place in range(path.elementCount()))
    return " ".join(f"{letters[one.type]}{one.x:.1f} {one.y:.1f}" for one in elements)


if __name__ == "__main__":
    main()
