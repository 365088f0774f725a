"""The line above the list: what it is, how many, in which order, and as cards, table or map."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readinglist.domain.query import Sort, SortKey
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.models.columns import ASCENDING_FIRST, SORT_WORDS
from readinglist.ui.models.scope import Scope, has_words
from readinglist.ui.widgets.announcing import announce
from readinglist.ui.widgets.busy import patience
from readinglist.ui.widgets.buttons import make_icon_button
from readinglist.ui.widgets.labels import ElidedLabel, make_label

MODES = (
    ("cards", "Cards", "Show the papers as cards"),
    ("table", "Table", "Show the papers as a table"),
    ("map", "Map", "Show the papers as points, near when they are alike"),
)
NARROW = 460  # px; below, the order is an icon, so that the number of papers is not cut
NARROWEST = 320  # px; below, the number stands alone
BEST_FIRST = Sort(key=SortKey.RELEVANCE, descending=True)


class ListBar(QWidget):
    """Title, count, order, view."""

    sort_chosen = Signal(object)  # Sort
    mode_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("list-bar")
        self._sort = BEST_FIRST
        self._said = ""  # what a search found
        self._counted = ("", "")  # how many papers, in words and in numbers alone
        self._title = ElidedLabel(name="list-title", role="title", parent=self)  # a tag's name may be long
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._count = make_label("", "list-count", role="secondary", parent=self)
        self._waiting = patience(self, lambda: self._count.setText("Searching…"))
        self._sort_button = self._build_sort_button()
        self._columns_button = self._build_columns_button()
        self._modes = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._title)
        layout.addWidget(self._count)
        layout.addStretch(1)
        layout.addWidget(self._sort_button)
        layout.addWidget(self._columns_button)
        for mode, word, tooltip in MODES:
            layout.addWidget(self._build_mode_button(mode, word, tooltip))
        self.set_mode("cards")

    @property
    def mode(self) -> str:
        """`cards`, `table` or `map`."""
        return next(
            (button.objectName().removeprefix("mode-") for button in self._modes.buttons() if button.isChecked()),
            "cards",
        )

    def set_mode(self, mode: str) -> None:
        """Mark a view as the shown one."""
        for button in self._modes.buttons():
            button.setChecked(button.objectName() == f"mode-{mode}")
        self._sort_button.setVisible(mode != "map")
        self._columns_button.setVisible(self._columns_button.menu() is not None and mode == "table")

    def offer_columns(self, menu: QMenu) -> None:
        """Give the table's columns a button, which is there while the table is shown."""
        self._columns_button.setMenu(menu)
        self._columns_button.setVisible(self.mode == "table")

    def default_sort(self, scope: Scope, search: str) -> Sort:
        """Return the order until the reader chooses one: the best match first when there are words to match."""
        return BEST_FIRST if has_words(search) else scope.sort

    def is_queue(self, sort: Sort) -> bool:
        """Tell whether the list is in the order that the reader made by hand."""
        return sort.key is SortKey.QUEUE and not sort.descending

    def show_sort(self, sort: Sort) -> None:
        """Say what the list is ordered by."""
        self._sort = sort
        self._sort_button.setText(SORT_WORDS[sort.key])
        self._sort_button.setIcon(theme.icon("sort-down" if sort.descending else "sort"))
        direction = "descending" if sort.descending else "ascending"
        self._sort_button.setAccessibleName(f"Order: {SORT_WORDS[sort.key]}, {direction}")

    def show_count(self, scope: Scope, count: int, *, has_search: bool, close: int = 0) -> None:
        """Say what is listed, how much of it, and how many papers more that are only close in meaning."""
        self._waiting.stop()
        self._title.setText(scope.title)
        text = f"{count:,} found" if has_search else count_text(count, "paper")
        tip = f"{count:,} have the words, {close:,} more are close in meaning." if close else ""
        self._counted = (
            f"{count:,} + {close:,} close" if close else text,
            f"{count:,} + {close:,}" if close else f"{count:,}",
        )
        self._show_counted()
        self._count.setToolTip(tip)
        said, self._said = self._said, (tip or text) if has_search else ""
        if self._said != said:
            announce(self, self._said)

    def show_counting(self, scope: Scope) -> None:
        """Say what is listed, while it is not known yet how much of it there is."""
        self._title.setText(scope.title)
        self._counted = ("", "")
        self._show_counted()

    def begin_waiting(self) -> None:
        """An answer is under way: say so if it takes a moment."""
        self._waiting.start()

    def end_waiting(self) -> None:
        """No answer comes."""
        self._waiting.stop()
        self._count.clear()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        style = Qt.ToolButtonStyle
        has_room = event.size().width() >= NARROW
        self._sort_button.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_room else style.ToolButtonIconOnly)
        if self._count.text() in self._counted:
            self._show_counted()

    def _show_counted(self) -> None:
        self._count.setText(self._counted[self.width() < NARROWEST])

    def _build_sort_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("list-sort")
        button.setToolTip("Change the order of the list")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("hasText", "true")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_sort_menu(menu))
        button.setMenu(menu)
        return button

    def _fill_sort_menu(self, menu: QMenu) -> None:
        menu.clear()
        keys = QActionGroup(menu)
        for key, words in SORT_WORDS.items():
            sort = Sort(key=key, descending=key not in ASCENDING_FIRST)
            keys.addAction(self._choice(menu, words, sort, is_checked=key is self._sort.key))
        menu.addSeparator()
        ways = QActionGroup(menu)
        for words, descending in (("Ascending", False), ("Descending", True)):
            sort = Sort(key=self._sort.key, descending=descending)
            ways.addAction(self._choice(menu, words, sort, is_checked=descending is self._sort.descending))

    def _choice(self, menu: QMenu, words: str, sort: Sort, *, is_checked: bool) -> QAction:
        action = menu.addAction(words)
        action.setCheckable(True)
        action.setChecked(is_checked)
        action.triggered.connect(lambda _checked=False: self.sort_chosen.emit(sort))
        return action

    def _build_columns_button(self) -> QToolButton:
        tip = "Choose the columns of the table"
        button = make_icon_button("list-columns", "columns", "Columns", self, tip=tip)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setProperty("hasText", "true")  # room for the arrow
        button.hide()
        return button

    def _build_mode_button(self, mode: str, word: str, tooltip: str) -> QToolButton:
        button = make_icon_button(f"mode-{mode}", mode, word, self, tip=tooltip)
        button.setCheckable(True)
        button.clicked.connect(lambda: self.mode_chosen.emit(mode))
        self._modes.addButton(button)
        return button
