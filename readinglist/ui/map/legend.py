"""What the points' colours and shapes mean, how many there are of each, and which are to be seen."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.map.looks import ColourBy, Kind, Shape
from readinglist.ui.widgets.choice import Choice
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label, set_plain_tooltip

MARK = 10  # px, of the shape in front of a word
HEIGHT = 24
LONGEST = 22  # characters of a tag's name
HIDDEN_OPACITY = 0.45


class Entry(QToolButton):
    """One kind of papers: its mark, its word, how many; pressed while they are seen."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._text = self._count = ""
        self.setObjectName(f"map-kind-{kind.key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(theme.font("secondary"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_kind(kind)
        theme.notifier().changed.connect(self.update)

    @property
    def key(self) -> str:
        """Of the kind."""
        return self._kind.key

    def show_kind(self, kind: Kind) -> None:
        """Show the same kind, with as many papers as there are now."""
        self._kind = kind
        self._text = kind.text if len(kind.text) <= LONGEST else f"{kind.text[: LONGEST - 1]}…"
        self._count = f"{kind.count:,}"
        self.setAccessibleName(f"{kind.text}, {count_text(kind.count, 'paper')}")
        set_plain_tooltip(self, f"Show or hide: {kind.text}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self._text) + metrics.horizontalAdvance(self._count)
        return QSize(words + MARK + 4 * theme.XS + theme.S, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), 1))
            painter.setBrush(theme.color("raised"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)
        painter.setOpacity(1.0 if self.isChecked() else HIDDEN_OPACITY)
        draw_mark(painter, QPointF(theme.XS + MARK / 2 + 1, self.height() / 2), self._kind)
        font = theme.font("secondary")
        font.setStrikeOut(not self.isChecked())
        painter.setFont(font)
        left = 2 * theme.XS + MARK + 2
        painter.setPen(theme.color("ink"))
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("ink-soft"))
        area.adjust(self.fontMetrics().horizontalAdvance(self._text) + theme.XS, 0, 0, 0)
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, self._count)
        painter.end()


class Legend(QWidget):
    """The choice of what colours tell, and an entry for each kind."""

    colour_chosen = Signal(object)  # ColourBy
    hidden_changed = Signal(object)  # keys of the kinds that are hidden

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map-legend")
        self.setProperty("role", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._entries: list[Entry] = []
        self._choice = Choice(self)
        self._choice.setObjectName("map-colour")
        self._choice.setAccessibleName("What the colours tell")
        for by in ColourBy:
            self._choice.addItem(f"By {by.value}", by)
        self._choice.activated.connect(lambda _: self.colour_chosen.emit(ColourBy(self._choice.currentData())))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        self._flow = FlowLayout(gap=theme.XS)
        column.addLayout(self._flow)
        self._flow.addWidget(self._choice)
        self._sizes = make_label("Larger: more upvotes", "map-sizes", role="faint", parent=self)
        self._flow.addWidget(self._sizes)

    @property
    def hidden(self) -> set[str]:
        """Keys of the kinds that are not to be seen."""
        return {entry.key for entry in self._entries if not entry.isChecked()}

    def show_kinds(self, by: ColourBy, kinds: Sequence[Kind], hidden: Collection[str], *, has_sizes: bool) -> None:
        """Say what is what.

        Args:
            by: What the colours tell.
            kinds: In order; those without papers are left out.
            hidden: Keys of the kinds that are not seen.
            has_sizes: Some points are larger than others.
        """
        self._choice.setCurrentIndex(self._choice.findData(by))
        shown = [kind for kind in kinds if kind.count]
        if [kind.key for kind in shown] != [entry.key for entry in self._entries]:
            self._build(shown)
        for entry, kind in zip(self._entries, shown, strict=True):
            entry.show_kind(kind)
            with QSignalBlocker(entry):
                entry.setChecked(kind.key not in hidden)
        self._sizes.setVisible(has_sizes)

    def _build(self, kinds: Sequence[Kind]) -> None:
        """Make entries for other kinds than before."""
        focused = next((entry.key for entry in self._entries if entry.hasFocus()), None)
        for entry in self._entries:
            self._flow.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self._entries = [Entry(kind, self) for kind in kinds]
        for place, entry in enumerate(self._entries, start=1):
            entry.toggled.connect(lambda _: self.hidden_changed.emit(self.hidden))
            self._flow.insert_widget(place, entry)
            entry.show()
            if entry.key == focused:
                entry.setFocus()


def draw_mark(painter: QPainter, middle: QPointF, kind: Kind) -> None:
    """Draw a kind's shape in its colour, as the points have it."""
    color, radius = kind.color(), MARK / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    x, y = middle.x(), middle.y()
    if kind.shape is Shape.DISC:
        painter.drawEllipse(middle, radius * 0.9, radius * 0.9)
    elif kind.shape is Shape.RING:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color, 2))
        painter.drawEllipse(middle, radius - 1.4, radius - 1.4)
    elif kind.shape is Shape.CROSS:
        painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x - radius * 0.75, y - radius * 0.75), QPointF(x + radius * 0.75, y + radius * 0.75))
        painter.drawLine(QPointF(x - radius * 0.75, y + radius * 0.75), QPointF(x + radius * 0.75, y - radius * 0.75))
    else:
        up, down = (radius * 1.1, radius * 1.1) if kind.shape is Shape.DIAMOND else (radius, radius * 0.8)
        points = [
            QPointF(x, y - up),
            QPointF(x + radius * 1.05, y),
            QPointF(x, y + down),
            QPointF(x - radius * 1.05, y),
        ]
        if kind.shape is Shape.TRIANGLE:
            points = [QPointF(x, y - up), QPointF(x + radius, y + down), QPointF(x - radius, y + down)]
        painter.drawPolygon(QPolygonF(points))
