"""For you against other ways to recommend: simulated readers, with abstracts and with titles only.

The papers are a sample of arXiv, so the file says nothing of upvotes: for popularity stands how many other papers are
near to one (the sum of the cosines to all). Methods were chosen with one half of the authors; these are the others.
Beside the authors, who are narrow readers, there are broad ones: each has read some papers of a small category.

For you is tried without the categories that the source gives, as the other ways are, and with them. Broad readers are
made of categories, so that they would only say what is known.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.evaluate import Estimate, difference, estimate, ndcg, recall
from readinglist.recommend.profile import Taste
from readinglist.recommend.ranker import Ranker
from readinglist.recommend.variety import Manner, choose
from readinglist.similarity.vectors import Vectors
from tests.benchmarks.report import Row, at_least, at_most, left_out
from tests.benchmarks.simulated import (
    Collection,
    Reader,
    Score,
    draw_broad_readers,
    draw_readers,
    first_rows,
    judge,
    load_papers,
    make_collection,
)

READERS = 200
SEED = 1
OURS, FILED = "For you", "For you, categories known"
DISCRIMINANT = "discriminant on vectors"
RIDGE = 0.1  # of the rival, which was the best found for it
MANY = 100_000
READ = 2000
REPEATS = 5
GROUPS = 200  # subjects, some hundred papers each
SKIPPED = 20
LEAST_SHOWN = 4  # papers of a subject among the first 50, for it to be a neighbouring one


def measure(count: int = READERS) -> list[Row]:
    """Measure."""
    papers = load_papers()
    if papers is None:
        return [left_out("simulated readers", "the sample papers are not here")]
    readers = draw_readers(papers, count, seed=SEED, half=1)
    broad = draw_broad_readers(papers, seed=SEED)
    rows: list[Row] = []
    for kind, has_abstracts in (("abstracts", True), ("titles only", False)):
        collection = make_collection(papers, has_abstracts=has_abstracts)
        methods = _methods(collection)
        rivals = [*methods][1:]
        filed = {FILED: _ours(collection.filed), **methods}
        rows += _compare(kind, filed, readers, rivals if has_abstracts else [DISCRIMINANT])
        rows += _compare(f"broad readers, {kind}", methods, broad, rivals)
        if has_abstracts:
            rows += [*_learning(collection, readers), *_variety(collection, readers), *_speed(collection)]
    return rows


def _compare(
    kind: str, methods: Mapping[str, Score], readers: Sequence[Reader], rivals: Sequence[str]
) -> Iterator[Row]:
    judged = {name: judge(readers, score) for name, score in methods.items()}
    _print(kind, judged)
    for place, what in enumerate(("nDCG@20", "recall@100")):
        best = max(rivals, key=lambda name: estimate(judged[name][place]).mean)
        theirs = estimate(judged[best][place]).mean
        for name in (one for one in (OURS, FILED) if one in judged):
            ours = estimate(judged[name][place]).mean
            known = ", categories known" if name == FILED else ""
            yield at_least(f"{what}, {kind}{known}, against {best} ({theirs:.3f})", ours, theirs)


def _print(kind: str, judged: Mapping[str, tuple[list[float], list[float]]]) -> None:
    print(f"\n{kind}: mean [95 % interval] of nDCG@20 and recall@100; how much For you is ahead, paired")
    for name, (gains, found) in judged.items():
        ahead = [difference(judged[OURS][place], judged[name][place]) for place in (0, 1)]
        figures = f"{estimate(gains)}  {estimate(found)}   {_signed(ahead[0])}  {_signed(ahead[1])}"
        print(f"{name:32} {figures}", flush=True)


def _signed(one: Estimate) -> str:
    return f"{one.mean:+.3f} [{one.low:+.3f}, {one.high:+.3f}]"


def _methods(collection: Collection) -> dict[str, Score]:
    matrix = collection.corpus.matrix
    crowd = matrix @ matrix.sum(axis=0)
    return {
        OURS: _ours(collection.corpus),
        "centroid cosine": lambda reader: matrix @ matrix[reader.read].mean(axis=0),
        "nearest read paper": lambda reader: (matrix @ matrix[reader.read].T).max(axis=1),
        **_learned_from_words(collection),
        "logistic regression on vectors": lambda reader: _logistic(matrix, reader),
        DISCRIMINANT: _discriminant(matrix),
        "popularity (near to many)": lambda _: crowd,
    }


def _ours(corpus: Corpus) -> Score:
    ranker = Ranker(corpus)
    return lambda reader: ranker.rank(Taste.of(corpus.ids[reader.read].tolist())).scores


def _learned_from_words(collection: Collection) -> dict[str, Score]:
    """As arxiv-sanity-lite recommends."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(
        strip_accents="unicode",
        token_pattern=r"(?u)\b[a-zA-Z_][a-zA-Z0-9_]+\b",  # noqa: S106
        stop_words="english",
        ngram_range=(1, 2),
        max_features=20_000,
        sublinear_tf=True,
        dtype=np.float32,
    ).fit_transform(collection.texts)

    def scores(reader: Reader, strictness: float) -> NDArray[Any]:
        machine = LinearSVC(C=strictness, class_weight="balanced", tol=1e-3, max_iter=2000)
        machine.fit(words, _labels(words.shape[0], reader))
        found: NDArray[Any] = words @ machine.coef_[0]
        return found

    return {
        "TF-IDF + linear SVM, C 0.01": lambda reader: scores(reader, 0.01),
        "TF-IDF + linear SVM, C 1": lambda reader: scores(reader, 1.0),
    }


