"""Where a search found its words, and what is shown of a text."""

import pytest

from readinglist.domain.query_text import parse_query
from readinglist.domain.query_words import Asked, asked_words
from readinglist.domain.recommendation import WhyHere
from readinglist.recommend.found import Finder, found_reasons, likeliest, sentences_of, why_found
from tests.helpers.papers import make_paper


def asked(text: str) -> list[Asked]:
    return asked_words(parse_query(text))


def why(words: list[Asked], places: dict[str, str]) -> WhyHere | None:
    return why_found([Finder.of(one) for one in words], places)


def marked(why: WhyHere | None) -> list[str]:
    assert why is not None
    return [why.text[start:end] for start, end in why.marks]


def test_each_place_is_named_with_its_words_the_title_first() -> None:
    paper = make_paper(title="Sparse Attention", abstract="For vidéo only.", authors=("Ada Lovelace",), note="mine")
    assert found_reasons(asked("lovelace videos atten sparse"), paper) == (
        "“atten”, “sparse” in the title",
        "“videos” in the abstract",
        "“lovelace” in the authors",
    )


def test_phrases_tags_and_notes_are_found() -> None:
    paper = make_paper(title="Large language models", tags=("to discuss",), note="Worth it")
    assert found_reasons(asked('"language models"'), paper) == ("“language models” in the title",)
    assert found_reasons(asked("discuss worth"), paper) == ("“discuss” in the tags", "“worth” in the note")


@pytest.mark.parametrize("query", ["", "∞", "parse", "tag:x"])
def test_what_a_record_does_not_have_is_no_reason(query: str) -> None:
    assert found_reasons(asked(query), make_paper(title="Sparse", abstract="")) == ()


def test_a_short_text_is_shown_whole_with_its_words_marked() -> None:
    found = why(asked("networks deep"), {"": "A deep  network,\nand deeper ones."})
    assert found == WhyHere(text="A deep network, and deeper ones.", marks=((2, 6), (7, 14), (20, 26)))


def test_the_place_with_the_most_words_is_shown_and_named() -> None:
    places = {"Note": "About sparsity.", "": "Nothing.", "Title": "Sparse networks", "Tags": "networks"}
    found = why(asked("sparse network"), places)
    assert found is not None
    assert found.text == "Title: Sparse networks"
    assert marked(found) == ["Sparse", "networks"]
    assert why(asked("wombats"), places) is None
    assert why(asked("network"), {"": "a network", "Title": "a network"}) == WhyHere(text="a network", marks=((2, 9),))


def test_a_long_text_is_cut_around_where_the_words_stand_together() -> None:
    filler = "one two three four five six seven eight nine ten " * 10
    text = f"A network. {filler} Here sparse networks are meant. {filler}"
    found = why(asked("sparse network"), {"Note": text})
    assert found is not None
    assert found.text.startswith("Note: … ")
    assert found.text.endswith(" …")
    assert marked(found) == ["sparse", "networks"]
    assert found.marks[0][0] < 40, "seen on a narrow card too"
    assert len(found.text) < 300


def test_a_text_without_spaces_is_cut_as_well() -> None:
    found = why(asked("学習"), {"": "深" * 300 + "学習" + "深" * 400})
    assert marked(found) == ["学習"]
    assert found is not None
    assert len(found.text) < 300


def test_the_likeliest_sentences_have_the_most_of_the_words() -> None:
    abstract = "Nothing of the kind here. Sparse networks are meant. A network for all of us. Nothing here either."
    finders = [Finder.of(one) for one in asked("sparse networks")]
    assert likeliest(finders, abstract, 3) == [
        "Sparse networks are meant.",
        "A network for all of us.",
        "Nothing of the kind here.",
    ]
    assert likeliest([], abstract, 1) == ["Nothing of the kind here."]
    assert likeliest(finders, "", 3) == []


def test_sentences_end_at_full_stops_of_all_scripts() -> None:
    assert sentences_of(
        "We study e.g. this one thing. And that other thing! 我们研究大型语言模型的推理能力和它的局限性问题。好。"
    ) == [
        "We study e.g. this one thing.",
        "And that other thing!",
        "我们研究大型语言模型的推理能力和它的局限性问题。",
    ]
    assert sentences_of("Short.") == ["Short."]
    assert sentences_of("") == []
