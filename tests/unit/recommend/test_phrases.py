"""Titles are taken apart into phrases that could name a subject."""

import pytest

from readinglist.recommend.phrases import find_phrases, is_open, written


def phrases_of(title: str) -> list[str]:
    return [written(title, one) for one in find_phrases(title)]


def test_words_and_rows_of_words_are_found() -> None:
    assert phrases_of("Graph Neural Networks") == [
        "graph", "graph neural", "graph neural networks", "neural", "neural networks",
    ]  # fmt: skip


def test_phrases_end_at_punctuation() -> None:
    assert "diffusion video" not in phrases_of("Diffusion: video at night")


@pytest.mark.parametrize(
    ("title", "wanted", "unwanted"),
    [
        ("Few-shot learning", "few-shot learning", "shot learning"),
        ("Image super-resolution", "image super-resolution", "resolution"),
        ("Vision-language models", "vision-language models", "language models"),
        ("LLM-based agents", "LLM-based agents", "LLM-based"),
        ("A chain of thought", "chain of thought", "of thought"),
        ("Mitigating hallucinations", "hallucinations", "mitigating hallucinations"),
        ("Ring $\\alpha$ theory", "ring", "alpha"),
        ("Virtual try-on", "virtual try-on", "try"),
        ("Neuro-symbolic reasoning", "neuro-symbolic reasoning", "neuro"),
        ("Benchmarking physical reasoning", "physical reasoning", "benchmarking physical reasoning"),
    ],
)
def test_half_a_compound_and_what_says_nothing_are_no_phrase(title: str, wanted: str, unwanted: str) -> None:
    found = phrases_of(title)
    assert wanted in found
    assert unwanted not in found


def test_spellings_of_a_phrase_have_the_same_keys() -> None:
    (compound,) = [one for one in find_phrases("Chain-of-thought") if len(one.keys) == 3]
    (apart,) = [one for one in find_phrases("Chains of thought") if len(one.keys) == 3]
    assert compound.keys == apart.keys


def test_what_wants_a_noun_is_open() -> None:
    assert is_open(("medical",))
    assert is_open(("zero", "shot"))
    assert not is_open(("information", "retrieval"))
    assert not is_open(("multi", "agent"))
