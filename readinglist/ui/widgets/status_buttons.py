"""The five statuses as a row of buttons to choose one; always colour and word."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.domain.paper import Status
from readinglist.ui import theme
from readinglist.ui.actions import BY_ID, keys_of, shown_keys
from readinglist.ui.widgets.flow_layout import FlowLayout

HEIGHT = 28
DISABLED_OPACITY = 0.5
DOT = 8
FILL_SHARE = 0.14  # of the status's hue in the chosen button


class StatusButton(QAbstractButton):
    """One status.

    Args:
        status: What it stands for.
        parent: Owner.
    """

    def __init__(self, status: Status, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = status
        self.key = ""
        self.setObjectName(f"status-{status.value}")
        self.setText(status.label)
        self.setAccessibleName(f"Mark as {status.label}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.notifier().changed.connect(self.update)

    def set_key(self, key: str) -> None:
        """Show a key beside the word."""
        self.key = key
        spec = BY_ID[f"status-{self.status.value}"]
        self.setToolTip(f"{spec.tooltip} ({key})" if key else spec.tooltip)
        self.updateGeometry()
        self.update()

    def _colors(self) -> tuple[QColor, QColor, QColor]:
        """Return ground, edge and ink."""
        palette = theme.colors()
        hue = f"status-{self.status.value}"
        if self.isChecked():
            return palette.mix(hue, "raised", FILL_SHARE), palette[hue], palette[hue]
        ground = palette["hover"] if self.underMouse() else palette["raised"]
        return ground, palette["line"], palette["ink-soft"]

    @override
    def nextCheckState(self) -> None:
        """Stay: which one is chosen is said by whoever owns the buttons."""

    @override
    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font("strong")).horizontalAdvance(self.text())
        key = QFontMetrics(theme.font("small")).horizontalAdvance(self.key) + theme.XS if self.key else 0
        return QSize(theme.S + DOT + 6 + text + key + theme.S, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        ground, edge, ink = self._colors()
        has_focus = self.hasFocus()
        width = 2.0 if has_focus else 1.0
        painter.setPen(QPen(theme.color("accent") if has_focus else edge, width))
        painter.setBrush(ground)
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.RADIUS, theme.RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.status_color(self.status))
        painter.drawEllipse(QPointF(theme.S + DOT / 2, self.height() / 2), DOT / 2, DOT / 2)
        text = self.rect().adjusted(theme.S + DOT + 6, 0, -theme.S, 0)
        painter.setFont(theme.font("strong" if self.isChecked() else "body"))
        painter.setPen(ink)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("ink-faint"))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.key)


class StatusButtons(QWidget):
    """All five, with their keys; the chosen one is filled."""

    chosen = Signal(object)  # Status

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status-buttons")
        self._buttons = {status: StatusButton(status, self) for status in Status}
        layout = FlowLayout(self, gap=theme.XS)
        for status, button in self._buttons.items():
            layout.addWidget(button)
            button.clicked.connect(lambda _checked=False, status=status: self._choose(status))
        self.set_keys({})

    def __getitem__(self, status: Status) -> StatusButton:
        return self._buttons[status]

    def show_status(self, status: Status | None) -> None:
        """Fill one button; None fills none."""
        for one, button in self._buttons.items():
            button.setChecked(one is status)

    def set_keys(self, own: Mapping[str, str]) -> None:
        """Show the reader's own keys; see `actions.keys_of`."""
        for status, button in self._buttons.items():
            keys = keys_of(BY_ID[f"status-{status.value}"], own)
            button.set_key(shown_keys(keys[:1]))

    def _choose(self, status: Status) -> None:
        self.show_status(status)
        self.chosen.emit(status)
