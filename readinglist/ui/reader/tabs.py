"""The middle of the window: the list of papers in its first tab, and a tab for every PDF that is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QTabWidget, QToolButton, QWidget

from readinglist.domain.paper import PaperId
from readinglist.ui import theme
from readinglist.ui.models.wording import plain_label, plain_tooltip

if TYPE_CHECKING:
    from readinglist.ui.reader.tab import ReaderTab  # loaded when the first PDF is opened
    from readinglist.ui.reader.waiting_tab import WaitingTab

CLOSE_ICON = 12
LONGEST_TITLE = 36


class ReaderTabs(QTabWidget):
    """Tabs; their bar is away while only the list is there.

    Args:
        library: What the first tab shows.
        parent: Owner.
    """

    front_changed = Signal()
    close_wanted = Signal(object)  # ReaderTab or WaitingTab
    waiting_chosen = Signal(object)  # WaitingTab: it has come to the front

    def __init__(self, library: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabs")
        self.setDocumentMode(True)
        self.setTabBarAutoHide(True)
        # The bar takes the keyboard itself: while it is hidden, the Tab key would end here and go no further.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setUsesScrollButtons(True)
        self.setMovable(False)
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        bar = self.tabBar()
        bar.setObjectName("tab-bar")
        bar.setAccessibleName("Tabs")
        bar.setExpanding(False)
        bar.setSelectionBehaviorOnRemove(QTabBar.SelectionBehavior.SelectLeftTab)
        self._library = library
        self._waiting: list[WaitingTab] = []
        self.addTab(library, theme.icon("all"), "Papers")
        self.currentChanged.connect(self._tell)

    @property
    def front(self) -> "ReaderTab | None":
        """The PDF in front; None while it is the list, or one that is still to be opened."""
        tab = self.currentWidget()
        return None if tab is self._library or tab in self._waiting else cast("ReaderTab", tab)

    @property
    def front_pdf(self) -> "ReaderTab | WaitingTab | None":
        """The PDF in front, also one that is still to be opened; None while it is the list."""
        tab = self.currentWidget()
        return None if tab is self._library else cast("ReaderTab | WaitingTab", tab)

    @property
    def is_list_in_front(self) -> bool:
        """No PDF is in front, not even one that is still to be opened."""
        return self.currentWidget() is self._library

    @property
    def pdfs(self) -> "Sequence[ReaderTab | WaitingTab]":
        """The tabs of PDFs, from left to right."""
        pages = (self.widget(number) for number in range(self.count()))
        return [cast("ReaderTab | WaitingTab", page) for page in pages if page is not self._library]

    @property
    def readers(self) -> Sequence["ReaderTab"]:
        """The open PDFs, from left to right."""
        return [cast("ReaderTab", page) for page in self.pdfs if page not in self._waiting]

    def find_pdf(self, paper_id: PaperId, sha256: str | None = None) -> "ReaderTab | WaitingTab | None":
        """Return the tab of a paper's file, of any of its files if none is named; None if there is none."""
        return next((tab for tab in self.pdfs if tab.paper_id == paper_id and sha256 in {None, tab.sha256}), None)

    def find_reader(self, paper_id: PaperId, sha256: str | None = None) -> "ReaderTab | None":
        """Return likewise a tab whose PDF is open."""
        return next(
            (tab for tab in self.readers if tab.paper_id == paper_id and sha256 in {None, tab.sha256}),
            None,
        )

    def find_waiting(self, paper_id: PaperId, sha256: str | None) -> "WaitingTab | None":
        """Return likewise a tab that waits for its PDF."""
        return next(
            (tab for tab in self._waiting if tab.paper_id == paper_id and sha256 in {None, tab.sha256}),
            None,
        )

    def add_waiting(self, tab: "WaitingTab", title: str, *, place: int | None = None) -> None:
        """Add a PDF that is opened when the reader comes to it; it stays behind.

        Args:
            tab: Says so.
            title: Of the paper.
            place: Where it is to stand, from 1 on; None for the end.
        """
        self._waiting.append(tab)
        self._insert(self.count() if place is None else place, tab, title)

    def add(self, tab: "ReaderTab", title: str) -> None:
        """Put a PDF in front; where a tab was waiting for it, it takes that place, and never stands beside it."""
        place = self.find_waiting(tab.paper_id, tab.sha256)
        if place is None:
            self.setCurrentIndex(self._insert(self.count(), tab, title))
            return
        self.setUpdatesEnabled(False)
        with QSignalBlocker(self):  # nobody is told of the moment in which there are both
            self.setCurrentIndex(self._insert(self.indexOf(place), tab, title))
            self.take_out(place)
        self.setUpdatesEnabled(True)
        self._tell(self.currentIndex())

    def take_out(self, tab: "ReaderTab | WaitingTab") -> None:
        """Take a PDF out; if it was in front, the tab before it is."""
        number = self.indexOf(tab)
        if tab in self._waiting:
            self._waiting.remove(tab)
            tab.deleteLater()
        is_in_front = number == self.currentIndex()
        self.removeTab(number)
        if not is_in_front:  # else it has been told by itself, once
            self.front_changed.emit()

    def step(self, by: int) -> None:
        """Go to the next (1) or the previous (-1) tab, round and round."""
        self.setCurrentIndex((self.currentIndex() + by) % self.count())

    def show_library(self) -> None:
        """Bring the list to the front."""
        self.setCurrentWidget(self._library)

    def _insert(self, place: int, tab: QWidget, title: str) -> int:
        short = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
        number = self.insertTab(place, tab, theme.icon("pdf"), plain_label(short))
        self.setTabToolTip(number, plain_tooltip(title))
        self.tabBar().setAccessibleTabName(number, title)
        self.tabBar().setTabButton(number, QTabBar.ButtonPosition.RightSide, self._close_button(tab, title))
        return number

    def _tell(self, _: int) -> None:
        self.front_changed.emit()
        tab = self.currentWidget()
        if tab in self._waiting:
            self.waiting_chosen.emit(tab)

    def _close_button(self, tab: QWidget, title: str) -> QToolButton:
        button = QToolButton(self.tabBar())
        button.setObjectName("tab-close")
        button.setIcon(theme.icon("close"))
        button.setIconSize(QSize(CLOSE_ICON, CLOSE_ICON))
        button.setAccessibleName(f"Close {title}")
        button.setToolTip("Close")
        button.clicked.connect(lambda: self.close_wanted.emit(tab))
        return button
