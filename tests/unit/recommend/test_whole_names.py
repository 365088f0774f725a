"""Names are told whole: with the words that papers hardly ever leave out."""

import pytest

from readinglist.recommend.whole_names import whole_name

OTHER = "We segment whole slide images. A whole-slide image is large."


@pytest.mark.parametrize(
    ("term", "own", "others", "whole"),
    [
        ("slide image", "Graphs of a whole slide image.", [OTHER], "whole slide image"),
        ("head generation", "Talking head generation.", ["On talking head generation"], "Talking head generation"),
        ("quantum image", "A quantum image encryption.", ["Quantum image encryption."], "quantum image encryption"),
        ("language-action", "Vision-language-action policies.", ["vision-language-action"], "Vision-language-action"),
        ("thought", "A chain of thought.", ["Any chain-of-thought is a chain of thought."], "chain of thought"),
        ("experts", "Mixtures of experts.", ["A mixture of experts."], "Mixtures of experts"),
        ("image", "Whole slide image analyses", ["Every whole slide image."] * 2, "Whole slide image"),
    ],
)
def test_a_word_that_always_stands_beside_a_term_belongs_to_it(
    term: str, own: str, others: list[str], whole: str
) -> None:
    assert whole_name(term, own, others) == whole


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("Deep gait recognition. Gait recognition.", ["Gait recognition is old."]),  # seldom
        ("Deep gait recognition.", ["Gait recognition"]),  # in the paper alone
        ("Deep gait recognition. Deep gait recognition.", ["On gait"]),  # nobody else says it
        ("The gait recognition of the dog", ["The gait recognition of the cat"]),  # a word that tells nothing
        ("Deep. Gait recognition", ["Deep. Gait recognition"]),  # not beside it
        ("End-to-end gait recognition", ["End-to-end gait recognition"]),  # half a compound
        ("Gait recognition video-based", ["Gait recognition video-based"]),
        ("", []),
    ],
)
def test_other_words_do_not(own: str, others: list[str]) -> None:
    assert whole_name("gait recognition", own, others) == "gait recognition"


def test_a_name_has_an_end() -> None:
    text = "one two three four five six seven gait"
    assert whole_name("gait", text, [text]) == "five six seven gait"
