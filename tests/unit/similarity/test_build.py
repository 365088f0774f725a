"""What has yet to be read, in which batches, and what is said about the time."""

import random
from itertools import pairwise

import pytest

from readinglist.domain.paper import PaperId
from readinglist.similarity.build import Counts, Pace, Standing, batches


def known(**hashes: str) -> dict[PaperId, str]:
    return {PaperId(int(key[1:])): digest for key, digest in hashes.items()}


@pytest.fixture
def standing() -> Standing:
    standing = Standing()
    standing.replace(known(p1="a", p2="b", p3="c", p4="d"), known(p1="a", p2="old", p9="gone"))
    return standing


def test_missing_and_changed_papers_wait_the_newest_first(standing: Standing) -> None:
    assert standing.counts() == Counts(total=4, done=1, stale=1)
    assert standing.todo(10) == [4, 3, 2]
    assert standing.todo(2) == [4, 3]
    assert [standing.is_done(PaperId(number)) for number in (1, 2, 3, 9)] == [True, False, False, False]


def test_some_papers_can_be_learnt_anew(standing: Standing) -> None:
    ids = [PaperId(number) for number in (1, 2, 3, 4, 5)]
    standing.update(ids, known(p1="a2", p2="b", p3="c", p5="e"), known(p1="a", p2="b", p3="c"))
    assert standing.counts() == Counts(total=4, done=2, stale=1)
    assert standing.todo(10) == [5, 1]


def test_batches_have_everything_once_and_similar_lengths() -> None:
    chance = random.Random(1)  # noqa: S311 - an order, no secret
    texts = ["x" * chance.randrange(1000) for _ in range(101)]
    cut = batches(texts, 10, length=len, chance=chance)
    assert sorted(text for batch in cut for text in batch) == sorted(texts)
    assert sorted(len(batch) for batch in cut) == [1] + [10] * 10
    spans = sorted((len(batch[0]), len(batch[-1])) for batch in cut)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert [len(batch[0]) for batch in cut] != sorted(len(batch[0]) for batch in cut)


@pytest.mark.parametrize(
    ("papers", "seconds", "left", "words"),
    [
        (85, 1.0, 10_200, "85 papers a second, 2 minutes left"),
        (85, 1.0, 85 * 7200, "85 papers a second, 2 hours left"),
        (85, 1.0, 85 * 30, "85 papers a second, less than a minute left"),
        (1, 1.0, 3, "1 paper a second, a few seconds left"),
        (1, 4.0, 60, "15 papers a minute, 4 minutes left"),
        (85, 1.0, 0, "85 papers a second"),
    ],
)
def test_the_pace_is_said_in_words(papers: int, seconds: float, left: int, words: str) -> None:
    pace = Pace()
    pace.note(papers, seconds)
    assert pace.words(left) == words


def test_a_pause_does_not_change_the_pace() -> None:
    pace = Pace()
    for seconds in (1.0, 1.0, 600.0, 1.0):
        pace.note(50, seconds)
    assert pace.words(100) == "50 papers a second, a few seconds left"


def test_before_the_first_batch_nothing_is_said() -> None:
    assert Pace().words(100) == ""


def test_what_is_read_can_be_something_else_than_papers() -> None:
    pace = Pace("passage")
    pace.note(12, 2.0)
    assert pace.words(1200) == "6 passages a second, 3 minutes left"


def test_the_speed_in_letters_is_known_from_some_batches_on() -> None:
    pace = Pace()
    for letters in (1000, 4000):
        pace.note(4, 2.0, letters=letters)
    assert pace.letters_a_second == 0
    pace.note(4, 2.0, letters=3000)
    assert pace.letters_a_second == 1500
