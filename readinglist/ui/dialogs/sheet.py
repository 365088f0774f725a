"""The frame that all dialogs share: a heading, what it is about, the content, and a row of buttons at the foot."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.widgets.labels import make_label

SCREEN_MARGIN = 48  # px left free around a dialog on a small window


class Sheet(QDialog):
    """A dialog that is gone once it is closed.

    Args:
        name: objectName; its parts are named after it.
        heading: What it is; also the title of its window.
        size: At first, px; smaller where the window is.
        parent: The window.

    Attributes:
        body: Where the content goes, from top to bottom.
        foot: Where the buttons go, from left to right; a stretch stands after the first ones if `push_right` is called.
    """

    def __init__(self, *, name: str, heading: str, size: tuple[int, int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(heading)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = name
        self.heading = make_label(heading, f"{name}-heading", role="heading", wraps=True, parent=self)
        self.lead = make_label("", f"{name}-lead", role="secondary", wraps=True, parent=self)
        self.lead.hide()
        top = QVBoxLayout()
        top.setSpacing(theme.XS)
        top.addWidget(self.heading)
        top.addWidget(self.lead)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.M)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(theme.S)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, theme.L + theme.XS, theme.XL, theme.L + theme.XS)
        layout.setSpacing(theme.L)
        layout.addLayout(top)
        layout.addLayout(self.body, 1)
        layout.addLayout(self.foot)
        self._fit(size)

    def explain(self, text: str) -> None:
        """Say in a sentence or two what the dialog is about; plain text."""
        self.lead.setText(text)
        self.lead.setVisible(bool(text))

    def add_button(self, text: str, name: str, *, role: str = "", icon: str = "") -> QPushButton:
        """Put a button at the foot, right of those that are there.

        Args:
            text: An ampersand marks the letter that presses it together with Alt.
            name: Last part of the objectName.
            role: `primary`, `danger` or `flat`; empty for an ordinary one.
            icon: Name for `theme.icon`.
        """
        button = make_button(text, f"{self._name}-{name}", self)
        if role:
            button.setProperty("role", role)
        if icon:
            button.setIcon(theme.icon(icon))
        self.foot.addWidget(button)
        return button

    def add_close_button(self, text: str = "Close") -> QPushButton:
        """Put a button at the foot that does what Escape does."""
        button = self.add_button(text, "close")
        button.clicked.connect(self.reject)
        return button

    def push_right(self) -> None:
        """Let the buttons that follow stand at the right end."""
        self.foot.addStretch(1)

    def _fit(self, size: tuple[int, int]) -> None:
        wanted = QSize(*size)
        window = self.parentWidget()
        if window is not None and window.isVisible():
            room = window.window().size() - QSize(SCREEN_MARGIN, SCREEN_MARGIN)
            wanted = wanted.boundedTo(room.expandedTo(QSize(360, 280)))
        self.resize(wanted)


def make_button(text: str, name: str, parent: QWidget) -> QPushButton:
    """Return a button that Enter presses only while it has the focus, or as the default of its dialog."""
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def make_search_field(label: str, name: str, parent: QWidget) -> QLineEdit:
    """Return a field that finds things while one types.

    Args:
        label: What it finds; shown while it is empty.
        name: objectName.
        parent: Owner.
    """
    field = QLineEdit(parent)
    field.setObjectName(name)
    field.setAccessibleName(label)
    field.setPlaceholderText(label)
    field.setClearButtonEnabled(True)
    for button in field.findChildren(QToolButton):
        button.setAccessibleName("Clear the field")  # Qt gives its own button no name
    return field


def make_problem_label(name: str, parent: QWidget) -> QLabel:
    """Return a hidden label for what went wrong; `show_problem` fills it."""
    label = make_label("", name, role="danger", wraps=True, parent=parent)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.hide()
    return label


def show_problem(label: QLabel, text: str) -> None:
    """Say what went wrong; an empty text takes it back."""
    label.setText(text)
    label.setVisible(bool(text))
