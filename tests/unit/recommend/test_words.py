"""Which words of a text may tell what it is about."""

import pytest

from readinglist.recommend.words import Weight, find_terms, key_of, weight_of


def texts(text: str, *, is_title: bool = False) -> list[str]:
    return [term.text for term in find_terms(text, is_title=is_title)]


def test_words_and_pairs_come_in_order() -> None:
    assert texts("sparse attention for video") == ["sparse", "attention", "sparse attention", "video"]


def test_no_pair_reaches_across_a_stop_word_or_a_comma() -> None:
    assert "attention video" not in texts("attention of video")
    assert "attention video" not in texts("attention, video")
    assert "attention heads" in texts("attention heads")
    assert "chain-of" not in texts("chain-of-thought")
    assert "speech-driven" in texts("speech-driven faces")


def test_half_a_compound_makes_no_pair() -> None:
    assert texts("test-time adaptation") == ["adaptation", "test-time adaptation"]
    assert texts("game-ready meshes") == ["game", "ready", "game-ready", "meshes", "game-ready meshes"]
    assert "consistent multi" not in texts("consistency multi-view")
    assert "shot segmentation" not in texts("one-shot segmentation")


def test_short_endings_of_names_and_commands_of_tex_tell_nothing_by_themselves() -> None:
    assert texts("like DeepSeek-R1") == ["DeepSeek", "DeepSeek-R1"]
    assert texts(r"the \underline{gait}") == ["gait"]


@pytest.mark.parametrize(
    "word", ["the", "The", "propose", "proposed", "Results", "papers", "demonstrating", "2024", "3", "a", "of", "de"]
)
def test_stop_words_boilerplate_and_numbers_tell_nothing(word: str) -> None:
    assert weight_of(word) is Weight.NOTHING


@pytest.mark.parametrize("word", ["attention", "RL", "3D", "GPT4", "Bayesian", "中文处理"])
def test_words_and_acronyms_tell_something(word: str) -> None:
    assert weight_of(word) is Weight.BY_ITSELF


def test_generic_words_tell_something_in_pairs_only() -> None:
    assert texts("world models") == []
    assert texts("diffusion models") == ["diffusion", "diffusion models"]
    assert texts("state space search") == ["search", "space search"]


def test_a_capital_of_a_title_or_of_a_sentence_is_not_the_words_own() -> None:
    assert texts("Sparse Attention in BERT", is_title=True) == ["sparse", "attention", "sparse attention", "BERT"]
    assert texts("Google works. Robots walk.") == ["google", "robots", "walk", "robots walk"]
    assert "Google" in texts("robots of Google")


@pytest.mark.parametrize(
    ("one", "other"), [("Policies", "policy"), ("networks", "network"), ("Erdős", "erdos"), ("RNNs", "rnn")]
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize("word", ["bias", "corpus", "loss", "analysis", "gas"])
def test_an_s_that_is_no_plural_stays(word: str) -> None:
    assert key_of(word) == word