def _logistic(matrix: NDArray[np.float32], reader: Reader) -> NDArray[Any]:
    from sklearn.linear_model import LogisticRegression

    machine = LogisticRegression(C=0.1, class_weight="balanced", tol=1e-3, max_iter=200)
    machine.fit(matrix, _labels(len(matrix), reader))
    found: NDArray[Any] = matrix @ machine.coef_[0]
    return found


def _discriminant(matrix: NDArray[np.float32]) -> Score:
    mean = matrix.mean(axis=0)
    covariance = (matrix - mean).T @ (matrix - mean) / len(matrix)
    ridge = RIDGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    inverse = np.linalg.inv(covariance + ridge)
    return lambda reader: matrix @ (inverse @ (matrix[reader.read].mean(axis=0) - mean))


def _labels(count: int, reader: Reader) -> NDArray[np.int64]:
    labels = np.zeros(count, dtype=np.int64)
    labels[reader.read] = 1
    return labels


def _learning(collection: Collection, readers: Sequence[Reader]) -> list[Row]:
    """Skip 20 papers of the subject next to the reader's own, and see what becomes of both.

    Subjects are groups of about a hundred papers that are near each other. The neighbouring one is what most of the
    first 50 are about beside the reader's own two.
    """
    from sklearn.cluster import MiniBatchKMeans

    corpus = collection.corpus
    groups = MiniBatchKMeans(GROUPS, random_state=SEED, n_init=1, batch_size=2048).fit_predict(corpus.matrix)
    ranker, chance = Ranker(corpus), np.random.default_rng(SEED)
    shown: list[tuple[int, int]] = []
    found: list[tuple[float, float]] = []
    for reader in readers:
        scores = ranker.rank(Taste.of(corpus.ids[reader.read].tolist())).scores
        first = first_rows(scores, reader.read, 100)
        counts = np.bincount(groups[first[:50]], minlength=GROUPS)
        counts[np.bincount(groups[reader.read], minlength=GROUPS).argsort()[-2:]] = 0
        subject = int(counts.argmax())
        others = np.setdiff1d(np.flatnonzero(groups == subject), [*first[:50], *reader.read, *reader.hidden])
        if counts[subject] < LEAST_SHOWN or len(others) < SKIPPED:
            continue
        skipped = chance.choice(others, SKIPPED, replace=False)
        taste = Taste.of(corpus.ids[reader.read].tolist(), corpus.ids[skipped].tolist())
        after = first_rows(ranker.rank(taste).scores, np.concatenate([reader.read, skipped]), 100)
        shown.append((int(counts[subject]), int((groups[after[:50]] == subject).sum())))
        found.append((recall(first, reader.hidden.tolist(), 100), recall(after, reader.hidden.tolist(), 100)))
    before_shown, after_shown = np.mean(shown, axis=0)
    before, after = np.mean(found, axis=0)
    what = f"papers of a skipped subject among the first 50, {len(shown)} readers, of {before_shown:.1f} before"
    return [
        at_most(what, float(after_shown), float(before_shown) / 2),
        at_least(f"recall@100 of the reader's own with that, against {before:.3f}", float(after), float(before) * 0.95),
    ]


