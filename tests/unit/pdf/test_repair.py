"""Text that writers of PDFs leave broken."""

import pytest

from readinglist.pdf.layout import join_lines
from readinglist.pdf.repair import find_shift, mend

PROSE = (
    "The results of this work are that the method is better than the other methods for all of the data and that it is "
    "also faster in most of the cases that we have looked at with the help of a program from the authors of the paper"
)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("eﬃcient ﬁne-tuning of ﬂows", "efficient fine-tuning of flows"),
        ("M¨uller, G¨odel and Poincar´e", "Müller, Gödel and Poincaré"),
        ("Vall`es", "Vallès"),
        ("´Etude de l´Homme", "Étude de l´Homme"),
        ("Fran¸cois", "François"),
        ("Franc¸ois", "François"),
        ("Erd˝os and ˇCech", "Erdős and Čech"),
        ("co\u00adoperation\u200b", "cooperation"),
        ("c⃝ 2014", "© 2014"),
        ("one\u00a0word", "one word"),
        ("plain text with `code`", "plain text with `code`"),
    ],
)
def test_a_piece_of_text_is_mended_to_what_is_seen(broken: str, whole: str) -> None:
    assert mend(broken) == whole


@pytest.mark.parametrize("step", [29, 31])
def test_a_shifted_alphabet_is_turned_back(step: int) -> None:
    shifted = "".join(chr(ord(letter) - step) for letter in PROSE)
    table = find_shift(shifted)
    assert table is not None
    assert shifted.translate(table) == PROSE


def test_an_alphabet_shifted_by_one_letter_keeps_its_spaces() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    shifted = PROSE.translate({ord(letter): alphabet[place - 1] for place, letter in enumerate(alphabet) if place})
    table = find_shift(shifted)
    assert table is not None
    assert shifted.translate(table) == PROSE


@pytest.mark.parametrize("text", [PROSE, "本文研究了图像检索的方法" * 20, "0.1 0.2 0.3 " * 50, "short"])
def test_text_that_is_fine_or_beyond_help_stays_as_it_is(text: str) -> None:
    assert find_shift(text) is None


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["various arti-", "facts of work"], "various artifacts of work"),
        (["a self-", "supervised model"], "a self-supervised model"),
        (["the state-", "of-the-art"], "the state-of-the-art"),
        (["a fact-", "based method"], "a fact-based method"),
        (["more pre-", "cisely and high-"], "more precisely and high-"),
        (["state-of-the-", "art results"], "state-of-the-art results"),
        (["the BERT-", "Large model"], "the BERT-Large model"),
        (["the years 1990–", "2000 were"], "the years 1990–2000 were"),
        (["基于深度学习的", "图像检索"], "基于深度学习的图像检索"),
        (["one", "two"], "one two"),
    ],
)
def test_lines_are_joined_as_they_are_meant(lines: list[str], whole: str) -> None:
    assert join_lines(lines) == whole
