"""Putting papers together: said once, undone and done again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query_values import quoted
from readinglist.library.library import Library
from readinglist.services.catalog import Catalog
from readinglist.services.collections import Collections
from readinglist.services.events import Event, EventHub
from tests.helpers.drafts import make_draft
from tests.helpers.undoing import assert_can_be_taken_back

IDS = [PaperId(number) for number in range(1, 5)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Four papers; the first two are in Survey, and the first in Survey/Attention too."""
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(4)], status=Status.INBOX)
        writer.collections.put(IDS[:2], ["Survey"])
        writer.collections.put(IDS[:1], ["Survey/Attention"])
    yield library
    library.close()


def collections_of(library: Library) -> dict[PaperId, tuple[str, ...]]:
    with library.read() as reader:
        return reader.collections.of(IDS)


STEPS: dict[str, tuple[Callable[[Collections], Changes], str]] = {
    "make": (lambda one: one.make(" New / shelf"), "Make the collection New/shelf"),
    "put": (lambda one: one.put(IDS[1:], ["Survey"]), "Put 3 papers into Survey"),
    "put into several": (lambda one: one.put(IDS[2:3], ["Survey", "b", "b "]), "Put 1 paper into 2 collections"),
    "take": (lambda one: one.take(IDS[:2], ["Survey"]), "Take 2 papers out of Survey"),
    "change": (lambda one: one.change(IDS[:3], ["b"], ["Survey"]), "Change the collections of 3 papers"),
    "change by putting": (lambda one: one.change(IDS[2:], ["b"], []), "Put 2 papers into b"),
    "change by taking": (lambda one: one.change(IDS[:2], [], ["Survey"]), "Take 2 papers out of Survey"),
    "rename": (lambda one: one.rename("Survey", "Thesis"), "Rename the collection Survey"),
    "merge": (lambda one: one.rename("Survey/Attention", "Survey"), "Rename the collection Survey/Attention"),
    "delete": (lambda one: one.delete("Survey"), "Delete the collection Survey"),
    "braces": (lambda one: one.put(IDS[:1], ["{x} {}"]), "Put 1 paper into {x} {}"),
}


@pytest.mark.parametrize("name", STEPS)
def test_every_step_is_told_once_and_undone_and_done_again(name: str, library: Library) -> None:
    catalog = Catalog(library)
    change, label = STEPS[name]
    assert_can_be_taken_back(
        library,
        lambda: (catalog.collections(), collections_of(library)),
        lambda events: change(Collections(library, events)),
        label,
        ChangeKind.COLLECTIONS,
    )


@pytest.mark.parametrize("name", ["make", "put", "take"])
def test_a_step_that_changes_nothing_is_not_told_and_not_remembered(name: str, library: Library) -> None:
    heard: list[Event] = []
    events = EventHub()
    change = STEPS[name][0]
    change(Collections(library, events))
    events.subscribe(heard.append)
    assert not change(Collections(library, events))
    assert heard == []


def test_nothing_is_done_without_papers(library: Library) -> None:
    collections = Collections(library, EventHub())
    assert not collections.put([], ["New"])
    assert [one.name for one in Catalog(library).collections()] == ["Survey", "Survey/Attention"]


def test_whoever_asks_is_named_in_the_changes(library: Library) -> None:
    assert Collections(library, EventHub()).put(IDS, ["New"], initiator="sidebar").initiator == "sidebar"


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.make("/"),
        lambda one: one.put(IDS, [" "]),
        lambda one: one.rename("Survey", ""),
        lambda one: one.delete(""),
    ],
)
def test_a_collection_needs_a_name(library: Library, change: Callable[[Collections], Changes]) -> None:
    with pytest.raises(UserError, match="A collection needs a name"):
        change(Collections(library, EventHub()))


def test_another_program_hears_of_it(library: Library) -> None:
    other = Library(library.folder)
    other.foreign_changes()
    changes = Collections(library, EventHub()).put(IDS[2:], ["Survey"])
    (heard,) = other.foreign_changes()
    other.close()
    assert (heard.ids, ChangeKind.COLLECTIONS in heard.kinds) == (changes.ids, True)


ODD_NAMES = [
    *('My "best" papers', '"', '"x', 'x"', "it's", "100%", "a_b", "a\\b", "{x} {}", "(a OR b)", "a:b", "-a", "+a", "*"),
    *(
        "OR",
        "NOT",
        "tag:x",
        "..",
        ">2020",
        "a,b",
        "日本語/論文",
        "😀",
        "C#",
        "#1",
        "'); DROP TABLE paper; --",
        "x" * 3000,
    ),
    *("NUL\0inside", "half \ud83d a pair", "\u202eright to left", "\x1b[31mred"),
]


@pytest.mark.parametrize("name", ODD_NAMES, ids=range(len(ODD_NAMES)))
def test_a_collection_may_have_any_name(name: str, library: Library) -> None:
    catalog, collections = Catalog(library), Collections(library, EventHub())
    collections.delete("Survey")
    collections.put(IDS[:2], [name])
    collections.put(IDS[2:3], [f"{name}/below"])
    collections.put(IDS[3:], ["other"])
    (there,) = collections_of(library)[IDS[1]]
    assert set(catalog.ids(f"collection:{quoted(there)}").ids) == set(IDS[:3])
    collections.rename(there, f"New {there}")
    assert set(catalog.ids(f"collection:{quoted(f'New {there}')}").ids) == set(IDS[:3])
    collections.rename(f"New {there}", name)
    collections.delete(name)
    assert [one.name for one in catalog.collections()] == ["other"]


def test_the_collections_of_some_papers_are_counted_among_these(library: Library) -> None:
    assert Catalog(library).collections_among(IDS[1:]) == {"Survey": 1}
    assert Catalog(library).collections_among(IDS) == {"Survey": 2, "Survey/Attention": 1}
    assert Catalog(library).tags_among(IDS) == {}
