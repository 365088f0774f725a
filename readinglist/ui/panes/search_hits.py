"""What a search finds besides the words, and why each paper is in its list.

The words answer at once. Their hits stand where they stand: what is found by meaning comes when the model has read the
query, and stands below them under a line of its own, so that nothing moves under the pointer, however late it comes.
That this order is also the best one was measured (tests/benchmarks/searching.py): who remembers words of a paper finds
it by them, and mixing the two by their ranks puts what is merely alike before it. In another order than that of the
best match the same papers are there, the words' and the meaning's each in that order.

The reasons of the first screen come with the answer; those of further papers when they come into sight, and the
sentence that is closest to the query when the model has read the abstract.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.domain.query_words import liked
from readinglist.domain.recommendation import WhyHere
from readinglist.services.catalog import CatalogAnswer
from readinglist.services.jobs import Job, Lane
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.scope import has_words
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.widgets.delays import make_delay

T = TypeVar("T")

REST_MS = 200  # half a word means nothing yet
LOOK_MS = 60  # a reader who scrolls on asks for nothing
SENTENCES_OF = 3  # papers whose sentences the model reads at a time
RETRY_MS = 3000  # while vectors are being made, at most this often


class Finding(Protocol):
    """`workspace.finding`."""

    def close(self, text: str, sort: Sort, /) -> Sequence[PaperId]:
        """Return the papers that are close to what a query means, in order."""
        ...

    def sentences(self, text: str, ids: Sequence[PaperId], /) -> Mapping[PaperId, WhyHere]:
        """Return the closest sentence of each paper."""
        ...

    def warm(self) -> None:
        """Have the model loaded; costs nothing if it is."""
        ...


class Catalog(Protocol):
    """`workspace.catalog`."""

    def reasons(self, text: str, ids: Sequence[PaperId], /) -> Mapping[PaperId, WhyHere]:
        """Say where papers have the words of a query."""
        ...


class Core(Protocol):
    """The workspace, as this list sees it."""

    @property
    def catalog(self) -> Catalog:
        """Reads."""
        ...

    @property
    def finding(self) -> Finding:
        """Searches by meaning; loaded by whoever first asks for it, so that must be a worker."""
        ...


class SearchHits(QObject):
    """Stands behind the list while it is searched.

    Args:
        core: Answers.
        bridge: Brings answers and changes.
        papers: The list.
        parent: Owner.
    """

    def __init__(self, core: Core, bridge: Bridge, papers: PapersPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._bridge = bridge
        self._papers = papers
        self._text = ""
        self._close: frozenset[PaperId] = frozenset()
        self._asked: set[PaperId] = set()
        self._has_reasons = False
        self._jobs: list[Job[Any]] = []
        self._resting = make_delay(self, REST_MS, self._ask_for_meaning)
        self._looking = make_delay(self, LOOK_MS, self._explain_sight)
        self._retry = make_delay(self, RETRY_MS, self._ask_for_meaning)
        papers.query.answered.connect(self._on_answer)
        papers.query.renewed.connect(self._on_renewed)
        papers.search.entered.connect(self._warm)
        papers.cards.verticalScrollBar().valueChanged.connect(lambda _: self._look())
        papers.table_made.connect(lambda table: table.verticalScrollBar().valueChanged.connect(lambda _: self._look()))
        bridge.subscribe({ChangeKind.VECTORS}, self._on_vectors)

    @property
    def _is_search(self) -> bool:
        """The list shows what was searched for, and no recommendations, which say their own reasons."""
        papers = self._papers
        return papers.scope.wish is None and bool(papers.search.text.strip())

    def _on_answer(self, answer: CatalogAnswer) -> None:
        if not self._is_search:
            self._forget()
            return
        text = (self._papers.query.question or ("",))[0]
        if text != self._text:
            self._drop()
            self._text, self._asked = text, set()
            self._papers.model.show_reasons(answer.reasons)
        else:
            self._papers.model.add_reasons(answer.reasons)
        self._asked.update(answer.reasons)
        self._close = answer.close
        self._has_reasons = True
        self._look()

    def _forget(self) -> None:
        self._drop()
        self._text, self._close = "", frozenset()
        if self._has_reasons and self._papers.scope.wish is None:
            self._papers.model.show_reasons({})
        self._has_reasons = False

    def _on_renewed(self) -> None:
        self._papers.show_looking(is_looking=self._is_search and has_words(self._papers.search.text))
        if self._is_search:
            self._resting.start()

    def _ask_for_meaning(self) -> None:
        if not self._is_search:
            return
        core, question = self._core, self._papers.query.question
        if question is None:
            return

        def join(found: Sequence[PaperId]) -> None:
            if self._papers.query.question == question:  # not if the order is another one by now
                self._papers.show_looking(is_looking=False)
                self._papers.query.join(found)

        self._run(lambda: core.finding.close(*question), join)

    def _on_vectors(self, _changes: Changes) -> None:
        if self._is_search and not self._retry.isActive():
            self._retry.start()

    def _look(self) -> None:
        """Find reasons for what is in sight, once the reader stays there."""
        if self._text:
            self._looking.start()

    def _explain_sight(self) -> None:
        wanted = [one for one in self._in_sight() if one not in self._asked]
        self._asked.update(wanted)
        close = [one for one in wanted if one in self._close]
        by_words = [one for one in wanted if one not in self._close]
        core, text = self._core, self._text
        if by_words:
            self._run(lambda: core.catalog.reasons(text, by_words), lambda found: self._add_words(by_words, found))
        self._ask_for_sentences(close)

    def _add_words(self, ids: Sequence[PaperId], found: Mapping[PaperId, WhyHere]) -> None:
        """Add reasons of words; what is there for its likeness alone is asked for its closest sentence."""
        self._papers.model.add_reasons(found)
        if liked(parse_query(self._text)):
            self._ask_for_sentences([one for one in ids if one not in found])

    def _ask_for_sentences(self, ids: Sequence[PaperId]) -> None:
        """Ask for the closest sentences of some papers, a few at a time, the uppermost first."""
        core, text, some = self._core, self._text, ids[:SENTENCES_OF]

        def take(found: Mapping[PaperId, WhyHere]) -> None:
            self._papers.model.add_reasons(found)
            self._ask_for_sentences(ids[SENTENCES_OF:])

        if some:
            self._run(lambda: core.finding.sentences(text, some), take)

    def _in_sight(self) -> list[PaperId]:
        view, ids = self._papers.view, self._papers.model.ids
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        return list(ids[max(first, 0) : len(ids) if last < 0 else last + 1])

    def _warm(self) -> None:
        """The reader is about to search: the model may be needed in a second or two."""
        core = self._core
        self._bridge.run(lambda _context: core.finding.warm(), lane=Lane.INTERACTIVE)

    def _run(self, work: Callable[[], T], use: Callable[[T], None]) -> None:
        """Do work of the present search; what comes when there is another one is dropped."""
        text = self._text

        def take(value: T) -> None:
            if text == self._text and self._is_search:
                use(value)

        def fail(error: BaseException) -> None:
            if text == self._text:
                self._papers.show_looking(is_looking=False)
            self._bridge.fail(error)

        self._jobs = [job for job in self._jobs if not job.state.is_final]
        run = self._bridge.run
        self._jobs.append(run(lambda _context: work(), lane=Lane.INTERACTIVE, on_done=take, on_error=fail))

    def _drop(self) -> None:
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()
        for timer in (self._resting, self._looking, self._retry):
            timer.stop()
