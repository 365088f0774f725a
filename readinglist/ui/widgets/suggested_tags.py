"""Tags that a paper could have: outlines of chips; a click makes a tag of one, its cross refuses it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget
from typing_extensions import override

from readinglist.domain.for_you import SuggestedTag
from readinglist.ui import theme
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label, set_plain_tooltip
from readinglist.ui.widgets.tag_chip import CROSS, HEIGHT, NARROWEST, WIDEST

PLUS = 12  # px


class GhostChip(QAbstractButton):
    """The outline of a tag.

    Args:
        name: The tag's whole path.
        these: What it is suggested for.
        parent: Owner.
    """

    refused = Signal()  # the cross was clicked, or Delete pressed

    def __init__(self, name: str, these: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"suggested-{name}")
        self.setText(name)
        self.setShortcut(QKeySequence())  # of an & in the name Qt makes a key
        self.setAccessibleName(f"Add the tag {name}")
        self.setAccessibleDescription(f"Delete refuses it: it is suggested no more for {these}.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.notifier().changed.connect(self.update)

    def _cross(self) -> QRect:
        return QRect(self.width() - theme.S - CROSS + 2, (self.height() - CROSS) // 2, CROSS, CROSS)

    @override
    def sizeHint(self) -> QSize:
        text = QFontMetrics(theme.font("secondary")).horizontalAdvance(self.text())
        return QSize(min(text + PLUS + CROSS + 2 * theme.XS + 2 * theme.S, WIDEST), HEIGHT)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), NARROWEST), HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.refused.emit()
        else:
            super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() is Qt.MouseButton.LeftButton
        is_on_cross = event.position().x() >= self._cross().left() - theme.XS
        if is_left and self.isDown() and is_on_cross and self.rect().contains(event.position().toPoint()):
            self.setDown(False)
            self.refused.emit()
        else:
            super().mouseReleaseEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_lit = self.hasFocus() or self.underMouse()
        style = Qt.PenStyle.SolidLine if self.hasFocus() else Qt.PenStyle.DashLine
        painter.setPen(QPen(theme.color("accent" if is_lit else "line-strong"), 1, style))
        painter.setBrush(theme.color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT / 2, HEIGHT / 2)
        plus = QRect(theme.S - 2, (self.height() - PLUS) // 2, PLUS, PLUS)
        theme.icon("add", "ink" if is_lit else "ink-soft").paint(painter, plus)
        theme.icon("close", "ink" if is_lit else "ink-faint").paint(painter, self._cross())
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("ink" if is_lit else "ink-soft"))
        place = self.rect().adjusted(plus.right() + theme.XS, 0, self._cross().left() - theme.XS - self.width(), 0)
        metrics = QFontMetrics(theme.font("secondary"))
        fits = metrics.horizontalAdvance(self.text()) <= place.width()
        text = self.text() if fits else metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class SuggestedTags(QWidget):
    """A line that is there only while something is suggested.

    Args:
        parent: Owner.
        label: What stands before the tags.
        these: What they are suggested for, to be read aloud.
    """

    accepted = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, label: str = "Suggested", these: str = "this paper") -> None:
        super().__init__(parent)
        self.setObjectName("suggested-tags")
        self._these = these
        self._keys = ""
        self._suggestions: tuple[SuggestedTag, ...] = ()
        self._chips: list[GhostChip] = []
        self._layout = FlowLayout(self, gap=theme.XS, pairs=True)
        self._has_lead = False
        self._label = make_label(label, "suggested-tags-label", role="secondary", parent=self)
        self._label.setMinimumHeight(HEIGHT)
        self._label.setContentsMargins(0, 0, theme.XS, 0)
        self._layout.addWidget(self._label)
        self.hide()

    @property
    def suggestions(self) -> tuple[SuggestedTag, ...]:
        """What is suggested, the best first."""
        return self._suggestions

    def begin_with(self, lead: QWidget) -> None:
        """Put a widget at the beginning of the line, which then stays while nothing is suggested."""
        self._has_lead = True
        self._layout.insert_widget(0, lead)
        self._label.hide()
        self.show()

    def set_keys(self, keys: str) -> None:
        """Say with which keys the first one is taken."""
        self._keys = keys
        self._explain()

    def show_tags(self, suggestions: Sequence[SuggestedTag]) -> None:
        """Suggest these tags; none hides the line."""
        if tuple(suggestions) == self._suggestions:
            return
        self._suggestions = tuple(suggestions)
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._make_chip(one.name) for one in self._suggestions]
        self._explain()
        self._label.setVisible(bool(self._suggestions))
        self.setVisible(bool(self._suggestions) or self._has_lead)
        self.updateGeometry()

    def accept_first(self) -> bool:
        """Have the first tag taken; False if there is none."""
        if self._suggestions:
            self.accepted.emit(self._suggestions[0].name)
            return True
        return False

    def refuse_first(self) -> bool:
        """Have the first tag suggested no more; False if there is none."""
        if self._suggestions:
            self.refused.emit(self._suggestions[0].name)
            return True
        return False

    def leave_out(self, names: Collection[str]) -> None:
        """Suggest no longer what is being accepted or refused."""
        self.show_tags([one for one in self._suggestions if one.name not in names])

    def _make_chip(self, name: str) -> GhostChip:
        chip = GhostChip(name, self._these, self)
        chip.clicked.connect(lambda: self.accepted.emit(name))
        chip.refused.connect(lambda: self.refused.emit(name))
        self._layout.addWidget(chip)
        chip.show()
        return chip

    def _explain(self) -> None:
        for place, (chip, suggestion) in enumerate(zip(self._chips, self._suggestions, strict=True)):
            keys = f" ({self._keys})" if self._keys and place == 0 else ""
            set_plain_tooltip(chip, f"Add the tag {suggestion.name}: {_lowered(suggestion.reason)}{keys}")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
