"""For you in the list of papers: asks for recommendations, says why each is there, and keeps the list still.

A decision changes the ranking, and the list follows; but what the reader looks at must not move under their eyes. So
the papers down to the last one in sight stay where they are, and only what lies below is ranked anew. A paper that
leaves and comes back by undo comes back to its place. Where the reader says outright what they want more or less of,
the list follows from the next paper on. Another search, another wish and the slider begin from the top.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from readinglist.app.setting import AnySetting
from readinglist.app.settings import FOR_YOU_COUNT, FOR_YOU_SURPRISE
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.for_you import Asked, ForYou, Reasons, Wish
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.recommendation import WhyHere
from readinglist.services.catalog import CatalogAnswer
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.scope import FOR_YOU, Scope
from readinglist.ui.panes.for_you_bar import ForYouBar
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.widgets.asked_of import AskedOf
from readinglist.ui.widgets.busy import patience
from readinglist.ui.widgets.delays import make_delay

FIRST = 12  # papers whose reasons come together with the list: about a screen
CHUNK = 8  # papers whose reasons are found at a time: the next decision waits for no more
RETRY_MS = 3000  # while vectors are being made, the list is asked for again at most this often
ROUGH_MS = 50  # the words are counted, which is told once
# What else the ranking depends on, besides what every list is asked anew for.
TEACHING = frozenset({ChangeKind.FEEDBACK, ChangeKind.NOTE, ChangeKind.ANNOTATIONS})

ReasonsOf = tuple[Sequence[PaperId], Wish]
FoundReasons = tuple[Sequence[PaperId], dict[PaperId, WhyHere]]  # of which papers, and what is to be said of some


class Recommending(Protocol):
    """`workspace.recommend`."""

    def for_you(self, asked: Asked, sort: Sort, /) -> ForYou:
        """Return the papers to read next."""
        ...

    def reasons(self, ids: Sequence[PaperId], wish: Wish, /) -> dict[PaperId, Reasons]:
        """Say why papers are recommended."""
        ...


class Core(Protocol):
    """The workspace, as this list sees it."""

    @property
    def settings(self) -> SettingsStore:
        """What the reader wants."""
        ...

    @property
    def recommend(self) -> Recommending:
        """Recommends; loaded by whoever first asks for it, so that must be a worker."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedAnswer(CatalogAnswer):
    """What the list shows, with what is said beside it."""

    for_you: ForYou
    asked: Asked
    lines: dict[PaperId, WhyHere]


