"""Texts are cut into passages that can be read by themselves, without what is printed on every page."""

from itertools import pairwise

import pytest

from readinglist.domain.passages import LEAST_WORDS, MOST_WORDS, OVERLAP_WORDS, Passage, count_words, cut_passages


def sentence(number: int, words: int = 12) -> str:
    return f"Sentence {number} " + " ".join(f"of{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"[: words - 2]) + "."


def text(*numbers: int) -> str:
    return " ".join(sentence(number) for number in numbers)


def shown(pages: list[str]) -> list[tuple[int, str]]:
    return [(one.page, pages[one.page - 1][one.start : one.stop]) for one in cut_passages(pages)]


def test_a_short_page_is_one_passage() -> None:
    page = text(1, 2, 3)
    assert cut_passages([page]) == [Passage(1, 0, len(page))]


def test_long_pages_are_cut_at_sentences_and_neighbours_overlap_a_little() -> None:
    pages = [text(*range(1, 61))]
    found = cut_passages(pages)
    assert len(found) > 3
    for one in found:
        words = pages[0][one.start : one.stop]
        assert words.startswith("Sentence ")
        assert words.endswith(".")
        assert count_words(words) <= MOST_WORDS
    for before, after in pairwise(found):
        assert 0 < count_words(pages[0][after.start : before.stop]) <= OVERLAP_WORDS
    assert found[-1].stop == len(pages[0])


def test_a_paragraph_that_ends_in_good_time_ends_the_passage() -> None:
    first, second = text(*range(1, 13)), text(*range(13, 20))
    found = shown([f"{first}\n{second}"])
    assert found[0] == (1, first)
    assert found[1][1].endswith(second)


def test_what_stands_on_every_page_is_left_out_whatever_its_numbers() -> None:
    pages = [f"Journal of Wombats, vol. 3\n{text(number, 8, 9)}\n{number}" for number in range(1, 7)]
    assert [words for _, words in shown(pages)] == [text(number, 8, 9) for number in range(1, 7)]


def test_a_list_of_references_is_left_out_and_what_follows_it_is_not() -> None:
    body = text(1, 2, 3, 4, 5)
    listed = "References\n" + "\n".join(f"[{number}] A. Author. {sentence(number)}" for number in range(1, 9))
    appendix = f"Appendix A: Proofs\n{text(8, 9)}"
    found = shown([body, body, f"{text(6, 7)}\n{listed}\n{appendix}"])
    assert [words for page, words in found if page == 3] == [text(6, 7), appendix]


def test_a_table_of_contents_that_names_the_references_ends_nothing() -> None:
    pages = ["References\n" + text(1, 2), text(3, 4, 5), text(6, 7, 8)]
    assert [page for page, _ in shown(pages)] == [1, 2, 3]


def test_numbers_and_the_few_words_of_a_figure_are_no_passages() -> None:
    numbers = " ".join(f"{number}.{number} 12 0.5" for number in range(60))
    assert cut_passages([numbers, "x axis y axis", "", text(1)]) == [Passage(4, 0, len(text(1)))]


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    endless = "word " * (3 * MOST_WORDS)
    found = shown([endless])
    assert len(found) == 3
    assert all(words.startswith("word") and words.endswith("word") for _, words in found)


def test_a_script_without_spaces_is_cut_as_well() -> None:
    page = "稀疏注意力机制" * 300
    found = cut_passages([page])
    assert len(found) > 4
    assert all(LEAST_WORDS <= count_words(page[one.start : one.stop]) <= MOST_WORDS for one in found)
    assert found[-1].stop == len(page)


@pytest.mark.parametrize("pages", [[], [""], ["\n\n", " "]])
def test_no_text_has_no_passages(pages: list[str]) -> None:
    assert cut_passages(pages) == []
