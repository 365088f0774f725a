"""A day with the program, in a real X server: what the window does is seen by commands beside it, and the other way."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import TITLES, Shell, write_listing
from tests.helpers.xserver import Screen, program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GEOMETRY = "1280x800"
MIDDLE = (600, 480)
CARDS = "580x520+224+166"  # the list of papers, without search field and message
SIMILAR = "430x200+840+590"
FIRST_SIMILAR = (1050, 640)


class Story:
    """The screen with the window, and commands beside it."""

    def __init__(self, screen: Screen, shell: Shell) -> None:
        self.screen = screen
        self.shell = shell

    def expect(self, what: str, query: Sequence[str], found: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Wait until a command beside the window finds what the window did."""
        wait_until(lambda: found(self.shell.json("list", *query)), what=what)

    def expect_ids(self, ids: Sequence[int], *query: str) -> None:
        """Wait until a query finds exactly these papers."""
        wanted = sorted(ids)
        self.expect(
            f"{' '.join(query)} to find {wanted}",
            query,
            lambda papers: sorted(one["id"] for one in papers) == wanted,
        )

    def press(self, *keys: str) -> None:
        """Press keys once the list stands still and the window has the keyboard."""
        self.screen.wait_until_still(CARDS)
        self.screen.activate(self.screen.windows("^Reading List$")[-1])
        self.screen.key(*keys)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library", Path(os.environ["READINGLIST_CONFIG"]))


@pytest.fixture
def story(screen: Screen, shell: Shell) -> Story:
    return Story(screen, shell)


def drop_and_import(story: Story, file: Path) -> list[int]:
    """Drag a file into the window, review it, import it; return the papers in the order of the list."""
    welcome = story.screen.wait_until_still(CARDS)
    assert story.screen.drag_files([file], to=MIDDLE) == "CopyAction"
    story.screen.wait_for_window("Review the import")
    assert story.shell.json("list") == [], "nothing is stored before the reader agrees"
    story.screen.key("Return")
    story.screen.wait_for_end("Review the import")
    story.expect("the papers", (), lambda papers: len(papers) == len(TITLES))
    story.screen.wait_for_change(CARDS, welcome)  # they are stored before they are shown: keys would mean nothing yet
    return story.shell.ids("status:inbox")


def decide(story: Story, order: Sequence[int]) -> None:
    """Give each of the first papers a key."""
    story.press("2")
    story.expect_ids(order[:1], "status:to-read")
    story.press("5")
    story.expect_ids(order[1:2], "status:skipped")
    story.press("4")
    story.expect_ids(order[2:3], "status:read")
    story.press("s")
    story.expect_ids(order[3:4], "is:starred")
    story.press("j", "t")
    story.screen.wait_for_window("Tags of the paper")
    story.screen.type("ice")
    story.screen.key("Return", "Return")
    story.expect_ids(order[4:5], "tag:ice")
    story.press("c")
    story.screen.wait_for_window("Collections of the paper")
    story.screen.type("Survey/Ice")
    story.screen.key("Return", "Return")
    story.expect_ids(order[4:5], "collection:Survey")
    story.press("j", "n")
    story.screen.type("Read the proof.")
    story.screen.key("Escape")
    story.expect_ids(order[5:6], "note:proof")


def search(story: Story, word: str) -> None:
    """Look for a word, go to the list, and star what was found."""
    before = story.screen.wait_until_still(CARDS)
    story.screen.key("slash")
    story.screen.type(word)
    story.screen.wait_for_change(CARDS, before)
    story.press("Return", "s")
    (found,) = story.shell.ids(word)
    story.expect(f"{found} to be starred", ("is:starred",), lambda papers: found in {one["id"] for one in papers})


def open_similar(story: Story) -> None:
    """Click on the first similar paper and star it: it is one of those that the command line names."""
    starred = set(story.shell.ids("is:starred"))
    (paper,) = story.shell.ids("drift")
    story.screen.wait_until_still(SIMILAR)
    story.screen.click(*FIRST_SIMILAR)
    story.press("s")
    story.expect("another star", ("is:starred",), lambda papers: len(papers) == len(starred) + 1)
    (opened,) = set(story.shell.ids("is:starred")) - starred
    assert opened in {one["id"] for one in story.shell.json("similar", str(paper))}
    story.press("ctrl+z")
    story.expect_ids(sorted(starred), "is:starred")
    story.press("ctrl+shift+z")
    story.expect_ids([*starred, opened], "is:starred")


def test_a_listing_is_dropped_decided_on_searched_and_still_there_tomorrow(story: Story, tmp_path: Path) -> None:
    listing = write_listing(tmp_path / "listing.json")
    with program(story.screen, story.shell.folder, geometry=GEOMETRY) as process:
        order = drop_and_import(story, listing)
        decide(story, order)
        search(story, "drift")
        open_similar(story)
    assert process.returncode == 0
    before = story.shell.json("list", "--sort", "title")
    with program(story.screen, story.shell.folder, geometry=GEOMETRY) as process:
        story.press("Home", "Delete")
        story.expect_ids(order[3:4], "is:bin")
        story.press("ctrl+z")
        story.expect_ids([], "is:bin")
    assert process.returncode == 0
    assert story.shell.json("list", "--sort", "title") == before
    assert story.shell.json("check")["is_sound"]


def test_the_window_shows_what_a_command_changed_and_takes_it_back(story: Story, tmp_path: Path) -> None:
    story.shell.run("import", write_listing(tmp_path / "listing.json"))
    order = story.shell.ids("status:inbox")
    with program(story.screen, story.shell.folder, geometry=GEOMETRY):
        before = story.screen.wait_until_still(CARDS)
        story.shell.run("status", "skipped", *map(str, order[:-1]))
        story.screen.wait_for_change(CARDS, before)
        story.press("Home", "s")
        story.expect_ids(order[-1:], "is:starred")
        story.press("ctrl+z", "ctrl+z")  # its own step, then the command's
        story.expect_ids(order, "status:inbox")


def test_a_second_start_hands_its_file_to_the_open_window(story: Story, tmp_path: Path) -> None:
    listing = write_listing(tmp_path / "listing.json")
    with program(story.screen, story.shell.folder, geometry=GEOMETRY):
        story.shell.run("gui", listing)
        story.screen.wait_for_window("Review the import")
        story.screen.key("Escape")
        story.screen.wait_for_end("Review the import")
    assert story.shell.json("list") == []
