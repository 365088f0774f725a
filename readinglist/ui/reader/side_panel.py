"""What stands beside the pages: contents, pages in small, annotations, search; one of them at a time."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.widgets.buttons import make_icon_button
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
    """A row of buttons, and what they show; each pane is made when it is first needed.

    Args:
        makers: What can be shown, and what makes it; the owner of the pane is handed in.
        parent: Owner.
    """

    def __init__(self, makers: Mapping[Panel, Callable[[QWidget], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-side")
        self.setMinimumWidth(200)
        self._makers = makers
        self._panes: dict[Panel, QWidget] = {}
        self._panel = Panel.CONTENTS
        self._is_furnished = False
        self._stack = QStackedWidget(self)
        self._group = QButtonGroup(self)
        self._buttons: dict[Panel, QToolButton] = {}

    @property
    def panel(self) -> Panel:
        """What is shown."""
        return self._panel

    def furnish(self) -> None:
        """Build what is to be seen. Until then the panel is an empty place: the first page of a tab comes before."""
        if self._is_furnished:
            return
        self._is_furnished = True
        row = QHBoxLayout()
        row.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        row.setSpacing(theme.XS)
        for panel in self._makers:
            row.addWidget(self._button(panel))
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(make_line(self))
        layout.addWidget(self._stack, 1)
        self.show_panel(self._panel)

    def show_panel(self, panel: Panel) -> None:
        """Show something else."""
        self._panel = panel
        self.furnish()
        self._buttons[panel].setChecked(True)
        self._stack.setCurrentWidget(self.pane(panel))

    def pane(self, panel: Panel) -> QWidget:
        """Return a pane, made now if nobody has needed it before."""
        if panel not in self._panes:
            self._panes[panel] = self._makers[panel](self._stack)
            self._stack.addWidget(self._panes[panel])
        return self._panes[panel]

    def find_pane(self, panel: Panel) -> QWidget | None:
        """Return a pane that was made already."""
        return self._panes.get(panel)

    def _button(self, panel: Panel) -> QToolButton:
        button = make_icon_button(f"reader-show-{panel}", panel.value, TITLES[panel], self)
        self._buttons[panel] = button
        button.setCheckable(True)
        button.clicked.connect(lambda: self.show_panel(panel))
        self._group.addButton(button)
        return button
