"""Tags or collections for papers, as a list: which papers have which, and what is to become of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from readinglist.domain.errors import UserError
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.dialogs.check_list import AnyIndex, CheckDelegate
from readinglist.ui.models.grouping import NO_COLOR, Group, Grouping, color_of
from readinglist.ui.models.wording import plain_tooltip

CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 32
DOT = 8
STATE_WORDS = {
    Qt.CheckState.Checked: "all",
    Qt.CheckState.PartiallyChecked: "some",
    Qt.CheckState.Unchecked: "none",
}
FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChoice:
    """A row.

    Attributes:
        name: The whole path.
        color: Key of a tag colour.
        count: Papers of the library that have it.
        is_new: It does not exist yet; choosing the row makes it.
    """

    name: str
    color: str = NO_COLOR
    count: int = 0
    is_new: bool = False


class GroupChoices(QAbstractListModel):
    """The tags or collections that fit what was typed, each with a box of three states.

    Args:
        grouping: Which of them.
        groups: All there are.
        carried: Name to number of chosen papers that have it.
        count: Number of chosen papers.
        parent: Owner.
    """

    def __init__(
        self, grouping: Grouping, groups: Sequence[Group], carried: Mapping[str, int], count: int, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.grouping = grouping
        self._first = {name: _state_of(number, count) for name, number in carried.items() if number}
        self._states = dict(self._first)
        known = [GroupChoice(name=one.name, color=color_of(one), count=one.count) for one in groups]
        # What the papers have comes first and stays there: a list that jumps while it is used cannot be aimed at.
        self._all = sorted(known, key=lambda one: one.name not in self._first)
        self._shown = self._all

    @property
    def added(self) -> tuple[str, ...]:
        """Names that all chosen papers are to have."""
        return self._changed(Qt.CheckState.Checked)

    @property
    def removed(self) -> tuple[str, ...]:
        """Names that none of them is to have."""
        return self._changed(Qt.CheckState.Unchecked)

    def find(self, text: str) -> None:
        """Show those that hold every typed word, and one to be made if none is called that."""
        words = text.casefold().split()
        name = self._tidied(text)
        fitting = (
            [one for one in self._all if all(word in one.name.casefold() for word in words)] if words else self._all
        )
        if words:
            fitting = sorted(fitting, key=lambda one: _rank(one.name.casefold(), name.casefold()))
        is_known = any(one.name.casefold() == name.casefold() for one in fitting)
        new = [GroupChoice(name=name, is_new=True)] if name and not is_known else []
        self.beginResetModel()
        self._shown = [*fitting, *new]
        self.endResetModel()

    def toggle(self, row: int) -> str:
        """Give a row's box its next state, making what it names if need be; return the name."""
        choice = self._shown[row]
        if choice.is_new:
            made = GroupChoice(name=choice.name)
            self._all = [made, *self._all]
            self._shown = [*self._shown[:row], made, *self._shown[row + 1 :]]
            self._states[choice.name] = Qt.CheckState.Checked
        else:
            self._states[choice.name] = self._next_state(choice.name)
        self.dataChanged.emit(self.index(row), self.index(row))
        return choice.name

    def choice_at(self, row: int) -> GroupChoice:
        """Return a shown row."""
        return self._shown[row]

    def state_of(self, name: str) -> Qt.CheckState:
        """Return what is to become of a name."""
        return self._states.get(name, Qt.CheckState.Unchecked)

    def _next_state(self, name: str) -> Qt.CheckState:
        """From some to all, to none, and to some again if it was so at first."""
        state = self.state_of(name)
        if state is Qt.CheckState.Checked:
            return Qt.CheckState.Unchecked
        is_back = state is Qt.CheckState.Unchecked and self._first.get(name) is Qt.CheckState.PartiallyChecked
        return Qt.CheckState.PartiallyChecked if is_back else Qt.CheckState.Checked

    def _changed(self, to: Qt.CheckState) -> tuple[str, ...]:
        before = {name: self._first.get(name, Qt.CheckState.Unchecked) for name in self._states}
        return tuple(name for name, state in self._states.items() if state is to and before[name] is not to)

    def _spoken(self, choice: GroupChoice) -> str:
        if choice.is_new:
            return f"Make the {self.grouping.noun} {choice.name}"
        state = f"{self.grouping.on} {STATE_WORDS[self.state_of(choice.name)]} of the chosen papers"
        return f"{choice.name}, {state}, {count_text(choice.count, 'paper')} in all"

    def _tidied(self, text: str) -> str:
        """Return a name as the library writes it; empty if nothing is left of it."""
        try:
            return self.grouping.tidied(text)
        except UserError:
            return ""

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own
        return 0 if parent.isValid() else len(self._shown)

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    @override
    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Go on to the next state; screen readers come this way."""
        if not index.isValid() or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle(index.row())
        return True

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return choice.name
            case Qt.ItemDataRole.CheckStateRole:
                return None if choice.is_new else self.state_of(choice.name)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(choice)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(choice.name)
        return choice if role == CHOICE_ROLE else None


class GroupDelegate(CheckDelegate):
    """Paints a name: box, its sign, itself, and how many papers have it.

    Args:
        grouping: Tags have a dot of their colour for a sign, others an icon.
        parent: The view.
    """

    def __init__(self, grouping: Grouping, parent: QWidget) -> None:
        super().__init__(height=ROW_HEIGHT, parent=parent)
        self._grouping = grouping
        self._icon = grouping.scope_of("").icon

    @override
    def paint_text(self, painter: QPainter, place: QRect, index: AnyIndex) -> None:
        choice: GroupChoice = index.data(CHOICE_ROLE)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("secondary"))
        painter.setPen(theme.color("ink-faint"))
        hint = f"new {self._grouping.noun}" if choice.is_new else f"{choice.count:,}"
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, hint)
        place = place.adjusted(0, 0, -QFontMetrics(painter.font()).horizontalAdvance(hint) - theme.L, 0)
        if choice.is_new:
            icon = self.box_of(QRect(0, place.top(), place.width(), place.height()))
            theme.icon("add", "accent").paint(painter, icon)
        else:
            place = place.adjusted(self._paint_sign(painter, place, choice) + theme.S, 0, 0, 0)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("accent" if choice.is_new else "ink"))
        text = f"Make “{choice.name}”" if choice.is_new else choice.name
        shown = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown)

    def _paint_sign(self, painter: QPainter, place: QRect, choice: GroupChoice) -> int:
        """Paint what stands before the name, and return how wide it is, px."""
        if not self._grouping.has_colors:
            top = place.top() + (place.height() - theme.ICON) // 2
            theme.icon(self._icon).paint(painter, QRect(place.left(), top, theme.ICON, theme.ICON))
            return theme.ICON
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tag_color(choice.color))
        painter.drawEllipse(QPointF(place.left() + DOT / 2, place.center().y() + 0.5), DOT / 2, DOT / 2)
        return DOT


def _state_of(number: int, count: int) -> Qt.CheckState:
    return Qt.CheckState.Checked if number >= count else Qt.CheckState.PartiallyChecked


def _rank(name: str, typed: str) -> int:
    """What is called so first, then those that begin so, then those with a level that does."""
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    return 2 if f"/{typed}" in name else 3
