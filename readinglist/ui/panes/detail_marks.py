"""What the reader decided about one paper or several: status, star, priority, rating."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from readinglist.domain.paper import Priority, Status
from readinglist.ui import theme
from readinglist.ui.actions import BY_ID, keys_of, shown_keys
from readinglist.ui.widgets.choice import Choice
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label
from readinglist.ui.widgets.rating import Rating
from readinglist.ui.widgets.status_buttons import StatusButtons

PRIORITY_HUES = {Priority.HIGH: "danger", Priority.MEDIUM: "warning", Priority.LOW: "ink-soft"}


class Marks(QWidget):
    """The controls; what was chosen is said, not done."""

    status_chosen = Signal(object)  # Status
    star_chosen = Signal(bool)
    priority_chosen = Signal(object)  # Priority
    rating_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("marks")
        self.statuses = StatusButtons(self)
        self.statuses.chosen.connect(self.status_chosen)
        self.star = QToolButton(self)
        self.star.setObjectName("star")
        self.star.setText("Star")
        self.star.setAccessibleName("Star")
        self.star.setCheckable(True)
        self.star.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.star.setProperty("hasText", "true")
        self.star.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.star.clicked.connect(self._on_star)
        self.priority = Choice(self)
        self.priority.setObjectName("priority")
        self.priority.setAccessibleName("Priority")
        self.priority.setToolTip("How urgent it is")
        for priority in Priority:
            icon = theme.icon("priority", PRIORITY_HUES.get(priority, "ink-faint"))
            word = "No priority" if priority is Priority.NONE else priority.name.capitalize()
            self.priority.addItem(icon, word, priority)
        self.priority.activated.connect(self._on_priority)
        self.rating = Rating(self)
        self.rating.chosen.connect(self.rating_chosen)
        self._lay_out()
        self.show_star(starred=False)
        self.set_keys({})

    def show_marks(self, *, status: Status | None, starred: bool, priority: Priority | None, rating: int) -> None:
        """Show what is decided; None where several papers differ."""
        self.statuses.show_status(status)
        self.show_star(starred=starred)
        with QSignalBlocker(self.priority):
            self.priority.setCurrentIndex(-1 if priority is None else self.priority.findData(priority))
        self.rating.show_rating(rating)

    def show_star(self, *, starred: bool) -> None:
        """Fill or empty the star."""
        self.star.setChecked(starred)
        self.star.setIcon(theme.icon("star-filled", "status-to-read") if starred else theme.icon("star"))
        self.star.setText("Starred" if starred else "Star")

    def set_keys(self, own: Mapping[str, str]) -> None:
        """Show the reader's own keys."""
        self.statuses.set_keys(own)
        spec = BY_ID["star"]
        keys = shown_keys(keys_of(spec, own))
        self.star.setToolTip(f"{spec.tooltip} ({keys})" if keys else spec.tooltip)

    def _lay_out(self) -> None:
        rating = QWidget(self)
        row = QHBoxLayout(rating)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.XS)
        label = make_label("Rating", "rating-label", role="secondary", parent=rating)
        label.setBuddy(self.rating)
        row.addWidget(label)
        row.addWidget(self.rating)
        others = FlowLayout(gap=theme.S)
        for widget in (self.star, self.priority, rating):
            others.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.statuses)
        layout.addLayout(others)

    def _on_star(self, checked: bool) -> None:
        self.show_star(starred=checked)
        self.star_chosen.emit(checked)

    def _on_priority(self, index: int) -> None:
        self.priority_chosen.emit(Priority(self.priority.itemData(index)))
