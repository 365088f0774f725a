"""The row above the pages: where the reader is, how large the pages are, and the tools to draw with."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from readinglist.domain.annotation import AnnotationColour, AnnotationKind
from readinglist.ui import theme
from readinglist.ui.reader.mark_editor import ColourDot
from readinglist.ui.widgets.action_set import ActionSet
from readinglist.ui.widgets.labels import make_label

PAGE_WIDTH = 44
SPACING = 2
TOOLS = {
    AnnotationKind.HIGHLIGHT: "highlight",
    AnnotationKind.UNDERLINE: "underline",
    AnnotationKind.STRIKE_OUT: "strike-out",
    AnnotationKind.NOTE: "page-note",
    AnnotationKind.AREA: "area",
    AnnotationKind.INK: "draw",
    AnnotationKind.TEXT: "write",
}
LEFT_OUT = (("fit-page", "fit-width"), ("strike-out", "area", "draw", "write"), ("back", "forward"), ("page-note",))
MORE = (
    *("two-pages", "rotate", "dark-pages", "full-screen", ""),
    *("copy-text", "select-text", "take-over", "save-copy", "export-annotations", "print"),
)


class ReaderBar(QWidget):
    """Buttons of a tab; what they do stands in the window's table of handlers.

    Args:
        actions: Of the window.
        page_count: Of the document.
        parent: Owner.
    """

    page_wanted = Signal(int)
    left = Signal()  # Escape: no other page after all
    colour_chosen = Signal(object)  # AnnotationColour

    def __init__(self, actions: ActionSet, page_count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reader-bar")
        self.setProperty("role", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # it leaves things out by itself
        self._actions = actions
        self._page_count = page_count
        self._shown_page = 1
        self._buttons: dict[str, QToolButton] = {}
        self.page = QLineEdit("1", self)
        self.page.setObjectName("reader-page")
        self.page.setAccessibleName("Page")
        self.page.setToolTip("The page; write another number to go there.")
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.setFixedWidth(PAGE_WIDTH)
        self.page.setValidator(QIntValidator(1, page_count, self.page))
        self.page.returnPressed.connect(self._go)
        self._count = make_label(f"/ {page_count:,}", "reader-page-count", role="secondary", parent=self)
        self._zoom = make_label("", "reader-zoom", role="secondary", parent=self)
        self._zoom.setMinimumWidth(self._zoom.fontMetrics().horizontalAdvance("1000 %"))
        self._zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._dots = {colour: ColourDot(colour, self) for colour in AnnotationColour}
        self._colour = self._build_colour()
        self._lay_out()
        self.show_steps(can_go_back=False, can_go_forward=False)

    def show_page(self, page: int) -> None:
        """Show where the reader is, unless a number is being written."""
        self._shown_page = page
        if not (self.page.hasFocus() and self.page.isModified()):
            self.page.setText(str(page))

    def begin_page(self) -> None:
        """Let the reader write a number."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def show_zoom(self, zoom: float) -> None:
        """Show how large the pages are; 1 is a point for each pixel at 96 pixels an inch, as on paper."""
        self._zoom.setText(f"{round(zoom * 75)} %")

    def show_steps(self, *, can_go_back: bool, can_go_forward: bool) -> None:
        """Show which ways are open."""
        self._buttons["back"].setEnabled(can_go_back)
        self._buttons["forward"].setEnabled(can_go_forward)

    @property
    def closed_ways(self) -> set[str]:
        """The actions that would lead nowhere."""
        return {one for one in ("back", "forward") if not self._buttons[one].isEnabled()}

    def show_tool(self, tool: AnnotationKind | None) -> None:
        """Show which tool is taken."""
        for kind, action_id in TOOLS.items():
            self._buttons[action_id].setChecked(kind is tool)

    def show_colour(self, colour: AnnotationColour) -> None:
        """Show which colour is taken."""
        self._dots[colour].setChecked(True)

    def fit(self, width: int) -> None:
        """Leave out what has no room; all of it is in the menus too."""
        groups: list[list[QWidget]] = [[self._buttons[one] for one in group] for group in LEFT_OUT]
        groups.insert(0, [self._colour])
        needed = self._whole_width()
        for group in groups:
            is_away = needed > width
            for widget in group:
                if widget.isHidden() is not is_away:
                    widget.setHidden(is_away)
            needed -= sum(_width_of(widget) + SPACING for widget in group) if is_away else 0

    def _whole_width(self) -> int:
        """Return how wide the row is with everything in it."""
        margins = self._row.contentsMargins()
        found = margins.left() + margins.right() - SPACING
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                found += _width_of(widget) + SPACING
            elif item is not None:
                found += item.minimumSize().width()
        return found

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(theme.S, theme.XS, theme.S, theme.XS)
        row.setSpacing(SPACING)
        row.addWidget(self._button("side-panel"))
        row.addSpacing(theme.XS)
        for action_id in ("back", "forward"):
            row.addWidget(self._button(action_id))
        row.addSpacing(theme.S)
        row.addWidget(self.page)
        row.addSpacing(theme.XS)
        row.addWidget(self._count)
        row.addStretch(1)
        for action_id in TOOLS.values():
            row.addWidget(self._button(action_id, is_checkable=True))
        row.addWidget(self._colour)
        row.addStretch(1)
        row.addWidget(self._button("zoom-out"))
        row.addWidget(self._zoom)
        row.addWidget(self._button("zoom-in"))
        row.addWidget(self._button("fit-width"))
        row.addWidget(self._button("fit-page"))
        row.addSpacing(theme.S)
        row.addWidget(self._button("search"))
        row.addWidget(self._build_more())
        row.addWidget(self._button("toggle-detail"))

    def _button(self, action_id: str, *, is_checkable: bool = False) -> QToolButton:
        """A button that does what an action does; an own one, so that a tool can look pressed."""
        action = self._actions[action_id]
        button = self._buttons[action_id] = QToolButton(self)
        button.setObjectName(f"reader-bar-{action_id}")
        button.setIcon(action.icon())
        button.setIconSize(QSize(theme.ICON_LARGE, theme.ICON_LARGE))
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text().rstrip("…"))
        button.setCheckable(is_checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        return button

    def _build_colour(self) -> QWidget:
        row = QWidget(self)
        row.setObjectName("reader-colours")
        row.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(theme.XS, 0, 0, 0)
        layout.setSpacing(0)
        for colour, dot in self._dots.items():
            layout.addWidget(dot)
            dot.clicked.connect(lambda _checked=False, colour=colour: self.colour_chosen.emit(colour))
        return row

    def _build_more(self) -> QToolButton:
        more = QToolButton(self)
        more.setObjectName("reader-more")
        more.setIcon(theme.icon("menu"))
        more.setIconSize(QSize(theme.ICON_LARGE, theme.ICON_LARGE))
        more.setAccessibleName("More")
        more.setToolTip("More")
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(more)
        menu.setObjectName("reader-more-menu")
        for action_id in MORE:
            if action_id:
                menu.addAction(self._actions[action_id])
            else:
                menu.addSeparator()
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _go(self) -> None:
        self.page.setModified(False)
        self.page_wanted.emit(int(self.page.text()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.page.hasFocus():
            self.page.setText(str(self._shown_page))
            self.left.emit()
            return
        super().keyPressEvent(event)


def _width_of(widget: QWidget) -> int:
    """Return how wide a row makes a widget, also one that is hidden."""
    return max(widget.minimumWidth(), min(widget.sizeHint().width(), widget.maximumWidth()))
