"""Papers as cards: how one card is painted. All cards are of one height, so that a hundred thousand cost nothing."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from readinglist.domain.paper import PaperRow, Priority
from readinglist.domain.recommendation import WhyHere
from readinglist.ui import theme
from readinglist.ui.models.paper_table import ROW_ROLE, WHY_ROLE
from readinglist.ui.models.wording import date_text
from readinglist.ui.panes.text_lines import break_lines, line_with_authors
from readinglist.ui.panes.why_line import WhyLine
from readinglist.ui.widgets.flowing_text import width_of_characters

EDGE = 4  # the coloured edge that shows the status
TITLE_LINE = 20
META_LINE = 18
TEXT_LINE = 19  # 13 px at a line height of 1.45
TEXT_CHARACTERS = 80  # longest line that is comfortable to read
CHIP_HEIGHT = 18
CHIP_MOST = 140  # px; longer tag names end in an ellipsis
FACTS_LEAST = 120  # px that tags leave to the authors
SMALL_ICON = 14
SAME = 24  # characters by which a reason is known to be the beginning of the abstract
CARD_HEIGHT = 2 * theme.M + 2 * TITLE_LINE + META_LINE + 2 * TEXT_LINE + 2 * theme.XS
ROW_HEIGHT = CARD_HEIGHT + theme.S
DIVIDER_HEIGHT = 28  # above the first of the papers that only their meaning brought into the list
DIVIDER = "Close in meaning"


@dataclass(frozen=True, slots=True)
class _Fonts:
    title: QFont
    meta: QFont
    strong: QFont
    text: QFont


def paint_divider(painter: QPainter, place: QRect) -> None:
    """Say what the papers from here on have in common, on a line of its own."""
    painter.setFont(_strong())
    painter.setPen(theme.color("ink-soft"))
    painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, DIVIDER)
    left = place.left() + painter.fontMetrics().horizontalAdvance(DIVIDER) + theme.S
    painter.fillRect(QRect(left, place.center().y(), place.right() - left + 1, 1), theme.color("line"))


def _strong() -> QFont:
    strong = theme.font("secondary")
    strong.setWeight(QFont.Weight.DemiBold)
    return strong


class CardDelegate(QStyledItemDelegate):
    """Paints a paper as a card.

    Args:
        parent: The view.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fonts = _Fonts(theme.font("title"), theme.font("secondary"), _strong(), theme.font("body"))
        self._why_line = WhyLine(plain=theme.font("body"), strong=theme.font("strong"))
        self.tag_colors: dict[str, str] = {}

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, ROW_HEIGHT)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        divider = max(0, rect.height() - ROW_HEIGHT)
        card = _card_of(rect)
        painter.save()
        painter.fillRect(rect, theme.color("paper"))  # over the stripe that the view draws behind chosen rows
        if divider:
            paint_divider(painter, QRect(card.left(), rect.top(), card.width(), divider))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, card, row, state)
        if isinstance(row, PaperRow):
            inside = card.adjusted(EDGE + theme.M, theme.M, -theme.M, -theme.M)
            self._paint_title(painter, inside, row)
            top = inside.top() + TITLE_LINE * len(self._title_lines(inside, row)) + theme.XS
            self._paint_meta(painter, QRect(inside.left(), top, inside.width(), META_LINE), row)
            self._paint_text(painter, self._rest_of(inside, row), row, index.data(WHY_ROLE))
        painter.restore()

    def title_is_cut(self, row: PaperRow, card_width: int) -> bool:
        """Tell whether the title does not fit, so that a tooltip has something to add."""
        return self._title_lines(_inside_of(card_width), row)[-1].endswith("…")

    def why_is_cut(self, why: WhyHere, card_width: int) -> bool:
        """Tell whether the reason does not fit."""
        return self._why_line.is_cut(why, _inside_of(card_width).width())

    def why_rect(self, row_rect: QRect, row: PaperRow, why: WhyHere) -> QRect:
        """Return where the reason is.

        Args:
            row_rect: Where the view has the row.
            row: Its paper.
            why: Its reason.
        """
        inside = _card_of(row_rect).adjusted(EDGE + theme.M, theme.M, -theme.M, -theme.M)
        return self._place_of_why(self._rest_of(inside, row), row, why)

    def _paint_ground(self, painter: QPainter, card: QRect, row: PaperRow | None, state: QStyle.StateFlag) -> None:
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), theme.RADIUS, theme.RADIUS)
        painter.fillPath(shape, theme.color("chosen" if is_chosen else "hover" if is_hovered else "raised"))
        if row is not None:
            painter.save()
            painter.setClipPath(shape)
            painter.fillRect(QRect(card.topLeft(), QSize(EDGE, card.height())), theme.status_color(row.status))
            painter.restore()
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.color("accent" if is_chosen or has_focus else "line"), 2 if has_focus else 1))
        painter.drawPath(shape)

    def _title_lines(self, inside: QRect, row: PaperRow) -> tuple[str, ...]:
        width = inside.width() - _marks_width(row)
        return break_lines(row.title, self._fonts.title.toString(), max(width, 40), 2) or ("",)

    def _paint_title(self, painter: QPainter, inside: QRect, row: PaperRow) -> None:
        painter.setFont(self._fonts.title)
        painter.setPen(theme.color("ink-soft" if row.is_binned else "ink"))
        place = QRect(inside.topLeft(), QSize(inside.width(), TITLE_LINE))
        for line in self._title_lines(inside, row):
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
            place.translate(0, TITLE_LINE)
        left = inside.right() + 1
        for icon, role in _marks(row):
            left -= theme.ICON
            theme.icon(icon, role).paint(painter, QRect(left, inside.top() + 2, theme.ICON, theme.ICON))
            left -= theme.XS

    def _paint_meta(self, painter: QPainter, line: QRect, row: PaperRow) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._fonts.strong)
        painter.setPen(theme.status_color(row.status))
        word = row.status.label if not row.is_binned else f"{row.status.label}, in the bin"
        painter.drawText(line, flags, word)
        left = line.left() + QFontMetrics(self._fonts.strong).horizontalAdvance(word)
        right = self._paint_chips(painter, line, row, left + self._counts_width(row) + FACTS_LEAST)
        right = self._paint_counts(painter, line, row, right)
        painter.setFont(self._fonts.meta)
        painter.setPen(theme.color("ink-soft"))
        place = QRect(left, line.top(), max(0, right - left), line.height())
        painter.drawText(place, flags, self._facts(row, place.width()))

    def _facts(self, row: PaperRow, width: int) -> str:
        """Return who wrote it, where and when, as far as there is room."""
        rest = [row.organization or row.venue or "", date_text(row.published)]
        return line_with_authors(row, rest, QFontMetrics(self._fonts.meta), width)

    def _paint_counts(self, painter: QPainter, line: QRect, row: PaperRow, right: int) -> int:
        """Paint upvotes and comments leftwards from `right`; return where they begin."""
        metrics = QFontMetrics(self._fonts.meta)
        painter.setFont(self._fonts.meta)
        painter.setPen(theme.color("ink-soft"))
        for icon, text in _counts(row):
            width = metrics.horizontalAdvance(text)
            place = QRect(right - width, line.top(), width + 2, line.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
            corner = QPoint(right - width - SMALL_ICON - 3, line.top() + (line.height() - SMALL_ICON) // 2)
            theme.icon(icon).paint(painter, QRect(corner, QSize(SMALL_ICON, SMALL_ICON)))
            right = corner.x() - theme.S
        return right

    def _counts_width(self, row: PaperRow) -> int:
        metrics = QFontMetrics(self._fonts.meta)
        return sum(metrics.horizontalAdvance(text) + SMALL_ICON + 3 + theme.S for _, text in _counts(row))

    def _paint_chips(self, painter: QPainter, line: QRect, row: PaperRow, leftmost: int) -> int:
        """Paint tags leftwards from the right end; return where they begin."""
        right = line.right() + 1
        metrics = QFontMetrics(self._fonts.meta)
        painter.setFont(self._fonts.meta)
        for position, tag in enumerate(row.tags):
            text = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, CHIP_MOST)
            width = metrics.horizontalAdvance(text) + 2 * theme.S
            if right - width < leftmost:
                right = self._paint_chip(painter, line, right, f"+{len(row.tags) - position}", theme.color("ink-soft"))
                break
            color = self.tag_colors.get(tag, "gray")
            right = self._paint_chip(painter, line, right, text, theme.tag_color(color), theme.tag_fill(color))
        return right if right > line.right() else right - theme.XS

    def _paint_chip(
        self, painter: QPainter, line: QRect, right: int, text: str, ink: QColor, fill: QColor | None = None
    ) -> int:
        width = QFontMetrics(self._fonts.meta).horizontalAdvance(text) + 2 * theme.S
        chip = QRect(right - width, line.top() + (line.height() - CHIP_HEIGHT) // 2, width, CHIP_HEIGHT)
        if fill is not None:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(chip), CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
            painter.fillPath(shape, fill)
        painter.setPen(ink)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        return chip.left() - theme.XS

    def _paint_text(self, painter: QPainter, rest: QRect, row: PaperRow, why: WhyHere | None) -> None:
        """Paint how the abstract begins; where there is a reason, it has the last line.

        A short title leaves its second line to the abstract. A reason that is the beginning of the abstract itself
        stands in its place; where there is no abstract, the reason follows the facts and goes on in their lines.
        """
        painter.setFont(self._fonts.text)
        painter.setPen(theme.color("ink-soft"))
        place = QRect(rest.topLeft(), QSize(rest.width(), TEXT_LINE))
        for line in self._text_lines(rest, row, why):
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
            place.translate(0, TEXT_LINE)
        if why is not None:
            place = self._place_of_why(rest, row, why)
            self._why_line.paint(painter, place, why, lines=place.height() // TEXT_LINE)

    def _text_lines(self, rest: QRect, row: PaperRow, why: WhyHere | None) -> tuple[str, ...]:
        """Return the lines of the abstract that are shown."""
        text = " ".join(row.excerpt.split())
        if not text or (why is not None and why.text.startswith(text[:SAME])):
            return ()
        lines = rest.height() // TEXT_LINE
        width = rest.width() if why is not None else min(rest.width(), width_of_characters(TEXT_CHARACTERS))
        return tuple(break_lines(text, self._fonts.text.toString(), max(width, 40), lines - 1 if why else lines))

    def _place_of_why(self, rest: QRect, row: PaperRow, why: WhyHere) -> QRect:
        """Return where the reason stands below the abstract, or in its place."""
        text = " ".join(row.excerpt.split())
        if text and why.text.startswith(text[:SAME]):
            return QRect(rest.topLeft(), QSize(rest.width(), rest.height() // TEXT_LINE * TEXT_LINE))
        if not text and self._why_line.is_cut(why, rest.width()):
            return QRect(rest.topLeft(), QSize(rest.width(), 2 * TEXT_LINE))
        above = len(self._text_lines(rest, row, why)) * TEXT_LINE
        return QRect(rest.left(), rest.top() + above, rest.width(), TEXT_LINE)

    def _rest_of(self, inside: QRect, row: PaperRow) -> QRect:
        """Return what title and facts leave of a card."""
        above = TITLE_LINE * len(self._title_lines(inside, row)) + META_LINE + 2 * theme.XS
        return inside.adjusted(0, above, 0, 0)


def _card_of(row_rect: QRect) -> QRect:
    """Return where the card is in its row: only one row is higher than the others, for the line above it."""
    divider = max(0, row_rect.height() - ROW_HEIGHT)
    return row_rect.adjusted(theme.M, divider + theme.XS, -theme.M, -theme.XS)


def _inside_of(card_width: int) -> QRect:
    """Return where the text of a card of this width is."""
    return QRect(0, 0, card_width, CARD_HEIGHT).adjusted(EDGE + theme.M, 0, -theme.M, 0)


def _counts(row: PaperRow) -> list[tuple[str, str]]:
    """Return icons and numbers of what others thought of it, from the right."""
    return [(icon, f"{number:,}") for icon, number in (("comments", row.comments), ("upvotes", row.upvotes)) if number]


def _marks(row: PaperRow) -> list[tuple[str, str]]:
    """Return the small icons beside the title, from the right."""
    found = [("star-filled", "status-to-read")] if row.is_starred else []
    if row.priority is not Priority.NONE:
        hue = {Priority.HIGH: "danger", Priority.MEDIUM: "warning"}.get(row.priority, "ink-faint")
        found.append(("priority", hue))
    if row.has_note:
        found.append(("note", "ink-faint"))
    if row.has_pdf:
        found.append(("pdf", "ink-faint"))
    return found


def _marks_width(row: PaperRow) -> int:
    count = len(_marks(row))
    return count * (theme.ICON + theme.XS) + (theme.S if count else 0)