class ForYouList(QObject):
    """Stands behind the list while it shows recommendations.

    Args:
        core: Recommends.
        bridge: Brings answers and changes.
        papers: The list.
        parent: Owner.
    """

    scope_wanted = Signal(object)  # Scope
    unlike_taken_back = Signal()

    def __init__(self, core: Core, bridge: Bridge, papers: PapersPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._papers = papers
        self._wish: Wish | None = None
        self._bar: ForYouBar | None = None
        self._asked: tuple[str, Sort, Asked] | None = None
        self._order: list[PaperId] = []  # as shown, with those that have left it since
        self._is_told = False  # the reader said what they want: only what is above it stays
        self._is_improvable = self._is_rough = False
        self._is_early = False  # what has kept its place was ranked while less was known
        self._lines: dict[PaperId, WhyHere] = {}
        self._renewed: set[PaperId] = set()  # whose reasons belong to the answer that is shown
        self._reasons = AskedOf[ReasonsOf, FoundReasons](bridge, self, ask=self._find_reasons, show=self._add_reasons)
        self._retry = make_delay(self, RETRY_MS, self._repeat)
        self._patience = patience(self, self._show_nothing_yet)
        papers.scope_entered.connect(self._on_scope)
        papers.query.answered.connect(self._on_answer)
        papers.query.failed.connect(self._on_failure)
        bridge.subscribe(TEACHING | {ChangeKind.VECTORS}, self._on_changes)
        self.destroyed.connect(core.settings.subscribe(self._on_setting))

    @property
    def is_shown(self) -> bool:
        """The list shows recommendations."""
        return self._wish is not None

    @property
    def wish(self) -> Wish:
        """What the list is like, or would be."""
        return self._wish or Wish()

    @property
    def asked(self) -> Asked:
        """The question that the list answers, or would answer."""
        return self._asked[2] if self._asked is not None and self.is_shown else self._question("", ())

    @property
    def bar(self) -> ForYouBar:
        """The line above the list, made when first wanted."""
        if self._bar is None:
            self._bar = ForYouBar(self._papers)
            self._bar.surprise_chosen.connect(lambda value: self._core.settings.set(FOR_YOU_SURPRISE, value))
            self._bar.unlike_taken_back.connect(self.unlike_taken_back)
            self._bar.again_wanted.connect(self._begin_again)
            self._bar.whole_wanted.connect(lambda: self.scope_wanted.emit(FOR_YOU))
            self._papers.put_below_bar(self._bar)
        return self._bar

    def follow_word(self) -> None:
        """Let the list follow from the next paper on: the reader is saying what they want more or less of."""
        self._is_told = self.is_shown

    def _on_scope(self, scope: Scope) -> None:
        was_shown = self.is_shown
        self._wish, self._asked = scope.wish, None
        self._forget()
        if scope.wish is not None:
            self._papers.query.use(self._prepare)
            self.bar.show_surprise(self._core.settings.get(FOR_YOU_SURPRISE))
            self.bar.show_wish(scope.wish)
            self.bar.setVisible(was_shown)  # else it comes with the list that it belongs to
            self._patience.start()
        elif was_shown:
            self._papers.query.use(None)
            self.bar.hide()
            self._papers.model.show_reasons({})

    def _show_nothing_yet(self) -> None:
        self.bar.show_waiting()
        self.bar.show()
        self._papers.show_nothing_yet()
        self._papers.current_changed.emit(None)  # the paper beside the list belongs to the list before

    def _forget(self) -> None:
        self._order, self._lines, self._renewed = [], {}, set()
        self._is_told = self._is_improvable = self._is_rough = self._is_early = False
        self._reasons.turn_to(None)
        self._retry.stop()
        self._patience.stop()

    def _question(self, text: str, kept: tuple[PaperId, ...]) -> Asked:
        settings = self._core.settings
        return Asked(
            wish=self.wish,
            text=text,
            limit=settings.get(FOR_YOU_COUNT),
            surprise=settings.get(FOR_YOU_SURPRISE) / FOR_YOU_SURPRISE.maximum,
            kept=kept,
        )

    def _prepare(self, text: str, sort: Sort) -> Callable[[], CatalogAnswer]:
        """Take note of what the reader looks at, and return what asks on a worker."""
        asked = self._question(text, ())
        is_again = self._asked is not None and self._asked[:2] == (text, sort) and self._asked[2] == asked
        self._asked = (text, sort, asked)
        self._reasons.turn_to(None)  # those of the answer that is about to come are wanted
        if is_again and sort.key is SortKey.RELEVANCE:
            asked = replace(asked, kept=tuple(self._looked_at()))
        core, known = self._core, frozenset(self._lines)

        def ask() -> CatalogAnswer:
            answer = core.recommend.for_you(asked, sort)
            # What had a line keeps it until the new one is there: the list is to follow a decision at once.
            fresh = [one for one in answer.ids[: len(asked.kept) + FIRST] if one not in known][:FIRST]
            lines = _lines(core.recommend.reasons(fresh, asked.wish)) if fresh else {}
            return RankedAnswer(ids=answer.ids, problems=answer.problems, for_you=answer, asked=asked, lines=lines)

        return ask

    def _looked_at(self) -> list[PaperId]:
        """Return the papers down to the last one in sight, with those that have left from among them."""
        papers = self._papers
        if self._is_told:
            row = papers.model.position(papers.current) if papers.current is not None else None
            last = -1 if row is None else row
        else:
            last = papers.view.rowAt(papers.view.viewport().height() - 1)
            last = papers.model.rowCount() - 1 if last < 0 else last
        self._is_told = False
        anchor = papers.model.id_at(last)
        if anchor is None or anchor not in self._order:
            return []
        return self._order[: self._order.index(anchor) + 1]

    def _on_failure(self) -> None:
        self._patience.stop()
        if self._bar is not None:
            self._bar.end_waiting()

    def _on_answer(self, answer: CatalogAnswer) -> None:
        if not isinstance(answer, RankedAnswer) or not self.is_shown:
            return
        self._patience.stop()
        kept = answer.asked.kept
        shown = set(answer.ids)
        gone = [one for one in kept if one not in shown]
        self._order = [*kept, *(one for one in answer.ids if one not in set(kept))] if gone else list(answer.ids)
        self._is_improvable, self._is_rough = bool(answer.for_you.notice), answer.for_you.is_rough
        self._is_early = self._is_improvable or (self._is_early and bool(kept))
        self.bar.show_answer(answer.for_you)
        self.bar.offer_better(is_offered=self._is_early and not self._is_improvable)
        self.bar.show()
        self._lines = {key: line for key, line in self._lines.items() if key in shown} | answer.lines
        self._renewed = set(answer.lines)
        self._papers.model.show_reasons(self._lines)
        if not kept:
            self._papers.view.scrollToTop()
        self._ask_for_reasons()

    def _ask_for_reasons(self) -> None:
        """Find the reasons of the next papers: another decision is another reason, also for what stays in its place."""
        wanted = self._without_reasons()[:CHUNK]
        self._reasons.turn_to((wanted, self.wish) if wanted else None, rest_ms=0)

    def _find_reasons(self, asked: ReasonsOf) -> FoundReasons:
        return asked[0], _lines(self._core.recommend.reasons(*asked))

    def _add_reasons(self, found: FoundReasons) -> None:
        wanted, lines = found
        self._renewed.update(wanted)
        self._lines = {key: line for key, line in self._lines.items() if key not in wanted} | lines
        self._papers.model.show_reasons(self._lines)
        self._ask_for_reasons()

    def _without_reasons(self) -> list[PaperId]:
        """Return the papers whose reasons are to be found: from the first in sight to the end, then those before."""
        ids = self._papers.model.ids
        first = max(0, self._papers.view.rowAt(0))
        return [one for one in (*ids[first:], *ids[:first]) if one not in self._renewed]

    def _repeat(self) -> None:
        if not self.is_shown:
            return
        if self._is_rough and self._is_untouched():
            self._begin_again()  # what is there was a first guess: nobody misses it
        else:
            self._papers.query.repeat()

    def _begin_again(self) -> None:
        self._asked = None  # so that nothing keeps its place
        self._papers.begin_again()

    def _is_untouched(self) -> bool:
        """Tell whether the reader has not gone anywhere in the list yet."""
        papers = self._papers
        is_first = bool(self._order) and papers.current in {None, self._order[0]}
        return is_first and papers.view.verticalScrollBar().value() == 0

    def _on_changes(self, changes: Changes) -> None:
        if not self.is_shown:
            return
        if changes.kinds & TEACHING:
            self._repeat()
        elif self._is_rough and not changes.ids:
            self._retry.start(ROUGH_MS)
        elif self._is_improvable and not self._retry.isActive():
            self._retry.start(RETRY_MS)

    def _on_setting(self, setting: AnySetting) -> None:
        if setting is FOR_YOU_SURPRISE and self._bar is not None:
            self._bar.show_surprise(self._core.settings.get(FOR_YOU_SURPRISE))
        if setting in {FOR_YOU_SURPRISE, FOR_YOU_COUNT}:
            self._repeat()


def _lines(reasons: dict[PaperId, Reasons]) -> dict[PaperId, WhyHere]:
    return {key: one.line for key, one in reasons.items()}
