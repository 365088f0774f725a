"""What a search found is found again on its page, however the page has it; nothing is marked where it is not there."""

import doctest
from collections.abc import Sequence

import pytest

from readinglist.domain import page_places
from readinglist.domain.page_places import FoundPlace, find_place
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import Rect, Word
from readinglist.domain.recommendation import PageOfPdf
from readinglist.domain.word_forms import Form, forms_of, phrase_of

LETTER, LINE = 5.0, 10.0
TEXT = (
    "Large models are costly to train. Here we study sparse atten-",
    "tion in well-known trans-",
    "formers of any length. Attention is cheap when it is sparse.",
)


def make_words(lines: Sequence[str], *, left: float = 0.0, block: int = 0) -> list[Word]:
    """Set lines one below the other, every letter five points wide."""
    words = []
    for number, line in enumerate(lines):
        x = left
        for text in line.split():
            words.append(Word(Rect(x, LINE * number, x + LETTER * len(text), LINE * (number + 1)), text, block, number))
            x += LETTER * (len(text) + 1)
    return words


def find(words: Sequence[Word], said: str, *forms: Form) -> FoundPlace | None:
    return find_place(PageWords.of(words), PageOfPdf(sha256="a", page=7, said=said, forms=forms))


def marked(words: Sequence[Word], found: FoundPlace | None) -> list[str]:
    """Return the words that are marked, whole or in part."""
    rects = () if found is None else found.rects
    return [one.text for one in words if any(rect.contains(one.rect.centre) for rect in rects)]


def test_a_sentence_is_found_over_lines_and_broken_words() -> None:
    words = make_words(TEXT)
    found = find(words, "Here we study sparse attention in well-known transformers of any length.")
    assert found is not None
    assert " ".join(marked(words, found)) == (
        "Here we study sparse atten- tion in well-known trans- formers of any length."
    )
    assert (found.page, len(found.rects), found.phrase) == (7, 3, "")
    assert found.view == Rect(0, 0, max(rect.right for rect in found.rects), 3 * LINE)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("the ﬁnal eﬀect of “coöperation”", 'the final effect of "cooperation"'),
        ("x² − 1 grows with the ﬂow", "x2 - 1 grows with the flow"),
        ("稀疏注意力 机制很快", "稀疏注意力机制很快"),
    ],
)
def test_ligatures_accents_and_signs_do_not_hinder(written: str, said: str) -> None:
    words = make_words([written])
    assert marked(words, find(words, said)) == written.split()


def test_parts_of_a_sentence_are_marked_around_what_stands_between_them() -> None:
    words = make_words(
        (
            "We show that the error falls as quickly",
            "1 Supported by a grant of the academy.",
            "as the number of samples grows.",
        )
    )
    found = find(words, "We show that the error falls as quickly as the number of samples grows.")
    assert " ".join(marked(words, found)) == ("We show that the error falls as quickly as the number of samples grows.")


def test_a_small_thing_that_was_read_otherwise_is_marked_with_the_rest() -> None:
    words = make_words(("the loss is minimised for �� > 0 over all of the layers",))
    assert len(marked(words, find(words, "the loss is minimised for αβ > 0 over all of the layers"))) == len(words)


@pytest.mark.parametrize("said", ["", "Nothing of this stands anywhere on the page.", "— ¶ …"])
def test_nothing_is_marked_where_the_text_is_not_on_the_page(said: str) -> None:
    assert find(make_words(TEXT), said) is None
    assert find([], said) is None


def test_a_sentence_that_begins_in_one_column_is_shown_from_there() -> None:
    words = [
        *make_words(("", "", "one two three four five six"), block=0),
        *make_words(("seven eight nine ten.",), left=400, block=1),
    ]
    found = find(words, "three four five six seven eight nine ten.")
    assert found is not None
    assert marked(words, found) == "three four five six seven eight nine ten.".split()
    assert found.view == found.rects[0]


def test_words_are_marked_in_all_their_forms_and_those_of_the_snippet_come_first() -> None:
    words = make_words(TEXT)
    found = find(words, "Attention is cheap when it is sparse.", *forms_of("attention"))
    assert found is not None
    assert marked(words, found) == ["Attention"]
    assert found.rects[0].top == found.view.top == 2 * LINE
    assert [rect.top for rect in found.others] == [0, LINE]  # atten-tion
    assert found.phrase == "Attention"


def test_a_mark_leaves_out_signs_around_its_word() -> None:
    words = make_words(("so (sparse) it is",))
    found = find(words, "so (sparse) it is", *forms_of("sparse"))
    assert found is not None
    (rect,) = found.rects
    assert (rect.left, rect.right) == (4 * LETTER, 10 * LETTER)


def test_a_phrase_is_marked_as_one_and_is_what_to_search_for() -> None:
    words = make_words(TEXT)
    found = find(words, "we study sparse attention in", phrase_of("sparse attention"))
    assert found is not None
    assert " ".join(marked(words, found)) == "sparse atten- tion"
    assert found.phrase == "sparse attention"


def test_words_are_marked_also_where_the_snippet_cannot_be_found() -> None:
    words = make_words(TEXT)
    found = find(words, "quite another text", *forms_of("sparse"))
    assert found is not None
    assert marked(words, found) == ["sparse"]
    assert found.view.top == 0
    assert find(words, "quite another text", *forms_of("wombat")) is None


def test_documentation_is_true() -> None:
    assert doctest.testmod(page_places).failed == 0
