"""Reasons that a reader can check by looking at both papers."""

from typing import Any

import pytest

from readinglist.recommend.described import Described, Rarity, shared_share, words_of, words_to_count
from readinglist.recommend.reasons import (
    OTHER_WORDS,
    SOME_WORDS,
    TERMS,
    UNLIKE,
    reasons_for,
)
from readinglist.recommend.sharing import shared_terms as told
from tests.helpers.papers import make_paper

EVERYDAY = Rarity(
    {"attention": 400, "language": 600, "video": 150, "diffusion": 90, "speculative": 4, "draft": 6}, 1000
)


def described(title: str = "", abstract: str = "", **facts: Any) -> Described:
    return Described.of_paper(make_paper(**{"authors": (), "title": title, "abstract": abstract, **facts}))


def shared_terms(one: Described, other: Described, rarity: Rarity) -> list[str]:
    return told(one, [other], rarity, TERMS)


def test_shared_rare_words_come_first_as_the_subject_writes_them() -> None:
    one = described("Speculative Decoding", "We use a draft model for video diffusion. The draft model is small.")
    other = described("Faster inference", "A Draft Model makes speculative decoding of video fast.")
    assert shared_terms(one, other, EVERYDAY) == ["speculative decoding", "draft model"]
    assert reasons_for(one, other, EVERYDAY) == ("Both mention speculative decoding and draft model",)


def test_common_words_boilerplate_and_numbers_are_no_reason() -> None:
    one = described("Attention", "We propose a novel method with 17 results. Language matters little.")
    other = described("Language", "We propose a novel method with 17 results. Attention matters little.")
    assert not {"attention", "language", "17", "method", "results"} & set(shared_terms(one, other, EVERYDAY))


def test_a_word_is_not_named_twice() -> None:
    text = "sparse attention heads and sparse attention maps"
    terms = shared_terms(described("", text), described("", text), Rarity({}, 10))
    words = [word for term in terms for word in term.split()]
    assert len(words) == len(set(words))


def test_without_telling_words_the_nearest_sentence_is_quoted() -> None:
    one = described("Language and attention", "Language needs attention.")
    other = described("Elsewhere", "Nothing here fits. The language of attention is old. The end comes.")
    assert reasons_for(one, other, EVERYDAY) == ("“The language of attention is old”",)


def test_a_long_sentence_is_cut_between_words() -> None:
    one = described("", "Language and attention.")
    other = described("", f"Language and attention {'go on and on ' * 20}.")
    (reason,) = reasons_for(one, other, EVERYDAY)
    assert len(reason) < 150
    assert reason.endswith(("on…”", "and…”", "go…”"))


def test_facts_are_named_where_they_are_true() -> None:
    one = described("One", authors=("Ada Author", "B. Writer"), tags=("ml", "x"), organization="Meta AI")
    other = described("Two", authors=("Ben Writer", "ada  author"), tags=("x", "y"), organization="meta ai")
    assert reasons_for(one, other, EVERYDAY) == ("Also by ada  author", "Both tagged x", "Also from meta ai")


def test_the_readers_collections_that_have_both_are_named() -> None:
    one, other = described("One", collections=("A", "B", "C", "D")), described("Two", collections=("B", "C", "D", "E"))
    assert reasons_for(one, other, EVERYDAY) == ("Both in your collections B, C and 1 more",)
    assert reasons_for(
        described("One", collections=("A/b",)), described("Two", collections=("A/b", "A")), EVERYDAY
    ) == ("Both in your collection A/b",)


def test_many_common_authors_are_a_number() -> None:
    names = tuple(f"A{number} Author" for number in range(5))
    one, other = described("One", authors=names), described("Two", authors=names)
    assert reasons_for(one, other, EVERYDAY) == ("Also by A0 Author, A1 Author and 3 more",)


def test_there_is_always_a_reason() -> None:
    one, other = described("Eins", ""), described("Zwei", "")
    assert reasons_for(one, other, EVERYDAY) == (OTHER_WORDS,)
    assert reasons_for(one, other, EVERYDAY, is_by_words=True) == (SOME_WORDS,)


def test_a_paper_that_is_far_away_is_not_said_to_be_near() -> None:
    one, other = described("Eins", ""), described("Zwei", "")
    assert reasons_for(one, other, EVERYDAY, score=0.0) == (UNLIKE,)
    assert reasons_for(one, other, EVERYDAY, score=0.3) == (UNLIKE,)
    assert reasons_for(Described.of_text("eins"), other, EVERYDAY, score=0.3) == (OTHER_WORDS,)


def test_what_says_nothing_by_itself_is_not_named() -> None:
    one = described("Normal gait", "We use chain-of-thought and a 4B model. Normal people have a normal gait.")
    other = described("A 4B model with normal gait", "Normal horses. We use chain-of-thought, and chain-of-thought.")
    assert shared_terms(one, other, Rarity({}, 1000)) == ["normal gait"]


def test_a_text_is_no_paper() -> None:
    other = described("", "On speculative decoding.", authors=("Ada Author",))
    assert reasons_for(Described.of_text("speculative decoding"), other, EVERYDAY) == ("Mentions speculative decoding",)


def test_the_words_to_count_are_those_that_the_reasons_look_up() -> None:
    one = described("Speculative Decoding", "A draft model, and policies.")
    other = described("Decoding policy", "Speculative decoding with a policy.")
    assert words_to_count(one, [other, described("Elsewhere")]) == ["decoding", "policies", "speculative"]
    assert words_of(one) == ["speculative", "decoding", "draft", "model", "policies"]


def test_the_shared_part_is_all_for_the_same_text_and_nothing_for_another() -> None:
    one = described("Speculative Decoding", "A draft model for video.")
    assert shared_share(one, one, EVERYDAY) == pytest.approx(1.0)
    assert shared_share(one, described("Elsewhere"), EVERYDAY) == 0.0
    assert shared_share(described(), one, EVERYDAY) == 0.0
    rare, common = described("speculative"), described("video")
    assert shared_share(one, rare, EVERYDAY) > shared_share(one, common, EVERYDAY) > 0


def test_a_word_said_in_passing_is_no_reason_but_one_that_both_keep_saying_is() -> None:
    passing = described("Faster inference", "We train on gait."), described("Better scores", "We train on gait.")
    assert shared_terms(*passing, EVERYDAY) == []
    lasting = (
        described("Faster inference", "We train on gait. Gait is slow. All have a gait."),
        described("Better scores", "Gait is hard. We train on gait."),
    )
    assert shared_terms(*lasting, EVERYDAY) == ["gait"]
    assert shared_terms(*lasting, Rarity({"gait": 100}, 1000)) == []


def test_two_words_said_in_passing_are_no_reason_unless_a_title_speaks_of_one() -> None:
    one = described("Speculative decoding", "It incurs prohibitive costs.")
    other = described("Fast decoding", "Others incur prohibitive costs. We use greedy decoding.")
    assert shared_terms(one, other, EVERYDAY) == ["decoding"]
    greedy = described("Speculative decoding", "Beside greedy decoding it incurs prohibitive costs.")
    assert shared_terms(greedy, other, EVERYDAY) == ["greedy decoding"]


def test_forms_of_one_word_are_not_named_beside_each_other() -> None:
    one = described("Watermarking pictures with a watermark", "Watermarks.")
    other = described("A watermark for pictures", "Watermarking.")
    assert len([term for term in shared_terms(one, other, EVERYDAY) if "watermark" in term]) == 1
