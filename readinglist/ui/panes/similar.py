"""The papers most like the chosen one, always on screen: asked for off the main thread, the newest request only."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.recommendation import SimilarAnswer
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.models.similar_list import SimilarEntry, SimilarModel
from readinglist.ui.panes.detail_header import section_head
from readinglist.ui.panes.needs import Core
from readinglist.ui.panes.similar_view import SimilarList
from readinglist.ui.widgets.asked_of import AskedOf
from readinglist.ui.widgets.busy import BusyIndicator
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.empty_state import EmptyState
from readinglist.ui.widgets.labels import make_label

LIMIT = 20
BY_WORDS = "Found by shared words: these papers are not compared by meaning yet."
LEAST_HEIGHT = 160  # px; the heading, three lines of words and a row
REST_MS = 120  # a reader who runs down the list with a held key asks for nothing
RETRY_MS = 3000  # while vectors are being made, an answer is asked for again at most this often
SHOWN = frozenset({ChangeKind.STATUS, ChangeKind.DETAILS})
ANSWERING = frozenset({ChangeKind.VECTORS, ChangeKind.ADDED, ChangeKind.REMOVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An answer with what is shown beside it.

    Attributes:
        paper_id: The paper that was asked about.
        progress: Papers compared by meaning, and papers there are, while that goes on and matters; else None.
    """

    paper_id: PaperId
    answer: SimilarAnswer
    entries: list[SimilarEntry]
    progress: tuple[int, int] | None


