"""Choosing words in reading order."""

import doctest
from types import ModuleType

import pytest

from readinglist.domain.pages import PageSize, Point, Rect, Word
from readinglist.ui.reader import arrangement, preview, selection, steps
from readinglist.ui.reader.selection import (
    WHOLE,
    Selection,
    Spot,
    find_nearest,
    find_word,
    letter_at,
    line_of,
    stepped,
    stepped_letter,
    stepped_line,
)
from readinglist.ui.reader.steps import Steps


def column(left: float, block: int, *lines: str) -> list[Word]:
    words = []
    for number, line in enumerate(lines):
        for place, text in enumerate(line.split()):
            x, y = left + 30 * place, 10.0 * number
            words.append(Word(Rect(x, y, x + 28, y + 9), text, block, number))
    return words


PAGE_ONE = (*column(0, 0, "one two three", "four five hy-", "phen six"), *column(200, 1, "right side", "of it"))
PAGE_TWO = tuple(column(0, 0, "next page", "ends here"))
PAGES = {1: PAGE_ONE, 2: PAGE_TWO}


def words(page: int) -> tuple[Word, ...]:
    return PAGES.get(page, ())


def test_the_left_column_is_read_before_the_right_one() -> None:
    chosen = Selection(Spot(1, 4), Spot(1, 9))
    assert chosen.text(words) == "five hyphen six\nright side"
    assert [(rect.left, rect.top) for rect in chosen.rects_on(1, PAGE_ONE)] == [(30, 10), (0, 20), (200, 0)]


def test_it_makes_no_difference_where_it_was_begun() -> None:
    assert Selection(Spot(1, 9), Spot(1, 4)).text(words) == Selection(Spot(1, 4), Spot(1, 9)).text(words)


def test_a_selection_goes_over_the_end_of_a_page() -> None:
    chosen = Selection(Spot(1, 11), Spot(2, 0))
    assert list(chosen.pages) == [1, 2]
    assert chosen.text(words) == "it\nnext"
    assert len(chosen.rects_on(2, PAGE_TWO)) == 1
    assert chosen.rects_on(3, ()) == ()


def test_a_selection_begins_and_ends_inside_words() -> None:
    words = (Word(Rect(0, 0, 30, 9), "abc", 0, 0, (0, 5, 20, 30)), Word(Rect(35, 0, 65, 9), "def", 0, 0))
    for chosen in (Selection(Spot(1, 0, 1), Spot(1, 1, 2)), Selection(Spot(1, 1, 2), Spot(1, 0, 1))):
        assert chosen.text(lambda _: words) == "bc de"
        assert chosen.rects_on(1, words) == (Rect(5, 0, 55, 9),)
    assert Selection(Spot(1, 0, 3), Spot(1, 1, 0)).text(lambda _: words) == ""
    assert Selection(Spot(1, 0), Spot(1, 1, 1)).text(lambda _: words) == "abc d"
    assert Selection(Spot(1, 1), Spot(1, 0, 2)).text(lambda _: words) == "c def"
    assert Selection(Spot(1, 0, 1), Spot(1, 0, 1)).is_empty
    assert not Selection(Spot(1, 0), Spot(1, 0)).is_empty


def test_keys_step_letter_by_letter_over_the_ends_of_words() -> None:
    pages = {1: [Word(Rect(0, 0, 20, 9), "ab", 0, 0), Word(Rect(25, 0, 45, 9), "cd", 0, 0)]}
    chosen, seen = Selection(Spot(1, 0), Spot(1, 0)), []
    for by in (-1, 1, 1, 1, 1, -1):
        chosen = stepped_letter(chosen, by, pages.get, 1)
        seen.append(chosen.text(pages.get))
    assert seen == ["a", "ab", "ab c", "ab cd", "ab cd", "ab c"]
    back = stepped_letter(Selection(Spot(1, 1), Spot(1, 0)), 1, pages.get, 1)
    assert back.text(pages.get) == "b cd"
    assert stepped_letter(Selection(Spot(1, 1, 2), Spot(1, 1, 0)), -1, pages.get, 1).text(pages.get) == "b cd"


