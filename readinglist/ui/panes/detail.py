"""The right of the window: the chosen paper, and below it, always, the papers most like it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from readinglist.app.setting import AnySetting
from readinglist.app.settings import SHORTCUTS, SIMILAR_COUNT
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import ReadingListError, UserError
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import Paper, PaperId, Priority, Status, Tag
from readinglist.ui.actions import BY_ID, keys_of, shown_keys
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.models.scope import collection_scope, tag_scope
from readinglist.ui.panes import note_keeper, paper_edits
from readinglist.ui.panes.asked_of_paper import ask_said, ask_tags
from readinglist.ui.panes.chosen_strip import ChosenStrip
from readinglist.ui.panes.detail_files import FilesShowing
from readinglist.ui.panes.detail_page import DetailPage
from readinglist.ui.panes.detail_splitter import DetailSplitter
from readinglist.ui.panes.links import Link, open_link
from readinglist.ui.panes.needs import Core
from readinglist.ui.panes.note_keeper import NoteKeeper
from readinglist.ui.panes.paper_edits import PaperEdits
from readinglist.ui.panes.similar import SimilarPanel
from readinglist.ui.widgets.action_set import parse_own_keys
from readinglist.ui.widgets.empty_state import EmptyState
from readinglist.ui.widgets.suggested_tags import SuggestedTags

SHOWN = frozenset(ChangeKind) - {ChangeKind.VECTORS, ChangeKind.FEEDBACK, ChangeKind.HISTORY}
OWN = frozenset({paper_edits.INITIATOR, note_keeper.INITIATOR})
NOTHING_CHOSEN = ("Choose a paper", "Its abstract, your note and the papers most like it appear here.")


class DetailPane(QWidget):
    """The chosen paper.

    What the reader decides here is shown at once and written in the background; the library's word is shown again when
    the last write is done.

    Args:
        core: Reads, writes and compares.
        bridge: Brings results and changes.
        parent: Owner.
    """

    paper_wanted = Signal(object)  # PaperId: a similar paper was opened
    pdf_wanted = Signal(object)  # PaperId: its PDF is to be read
    file_wanted = Signal(object, str)  # PaperId, SHA-256: this one of its PDFs
    scope_wanted = Signal(object)  # Scope: a tag or a collection was clicked
    feedback_taken_back = Signal(object, object)  # Feedback, PaperId: it is not to hold any more
    edited = Signal(str)  # a sentence for a toast; the step can be undone
    left = Signal()  # Escape: the reader goes back to the list

    def __init__(self, core: Core, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail")
        self.setAccessibleName("Paper")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._core = core
        self._bridge = bridge
        self._paper: Paper | None = None
        self._tag_colors: Mapping[str, str] = {}
        self._was_warned = False
        self._keeper = NoteKeeper(core.edit, bridge, self)
        self._edits = PaperEdits(core, bridge, self)
        self.page = DetailPage(self._keeper, self)
        self._said = ask_said(core, bridge, self.page.feedback)
        self._tags = ask_tags(core, bridge, self.page.suggested)
        self._files = FilesShowing(core, bridge, self.page.files, self)
        self.chosen = ChosenStrip(core, bridge, self)
        self.similar = SimilarPanel(core, bridge, self)
        title, hint = NOTHING_CHOSEN
        self._nothing = EmptyState(name="detail-nothing", icon="reading", title=title, hint=hint, parent=self)
        self._stack = QStackedWidget(self)
        self._splitter = DetailSplitter(self.page, self.similar, self)
        self._lay_out()
        self._connect()
        bridge.subscribe(SHOWN, self._on_changes)
        self._follow_settings(core.settings)

    @property
    def paper(self) -> Paper | None:
        """The paper shown."""
        return self._paper

    def show_paper(self, paper_id: PaperId | None) -> None:
        """Show another paper; None shows that none is chosen."""
        if paper_id is None:
            self._clear()
            return
        is_another = self._paper is None or self._paper.id != paper_id
        if self._load(paper_id):
            if is_another:
                self.page.scroll_to_top()
            self.similar.show_for(paper_id)

    def show_choice(self, ids: Sequence[PaperId]) -> None:
        """Say which papers are chosen: where they are several, what is suggested is for all of them."""
        self.chosen.show_papers(ids)
        self._ask()

    def show_library(self, *, is_empty: bool) -> None:
        """Ask for nothing to be chosen while there is nothing."""
        self._stack.setHidden(is_empty)

    def set_tags(self, tags: Sequence[Tag]) -> None:
        """Complete from these tags, and colour chips as they say."""
        self.page.tags.offer([tag.name for tag in tags])
        self._tag_colors = {tag.name: tag.color for tag in tags}
        if self._paper is not None:
            self.page.show_decisions(self._paper, self._tag_colors)

    @property
    def suggested(self) -> SuggestedTags:
        """The tags that are suggested for the paper, or for all that are chosen."""
        return self.chosen.suggested if self.chosen.papers else self.page.suggested

    @property
    def is_suggesting(self) -> bool:
        """Tags to suggest are still being looked for."""
        return self._tags.is_waiting or self.chosen.is_waiting

    def focus_note(self) -> None:
        """Put the cursor into the note of the paper shown."""
        if self._paper is not None:
            self.page.begin_note()

    def save_note(self) -> None:
        """Write the note that is being typed; what is written to the library after this comes after it."""
        self._keeper.save_soon()

    def layout_state(self) -> QByteArray:
        """Return how its height is shared out, to be kept until the next start."""
        return self._splitter.saveState()

    def restore_layout(self, state: QByteArray) -> None:
        """Share the height out as it was the last time."""
        self._splitter.restore(state)

    def may_close(self) -> bool:
        """Write the note that is still being typed.

        Returns:
            False if it cannot be written and the reader hears of that for the first time; the second time is a choice.
        """
        try:
            self._keeper.flush()
        except ReadingListError as error:
            if self._was_warned:
                return True
            self._was_warned = True
            text = f"The note is not saved yet. {error.message} Close again to give it up."
            self._bridge.tell(text, is_error=True)
            return False
        return True

    def _lay_out(self) -> None:
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._splitter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chosen)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        page = self.page
        page.header.link_chosen.connect(self._open_link)
        page.bin_strip.restore_wanted.connect(self._restore)
        page.marks.status_chosen.connect(self._set_status)
        page.marks.star_chosen.connect(self._set_starred)
        page.marks.priority_chosen.connect(self._set_priority)
        page.marks.rating_chosen.connect(self._set_rating)
        page.tags.added.connect(self._add_tags)
        page.tags.removed.connect(self._remove_tag)
        page.collections.removed.connect(self._take_out)
        page.collections.opened.connect(lambda name: self.scope_wanted.emit(collection_scope(name)))
        page.suggested.accepted.connect(lambda name: self._add_tags([name]))
        page.suggested.refused.connect(self._refuse_tag)
        self.chosen.suggested.accepted.connect(self._add_tag_to_all)
        self.chosen.suggested.refused.connect(self._refuse_tag_for_all)
        page.feedback.taken_back.connect(self._take_back)
        page.tags.opened.connect(lambda name: self.scope_wanted.emit(tag_scope(name)))
        page.tags.left.connect(self.left)
        page.note.left.connect(self.left)
        self.similar.opened.connect(self.paper_wanted)
        self._files.open_wanted.connect(self.file_wanted)
        self._files.done.connect(self.edited)
        self._edits.done.connect(self.edited)
        self._edits.settled.connect(self._reload)

    def _follow_settings(self, settings: SettingsStore) -> None:
        for setting in (SHORTCUTS, SIMILAR_COUNT):
            self._on_setting(setting)
        forget = settings.subscribe(self._on_setting)
        self.destroyed.connect(forget)

    def _on_setting(self, setting: AnySetting) -> None:
        settings = self._core.settings
        if setting is SHORTCUTS:
            own = parse_own_keys(settings.get(SHORTCUTS))
            self.page.marks.set_keys(own)
            for row in (self.page.suggested, self.chosen.suggested):
                row.set_keys(shown_keys(keys_of(BY_ID["accept-tag"], own)))
        elif setting is SIMILAR_COUNT:
            self.similar.set_limit(settings.get(SIMILAR_COUNT))

    def _clear(self) -> None:
        self._keeper.save_soon()
        self._paper = None
        self._ask()
        self.similar.clear()
        self._stack.setCurrentWidget(self._nothing)

    def _load(self, paper_id: PaperId) -> bool:
        """Read a paper and show it; about a millisecond, so that it may happen here for every key that goes down."""
        try:
            paper = self._core.catalog.get(paper_id)
        except ReadingListError as error:
            self._clear()
            if not isinstance(error, UserError):  # a paper that is gone needs no words: the list shows that, too
                self._bridge.tell(sentence_of(error), is_error=True)
            return False
        self._paper = paper
        self.page.show_paper(paper, self._tag_colors)
        self._ask()
        self._stack.setCurrentWidget(self._splitter)
        return True

    def _ask(self) -> None:
        """Ask what is shown on the page beside the paper itself."""
        paper = self._paper
        kept = None if paper is None or paper.is_binned else paper.id
        self._said.turn_to(kept)
        self._tags.turn_to((kept,) if kept is not None and not self.chosen.papers else None)
        self._files.show_for(paper)

    def _reload(self) -> None:
        if self._paper is not None:
            self._load(self._paper.id)

    def _decide(self, write: Callable[[Sequence[PaperId]], None], **decided: Any) -> None:
        """Show a decision before the library has it, and write it."""
        if self._paper is None:
            return
        self._paper = replace(self._paper, **decided)
        self.page.show_decisions(self._paper, self._tag_colors)
        write([self._paper.id])

    def _refuse_tag(self, name: str) -> None:
        if self._paper is not None:
            self.page.suggested.leave_out([name])
            self._edits.refuse_tag([self._paper.id], name)

    def _add_tag_to_all(self, name: str) -> None:
        self.chosen.suggested.leave_out([name])
        self._edits.add_tags(self.chosen.papers, [name])

    def _refuse_tag_for_all(self, name: str) -> None:
        self.chosen.suggested.leave_out([name])
        self._edits.refuse_tag(self.chosen.papers, name)

    def _set_status(self, status: Status) -> None:
        self._decide(lambda ids: self._edits.set_status(ids, status), status=status)

    def _set_starred(self, starred: bool) -> None:
        self._decide(lambda ids: self._edits.set_starred(ids, starred=starred), is_starred=starred)

    def _set_priority(self, priority: Priority) -> None:
        self._decide(lambda ids: self._edits.set_priority(ids, priority), priority=priority)

    def _set_rating(self, rating: int) -> None:
        self._decide(lambda ids: self._edits.set_rating(ids, rating), rating=rating)

    def _add_tags(self, names: list[str]) -> None:
        self.page.suggested.leave_out(names)
        tags = tuple(sorted({*self.page.tags.names, *names}))
        self._decide(lambda ids: self._edits.add_tags(ids, names), tags=tags)

    def _remove_tag(self, name: str) -> None:
        tags = tuple(one for one in self.page.tags.names if one != name)
        self._decide(lambda ids: self._edits.remove_tags(ids, [name]), tags=tags)

    def _take_out(self, name: str) -> None:
        collections = tuple(one for one in self.page.collections.names if one != name)
        self._decide(lambda ids: self._edits.take_out(ids, name), collections=collections)

    def _take_back(self, kind: Feedback) -> None:
        if self._paper is not None:
            self.feedback_taken_back.emit(kind, self._paper.id)

    def _restore(self) -> None:
        self._decide(self._edits.restore)

    def _open_link(self, link: Link) -> None:
        if link.is_file and self._paper is not None:
            self.pdf_wanted.emit(self._paper.id)
        elif not open_link(link):
            self._bridge.tell(f"Nothing on this computer opens {link.address}.", is_error=True)

    def _on_changes(self, changes: Changes) -> None:
        if self._paper is not None and self._paper.id in changes.ids and changes.initiator not in OWN:
            self._reload()
