"""What stands in the middle of the window while the library is empty: what to bring, and two ways to begin."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui import theme
from readinglist.ui.actions import BY_ID, shown_keys
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label

COLUMN_WIDTH = 440
PICTURE = 40
KINDS = (
    ("files", "Listings", "Daily Papers or arXiv, as a saved page, text, JSON or feed"),
    ("pdf", "PDFs", "Recognised by their first pages, without a network"),
    ("link", "Addresses", "Links, arXiv ids and DOIs, alone or in any text"),
    ("book", "Bibliographies", "Exported from another program as CSL JSON"),
)


class Welcome(QWidget):
    """The first thing that a new reader sees."""

    fetch_wanted = Signal()
    open_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pictures: list[tuple[QLabel, str, int]] = []
        page = QWidget(self)
        page.setProperty("role", "paper")
        self._lay_out(page)
        scroll = QScrollArea(self)  # the smallest window is lower than the page
        scroll.setObjectName("welcome-page")
        scroll.setProperty("role", "paper")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self._paint_pictures()
        theme.notifier().changed.connect(self._paint_pictures)

    def _lay_out(self, page: QWidget) -> None:
        column = QWidget(page)
        column.setMaximumWidth(COLUMN_WIDTH)
        column.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fill(column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.XL, theme.XL, theme.XL, theme.XL)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def _fill(self, column: QWidget) -> None:
        title = make_label("Your reading list is empty", "welcome-title", role="heading", wraps=True, parent=column)
        hint = make_label(
            "Drop anything with papers in it on this window. You see what is in it before anything is stored.",
            "welcome-hint",
            wraps=True,
            parent=column,
        )
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self._picture("all", PICTURE, column))
        layout.addSpacing(theme.XS)
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addSpacing(theme.S)
        layout.addLayout(self._kinds(column))
        layout.addSpacing(theme.L)
        layout.addWidget(self._buttons(column))
        layout.addSpacing(theme.S)
        layout.addWidget(
            make_label("Everything stays on this computer.", "welcome-promise", role="faint", wraps=True, parent=column)
        )

    def _kinds(self, column: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.M)
        grid.setColumnStretch(1, 1)
        for line, (icon, name, what) in enumerate(KINDS):
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(make_label(name, f"welcome-kind-{line}", role="strong", parent=column))
            words.addWidget(make_label(what, f"welcome-what-{line}", role="secondary", wraps=True, parent=column))
            grid.addWidget(self._picture(icon, theme.ICON_LARGE, column), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(words, line, 1)
        return grid

    def _buttons(self, column: QWidget) -> QWidget:
        box = QWidget(column)
        fetch = self._button("Fetch today's Daily Papers", "fetch-today", "fetch", box, is_primary=True)
        fetch.clicked.connect(self.fetch_wanted)
        open_ = self._button("Open a file…", "import-files", "import", box)
        open_.clicked.connect(self.open_wanted)
        row = FlowLayout(box, gap=theme.S)
        row.addWidget(fetch)
        row.addWidget(open_)
        return box

    def _button(
        self, text: str, action_id: str, icon: str, parent: QWidget, *, is_primary: bool = False
    ) -> QPushButton:
        button = QPushButton(text, parent)
        give_icon(button, icon, "accent-ink" if is_primary else "ink-soft")
        button.setObjectName(f"welcome-{action_id}")
        spec = BY_ID[action_id]
        button.setToolTip(f"{spec.tooltip} ({shown_keys(spec.keys)})")
        if is_primary:
            button.setProperty("role", "primary")
        return button

    def _picture(self, icon: str, size: int, parent: QWidget) -> QLabel:
        label = QLabel(parent)
        label.setFixedSize(size, size)
        self._pictures.append((label, icon, size))
        return label

    def _paint_pictures(self) -> None:
        for label, icon, size in self._pictures:
            label.setPixmap(theme.icon(icon, "accent").pixmap(size, size))