def test_a_word_that_is_set_sideways_is_marked_whole() -> None:
    word = Word(Rect(0, 0, 9, 60), "upward", 0, 0)
    assert letter_at(Point(4, 30), word) == WHOLE
    assert word.cut(1, 3).rect == word.rect


def test_the_last_word_of_a_line_is_meant_behind_its_end() -> None:
    assert find_nearest(Point(95, 5), PAGE_ONE) == 2
    assert find_nearest(Point(120, 24), PAGE_ONE) == 7
    assert find_nearest(Point(0, 0), ()) is None


def test_the_end_of_a_short_line_is_not_lost_to_the_column_beside_it() -> None:
    long_lines = column(0, 0, "one two three four five", "six", "seven")
    page = (*long_lines, *column(160, 1, "right side", "of the", "page"))
    assert find_nearest(Point(145, 14), page) == 5
    assert find_nearest(Point(170, 14), page) == page.index(page[-3])


def test_a_word_is_found_where_it_stands() -> None:
    assert find_word(Point(210, 3), PAGE_ONE) == 8
    assert find_word(Point(150, 3), PAGE_ONE) is None
    assert line_of(4, PAGE_ONE) == (3, 5)


def test_keys_move_the_end_by_words_and_lines_and_over_pages() -> None:
    start = Selection(Spot(1, 0), Spot(1, 0))
    assert stepped(start, 1, words, 2).head == Spot(1, 1)
    assert stepped(start, -1, words, 2).head == Spot(1, 0)
    last = Selection(Spot(1, 0), Spot(1, len(PAGE_ONE) - 1))
    assert stepped(last, 1, words, 2).head == Spot(2, 0)
    assert stepped(Selection(Spot(2, 0), Spot(2, 0)), -1, words, 2).head == Spot(1, len(PAGE_ONE) - 1)
    assert stepped(Selection(Spot(2, 3), Spot(2, 3)), 1, words, 2).head == Spot(2, 3)
    assert stepped_line(Selection(Spot(1, 1), Spot(1, 1)), 1, words).head == Spot(1, 4)
    assert stepped_line(Selection(Spot(1, 4), Spot(1, 4)), -1, words).head == Spot(1, 1)
    assert stepped_line(Selection(Spot(1, 0), Spot(1, 11)), 1, words).head == Spot(1, 11)


def test_back_and_forward_lead_through_the_jumps() -> None:
    steps: Steps[int] = Steps()
    assert steps.back(1) is None
    steps.leave(1)
    steps.leave(5)
    assert [steps.back(9), steps.back(5)] == [5, 1]
    assert not steps.can_go_back
    assert [steps.forward(1), steps.forward(5), steps.forward(9)] == [5, 9, None]
    steps.back(9)
    steps.leave(7)
    assert not steps.can_go_forward, "a new jump makes a new way"


@pytest.mark.parametrize("module", [arrangement, preview, selection, steps], ids=lambda one: one.__name__)
def test_examples_say_what_happens(module: ModuleType) -> None:
    assert doctest.testmod(module) == (0, doctest.testmod(module).attempted)
    assert doctest.testmod(module).attempted


def test_a_preview_is_as_wide_as_the_paragraph_that_it_shows() -> None:
    reference = [Word(Rect(60 + 40 * place, 300, 95 + 40 * place, 310), "word", 3, 0) for place in range(12)]
    size = PageSize(600, 800)
    part = preview.target_part(size, Point(60, 302), [*column(0, 0, "above it"), *reference])
    assert part.left <= 60
    assert part.right >= reference[-1].rect.right
    assert part.top < 300 < part.bottom
    narrow = preview.target_part(size, Point(60, 302), reference[:4])
    assert narrow.width < part.width
    assert preview.target_part(size, None).top == 0
