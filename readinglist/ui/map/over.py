"""What lies over the map: the buttons at its edge, how many papers are chosen, and what is not on it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.widgets.announcing import announce
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.labels import make_label


class Buttons(QFrame):
    """A column of buttons for actions on the view."""

    def __init__(self, actions: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map-buttons")
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XS, theme.XS, theme.XS, theme.XS)
        layout.setSpacing(2)
        for action in actions:
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setObjectName(f"map-button-{action.objectName().removeprefix('action-')}")
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
        self.adjustSize()


class ChoiceBar(QFrame):
    """Says how many papers are chosen, and leads to what can be done with them."""

    menu_wanted = Signal(QPoint)  # in screen coordinates
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map-chosen")
        self.setProperty("role", "toast")
        self._label = make_label("", "map-chosen-count", role="strong", parent=self)
        self.menu_button = QPushButton("Actions", self)
        self.menu_button.setObjectName("map-chosen-actions")
        self.menu_button.setToolTip("Tag them, mark them, and what else can be done with them")
        give_icon(self.menu_button, "menu")
        self.menu_button.clicked.connect(lambda: self.menu_wanted.emit(self.menu_button.mapToGlobal(QPoint(0, 0))))
        self.clear_button = QToolButton(self)
        self.clear_button.setObjectName("map-chosen-clear")
        self.clear_button.setIcon(theme.icon("close"))
        self.clear_button.setAccessibleName("Choose only the current paper")
        self.clear_button.setToolTip("Choose only the current paper")
        self.clear_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clear_button.clicked.connect(self.cleared)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.XS, theme.XS, theme.XS)
        layout.setSpacing(theme.S)
        for widget in (self._label, self.menu_button, self.clear_button):
            layout.addWidget(widget)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def show_count(self, count: int) -> None:
        """Appear when several papers are chosen."""
        text = f"{count_text(count, 'paper')} chosen"
        if count > 1 and text != self.text:
            announce(self, text)
        self._label.setText(text)
        self.setVisible(count > 1)
        self.adjustSize()


class MapNotice(QFrame):
    """A sentence about the map, with something to do about it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map-notice")
        self.setProperty("role", "notice")
        self._label = make_label("", "map-notice-text", role="secondary", parent=self)
        self.button = QPushButton("Arrange anew", self)
        self.button.setObjectName("map-notice-arrange")
        self.button.setProperty("role", "flat")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        layout.setSpacing(theme.S)
        layout.addWidget(self._label)
        layout.addWidget(self.button)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def explain(self, text: str, *, offers_arranging: bool) -> None:
        """Say something, or go if there is nothing to say."""
        self._label.setText(text)
        self.button.setVisible(offers_arranging)
        self.setVisible(bool(text))
        self.adjustSize()