def _variety(collection: Collection, readers: Sequence[Reader]) -> list[Row]:
    """Count the main categories among the first 20, and what is lost: told by the source, and by vectors alone."""
    subjects = collection.subjects
    by_source = Manner(subjects=lambda ids: {int(one): subjects[one - 1][0] for one in ids})
    cases = (("categories known", collection.filed, by_source), ("vectors alone", collection.corpus, Manner()))
    rows = []
    for name, corpus, manner in cases:
        shown = _shown(corpus, subjects, readers, [Manner(is_diverse=False), manner])
        (few, plain, plain_gain), (many, found, gain) = shown
        print(f"variety, {name}: nDCG@20 {gain:.3f}, without {plain_gain:.3f}", flush=True)
        what = f"main categories among the first 20, {name}, against {few:.2f} without variety"
        rows.append(at_least(what, float(many), 2 * float(few)))
        what = f"recall@100 with variety, {name}, against {plain:.3f} without"
        rows.append(at_least(what, float(found), float(plain) * 0.95))
    return rows


def _shown(
    corpus: Corpus, subjects: Sequence[Sequence[str]], readers: Sequence[Reader], manners: Sequence[Manner]
) -> list[NDArray[Any]]:
    """Return for each manner the main categories among the first 20, recall@100 and nDCG@20 of what is shown."""
    ranker = Ranker(corpus)
    figures: list[list[tuple[float, float, float]]] = [[] for _ in manners]
    for reader in readers:
        ranking = ranker.rank(Taste.of(corpus.ids[reader.read].tolist()))
        candidates, wanted = ~corpus.marked(corpus.ids[reader.read]), reader.hidden.tolist()
        for found, manner in zip(figures, manners, strict=True):
            rows = choose(ranking, corpus, candidates, 100, manner).tolist()
            gain = ndcg([float(row in wanted) for row in rows], [1.0] * len(wanted), 20)
            found.append((len({subjects[row][0] for row in rows[:20]}), recall(rows, wanted, 100), gain))
    return [np.mean(found, axis=0) for found in figures]


def _speed(collection: Collection) -> list[Row]:
    """Rank 100,000 papers, the sample five times with a little noise, for somebody who read 2,000 of them."""
    corpus = _many(collection)
    chance = np.random.default_rng(SEED)
    chosen = chance.choice(MANY, READ, replace=False) + 1
    weights = {int(one): float(weight) for one, weight in zip(chosen, chance.uniform(0.2, 1.0, READ), strict=True)}
    Background.of(corpus)  # what is known of the words alone belongs to the index
    first, next_ones = [], []
    for _ in range(REPEATS):
        ranker = Ranker(corpus)
        first.append(_milliseconds(ranker, weights))
        next_ones += [_milliseconds(ranker, {**weights, int(one): 0.8}) for one in chance.integers(1, MANY, 3)]
    return [
        at_most("100,000 papers ranked, 2,000 read, first time", min(first), 300, "ms"),
        at_most("the same after one more decision", min(next_ones), 50, "ms"),
    ]


def _milliseconds(ranker: Ranker, weights: Mapping[Any, float]) -> float:
    taste = Taste.from_weights(dict(weights))
    began = time.perf_counter()
    ranker.rank(taste)
    return (time.perf_counter() - began) * 1000


def _many(collection: Collection) -> Corpus:
    from readinglist.similarity.terms import Terms

    matrix, terms = collection.corpus.matrix, collection.corpus.terms
    assert terms is not None
    times = -(-MANY // len(matrix))
    chance = np.random.default_rng(SEED)
    noise = chance.normal(0, 0.02, (times * len(matrix), matrix.shape[1])).astype(np.float32)
    rows = (np.tile(matrix, (times, 1)) + noise)[:MANY]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    starts = np.concatenate([[0], *(terms.starts[1:] + copy * terms.starts[-1] for copy in range(times))])[: MANY + 1]
    ids = np.arange(1, MANY + 1, dtype=np.int64)
    many = Terms(
        ids=ids,
        starts=starts,
        places=np.tile(terms.places, times)[: starts[-1]],
        counts=np.tile(terms.counts, times)[: starts[-1]],
    )
    return Corpus.of(Vectors(ids=ids, matrix=rows), many)
