"""The head of the chosen paper: title, who wrote it, when and where, and the ways to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from readinglist.domain.paper import Paper
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.models.wording import SEPARATOR, date_text
from readinglist.ui.panes.links import Link, links_of
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.flowing_text import FlowingText
from readinglist.ui.widgets.labels import make_label, never_widen, set_plain_tooltip

AUTHORS_SHOWN = 10
FEW = 3  # names that are not worth hiding
KEPT_WHOLE = 24  # letters of a fact that stay on one line; the name of a conference may be longer than the pane is wide
NO_BREAK = "\N{NO-BREAK SPACE}"
BETWEEN = SEPARATOR.replace(" ", NO_BREAK, 2)  # no line begins with the point


class DetailHeader(QWidget):
    """Shows what the source says about the paper."""

    link_chosen = Signal(object)  # Link

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-header")
        self._paper: Paper | None = None
        self._all_authors = False
        self.title = FlowingText(name="detail-title", label="Title", role="title", parent=self)
        self.authors = FlowingText(name="detail-authors", label="Authors", color_role="ink-soft", parent=self)
        self.more = QPushButton(self)
        self.more.setObjectName("detail-more-authors")
        self.more.setProperty("role", "flat")
        self.more.setProperty("compact", "true")
        self.more.clicked.connect(self._toggle_authors)
        self.facts = make_label("", "detail-facts", role="secondary", wraps=True, parent=self)
        never_widen(self.facts)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._links: tuple[Link, ...] = ()
        self._link_buttons: list[QPushButton] = []
        self._links_row = QWidget(self)
        self._links_row.setObjectName("detail-links")
        self._links_layout = FlowLayout(self._links_row, gap=theme.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(self.title)
        layout.addWidget(self.authors)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.facts)
        layout.addWidget(self._links_row)

    def show_paper(self, paper: Paper) -> None:
        """Show another paper, or the same one again."""
        is_another = self._paper is None or self._paper.id != paper.id
        self._paper = paper
        if is_another:
            self._all_authors = False
        self.title.show_text(paper.title)
        self._show_authors()
        self.facts.setText(facts_text(paper))
        self.facts.setVisible(bool(self.facts.text()))
        self._links = links_of(paper)
        self._show_links()

    def _show_authors(self) -> None:
        paper = self._paper
        if paper is None:
            return
        is_long = len(paper.authors) > AUTHORS_SHOWN + FEW
        shown = paper.authors[:AUTHORS_SHOWN] if is_long and not self._all_authors else paper.authors
        total = max(paper.author_count or 0, len(paper.authors))
        text = ", ".join(shown)
        hidden = total - len(shown)
        unnamed = total - len(paper.authors)
        if paper.authors and hidden and (self._all_authors or not is_long):
            text += f" and {unnamed:,} more"
        elif not paper.authors and total:
            text = count_text(total, "author")
        self.authors.show_text(text)
        self.authors.setVisible(bool(text))
        self.more.setVisible(is_long)
        self.more.setText("Show fewer" if self._all_authors else f"and {hidden:,} more")
        self.more.setAccessibleName("Show fewer authors" if self._all_authors else f"Show {hidden:,} more authors")

    def _toggle_authors(self) -> None:
        self._all_authors = not self._all_authors
        self._show_authors()

    def _show_links(self) -> None:
        """Give each link a button; buttons are kept, as making them takes longer than all the rest."""
        while len(self._link_buttons) < len(self._links):
            self._link_buttons.append(self._make_button(len(self._link_buttons)))
        for link, button in zip(self._links, self._link_buttons, strict=False):
            button.setObjectName(f"link-{link.label.lower().replace(' ', '-')}")
            button.setText(link.label)
            button.setAccessibleName(f"Open {link.label}")
            give_icon(button, link.icon)
            set_plain_tooltip(button, link.address)
        for place, button in enumerate(self._link_buttons):
            button.setVisible(place < len(self._links))
        self._links_row.setVisible(bool(self._links))

    def _make_button(self, place: int) -> QPushButton:
        button = QPushButton(self._links_row)
        button.setProperty("compact", "true")
        button.clicked.connect(lambda: self.link_chosen.emit(self._links[place]))
        self._links_layout.addWidget(button)
        QWidget.setTabOrder(self._link_buttons[-1] if self._link_buttons else self.more, button)
        return button


def facts_text(paper: Paper) -> str:
    """Return organisation, date, venue and attention; a line breaks between them, and within long ones.

    An assumed fact is left out rather than guessed.
    """
    parts = [
        paper.organization or "",
        date_text(paper.published),
        paper.venue or "",
        count_text(paper.upvotes, "upvote") if paper.upvotes else "",
        count_text(paper.comments, "comment") if paper.comments else "",
    ]
    shown = [part if len(part) > KEPT_WHOLE else part.replace(" ", NO_BREAK) for part in parts if part]
    return BETWEEN.join(shown)


def section_head(text: str, parent: QWidget | None = None) -> QLabel:
    """Return the heading of a part of the pane."""
    return make_label(text, f"head-{text.lower().replace(' ', '-')}", role="strong", parent=parent)
