"""How papers use their words tells which of them name something, and how they are written."""

import pytest

from readinglist.recommend.usage import Usage, count_uses


def usage_of(*abstracts: str, title: str = "") -> Usage:
    return Usage([count_uses(title, abstract) for abstract in abstracts], abstracts)


@pytest.mark.parametrize("term", ["gait", "draft model", "error rate", "fine-tuning", "SAM"])
def test_what_ends_a_phrase_names_something(term: str) -> None:
    text = "We learn the gait. A draft model is small. The word error rate of fine-tuning for SAM features is low."
    assert usage_of(text).names_something(term)


@pytest.mark.parametrize("term", ["normal", "word error", "labeled", "few-shot", "controls"])
def test_what_stands_before_another_word_only_does_not(term: str) -> None:
    text = "Normal gait has a word error rate on labeled and unlabeled data. It controls the few-shot setting."
    assert not usage_of(text).names_something(term)


def test_a_part_of_a_compound_is_nothing_by_itself() -> None:
    assert not usage_of("With chain-of-thought.", "No chain-of-thought.").names_something("thought")
    assert usage_of("With chain-of-thought.", "A thought.").names_something("thought")


def test_amounts_name_nothing_but_dimensions_do() -> None:
    usage = usage_of("A 4B model. A 3D scene.")
    assert not usage.names_something("4B model")
    assert usage.names_something("3D scene")


def test_what_is_known_under_an_acronym_means_the_same() -> None:
    usage = usage_of("Chain of thought (CoT) helps federated learning (FL), and 3D Gaussian splatting (3DGS).")
    assert usage.meant("CoTs") & usage.meant("thoughts")
    assert usage.meant("FL") & usage.meant("learning")
    assert usage.meant("3DGS") & usage.meant("splatting")
    assert not usage.meant("FL") & usage.meant("thought")
    assert not usage.meant("mixture of experts") & usage.meant("chain of thought")


def test_what_stands_in_parentheses_is_short_only_for_words_that_begin_so() -> None:
    usage = usage_of("We beat every baseline (SOTA) with care.")
    assert not usage.meant("SOTA") & usage.meant("baseline")


def test_words_are_written_as_within_a_sentence() -> None:
    usage = usage_of("Speculative Decoding is fast.", "We use speculative decoding.", title="Speculative Decoding")
    assert usage.spelled("Speculative Decoding") == "speculative decoding"


def test_a_name_keeps_its_capital_and_a_phrase_in_capitals_does_not_make_one() -> None:
    usage = usage_of("Automatic Speech Recognition (ASR) with a Gaussian prior.", "We add a Gaussian to speech.")
    assert usage.spelled("gaussian") == "Gaussian"
    assert usage.spelled("speech Recognition") == "speech recognition"
    assert usage.spelled("ASR") == "ASR"


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("rag", "RAG"),
        ("Rag-based", "RAG-based"),
        ("rags", "RAGs"),
        ("LORA", "LoRA"),
        ("llm", "LLM"),
        ("gps", "GPS"),
        ("3d scene", "3D scene"),
        ("ATTENTION", "attention"),
    ],
)
def test_an_acronym_is_written_as_most_write_it(asked: str, shown: str) -> None:
    papers = (
        "RAG helps LLMs with LoRA.",
        "A Rag for LORA, a RAG for GPS.",
        "LoRA needs attention, a 3D scene attention.",
    )
    usage = Usage([count_uses("ATTENTION", papers[0]), *(count_uses("", one) for one in papers[1:])], papers)
    assert usage.spelled(asked) == shown


def test_a_name_with_an_of_in_it_is_written_in_one_way() -> None:
    usage = usage_of("On a Theory of Mind (ToM).", "A theory is good. The Theory of Mind grows. What the mind does.")
    assert usage.spelled("Theory of Mind") == "theory of mind"


def test_a_word_may_name_something_if_it_ends_a_phrase_here_and_there() -> None:
    usage = usage_of("Privacy. We give privacy for privacy risks.", "Adversarial attacks on adversarial networks.")
    assert usage.may_name("privacy")
    assert not usage.may_name("adversarial")


def test_a_phrase_that_is_always_in_capitals_is_left_as_it_is() -> None:
    usage = usage_of("We build on the Segment Anything model.", "All of Segment Anything helps.")
    assert usage.spelled("Segment Anything") == "Segment Anything"
