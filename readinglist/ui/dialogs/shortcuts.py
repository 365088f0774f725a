"""All keys, by menu, in two columns, to look through or to search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, ActionSpec, Context, Menu, keys_of, shown_keys
from readinglist.ui.dialogs.keycaps import Keycaps
from readinglist.ui.dialogs.sheet import Sheet, make_search_field
from readinglist.ui.widgets.labels import make_label, set_plain_tooltip

SIZE = (820, 640)
COLUMNS = ((Menu.FILE, Menu.EDIT, Menu.PAPER), (Menu.PDF, Menu.VIEW, Menu.HELP))  # of about the same height
LEAD = "Keys of papers work while the list has the focus, those of a PDF while it has it. The settings change them all."


@dataclass(frozen=True, slots=True)
class _Row:
    words: str
    menu: Menu
    widget: QWidget


class ShortcutsDialog(Sheet):
    """Shows the keys.

    Args:
        own_keys: See `actions.keys_of`.
        parent: The window.
    """

    def __init__(self, own_keys: Mapping[str, str], parent: QWidget | None) -> None:
        super().__init__(name="shortcuts", heading="Keys", size=SIZE, parent=parent)
        self.explain(LEAD)
        self._rows: list[_Row] = []
        self._blocks: dict[Menu, QWidget] = {}
        self.line = make_search_field("Find an action or a key", "shortcuts-line", self)
        self.line.textChanged.connect(self._find)
        self.none = make_label("Nothing matches. Fewer letters find more.", "shortcuts-none", role="faint", parent=self)
        self.none.hide()
        self.body.addWidget(self.line)
        self.body.addWidget(self.none)
        self.body.addWidget(self._build_pages(own_keys), 1)
        self.push_right()
        self.add_close_button().setDefault(True)
        self.line.setFocus()

    def shown_words(self) -> list[str]:
        """Return the actions that are shown now."""
        return [row.words for row in self._rows if not row.widget.isHidden()]

    def _build_pages(self, own: Mapping[str, str]) -> QScrollArea:
        page = QWidget(self)
        page.setProperty("role", "paper")
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, theme.S, 0)
        columns.setSpacing(2 * theme.XL)
        for menus in COLUMNS:
            column = QVBoxLayout()
            column.setSpacing(theme.L)
            for menu in menus:
                column.addWidget(self._build_block(menu, own))
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea(self)
        area.setObjectName("shortcuts-page")
        area.setAccessibleName("Keys by menu")
        area.setProperty("role", "paper")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area

    def _build_block(self, menu: Menu, own: Mapping[str, str]) -> QWidget:
        block = QWidget(self)
        rows = QVBoxLayout(block)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.XS)
        rows.addWidget(make_label(menu.value, f"shortcuts-menu-{menu.value.lower()}", role="strong", parent=block))
        for spec in (spec for spec in ACTIONS if spec.menu is menu):
            rows.addWidget(self._build_row(spec, keys_of(spec, own), block))
        self._blocks[menu] = block
        return block

    def _build_row(self, spec: ActionSpec, keys: Sequence[str], parent: QWidget) -> QWidget:
        row = QWidget(parent)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.M)
        label: QLabel = make_label(spec.text.rstrip("…"), f"shortcuts-{spec.id}", parent=row)
        set_plain_tooltip(label, spec.tooltip)
        line.addWidget(label)
        line.addStretch(1)
        line.addWidget(Keycaps(keys, name=f"shortcuts-keys-{spec.id}", parent=row))
        place = "papers list" if spec.context is Context.PAPERS else ""
        self._rows.append(_Row(f"{spec.text} {spec.menu.value} {shown_keys(keys)} {place}", spec.menu, row))
        return row

    def _find(self, text: str) -> None:
        words = text.casefold().split()
        found: set[Menu] = set()
        for row in self._rows:
            fits = all(word in row.words.casefold() for word in words)
            row.widget.setVisible(fits)
            if fits:
                found.add(row.menu)
        for menu, block in self._blocks.items():
            block.setVisible(menu in found)
        self.none.setVisible(not found)
