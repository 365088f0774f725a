"""For you: which unread papers the reader may want next, and why; learned from what they did, on this machine alone."""

import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import numpy as np

from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Asked, Explanation, ForYou, Reasons, ScorePart, SuggestedTag, Wish
from readinglist.domain.paper import Paper, PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.recommend.ranker import DISLIKED
from readinglist.recommend.variety import DEEPEST, FARTHEST
from readinglist.services.choosing import choose_papers, count_before, count_fitting
from readinglist.services.edit import BEST_RATING
from readinglist.services.events import EventHub
from readinglist.services.living import Frequencies
from readinglist.services.ranking import Basis, Rankings
from readinglist.services.recommend_reasons import find_reasons
from readinglist.services.tag_suggestions import TagSuggestions
from readinglist.similarity.one_thread import one_thread

if TYPE_CHECKING:
    from readinglist.library.unit import Reader
    from readinglist.services.catalog import CatalogAnswer
    from readinglist.services.indexing import Indexing
    from readinglist.similarity.terms import Terms

BEST_FIRST = Sort(SortKey.RELEVANCE)
LEARN = "Mark papers as Read or Skipped, star or rate them, and this list follows what you like."
NOTHING_IN = "“{}” has no papers yet that this list could go by. Give it some; until then upvotes and date rank it."
NOTHING_LIKE = "Ranked by upvotes and date: there is no paper compared by meaning that this list could go by."
NOT_COMPARED = "No paper is compared by meaning yet."
BY_WORDS = "words, upvotes and date alone"
THE_OTHERS = "The others are ranked by their words alone."
COUNTING = "The words of papers are being counted, which takes some seconds."
FOR_VARIETY = "It is in the list for variety, before papers that fit better but are much like each other."
LIKE_SKIPPED = "This one is much like papers that you skipped or did not like."
MUCH_AGAINST = 1.0  # of a score in which that is how far papers usually lie apart
DONE = {
    Status.READ: "You have read it.",
    Status.READING: "You are reading it.",
    Status.SKIPPED: "You skipped it.",
}
SAID = {
    Feedback.HIDE: "You hid it from For you.",
    Feedback.LESS: "You asked for fewer papers like it.",
}


class Catalog(Protocol):
    """Who answers queries: `services.catalog.Catalog`."""

    def ids(self, text: str, sort: Sort | None = None, /) -> "CatalogAnswer":
        """Return papers, and what is wrong with the query."""
        ...


class Words(Protocol):
    """Who has the words of papers: `services.term_index.TermIndex`."""

    def terms(self) -> "Terms | None":
        """Return them; None while there are none."""
        ...

    @property
    def is_counting(self) -> bool:
        """The words of many papers are still to be counted."""
        ...

    def let_go(self, *, unused_s: float) -> None:
        """Give memory back, if nobody has asked for them for so long."""
        ...


