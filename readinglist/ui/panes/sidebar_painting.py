"""How the entries of the sidebar look."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from readinglist.ui import theme
from readinglist.ui.models.paper_table import AnyIndex
from readinglist.ui.models.scope import Scope
from readinglist.ui.models.sidebar_model import COLOR_ROLE, COUNT_ROLE, SCOPE_ROLE

ENTRY_HEIGHT = 30
HEADING_HEIGHT = 36
DOT = 10
CARET = 12


class SidebarDelegate(QStyledItemDelegate):
    """Paints an entry: icon or tag dot, name, number."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        scope = index.data(SCOPE_ROLE)
        if scope is None:
            return QSize(80, HEADING_HEIGHT if index.data() else theme.S)
        return QSize(80, ENTRY_HEIGHT + gap_above(scope))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect: QRect = option.rect
        scope = index.data(SCOPE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if scope is None:
            self._paint_heading(painter, rect, index, option.state)
        else:
            self._paint_entry(painter, rect.adjusted(0, gap_above(scope), 0, 0), scope, index, option.state)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: AnyIndex, state: QStyle.StateFlag) -> None:
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if has_focus:
            _paint_ring(painter, rect.adjusted(0, theme.S, -theme.S, 0))
        font = theme.font("small")
        font.setWeight(QFont.Weight.DemiBold)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.6)
        painter.setFont(font)
        painter.setPen(theme.color("ink-faint"))
        place, text = rect.adjusted(theme.XS, theme.S, 0, 0), str(index.data() or "").upper()
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        is_open = bool(state & QStyle.StateFlag.State_Open)
        has_entries = bool(state & QStyle.StateFlag.State_Children)
        if has_entries and (not is_open or has_focus or state & QStyle.StateFlag.State_MouseOver):
            left = place.left() + painter.fontMetrics().horizontalAdvance(text) + theme.S
            caret = QRect(left, place.center().y() - CARET // 2, CARET, CARET)
            theme.icon("down" if is_open else "right", "ink-faint").paint(painter, caret)

    def _paint_entry(
        self, painter: QPainter, rect: QRect, scope: Scope, index: AnyIndex, state: QStyle.StateFlag
    ) -> None:
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = rect.adjusted(0, 1, -theme.S, -1)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("chosen") if is_chosen else theme.colors().mix("ink", "sunken", 0.05))
            painter.drawRoundedRect(ground, theme.RADIUS, theme.RADIUS)
        if state & QStyle.StateFlag.State_HasFocus:
            _paint_ring(painter, ground)
        self._paint_sign(painter, rect, scope, index)
        self._paint_words(painter, rect, index, is_chosen=is_chosen)

    def _paint_sign(self, painter: QPainter, rect: QRect, scope: Scope, index: AnyIndex) -> None:
        middle = rect.center().y()
        if scope.tag is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tag_color(str(index.data(COLOR_ROLE))))
            painter.drawEllipse(QRect(rect.left() + theme.S + 3, middle - DOT // 2 + 1, DOT, DOT))
            return
        role = f"status-{scope.status.value}" if scope.status is not None else "ink-soft"
        place = QRect(rect.left() + theme.S, middle - theme.ICON // 2 + 1, theme.ICON, theme.ICON)
        theme.icon(scope.icon, role).paint(painter, place)

    def _paint_words(self, painter: QPainter, rect: QRect, index: AnyIndex, *, is_chosen: bool) -> None:
        count = index.data(COUNT_ROLE)
        right = rect.right() - theme.L
        if count:
            painter.setFont(theme.font("secondary"))
            painter.setPen(theme.color("ink-soft" if is_chosen else "ink-faint"))
            text = f"{count:,}"
            width = painter.fontMetrics().horizontalAdvance(text)
            place = QRect(right - width, rect.top(), width + 2, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            right -= width + theme.S
        painter.setFont(theme.font("strong" if is_chosen else "body"))
        painter.setPen(theme.color("ink"))
        left = rect.left() + theme.S + theme.ICON + theme.S
        place = QRect(left, rect.top(), max(0, right - left), rect.height())
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_ring(painter: QPainter, ground: QRect) -> None:
    """Paint what shows where the keyboard is."""
    painter.setPen(theme.color("accent"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), theme.RADIUS, theme.RADIUS)


def gap_above(scope: Scope) -> int:
    """Return how far an entry stands from the one before it, px: the bin is no tag."""
    return theme.S if scope.is_bin else 0
