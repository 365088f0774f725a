"""The little card beside a point: the paper's title and who, when and where it stands."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from readinglist.domain.paper import PaperRow
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.widgets.labels import make_label

WIDTH = 320
AWAY = 12  # px from the point
NO_BREAK = "\N{NO-BREAK SPACE}"  # a line ends between facts, not within one


class HoverCard(QFrame):
    """Shows one paper; never takes the pointer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("map-hover")
        self.setProperty("role", "toast")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._over = parent
        self._title = make_label("", "map-hover-title", role="strong", wraps=True, parent=self)
        self._facts = make_label("", "map-hover-facts", role="secondary", wraps=True, parent=self)
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.S, theme.M, theme.S)
        layout.setSpacing(theme.XS)
        layout.addWidget(self._title)
        layout.addWidget(self._facts)
        self.hide()

    @property
    def text(self) -> str:
        """The title that is shown; empty while there is none."""
        return self._title.text() if self.isVisible() else ""

    def show_paper(self, row: PaperRow, place: QPoint) -> None:
        """Appear beside a point, within the parent.

        Args:
            row: The paper.
            place: Of the point, in the parent's coordinates.
        """
        self._title.setText(row.title)
        self._facts.setText(facts_of(row))
        area: QRect = self._over.rect().adjusted(theme.XS, theme.XS, -theme.XS, -theme.XS)
        width = min(WIDTH, area.width())
        self.resize(width, self._layout.heightForWidth(width))
        left, top = place.x() + AWAY, place.y() + AWAY
        if left + self.width() > area.right():
            left = place.x() - AWAY - self.width()
        if top + self.height() > area.bottom():
            top = place.y() - AWAY - self.height()
        left = min(max(left, area.left()), max(area.left(), area.right() - self.width()))
        self.move(left, max(top, area.top()))
        self.show()
        self.raise_()


def facts_of(row: PaperRow) -> str:
    """Say in a line who wrote a paper, when, and where it stands."""
    authors = row.authors[0] if row.authors else row.organization or ""
    if row.author_count and row.author_count > 1 and row.authors:
        authors += " and others" if row.author_count > 2 else " and another"
    parts = [authors, str(row.published.year) if row.published else "", row.status.label]
    if row.upvotes:
        parts.append(count_text(row.upvotes, "upvote"))
    return " · ".join(part.replace(" ", NO_BREAK) for part in parts if part)
