"""What stands beside the pages: contents, pages in small, annotations, search; one of them at a time."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.widgets.labels import make_line


class Panel(StrEnum):
    """What can stand there."""

    CONTENTS = "contents"
    PAGES = "pages"
    ANNOTATIONS = "annotations"
    SEARCH = "search"


TITLES = {
    Panel.CONTENTS: "Contents",
    Panel.PAGES: "Pages in small",
    Panel.ANNOTATIONS: "Annotations",
    Panel.SEARCH: "Search in this document",
}


class SidePanel(QWidget):
    """A row of buttons, and what they show.

    Args:
        panes: What can be shown.
        parent: Owner.
    """

    shown = Signal(object)  # Panel

    def __init__(self, panes: dict[Panel, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-side")
        self.setMinimumWidth(200)
        self._panes = panes
        self._stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[Panel, QToolButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        row.setSpacing(theme.XS)
        for panel, pane in panes.items():
            self._stack.addWidget(pane)
            row.addWidget(self._button(panel))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(make_line(self))
        layout.addWidget(self._stack, 1)
        self.show_panel(Panel.CONTENTS)

    @property
    def panel(self) -> Panel:
        """What is shown."""
        return next(panel for panel, pane in self._panes.items() if pane is self._stack.currentWidget())

    def show_panel(self, panel: Panel) -> None:
        """Show something else."""
        self._buttons[panel].setChecked(True)
        self._stack.setCurrentWidget(self._panes[panel])
        self.shown.emit(panel)

    def _button(self, panel: Panel) -> QToolButton:
        button = self._buttons[panel] = QToolButton(self)
        button.setObjectName(f"reader-show-{panel}")
        button.setIcon(theme.icon(panel.value))
        button.setAccessibleName(TITLES[panel])
        button.setToolTip(TITLES[panel])
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.show_panel(panel))
        self._group.addButton(button)
        return button
