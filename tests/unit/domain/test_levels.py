"""Names on levels."""

import pytest

from readinglist.domain.errors import UserError
from readinglist.domain.levels import tidy_name


@pytest.mark.parametrize(
    ("name", "tidy"),
    [(" A ", "A"), ("a//b/ ", "a/b"), ("To do /  next  year", "To do/next year"), ("a\0b\x1b/\ud83d/", "a b")],
)
def test_names_have_single_spaces_no_empty_level_and_nothing_unwritable(name: str, tidy: str) -> None:
    assert tidy_name(name, "collection") == tidy


@pytest.mark.parametrize("noun", ["tag", "collection"])
def test_what_has_no_name_is_named_in_the_message(noun: str) -> None:
    with pytest.raises(UserError, match=f"^A {noun} needs a name"):
        tidy_name(" / ", noun)
