"""Which columns the table shows: a menu for its head, and for the button above it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from readinglist.ui.models.columns import COLUMNS

ALWAYS = "title"  # a table of papers without their titles helps nobody
TITLE_PLACE = next(place for place, column in enumerate(COLUMNS) if column.key == ALWAYS)
LEAST_TITLE_PX = 200
TITLE_SHARE = 0.55  # of the table, where the other columns would leave less: what scrolls out is not the title
ENOUGH_TITLE_PX = 420


class ColumnMenu(QMenu):
    """Shows and hides the columns of a head.

    Args:
        header: Of a table whose columns are `COLUMNS`.
        parent: Owner.
    """

    changed = Signal()  # other columns are shown

    def __init__(self, header: QHeaderView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("column-menu")
        self._header = header
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        for place, column in enumerate(COLUMNS):
            action = self.addAction("Star" if column.key == "star" else column.title)
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(place))
            action.setEnabled(column.key != ALWAYS)
            action.toggled.connect(lambda is_shown, place=place: self._show(place, is_shown=is_shown))
        self.addSeparator()
        self.addAction("Usual columns").triggered.connect(self._reset)

    def _show(self, place: int, *, is_shown: bool) -> None:
        self._header.setSectionHidden(place, not is_shown)
        self.changed.emit()

    def _reset(self) -> None:
        show_usual_columns(self._header)
        self.changed.emit()


def show_usual_columns(header: QHeaderView) -> None:
    """Show the columns, in the order and of the widths that everybody has at first."""
    for place, column in enumerate(COLUMNS):
        header.moveSection(header.visualIndex(place), place)
        header.setSectionHidden(place, not column.is_shown)
        header.resizeSection(place, column.width_px)


def fill_with_title(header: QHeaderView, room_px: int) -> None:
    """Give the title the room that the other columns leave, and enough of it in any case."""
    shown = (place for place in range(len(COLUMNS)) if place != TITLE_PLACE and not header.isSectionHidden(place))
    left_px = room_px - sum(map(header.sectionSize, shown))
    header.resizeSection(TITLE_PLACE, max(LEAST_TITLE_PX, min(ENOUGH_TITLE_PX, int(TITLE_SHARE * room_px)), left_px))
