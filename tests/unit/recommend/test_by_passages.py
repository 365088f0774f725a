"""What a passage says of its paper: its own closeness, less what many passages gain by chance."""

import numpy as np
import pytest

from readinglist.recommend.by_passages import ENOUGH, ByPassages, merged
from readinglist.similarity.vectors import NO_PAPER, Vectors


def vectors(rows: int) -> Vectors:
    matrix = np.random.default_rng(3).standard_normal((rows, 16)).astype(np.float32)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    return Vectors(ids=np.arange(1, rows + 1), matrix=matrix)


def test_the_only_passage_of_a_pdf_counts_as_it_is() -> None:
    found = vectors(400)
    assert ByPassages(found, found.matrix[0]).score(0.6, 1) == 0.6


def test_the_more_passages_a_pdf_has_the_more_is_taken_off_and_never_much() -> None:
    found = vectors(400)
    scores = [ByPassages(found, found.matrix[0]).score(0.6, number) for number in (1, 10, 40, 400)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0.25


def test_long_and_short_pdfs_about_nothing_of_the_kind_are_alike_once_chance_is_taken_off() -> None:
    found = vectors(6000)
    rng = np.random.default_rng(5)
    gap: dict[float, list[float]] = {0.0: [], 1.0: []}
    for _ in range(60):
        query = rng.standard_normal(16).astype(np.float32)
        query /= np.linalg.norm(query)
        cosines = found.matrix @ query
        short, long = cosines[:10].max(), cosines[1000:1400].max()
        for chance, gaps in gap.items():
            worth = ByPassages(found, query, chance=chance)
            gaps.append(worth.score(float(long), 400) - worth.score(float(short), 10))
    assert np.mean(gap[0.0]) > 0.2
    assert abs(np.mean(gap[1.0])) < 0.1


@pytest.mark.parametrize("rows", [1, ENOUGH - 1])
def test_few_passages_tell_nothing_of_chance(rows: int) -> None:
    found = vectors(rows)
    assert ByPassages(found, found.matrix[0]).score(0.5, 30) == 0.5


def test_rows_that_count_no_more_are_left_out() -> None:
    found = vectors(ENOUGH)
    found.ids[0] = NO_PAPER
    assert ByPassages(found, found.matrix[0]).score(0.5, 30) == 0.5


def test_a_paper_has_the_better_of_two_scores_and_the_older_of_two_equals_is_first() -> None:
    assert merged({3: 0.5, 1: 0.4}, {1: 0.6, 2: 0.5}) == {1: 0.6, 2: 0.5, 3: 0.5}
    assert list(merged({3: 0.5, 1: 0.4}, {1: 0.6, 2: 0.5})) == [1, 2, 3]
