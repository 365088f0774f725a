"""Packed words are the words they were, and what stands at a place is what a walk over all of them finds."""

import doctest
import random
import time
from array import array
from collections.abc import Callable, Iterable, Sequence
from types import ModuleType

import pytest

from readinglist.domain import page_words
from readinglist.domain.page_words import PageWords, Tables
from readinglist.domain.pages import Point, Rect, Word
from readinglist.domain.rect_grid import RectGrid

MANY = 40_000


def dice_of(seed: int) -> random.Random:
    """Return dice that fall the same way every time."""
    return random.Random(seed)  # noqa: S311 - nothing is kept secret with them


def make_page(dice: random.Random, blocks: int) -> list[Word]:
    """Strew paragraphs over a page, some of them over others, with lines of different heights."""
    words = []
    for block in range(blocks):
        left, top = dice.uniform(0, 500), dice.uniform(0, 700)
        for line in range(dice.randint(1, 40)):
            x, height = left, dice.choice((8.0, 9.0, 14.0))
            for _ in range(dice.randint(1, 6)):
                text = "x" * dice.randint(1, 9)
                edges = tuple(x + place for place in range(len(text) + 1)) if dice.random() < 0.5 else ()
                words.append(Word(Rect(x, top, x + len(text), top + height), text, block, line, edges))
                x += len(text) + 3
            top += dice.choice((8.0, 12.0, 15.0))
    return words


def make_drawing(count: int) -> list[Word]:
    """Strew words, each a paragraph of its own, as in a map."""
    dice = dice_of(5)
    places = [(dice.uniform(0, 2000), dice.uniform(0, 2000)) for _ in range(count)]
    return [Word(Rect(x, y, x + 20, y + 8), "name", number, 0) for number, (x, y) in enumerate(places)]


def walked_word(point: Point, words: Sequence[Word]) -> int | None:
    return next((place for place, word in enumerate(words) if word.rect.contains(point)), None)


def walked_nearest(point: Point, words: Sequence[Word], blocks: dict[int, Rect]) -> int:
    block = min(blocks, key=lambda one: (away(point, blocks[one]), blocks[one].width * blocks[one].height))
    inside = [place for place, word in enumerate(words) if word.block == block]
    lines = around((words[place].line, words[place].rect) for place in inside)
    line = min(lines, key=lambda one: abs(lines[one].centre.y - point.y) - lines[one].height / 2)
    return min(
        (place for place in inside if words[place].line == line),
        key=lambda place: max(words[place].rect.left - point.x, 0.0, point.x - words[place].rect.right),
    )


def around(parts: Iterable[tuple[int, Rect]]) -> dict[int, Rect]:
    found: dict[int, Rect] = {}
    for number, rect in parts:
        seen = found.get(number, rect)
        found[number] = Rect(
            min(seen.left, rect.left),
            min(seen.top, rect.top),
            max(seen.right, rect.right),
            max(seen.bottom, rect.bottom),
        )
    return found


def blocks_of(words: Sequence[Word]) -> dict[int, Rect]:
    return around((word.block, word.rect) for word in words)


def away(point: Point, rect: Rect) -> float:
    across = max(rect.left - point.x, 0.0, point.x - rect.right)
    down = max(rect.top - point.y, 0.0, point.y - rect.bottom)
    return across**2 + down**2


def took(work: Callable[[], object]) -> float:
    began = time.thread_time()
    work()
    return time.thread_time() - began


@pytest.mark.parametrize("blocks", [1, 3, 30, 400])
def test_words_are_packed_and_come_out_as_they_were(blocks: int) -> None:
    words = make_page(dice_of(blocks), blocks)
    packed = PageWords.of(words)
    assert list(packed) == words
    assert packed[3:9] == tuple(words[3:9])
    assert packed[-1] == words[-1]


@pytest.mark.parametrize("blocks", [1, 3, 30, 200])
def test_a_place_has_the_word_that_a_walk_over_all_finds(blocks: int) -> None:
    dice = dice_of(blocks)
    words = make_page(dice, blocks)
    packed, blocks_of_words = PageWords.of(words), blocks_of(words)
    points = [Point(dice.uniform(-50, 650), dice.uniform(-50, 1300)) for _ in range(150)]
    points += [word.rect.centre for word in dice.sample(words, min(50, len(words)))]
    points += [Point(word.rect.right, word.rect.bottom) for word in dice.sample(words, min(50, len(words)))]
    for point in points:
        assert packed.find_word(point) == walked_word(point, words)
        nearest = packed.find_nearest(point)
        assert nearest is not None
        assert words[nearest].rect == words[walked_nearest(point, words, blocks_of_words)].rect


def test_lines_and_paragraphs_have_their_words() -> None:
    words = make_page(dice_of(1), 20)
    packed = PageWords.of(words)
    for place in range(0, len(words), 7):
        word = words[place]
        line = [number for number, one in enumerate(words) if (one.block, one.line) == (word.block, word.line)]
        block = [number for number, one in enumerate(words) if one.block == word.block]
        assert packed.line_span(place) == (line[0], line[-1])
        assert packed.block_span(place) == (block[0], block[-1])


def test_a_page_without_words_has_none_anywhere() -> None:
    packed = PageWords.of(())
    assert (list(packed), packed.find_word(Point(0, 0)), packed.find_nearest(Point(0, 0))) == ([], None, None)


def test_a_rectangle_under_many_others_is_found_and_smaller_ones_come_first() -> None:
    page = (0.0, 0.0, 1000.0, 1000.0)
    dots = [(x, y, x + 2, y + 2) for x in range(0, 1000, 20) for y in range(0, 1000, 20)]
    grid = RectGrid(array("d", [number for rect in (page, *dots) for number in rect]))
    assert grid.nearest(Point(21, 41)) == 1 + 50 + 2
    assert grid.nearest(Point(30, 30)) == 0
    assert grid.at(Point(21, 41)) == [0, 1 + 50 + 2]


@pytest.mark.parametrize("make", [lambda: make_page(dice_of(2), 500), lambda: make_drawing(MANY)])
def test_tens_of_thousands_of_words_are_not_walked_over(make: Callable[[], list[Word]]) -> None:
    words = make()
    packed = PageWords.of(words)
    points = [word.rect.centre for word in words[:: len(words) // 50]]
    walk = took(lambda: walked_nearest(points[0], words, blocks_of(words)))
    each = took(lambda: [(packed.find_nearest(point), packed.find_word(point)) for point in points]) / len(points)
    assert each < walk / 20


@pytest.mark.parametrize(
    "spoiled",
    [
        {"rects": array("d", (0, 0, 1))},
        {"line_starts": array("i", (0, 2))},
        {"line_starts": array("i", (1,))},
        {"edge_starts": array("i", (0, 9))},
        {"block_starts": array("i", (0, 1, 1))},
        {"line_names": array("i", (0,))},
    ],
)
def test_parts_that_do_not_belong_together_are_no_words(spoiled: dict[str, "array[float]"]) -> None:
    sound = PageWords.of([Word(Rect(0, 0, 9, 9), "a", 0, 0)]).tables
    tables = Tables(**{name: getattr(sound, name) for name in Tables.__slots__} | spoiled)
    with pytest.raises(ValueError, match="do not belong together"):
        PageWords(["a"], tables)


@pytest.mark.parametrize("module", [page_words])
def test_examples_say_what_happens(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
