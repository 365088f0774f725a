"""A title becomes words that no search takes for its own language."""

import pytest

from readinglist.sources.titles import LONGEST, question


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Attention Is All You Need", "Attention Is All You Need"),
        ('A "quoted" (bracketed) title: on [AND] & NOT?', "A quoted bracketed title on AND NOT"),
        ("ti:x OR all:y*~2", "ti x OR all y 2"),
        (r"The $\ell_1$ norm of {B}ayes", "The 1 norm of B ayes"),
        ("H<sub>2</sub>O", "H 2 O"),
        ("Übersicht über Größe — 论文", "Übersicht über Größe 论文"),
        ("  ?!  ", ""),
    ],
)
def test_only_words_are_left(title: str, words: str) -> None:
    assert question(title) == words


def test_a_long_title_is_cut_between_words() -> None:
    cut = question("endless words " * 100)
    assert len(cut) <= LONGEST
    assert cut.endswith(("endless", "words"))
    assert len(question("x" * 5000)) == LONGEST
