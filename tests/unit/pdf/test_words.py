"""Words in the order of reading, where they are seen, and phrases found among them."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from readinglist.domain.pages import Rect, SearchHit, Word
from readinglist.pdf.document import load_document
from readinglist.pdf.pages import OpenPages
from readinglist.pdf.words import find_phrase
from tests.helpers.made_pdf import LEFT, RIGHT, WIDTH, write_pdf


def words_of(*lines: str) -> list[Word]:
    """Return lines as words of ten points a letter, each line twenty points below the last."""
    found = []
    for number, line in enumerate(lines):
        across = 0
        for text in line.split():
            found.append(Word(Rect(across, 20 * number, across + 10 * len(text), 20 * number + 12), text, 0, number))
            across += 10 * (len(text) + 1)
    return found


def search(words: Sequence[Word], phrase: str) -> list[SearchHit]:
    return list(find_phrase(words, phrase, 7))


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        words = OpenPages(document).words(1)
    assert " ".join(word.text for word in words) == " ".join(("Heading 1", *LEFT, *RIGHT))
    assert [word.line for word in words if word.text in {"Alpha", "delta", "rithm"}] == [0, 1, 2]


def test_letters_have_their_own_places(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf")) as document:
        words = OpenPages(document).letters(1)
    for word in words:
        assert len(word.edges) == len(word.text) + 1
        assert (word.edges[0], word.edges[-1]) == pytest.approx((word.rect.left, word.rect.right), abs=0.5)
    heading = words[0]
    widths = [right - left for left, right in pairwise(heading.edges)]
    assert widths[heading.text.index("i")] < 0.6 * widths[heading.text.index("H")]


def test_on_a_turned_page_nobody_knows_the_letters_and_the_words_are_there(tmp_path: Path) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf", rotation=90)) as document:
        pages = OpenPages(document)
        assert pages.letters(1) == pages.words(1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_words_stand_where_they_are_seen(tmp_path: Path, rotation: int) -> None:
    with load_document(write_pdf(tmp_path / "made.pdf", rotation=rotation, is_cropped=True)) as document:
        pages = OpenPages(document)
        heading = pages.words(1)[0].rect.centre
        size = pages.sizes[0]
    near = {
        0: (heading.x, heading.y),
        90: (heading.y, size.width - heading.x),
        180: (size.width - heading.x, size.height - heading.y),
        270: (size.height - heading.y, heading.x),
    }[rotation]
    assert near == pytest.approx((72, 44), abs=5)


def test_a_phrase_is_found_whatever_its_case_accents_and_spaces() -> None:
    words = words_of("Le Résumé of it")
    for phrase in ("résumé", "RESUME", " resume   of "):
        assert [hit.page for hit in search(words, phrase)] == [7]
    (hit,) = search(words, "le resume")
    assert (hit.text, hit.after) == ("Le Résumé", "of it")
    assert search(words, "resumed") == []


def test_a_part_of_a_word_is_marked_alone() -> None:
    (hit,) = search(words_of("one recommendation two"), "commend")
    assert hit.rects == (Rect(60, 0, 130, 12),)
    assert (hit.before, hit.text, hit.after) == ("one", "recommendation", "two")


def test_a_hit_over_two_lines_has_a_rectangle_in_each() -> None:
    (hit,) = search(words_of("a deep neural", "network here"), "neural network")
    assert hit.rects == (Rect(70, 0, 130, 12), Rect(0, 20, 70, 32))


def test_a_broken_word_is_whole_again_and_a_hyphen_may_be_left_out() -> None:
    words = words_of("an algo-", "rithm that is state-of-the-", "art indeed")
    (hit,) = search(words, "algorithm")
    assert hit.text == "algorithm"
    assert len(hit.rects) == 2
    assert [len(search(words, phrase)) for phrase in ("state-of-the-art", "stateoftheart", "state of")] == [1, 1, 0]


def test_every_place_is_found_once_and_in_order() -> None:
    hits = search(words_of("aa aaa", "a"), "aa")
    assert [hit.rects[0].top for hit in hits] == [0, 0]
    assert [(hit.rects[0].left, hit.rects[0].right) for hit in hits] == [(0, 20), (30, 50)]


def test_nothing_is_found_where_nothing_is_asked_or_written() -> None:
    assert search(words_of("some words"), "  - ") == []
    assert search((), "anything") == []


def test_words_of_a_page_seen_sideways_are_marked_whole() -> None:
    words = [Word(Rect(100, 100, 112, 180), "sideways", 0, 0)]
    assert [hit.rects for hit in search(words, "side")] == [(Rect(100, 100, 112, 180),)]
    assert words[0].rect.right < WIDTH
