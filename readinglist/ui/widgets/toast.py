"""A sentence that appears over the list: what was done, with its undo; or an error, which stays until read."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.widgets.announcing import announce
from readinglist.ui.widgets.buttons import make_icon_button

SHOWN_MS = 7000
WIDEST = 560
MOVING = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the reader may want to go on with, beside taking back what was done.

    Attributes:
        word: On the button.
        tip: What it does, one sentence.
        run: Does it.
    """

    word: str
    tip: str
    run: Callable[[], None]


class Toast(QFrame):
    """Lies over the lower end of its parent; one at a time, the newest.

    Args:
        parent: What it lies over.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._below: list[QWidget] = []  # what it stands above
        self.setObjectName("toast")
        self.setProperty("role", "toast")
        self._run: Callable[[], None] | None = None
        self._icon = QLabel(self)
        self._icon.setObjectName("toast-icon")
        self._text = QLabel(self)
        self._text.setObjectName("toast-text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offered: Callable[[], None] | None = None
        self._offer = self._build_button("toast-offer")
        self._offer.clicked.connect(self._go_on)
        self._button = self._build_button("toast-action")
        self._button.clicked.connect(self._act)
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        layout.setSpacing(theme.S)
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._offer)
        layout.addWidget(self._button)
        layout.addWidget(self._build_close())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._hide_unless_used)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(
        self,
        text: str,
        *,
        action: str = "",
        run: Callable[[], None] | None = None,
        offer: Offer | None = None,
        is_error: bool = False,
    ) -> None:
        """Show a sentence.

        Args:
            text: Plain text.
            action: Word on the button; empty for none.
            run: What the button does.
            offer: For a button of its own before that one.
            is_error: Stays until it is closed.
        """
        self._run = run
        self._text.setText(text)
        self._icon.setPixmap(
            theme.icon("warning" if is_error else "success", "danger" if is_error else "success").pixmap(theme.ICON)
        )
        self._button.setText(action)
        self._button.setAccessibleName(f"{action}: {text}" if action else "")
        self._button.setVisible(bool(action))
        self._show_offer(offer)
        self._place()
        self.show()
        self.raise_()
        announce(self, text)
        if is_error:
            self._timer.stop()
        else:
            self._timer.start(SHOWN_MS)

    def stand_above(self, *widgets: QWidget) -> None:
        """Hide nothing of widgets that lie at the lower end of the parent, while they are seen."""
        self._below += widgets
        if self.isVisible():
            self._watch()

    def _show_offer(self, offer: Offer | None) -> None:
        self._offered = offer.run if offer is not None else None
        if offer is not None:
            self._offer.setText(offer.word)
            self._offer.setToolTip(offer.tip)
            self._offer.setAccessibleDescription(offer.tip)
        self._offer.setVisible(offer is not None)

    def _build_button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(name)
        button.setProperty("role", "flat")
        return button

    def _build_close(self) -> QToolButton:
        close = make_icon_button("toast-close", "close", "Close the message", self, tip="Close")
        close.clicked.connect(self.hide)
        return close

    def _act(self) -> None:
        self._end(self._run)

    def _go_on(self) -> None:
        self._end(self._offered)

    def _end(self, run: Callable[[], None] | None) -> None:
        self._run = self._offered = None
        self.hide()
        if run is not None:
            run()

    def _hide_unless_used(self) -> None:
        if self.underMouse() or self._button.hasFocus() or self._offer.hasFocus():
            self._timer.start(SHOWN_MS)
        else:
            self.hide()

    def _watch(self) -> None:
        # For as long as it is seen: what watches its parent while that is destroyed is told of half an object.
        for widget in (self._over, *self._below):
            widget.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        around = self._over.rect()
        width = min(WIDEST, around.width() - 2 * theme.L)
        self.setFixedWidth(max(width, 200))
        height = max(self._row.totalHeightForWidth(self.width()), self.sizeHint().height())
        self.resize(self.width(), height)
        tops = [one.mapTo(self._over, QPoint(0, 0)).y() for one in self._below if one.isVisible()]
        bottom = min([around.height() - theme.L, *(top - theme.S for top in tops)])
        self.move((around.width() - self.width()) // 2, bottom - height)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        for widget in (self._over, *self._below):
            widget.removeEventFilter(self)
        super().hideEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVING:
            self._place()
        return False
