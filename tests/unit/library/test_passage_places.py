"""Passages have numbers that belong to them alone, and go with the text that they stand in."""

import sqlite3
from contextlib import closing

import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.library.library import Library
from readinglist.library.passage_places import PassagePlaces
from readinglist.library.text_database import find_path

PAGE = "Wombats dig burrows with their claws in the night, and sleep in them through the whole of the day."
OTHER = "Wallabies live above the ground, where they graze in the evening and hide from dogs all day long."


@pytest.fixture
def places(library: Library) -> PassagePlaces:
    return PassagePlaces(library.folder)


def cut_all(places: PassagePlaces) -> None:
    places.begin()
    for document in places.waiting():
        places.cut(document)


def test_texts_wait_until_they_are_cut_and_then_every_passage_has_its_place(
    library: Library, places: PassagePlaces
) -> None:
    library.page_texts.save("a", [PAGE, "", f"{OTHER}"])
    places.begin()
    assert len(places.waiting()) == 1
    cut_all(places)
    assert places.waiting() == []
    first, second = places.ids()
    found = places.find([first, second])
    assert [(one.sha256, one.passage.page, one.siblings) for one in found.values()] == [("a", 1, 2), ("a", 3, 2)]
    assert places.texts([second, first]) == {first: PAGE, second: OTHER}
    assert places.of_contents(["a", "b"]) == {"a": [first, second]}


def test_cutting_twice_changes_nothing(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    places.begin()
    (document,) = places.waiting()
    places.cut(document)
    before = places.ids()
    places.cut(document)
    places.cut(99)
    assert places.ids() == before


def test_a_text_takes_its_passages_along_and_their_numbers_are_never_given_again(
    library: Library, places: PassagePlaces
) -> None:
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    (gone,) = places.ids()
    library.page_texts.remove(["a"])
    assert places.ids() == []
    assert places.find([gone]) == {}
    assert places.texts([gone]) == {}
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    assert places.ids() > [gone]


def test_a_text_that_is_read_anew_is_cut_anew(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    before = places.ids()
    library.page_texts.save("a", [OTHER])
    assert len(places.waiting()) == 1
    cut_all(places)
    assert list(places.texts(places.ids()).values()) == [OTHER]
    assert not set(places.ids()) & set(before)


def test_before_they_are_wanted_there_are_none_and_nothing_is_made(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    assert places.token() == ""
    assert places.ids() == places.waiting() == []
    with closing(sqlite3.connect(find_path(library.folder))) as connection:
        assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'passage'").fetchone()


def test_what_was_forgotten_begins_again_under_another_name(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    token = places.token()
    places.forget()
    assert places.token() == ""
    assert places.ids() == []
    assert library.page_texts.pages("a") == [PAGE]
    library.page_texts.remove(["a"])
    cut_all(places)
    assert places.token() not in {"", token}


def test_the_search_of_words_goes_on_beside_the_passages(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    library.page_texts.clear()
    assert places.ids() == []
    assert library.page_texts.mend() is False


def test_a_damaged_database_is_a_fault_that_is_told(library: Library, places: PassagePlaces) -> None:
    library.page_texts.save("a", [PAGE])
    cut_all(places)
    for suffix in ("", "-wal"):
        path = find_path(library.folder)
        path.with_name(path.name + suffix).write_bytes(b"damaged" * 1000)
    with pytest.raises(EnvironmentFault):
        places.ids()
