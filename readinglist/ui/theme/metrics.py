"""Gaps and type sizes: everything is a multiple of four pixels, nothing is set smaller than eleven."""

from PySide6.QtGui import QFont, QFontDatabase

XS = 4
S = 8  # between a label and its field
M = 12  # inside cards
L = 16  # between groups
XL = 24  # around a page

RADIUS = 6  # corners of cards and fields
ICON = 16
ICON_LARGE = 20
LINE_HEIGHT = 1.45  # of running text, times the type size

FONT_SIZES_PX = {"heading": 18, "title": 15, "body": 13, "strong": 13, "secondary": 12, "small": 11}
SEMIBOLD = {"heading", "title", "strong"}


def font(role: str = "body") -> QFont:
    """Return the system's family in the size and weight of a role.

    Args:
        role: A key of `FONT_SIZES_PX`.
    """
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    made.setPixelSize(FONT_SIZES_PX[role])
    made.setWeight(QFont.Weight.DemiBold if role in SEMIBOLD else QFont.Weight.Normal)
    return made
