"""Names as chips in lines, each of which can be opened or taken away."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from readinglist.ui import theme
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.tag_chip import Chip, CollectionChip


class ChipRow(QWidget):
    """Shows chips and says what the reader wants done with them; changes nothing itself.

    Args:
        name: objectName.
        parent: Owner.
    """

    removed = Signal(str)
    opened = Signal(str)  # a name was clicked

    def __init__(self, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._chips: list[Chip] = []
        self._layout = FlowLayout(self, gap=theme.XS)

    @property
    def names(self) -> tuple[str, ...]:
        """What is shown, in order."""
        return tuple(chip.name for chip in self._chips)

    def put_chips(self, chips: Sequence[Chip], after: QWidget | None = None) -> None:
        """Put chips in the place of those that are there; the keyboard stays where it was among them.

        Args:
            chips: In order.
            after: What Tab goes on to, and what gets the keyboard if no chip is left.
        """
        had_focus = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = list(chips)
        following = [*self._chips[1:], after]
        for place, (chip, then) in enumerate(zip(self._chips, following, strict=True) if self._chips else ()):
            chip.removed.connect(self.removed)
            chip.opened.connect(self.opened)
            self._layout.insert_widget(place, chip)
            chip.show()
            if then is not None:
                QWidget.setTabOrder(chip, then)
        heir = self._chips[min(had_focus or 0, len(self._chips) - 1)] if self._chips else after
        if had_focus is not None and heir is not None:
            heir.setFocus()
        self.updateGeometry()


class CollectionRow(ChipRow):
    """The collections of a paper; away where there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="detail-collections", parent=parent)
        self.hide()

    def show_collections(self, names: Sequence[str]) -> None:
        """Show collections."""
        if tuple(names) != self.names:
            self.put_chips([CollectionChip(name, self) for name in names])
        self.setVisible(bool(names))
