"""What colours tell: every paper is of one kind, kinds have words, and nothing is told by colour alone."""

import numpy as np
import pytest

from readinglist.domain.paper import Status
from readinglist.ui import theme
from readinglist.ui.map.looks import ColourBy, Shape, looks_of
from tests.helpers.made_map import made_map


@pytest.mark.parametrize("by", ColourBy)
def test_every_paper_is_of_one_kind_and_is_counted(by: ColourBy) -> None:
    looks = looks_of(made_map(tags={("vision", "blue"): [1, 2]}), by)
    assert len(looks.kind_of) == 25
    assert sum(kind.count for kind in looks.kinds) == 25
    assert np.bincount(looks.kind_of).tolist() == [kind.count for kind in looks.kinds]
    assert len({kind.key for kind in looks.kinds}) == len(looks.kinds)
    assert all(kind.text and kind.color().isValid() for kind in looks.kinds)


def test_statuses_have_their_hue_and_a_shape_each() -> None:
    kinds = looks_of(made_map(), ColourBy.STATUS).kinds
    assert [kind.text for kind in kinds] == [status.label for status in Status]
    assert [kind.color() for kind in kinds] == [theme.status_color(status) for status in Status]
    assert len({kind.shape for kind in kinds}) == len(Status)


def test_a_paper_with_several_tags_shows_the_rarest() -> None:
    tags = {("common", "red"): [0, 1, 2, 3], ("rare", "blue"): [1]}
    looks = looks_of(made_map(tags=tags), ColourBy.TAG)
    names = [looks.kinds[kind].text for kind in looks.kind_of[:5]]
    assert names == ["common", "rare", "common", "common", "No tag"]


def test_tags_beyond_those_with_a_colour_are_one_kind() -> None:
    tags = {(f"tag {number}", "red"): list(range(number, 20)) for number in range(12)}
    looks = looks_of(made_map(tags=tags), ColourBy.TAG)
    assert [kind.text for kind in looks.kinds][-2:] == ["Other tags", "No tag"]
    assert len(looks.kinds) == 9


def test_years_are_named_from_the_newest_and_the_rest_is_before() -> None:
    texts = [kind.text for kind in looks_of(made_map(), ColourBy.YEAR).kinds]
    assert texts == ["2028", "2027", "2026", "2025", "2024", "2023", "Before 2023"]


def test_a_paper_without_a_year_says_so() -> None:
    answer = made_map()
    answer.years[3] = 0
    looks = looks_of(answer, ColourBy.YEAR)
    assert looks.kinds[looks.kind_of[3]].text == "No year"


def test_what_has_nothing_to_say_lies_below_and_is_hollow() -> None:
    looks = looks_of(made_map(tags={("vision", "blue"): [1]}), ColourBy.TAG)
    assert [(kind.is_quiet, kind.shape) for kind in looks.kinds] == [(False, Shape.DISC), (True, Shape.RING)]


def test_more_upvotes_make_larger_points() -> None:
    looks = looks_of(made_map(), ColourBy.STATUS)
    assert looks.size_of.tolist() == sorted(looks.size_of.tolist())
    assert set(looks.size_of.tolist()) == {0, 1, 2, 3}


def test_hidden_kinds_are_not_shown() -> None:
    looks = looks_of(made_map(), ColourBy.STATUS)
    assert looks.shown(set()).all()
    assert np.flatnonzero(~looks.shown({"inbox"})).tolist() == [0, 5, 10, 15, 20]
