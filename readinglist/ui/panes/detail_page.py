"""The page about the chosen paper: what its source says, what the reader decided, the abstract, the note."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from readinglist.domain.paper import Mention, Paper
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.models.wording import date_text
from readinglist.ui.panes.detail_files import FilesSection
from readinglist.ui.panes.detail_header import DetailHeader, section_head
from readinglist.ui.panes.detail_marks import Marks
from readinglist.ui.panes.detail_note import NoteEditor
from readinglist.ui.panes.feedback_line import FeedbackLines
from readinglist.ui.panes.note_keeper import NoteKeeper
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.chip_row import CollectionRow
from readinglist.ui.widgets.flowing_text import FlowingText, reading_width
from readinglist.ui.widgets.labels import make_label, make_line, never_widen
from readinglist.ui.widgets.suggested_tags import SuggestedTags
from readinglist.ui.widgets.tag_editor import TagEditor

MENTIONS_SHOWN = 5  # a paper that trends stands in many listings; the newest say enough
SOURCE_WORDS = {"huggingface": "Hugging Face", "arxiv": "arXiv", "crossref": "Crossref", "feed": "a feed"}


class BinStrip(QFrame):
    """Says that the paper lies in the bin, with the way out."""

    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-bin")
        self.setProperty("role", "notice")
        text = make_label("This paper is in the bin.", "detail-bin-text", wraps=True, parent=self)
        button = QPushButton("Put back", self)
        give_icon(button, "restore")
        button.setObjectName("detail-restore")
        button.setToolTip("Put the paper back into the library.")
        button.clicked.connect(self.restore_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.M, theme.S, theme.S, theme.S)
        row.setSpacing(theme.S)
        row.addWidget(text, 1)
        row.addWidget(button)


class DetailPage(QScrollArea):
    """One column that scrolls, no wider than is comfortable to read; its parts say what the reader wants.

    Args:
        keeper: Saves the note.
        parent: Owner.
    """

    def __init__(self, keeper: NoteKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-page")
        self.setAccessibleName("The chosen paper")
        self.setProperty("role", "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = QWidget(self)
        self._column.setObjectName("detail-column")
        self._column.setProperty("role", "paper")
        self.header = DetailHeader(self._column)
        self.bin_strip = BinStrip(self._column)
        self.marks = Marks(self._column)
        self.tags = TagEditor(name="detail-tags", parent=self._column)
        self.suggested = SuggestedTags(self._column)
        self.collections = CollectionRow(self._column)
        self.feedback = FeedbackLines(self._column)
        self.abstract = FlowingText(name="detail-abstract", label="Abstract", parent=self._column)
        self.note = NoteEditor(keeper, self._column)
        self.files = FilesSection(self._column)
        self.history = make_label("", "detail-history", role="faint", wraps=True, parent=self._column)
        never_widen(self.history)  # it may name an address
        self.history.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._no_abstract = make_label("No source gave an abstract.", "detail-no-abstract", role="faint")
        self._lay_out()
        self.setWidget(self._column)

    def show_paper(self, paper: Paper, tag_colors: Mapping[str, str]) -> None:
        """Show a paper, or the same one again.

        Args:
            paper: Whole.
            tag_colors: Tag to key of a tag colour.
        """
        self.header.show_paper(paper)
        self.bin_strip.setVisible(paper.is_binned)
        self.show_decisions(paper, tag_colors)
        self.abstract.show_text(paper.abstract)
        self.abstract.setVisible(bool(paper.abstract))
        self._no_abstract.setVisible(not paper.abstract)
        self.note.show_note(paper.id, paper.note)
        self.history.setText("\n".join(history_of(paper)))

    def show_decisions(self, paper: Paper, tag_colors: Mapping[str, str]) -> None:
        """Show what the reader decided about the paper."""
        self.marks.setEnabled(not paper.is_binned)
        self.tags.setEnabled(not paper.is_binned)
        self.marks.show_marks(
            status=paper.status, starred=paper.is_starred, priority=paper.priority, rating=paper.rating
        )
        self.tags.show_tags(paper.tags, tag_colors)
        self.collections.setEnabled(not paper.is_binned)
        self.collections.show_collections(paper.collections)

    def scroll_to_top(self) -> None:
        """Begin at the title."""
        self.verticalScrollBar().setValue(0)

    def begin_note(self) -> None:
        """Put the cursor into the note and bring it into sight."""
        self.note.begin()
        layout = self._column.layout()
        if layout is not None:
            layout.activate()  # the field has just taken the preview's place
        self.ensureWidgetVisible(self.note, 0, theme.L)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self._column)
        column.setContentsMargins(theme.L, theme.M, theme.L, theme.L)
        column.setSpacing(theme.L)
        decisions = _group(self.marks, self.tags, self.suggested, self.collections, self.feedback, gap=theme.S)
        abstract = _group(section_head("Abstract", self._column), self.abstract, self._no_abstract)
        column.addWidget(self.header)
        column.addWidget(self.bin_strip)
        column.addLayout(decisions)
        column.addWidget(make_line(self._column))
        column.addLayout(abstract)
        column.addWidget(self.note)
        column.addWidget(self.files)
        column.addWidget(self.history)
        column.addStretch(1)
        self._column.setMaximumWidth(reading_width() + 2 * theme.L)


def history_of(paper: Paper) -> list[str]:
    """Return how the paper came here and what became of it, one sentence for each step."""
    lines = [_mention_text(mention) for mention in paper.mentions[:MENTIONS_SHOWN]]
    more = len(paper.mentions) - MENTIONS_SHOWN
    if more > 0:
        lines.append(f"Listed {count_text(more, 'more time')}.")
    lines.append(f"Added {date_text(paper.added)}.")
    if paper.started is not None:
        lines.append(f"Started {date_text(paper.started)}.")
    if paper.finished is not None:
        lines.append(f"Read {date_text(paper.finished)}.")
    return lines


def _mention_text(mention: Mention) -> str:
    place = SOURCE_WORDS.get(mention.source)
    words = ["Listed"]
    if place is not None:
        words.append(f"by {place}")
    if mention.listed_on is not None:
        words.append(f"on {date_text(mention.listed_on)}")
    if len(words) == 1:
        words.append(f"in {mention.origin}")
    attention = f", {count_text(mention.upvotes, 'upvote')}" if mention.upvotes else ""
    return f"{' '.join(words)}{attention}."


def _group(*widgets: QWidget | QLabel, gap: int = theme.XS) -> QVBoxLayout:
    """Return a layout of widgets that belong together."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    for widget in widgets:
        layout.addWidget(widget)
    return layout
