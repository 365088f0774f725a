"""Dates, names, titles, tags and numbers in words: small things that everything else rests on."""

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.names import family_name, fold_surname
from readinglist.domain.tagging import normalise_tag
from readinglist.domain.titles import fold_title
from readinglist.domain.wording import count_text


@pytest.mark.parametrize("text", ["2024", "2024-05", "2024-05-18", "0987-01"])
def test_a_date_is_written_as_precisely_as_it_is_known(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-02-30", "2024-05-18-1", "May 2024", "2024--1", "20245"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDate(2024, None, 3)


def test_dates_of_different_precision_have_an_order() -> None:
    dates = ["2024-05-18", "2023-12", "2024", "2024-05", "2023-12-31"]
    assert [str(one) for one in sorted(map(PartialDate.parse, dates))] == [
        *("2023-12", "2023-12-31", "2024", "2024-05", "2024-05-18")
    ]


def test_the_same_day_in_another_year() -> None:
    assert str(PartialDate(2024, 2, 29).with_year(2025)) == "2025-02-28"
    assert str(PartialDate(2024, 2, 29).with_year(2028)) == "2028-02-29"
    assert str(PartialDate(2024, 5).with_year(2020)) == "2020-05"


@pytest.mark.parametrize(
    ("name", "family", "folded"),
    [
        ("Ada Lovelace", "Lovelace", "lovelace"),
        ("Lovelace, Ada", "Lovelace", "lovelace"),
        ("Ludwig van Beethoven", "Beethoven", "beethoven"),
        ("van Beethoven, Ludwig", "Beethoven", "beethoven"),
        ("Žofie Nováková", "Nováková", "novakova"),
        ("Martin Luther King Jr.", "King", "king"),
        ("Jean-Luc Picard-Smith", "Picard-Smith", "picard smith"),
        ("Plato", "Plato", "plato"),
        ("李明", "李明", "李明"),
        ("Jr.", "Jr.", "jr"),
        ("", "", ""),
    ],
)
def test_family_names(name: str, family: str, folded: str) -> None:
    assert (family_name(name), fold_surname(name)) == (family, folded)


@pytest.mark.parametrize(
    "spelling",
    [
        "TÜLU 3: Pushing Frontiers",
        "Tülu 3 - pushing frontiers.",
        "TU\u0308LU 3:  Pushing\u00a0Frontiers!",
        "T<i>ü</i>lu 3: <b>Pushing</b> Frontiers",
        "ＴÜＬＵ ３： Pushing Frontiers",
    ],
)
def test_spellings_of_one_title_are_one_key(spelling: str) -> None:
    assert fold_title(spelling) == "tulu 3 pushing frontiers"


def test_titles_of_plain_letters_fold_as_all_others_do() -> None:
    for title in ("A_B c-D", "  x  ", "<i>x</i> < y", "***", "50% of: (all) things"):
        assert fold_title(f"{title} é") == f"{fold_title(title)} e".strip()


@pytest.mark.parametrize(
    ("name", "tidy"), [(" a ", "a"), ("a//b/ ", "a/b"), ("ml /  large  models", "ml/large models")]
)
def test_tags_are_tidied(name: str, tidy: str) -> None:
    assert normalise_tag(name) == tidy


@pytest.mark.parametrize("name", ["", " ", "/", " / / "])
def test_a_tag_needs_a_name(name: str) -> None:
    with pytest.raises(UserError, match="needs a name"):
        normalise_tag(name)


def test_numbers_take_the_right_form_of_their_noun() -> None:
    assert [count_text(number, "paper") for number in (0, 1, 2, 1234)] == [
        *("0 papers", "1 paper", "2 papers", "1,234 papers")
    ]
