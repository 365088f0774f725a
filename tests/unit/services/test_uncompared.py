"""Papers without vectors are ranked by their words."""

import numpy as np

from readinglist.domain.paper import PaperId
from readinglist.recommend.profile import Taste
from readinglist.recommend.subjects import PaperSubjects
from readinglist.services.uncompared import Ids, Uncompared
from readinglist.similarity.terms import Terms

EACH = 15
TEXTS = [f"{'lenses of galaxies' if number < EACH else 'folded proteins'} own{number}" for number in range(2 * EACH)]
IDS = np.arange(1, 2 * EACH + 1, dtype=np.int64)


def unknown(ids: Ids) -> tuple[np.ndarray, np.ndarray]:
    return np.full(len(ids), np.nan, dtype=np.float32), np.full(len(ids), np.nan, dtype=np.float32)


def test_papers_with_the_readers_words_come_first() -> None:
    terms = Terms.of_texts(IDS.tolist(), TEXTS)
    ranking = Uncompared().ranker(IDS, terms, unknown, version=1).rank(Taste.of([PaperId(1), PaperId(2)]))
    assert ranking.scores[:EACH].min() > ranking.scores[EACH:].max()


def test_without_words_upvotes_and_dates_are_left() -> None:
    def upvotes(ids: Ids) -> tuple[np.ndarray, np.ndarray]:
        return ids.astype(np.float32), unknown(ids)[1]

    ranking = Uncompared().ranker(IDS, None, upvotes, version=1).rank(Taste.of([PaperId(1)]))
    assert int(ranking.scores.argmax()) == 2 * EACH - 1


def test_a_ranker_is_kept_while_nothing_changes() -> None:
    terms, uncompared = Terms.of_texts(IDS.tolist(), TEXTS), Uncompared()
    first = uncompared.ranker(IDS, terms, unknown, version=1)
    assert uncompared.ranker(IDS.copy(), terms, unknown, version=1) is first
    assert uncompared.ranker(IDS[:-1], terms, unknown, version=1) is not first
    again = uncompared.ranker(IDS, terms, unknown, version=1)
    assert uncompared.ranker(IDS, terms, unknown, version=2) is not again


def test_papers_filed_with_the_readers_come_first_and_what_is_filed_anew_is_ranked_anew() -> None:
    filed = PaperSubjects.of((int(key), ["cs.CV" if key <= EACH else "math.NT"]) for key in IDS)
    uncompared = Uncompared()
    first = uncompared.ranker(IDS, None, unknown, subjects=filed, version=1)
    scores = first.rank(Taste.of([PaperId(1), PaperId(2)])).scores
    assert scores[:EACH].min() > scores[EACH:].max()
    assert uncompared.ranker(IDS, None, unknown, subjects=filed, version=1) is first
    again = filed.renewed(np.array([1]), PaperSubjects.of([(1, ["math.NT"])]))
    assert uncompared.ranker(IDS, None, unknown, subjects=again, version=1) is not first
