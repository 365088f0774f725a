"""Which forms of a word a search looks for, and where a text has them."""

import pytest

from readinglist.domain.word_forms import fold_letters, forms_of, is_signed, pattern_of, phrase_of


def marked(word: str, text: str) -> list[str]:
    return [text[found.start() : found.end()] for found in pattern_of(forms_of(word)).finditer(fold_letters(text))]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("networks", ["network"]),
        ("matches", ["match"]),
        ("images", ["image"]),
        ("classes", ["class"]),
        ("policies", ["polici", "policy"]),
        ("policy", ["policy", "polici"]),
        ("learning", ["learn"]),
        ("embedding", ["embed"]),
        ("modelling", ["model"]),
        ("processing", ["process"]),
        ("filling", ["fill"]),
        ("coding", ["code", "coding"]),
        ("tuned", ["tune", "tuning"]),
        ("code", ["code", "coding"]),
    ],
)
def test_a_plain_word_is_found_in_its_other_forms(word: str, forms: list[str]) -> None:
    assert [form.text for form in forms_of(word)] == forms
    assert all(form.is_beginning for form in forms_of(word))


@pytest.mark.parametrize(
    "word",
    ["GPT-4", "Wav2Vec", "C++", "ω", "R", "based", "string", "speed", "bias", "analysis", "loss", "ing", "series"],
)
def test_names_and_words_that_only_look_inflected_stay_as_they_are(word: str) -> None:
    assert [form.text for form in forms_of(word)] == [word]


def test_a_hyphen_may_be_missing_in_the_text() -> None:
    assert [form.text for form in forms_of("fine-tuned")] == ["fine-tune", "fine-tuning", "finetun"]
    assert marked("fine-tuned", "Finetuning, fine-tuned, fine tuned; fine-tunes") == [
        "Finetuning",
        "fine-tuned",
        "fine tuned",
        "fine-tunes",
    ]


def test_acronyms_in_the_plural_are_found_in_the_singular_but_not_inside_other_words() -> None:
    assert marked("GANs", "A GAN, two GANs, a gang") == ["GAN", "GANs"]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("networks", "A network, networked; subnetworks", ["network", "networked"]),
        ("poincare", "On Poincaré’s ball", ["Poincaré"]),
        ("GPT-4", "GPT 4 and gpt-4o, not GPT-3", ["GPT 4", "gpt-4o"]),
        ("C++", "C, C++ and C#", ["C++"]),
        ("ω", "for ω in Ω, not ωt", ["ω", "Ω"]),
        ("学習", "深層学習による", ["学習"]),
        ("∞", "up to ∞", ["∞"]),
    ],
)
def test_what_was_found_can_be_marked_where_it_stands(word: str, text: str, found: list[str]) -> None:
    assert marked(word, text) == found


def test_a_phrase_is_found_word_for_word() -> None:
    pattern = pattern_of([phrase_of("state spaces")])
    assert pattern.search("of state-spaces in")
    assert not pattern.search("a state space")
    assert not pattern_of([]).search("anything")


def test_letters_keep_their_places_when_accents_go() -> None:
    text = "Ünïcödé İstanbul ﬁne Ω"
    assert len(fold_letters(text)) == len(text)
    assert fold_letters(text).startswith("unicode ")


def test_signs_tell_short_words_apart() -> None:
    assert [one for one in ("C++", "F#", "A*", "GPT-4", "LSTM+", "++") if is_signed(one)] == ["C++", "F#", "A*"]