class Recommend:
    """The use case; every method may be called from any thread.

    Args:
        library: The papers, and what the reader decided about them.
        events: Tells what changed.
        catalog: Says which papers fit a query.
        indexing: Has the vectors.
        words: Has the words.
        now: UTC.
    """

    def __init__(
        self,
        library: Library,
        events: EventHub,
        *,
        catalog: Catalog,
        indexing: "Indexing",
        words: Words,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library = library
        self._catalog = catalog
        self._indexing = indexing
        self._words = words
        self._lock = threading.Lock()
        self._rankings = Rankings(library, events, now)
        self._frequencies = Frequencies(events)
        self._tags = TagSuggestions(library, events, indexing)

    def for_you(self, asked: Asked, sort: Sort = BEST_FIRST) -> ForYou:
        """Return the papers to read next.

        Args:
            asked: What is wanted.
            sort: Of those that are chosen; by relevance, the best comes first.
        """
        fitting = self._catalog.ids(asked.text) if asked.text.strip() else None
        with one_thread():
            basis = self._basis(asked.wish, first=max(DEEPEST, FARTHEST * asked.limit), among=fitting)
            fits = choose_papers(basis, asked, fitting)
        self._give_back()
        ids = list(fits)
        if sort.key is not SortKey.RELEVANCE:
            ids = [one for one in self._catalog.ids("", sort).ids if one in fits]
        notice, progress = self._notice(basis, asked.wish)
        return ForYou(
            ids=ids,
            scores=tuple(fits[one] for one in ids),
            problems=fitting.problems if fitting is not None else (),
            decided=basis.decided if len(basis.taste.ids) else 0,
            notice=notice,
            progress=progress,
            total=count_fitting(basis, fitting),
            is_rough=self._words.is_counting,
        )

    def reasons(self, ids: Sequence[PaperId], wish: Wish) -> dict[PaperId, Reasons]:
        """Say of papers why they are recommended; those that cannot be are left out."""
        basis = self._basis(wish, first=len(ids))
        others = [] if basis.rest is None else basis.rest.candidates.tolist()
        if not set(ids) <= basis.rows_of(ids).keys() | set(others):
            basis = self._basis(wish)
        found: dict[PaperId, Reasons] = {}
        with self._library.read() as reader:
            for part in reversed(basis.parts):  # what is compared by meaning has the better reasons
                found |= find_reasons(reader, part, ids, self._frequencies)
        self._give_back()
        return found

    def explain(self, paper_id: PaperId, asked: Asked) -> Explanation:
        """Say where a paper stands in For you and what its score is made of, or why it is not there.

        Args:
            paper_id: The paper.
            asked: The question that the list answers.

        Raises:
            UserError: There is no paper of this number.
        """
        fitting = self._catalog.ids(asked.text) if asked.text.strip() else None
        whole = self._basis(asked.wish)
        basis, row = _part_of(whole, paper_id)
        with self._library.read() as reader:
            paper = reader.papers.get(paper_id)
            left_out = _why_left_out(reader, whole, paper, asked.wish)
        if row is None:
            verdict = left_out or "It is not compared by meaning yet."
            return Explanation(rank=None, total=len(whole.candidates), verdict=verdict, said=_said(whole, paper_id))
        suggested = self._tags.find(paper_id, limit=1)
        with self._library.read() as reader:
            tags = {paper_id: suggested[0].name} if suggested else {}
            reasons = find_reasons(reader, basis, [paper_id], self._frequencies, tags)
        before, total = count_before(whole, basis, row)
        rank = None if left_out else before + 1
        verdict = left_out or _place(whole, paper_id, asked, fitting, rank or 1)
        if verdict == _others_fit(asked) and _is_disliked(basis, row):
            verdict = f"{verdict} {LIKE_SKIPPED}"
        self._give_back()
        parts = [ScorePart(meaning=one.meaning, value=float(one.values[row])) for one in basis.ranking.parts]
        return Explanation(
            rank=rank,
            total=total,
            verdict=verdict,
            parts=tuple(sorted(parts, key=lambda one: -abs(one.value))),
            reasons=reasons[paper_id].texts if paper_id in reasons else (),
            said=_said(basis, paper_id),
        )

    def suggest_tags(self, paper_id: PaperId) -> tuple[SuggestedTag, ...]:
        """Suggest tags for a paper from the papers nearest to it; none where that would be a guess.

        Raises:
            UserError: There is no paper of this number.
        """
        suggested = self._tags.find(paper_id)
        self._give_back()
        return suggested

    def suggest_tags_for_all(self, ids: Sequence[PaperId]) -> tuple[SuggestedTag, ...]:
        """Suggest tags for several papers at once: those that at least half of them would get which lack them."""
        suggested = self._tags.find_for_all(ids)
        self._give_back()
        return suggested

    def said(self, ids: Sequence[PaperId]) -> dict[PaperId, frozenset[Feedback]]:
        """Return what the reader said of papers; those of which nothing was said are left out."""
        with self._library.read() as reader:
            return reader.feedback.of(ids)

    def _basis(self, wish: Wish, *, first: int | None = None, among: "CatalogAnswer | None" = None) -> Basis:
        """Rank papers; in a large library perhaps only those that are among the first so many of some papers."""
        found = None if among is None else np.unique(np.array(among.ids, dtype=np.int64))
        with self._lock:
            vectors = self._indexing.vectors()
            terms = self._words.terms()
            return self._rankings.basis(wish, vectors, terms, first=first, among=found)

    def _give_back(self) -> None:
        """Let go of what was read of all papers: what the next answer needs of it was copied out, or is read again."""
        self._indexing.let_go(unused_s=0.0)
        self._words.let_go(unused_s=0.0)

    def _notice(self, basis: Basis, wish: Wish) -> tuple[str, tuple[int, int] | None]:
        """Say what the answer rests on where that is not the best there is, and how far the comparison is."""
        state = self._indexing.state()
        verb = "is" if state.total == 1 else "are"
        counted = f"{state.done:,} of {count_text(state.total, 'paper')} {verb} compared by meaning so far."
        progress = (state.done, state.total) if state.is_running and state.done < state.total else None
        named = wish.tag or wish.collection
        if named and not basis.decided:
            return NOTHING_IN.format(named), progress
        if not basis.is_by_meaning:
            reason = state.problem or (counted if state.done < state.total else NOT_COMPARED)
            means = "upvotes and date alone" if not len(basis.taste.ids) else BY_WORDS
            sentences = [f"Ranked by {means}.", reason, COUNTING if self._words.is_counting else ""]
            return " ".join(filter(None, sentences)), progress
        sentences = [basis.ranking.notice]
        if basis.ranking.notice:
            sentences = [NOTHING_LIKE] if wish.is_special else [basis.ranking.notice, LEARN]
        if state.done < state.total:
            others = COUNTING if self._words.is_counting else THE_OTHERS
            sentences += [f"Not complete yet: {counted}", others if basis.rest is not None else ""]
        return " ".join(filter(None, sentences)), progress


def _part_of(basis: Basis, paper_id: PaperId) -> tuple[Basis, int | None]:
    """Return which part of a basis knows a paper, and its row there; None if none does."""
    for part in basis.parts:
        row = part.rows_of([paper_id]).get(paper_id)
        if row is not None and part.corpus.is_live[row]:
            return part, row
    return basis, None


def _place(basis: Basis, paper_id: PaperId, asked: Asked, fitting: "CatalogAnswer | None", rank: int) -> str:
    """Say where a paper stands that may be recommended."""
    if fitting is not None and paper_id not in set(fitting.ids):
        return "It does not fit the search."
    if paper_id in choose_papers(basis, asked, fitting):
        return "It is in the list." if rank <= asked.limit else FOR_VARIETY
    if rank > asked.limit:
        return _others_fit(asked)
    return "Papers much like it stand in the list already, and the list is not to be about one thing alone."


def _others_fit(asked: Asked) -> str:
    return f"The list shows {count_text(asked.limit, 'paper')}, and others fit better."


def _is_disliked(basis: Basis, row: int) -> bool:
    """Tell whether nothing counts more for the place of a paper than what the reader does not like, and that much."""
    values = {part.name: float(part.values[row]) for part in basis.ranking.parts}
    against = -values.pop(DISLIKED, 0.0)
    return against > max([MUCH_AGAINST, *map(abs, values.values())])


def _said(basis: Basis, paper_id: PaperId) -> frozenset[Feedback]:
    return basis.unread.said.get(paper_id, frozenset())


def _why_left_out(reader: "Reader", basis: Basis, paper: Paper, wish: Wish) -> str:
    """Say why a paper may not be recommended; empty if it may."""
    if paper.is_binned:
        return "It is in the bin."
    said, twin = _said(basis, paper.id), basis.unread.twins.get(paper.id)
    if said & SAID.keys():
        return next(SAID[one] for one in SAID if one in said)
    if twin is not None:
        other = reader.papers.get(twin)
        return f"It is another record of “{other.title}”. {DONE.get(other.status, '')}".rstrip()
    if wish.is_special and paper.id in set(basis.taste.ids.tolist()):
        return "It is one of the papers that this list goes by."
    if paper.rating and paper.status not in DONE and not any(paper.id in part.candidates for part in basis.parts):
        return f"You rated it {paper.rating} of {BEST_RATING}."
    return DONE.get(paper.status, "")