class SimilarPanel(QWidget):
    """Heading, what the answer rests on, and the list.

    Args:
        core: Compares and reads.
        bridge: Brings answers and changes.
        parent: Owner.
    """

    opened = Signal(object)  # PaperId
    answered = Signal()  # what is shown belongs to the paper asked about

    def __init__(self, core: Core, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("similar")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._core = core
        self._limit = LIMIT
        self._found: Found | None = None  # what is shown; of the paper before as long as that is all there is
        self._asked = AskedOf[PaperId, Found](
            bridge,
            self,
            ask=lambda paper_id: _find(core, paper_id, self._limit),
            show=self._show,
            fail=self._show_failure,
        )
        self._retry = make_delay(self, RETRY_MS, self._asked.ask_now)
        self.model = SimilarModel(self)
        self.list = SimilarList(self.model, self)
        self.list.opened.connect(self._open)
        self.busy = BusyIndicator(name="similar-busy", parent=self)
        self.busy.appeared.connect(lambda: self.list.fade(is_faded=True))
        self.notice = make_label("", "similar-notice", role="secondary", wraps=True, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setObjectName("similar-progress")
        self._bar.setAccessibleName("Papers compared by meaning")
        self._bar.setTextVisible(False)
        self._none = EmptyState(name="similar-none", icon="similar", title="No similar papers yet", parent=self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        bridge.subscribe(SHOWN | ANSWERING, self._on_changes)

    def show_for(self, paper_id: PaperId) -> None:
        """Show what is like a paper; the old answer stays until the new one is there, but cannot be opened."""
        if paper_id != self._asked.subject:
            self._asked.turn_to(paper_id, rest_ms=REST_MS)
            self.busy.begin("Comparing…")

    @property
    def is_answered(self) -> bool:
        """What is shown belongs to the paper asked about, and can be opened."""
        return self._found is not None and self._found.paper_id == self._asked.subject

    def set_limit(self, limit: int) -> None:
        """Show more or fewer papers, from now on."""
        if limit != self._limit:
            self._limit = limit
            self._asked.ask_soon(REST_MS)

    def clear(self) -> None:
        """Show nothing."""
        self._asked.turn_to(None)
        self._found = None
        self._retry.stop()
        self._end_wait()
        self.model.show([])

    def _open(self, place: int) -> None:
        # The list is not disabled meanwhile: the keyboard would leave it, for the field of tags.
        if self.is_answered:
            self.opened.emit(self.model.entry(place).row.id)

    def _end_wait(self) -> None:
        self.busy.end()
        self.list.fade(is_faded=False)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.L, theme.S, theme.L, 0)
        head.setSpacing(theme.M)
        title = section_head("Similar papers", self)
        title.setMinimumHeight(24)
        title.setBuddy(self.list)
        head.addWidget(title)
        head.addWidget(self.busy, 1)
        head.addStretch()
        told = QVBoxLayout()
        told.setContentsMargins(theme.L, 0, theme.L, theme.XS)
        told.setSpacing(theme.XS)
        told.addWidget(self.notice)
        told.addWidget(self._bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.XS)
        layout.addLayout(head)
        layout.addLayout(told)
        layout.addWidget(self._stack, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # words go before rows
        self.notice.hide()
        self._bar.hide()
        self.setMinimumHeight(LEAST_HEIGHT)

    def _show(self, found: Found) -> None:
        entries, before = found.entries, self._found
        self._end_wait()
        self._found = found
        if entries:
            self._show_entries(entries, is_again=before is not None and before.paper_id == found.paper_id)
        else:
            self._none.explain(
                "No similar papers yet", found.answer.notice or "They appear here as your library grows."
            )
            self.model.show([])
        self._stack.setCurrentWidget(self.list if entries else self._none)
        self._show_basis(found)
        self.answered.emit()

    def _show_entries(self, entries: list[SimilarEntry], *, is_again: bool) -> None:
        """Begin with the nearest; a better answer for the same paper leaves the reader where they are."""
        scroll = self.list.verticalScrollBar()
        at = scroll.value() if is_again else 0
        chosen = self.list.currentIndex().row() if is_again else -1
        chosen_id = self.model.entry(chosen).row.id if chosen >= 0 else None
        self.model.show(entries)
        place = self.model.place_of(chosen_id) if chosen_id is not None else None
        if place is not None:
            self.list.setCurrentIndex(self.model.index(place))
        self.list.doItemsLayout()
        scroll.setValue(at)

    def _show_failure(self, error: BaseException) -> None:
        self._end_wait()
        self._found = None
        self.model.show([])
        self._none.explain("No similar papers can be shown", sentence_of(error))
        self._stack.setCurrentWidget(self._none)
        self.notice.hide()
        self._bar.hide()
        self.answered.emit()

    def _show_basis(self, found: Found) -> None:
        """Say what the answer rests on where that is not the best there is."""
        text = found.answer.notice or (BY_WORDS if found.answer.method == "words" else "")
        text = text if found.entries else ""  # then it stands where they would
        self.notice.setText(text)
        self.notice.setVisible(bool(text))
        self._bar.setVisible(bool(text) and found.progress is not None)
        if found.progress is not None:
            done, total = found.progress
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _on_changes(self, changes: Changes) -> None:
        if self._asked.subject is None:
            return
        touched = self.model.touched(changes) if changes.kinds & SHOWN else []
        if touched:
            self.model.refresh(self._core.catalog.rows(touched))
        if ChangeKind.REMOVED in changes.kinds and self.model.touched(changes):
            self.model.take_out(changes.ids)
            self._asked.ask_soon(REST_MS)  # the next ones move up
        elif changes.kinds & ANSWERING and not self._retry.isActive() and self._is_improvable(changes):
            self._retry.start()

    def _is_improvable(self, changes: Changes) -> bool:
        """Tell whether asking again could give something else."""
        answer = self._found.answer if self._found is not None else None
        by_meaning = answer is not None and answer.method == "meaning" and not answer.notice
        is_about_others = bool(changes.ids) and self._asked.subject not in changes.ids  # no ids: another model, say
        return not by_meaning or changes.kinds != {ChangeKind.VECTORS} or not is_about_others


def _find(core: Core, paper_id: PaperId, limit: int) -> Found:
    """Compare a paper with all others."""
    answer = core.similar.to_paper(paper_id, limit=limit)
    rows = {row.id: row for row in core.catalog.rows([item.paper_id for item in answer.items])}
    entries = [SimilarEntry(rows[item.paper_id], item) for item in answer.items if item.paper_id in rows]
    progress = _progress_of(core) if answer.method == "words" else None
    return Found(paper_id=paper_id, answer=answer, entries=entries, progress=progress)


def _progress_of(core: Core) -> tuple[int, int] | None:
    """Return how far the comparison is; None while it stands still, so that no bar promises anything."""
    state = core.indexing.state()
    return (state.done, state.total) if state.is_running and state.done < state.total else None
