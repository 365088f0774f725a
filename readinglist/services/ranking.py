"""A library ranked for one wish: gathers what the ranker works on, and keeps what still holds between questions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.for_you import Wish
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import RECENCY, UPVOTES, Ranker, Ranking
from readinglist.recommend.subjects import PaperSubjects
from readinglist.recommend.variety import Subjects
from readinglist.services.decided import Decided
from readinglist.services.events import EventHub
from readinglist.services.kept_background import KeptBackground
from readinglist.services.popularity import Popularity
from readinglist.services.rankers import Rankers
from readinglist.services.subject_index import SubjectIndex
from readinglist.services.uncompared import Uncompared
from readinglist.services.unread import Unread, UnreadPapers
from readinglist.similarity.vectors import Vectors

if TYPE_CHECKING:
    from readinglist.similarity.terms import Terms

Ids = NDArray[np.int64]
_MadeOf: TypeAlias = "tuple[Ids, int, Vectors | None, Terms | None, PaperSubjects]"
NOTHING_LIKED = Taste.of(())
MOST_MISSING = 0.5  # share of papers without vectors, above which those of the others are not looked at
USUAL = 20_000  # papers that show how far another stands out by its words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Basis:
    """What an answer is made from.

    Attributes:
        unread: What is known of the papers.
        corpus: All papers that have vectors, or those of them that could come first; where none has any, all papers.
        taste: What is liked; nothing where there are no vectors to compare by.
        ranking: Of the corpus, for the taste.
        candidates: The papers that may be recommended, in ascending order; the corpus may be without some of them.
        decided: How many papers tell what the reader likes.
        is_by_meaning: There are vectors.
        subjects: Returns for papers the categories that their sources gave them.
        rest: What the papers without vectors are ranked by, where others have some; None if none is without.
    """

    unread: Unread
    corpus: Corpus
    taste: Taste
    ranking: Ranking
    candidates: Ids
    decided: int
    is_by_meaning: bool
    subjects: Subjects
    rest: "Basis | None" = None

    @property
    def parts(self) -> tuple["Basis", ...]:
        """This one and the rest: each has candidates of its own."""
        return (self,) if self.rest is None else (self, self.rest)

    def rows_of(self, ids: Iterable[PaperId]) -> dict[PaperId, int]:
        """Return the rows of papers in the corpus, in the order of the papers; those that have none are left out."""
        ids = list(ids)
        found = self.corpus.rows_of(np.array(ids, dtype=np.int64))
        rows = dict(zip(self.corpus.ids[found].tolist(), found.tolist(), strict=True))
        return {key: rows[key] for key in ids if key in rows}


class Rankings:
    """Makes bases; used by one thread at a time, and never within a look at the library: each part takes its own.

    What changed is to be noted before the library is looked at, or a change between the two would be missed for good.

    Args:
        library: The papers.
        events: Tells what changed.
        now: UTC.
    """

    def __init__(self, library: Library, events: EventHub, now: Callable[[], datetime]) -> None:
        self._library = library
        self._now = now
        self._decided = Decided(library, events)
        self._papers = UnreadPapers(library, events)
        kept_in = library.folder / "derived" / "for_you"
        self._kept = KeptBackground(kept_in)
        self._filed = SubjectIndex(library, events, kept_in)
        self._made_of: _MadeOf | None = None
        self._rankers: Rankers | None = None
        self._uncompared = Uncompared()
        self._missing: Ids = np.zeros(0, dtype=np.int64)  # papers without vectors
        self._special: tuple[Wish, tuple[PaperId, ...], Taste] | None = None
        self._last: dict[bool, tuple[Ranker, Taste, Ranking]] = {}

    def basis(
        self,
        wish: Wish,
        vectors: Vectors | None,
        terms: "Terms | None",
        *,
        first: int | None = None,
        among: Ids | None = None,
    ) -> Basis:
        """Rank papers for a wish.

        Args:
            wish: What is asked for.
            vectors: None if there are none.
            terms: None if there are none.
            first: How many of the best are needed: in a large library the others may be left out of the corpus. None
                has all papers ranked.
            among: The papers of which these are the best, in ascending order; None for all.
        """
        unread = self._papers.present()
        taste = self._special_taste(wish) if wish.is_special else self._decided.taste(self._now())
        used = NOTHING_LIKED if vectors is None else taste
        candidates = unread.candidates()
        # Of what the reader rated low nobody has to guess, even where nothing else is like it.
        left_out = taste.ids if wish.is_special else taste.ids[taste.weights < 0]
        candidates = candidates[~np.isin(candidates, left_out)]
        rankers = self._rankers_of(unread, vectors, terms)
        if first is None or wish.is_special:
            ranker = rankers.whole(used)
        else:
            wanted = candidates if among is None else np.intersect1d(candidates, among)
            ranker = rankers.first(used, lambda some: int(np.isin(wanted, some.ids).sum()) >= min(first, len(wanted)))
        basis = Basis(
            unread=unread,
            corpus=ranker.corpus,
            taste=used,
            ranking=self._ranking_of(ranker, used, wish, is_rest=False),
            candidates=candidates,
            decided=len(taste.ids),
            is_by_meaning=vectors is not None,
            subjects=self._subjects,
        )
        return self._with_rest(basis, taste, wish, terms)

    def _with_rest(self, basis: Basis, taste: Taste, wish: Wish, terms: "Terms | None") -> Basis:
        """Rank the papers that have no vectors too; where most have none, all are ranked as if none had."""
        if not len(self._missing) or (not basis.is_by_meaning and (terms is None or not len(taste.ids))):
            return basis
        unread, popularity = basis.unread, self._papers.popularity
        is_mixed = basis.is_by_meaning and len(self._missing) <= MOST_MISSING * len(unread.ids)
        is_mixed = is_mixed or terms is None or not len(taste.ids)
        missing = self._missing if is_mixed else unread.ids
        usual = unread.ids[:: max(1, len(unread.ids) // USUAL)]
        decided = unread.ids[np.isin(unread.ids, taste.ids)]
        ids = np.unique(np.concatenate([missing, usual, decided]))
        ranker = self._uncompared.ranker(
            ids, terms, popularity.of, subjects=self._filed.present(), version=popularity.version
        )
        rest = replace(
            basis,
            corpus=ranker.corpus,
            taste=taste,
            ranking=self._ranking_of(ranker, taste, wish, is_rest=True),
            candidates=basis.candidates[np.isin(basis.candidates, missing)],
            is_by_meaning=False,
        )
        return replace(basis, rest=rest) if is_mixed else rest

    def _subjects(self, ids: Ids) -> dict[int, str]:
        with self._library.read() as reader:
            return reader.unread.subjects([PaperId(one) for one in ids.tolist()])

    def _special_taste(self, wish: Wish) -> Taste:
        like = wish.like
        if wish.tag or wish.collection:
            noun, name = ("tag", wish.tag) if wish.tag else ("collection", wish.collection)
            with self._library.read() as reader:
                like = tuple(sorted(reader.unread.members(noun, name)))
        if self._special is None or self._special[:2] != (wish, like):
            self._special = (wish, like, Taste.of(like, wish.unlike))
        return self._special[2]

    def _ranking_of(self, ranker: Ranker, taste: Taste, wish: Wish, *, is_rest: bool) -> Ranking:
        last = self._last.get(is_rest)
        if last is None or last[0] is not ranker or last[1] is not taste:
            ranking = ranker.rank(taste)
            last = (ranker, taste, _by_likeness_alone(ranking) if wish.is_special else ranking)
            self._last[is_rest] = last
        return last[2]

    def _rankers_of(self, unread: Unread, vectors: Vectors | None, terms: "Terms | None") -> Rankers:
        """Return the rankers of what is there now; a status that changed changes nothing in them."""
        before, popularity, filed = self._made_of, self._papers.popularity, self._filed.present()
        self._made_of = (unread.ids, popularity.version, vectors, terms, filed)
        if self._rankers is None or before is None or not _is_same(before, self._made_of):
            corpus = _corpus_of(unread, vectors, terms, filed, popularity)
            self._missing = unread.ids if vectors is None else unread.ids[~np.isin(unread.ids, vectors.ids)]
            self._rankers = Rankers(corpus, self._kept) if self._rankers is None else self._rankers.updated(corpus)
        return self._rankers


def _by_likeness_alone(ranking: Ranking) -> Ranking:
    """Leave out what fills the gaps of a short history: who names papers to go by has said all that counts."""
    parts = tuple(part for part in ranking.parts if part.name not in {UPVOTES, RECENCY})
    if not parts or len(parts) == len(ranking.parts):
        return ranking
    scores = np.sum([part.values for part in parts], axis=0, dtype=np.float32)
    is_ranked = np.isfinite(ranking.scores)
    return replace(ranking, parts=parts, scores=np.where(is_ranked, scores, np.float32(-np.inf)), notice="")


def _is_same(one: _MadeOf, other: _MadeOf) -> bool:
    """Tell whether there are the same papers, as much liked by others, with the same vectors, words and subjects."""
    is_as_before = one[1] == other[1] and all(mine is others for mine, others in zip(one[2:], other[2:], strict=True))
    return is_as_before and (one[0] is other[0] or np.array_equal(one[0], other[0]))


def _corpus_of(
    unread: Unread,
    vectors: Vectors | None,
    terms: "Terms | None",
    filed: PaperSubjects,
    popularity: Popularity,
) -> Corpus:
    if vectors is None:
        return Corpus(
            ids=unread.ids,
            matrix=np.zeros((len(unread.ids), 1), dtype=np.float32),
            is_live=np.ones(len(unread.ids), dtype=np.bool_),
            popularity=partial(popularity.of, unread.ids),
        )
    known = vectors.only(unread.ids)
    return Corpus.of(known, terms, subjects=filed, popularity=partial(popularity.of, vectors.ids))
