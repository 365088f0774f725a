"""Pictures of the main screens: each is drawn, in the theme it should be in.

With `READINGLIST_REFRESH_PICTURES` set, the pictures of the README are made anew.
"""

import os
import subprocess
from pathlib import Path

import pytest

from tests.helpers.command_line import REPOSITORY, Shell
from tests.helpers.library_factory import render_page
from tests.helpers.made_listing import made_listing
from tests.helpers.samples import find_samples
from tests.helpers.xserver import Screen, program

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GEOMETRY = "1280x800"
WHOLE = "1280x800+0+0"
COUNT = 110
LARGEST_BYTES = 150_000
REFRESHED = "READINGLIST_REFRESH_PICTURES"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library", Path(os.environ["READINGLIST_CONFIG"]))


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    samples = find_samples()
    if samples is not None and (samples / "seed" / "daily_papers_search.txt").is_file():
        return samples / "seed" / "daily_papers_search.txt"
    page = tmp_path / "daily papers.txt"
    page.write_text(render_page(made_listing()), encoding="utf-8")
    return page


@pytest.fixture
def full(shell: Shell, listing: Path) -> Shell:
    """A library of the listing, used a little."""
    shell.run("config", "similar.index_automatically", "off")
    shell.run("import", listing)
    order = [str(one) for one in shell.ids("status:inbox")]
    assert len(order) == COUNT
    shell.run("tag", "+agents", *order[1:12:3])
    shell.run("tag", "+to discuss", *order[2:5])
    shell.run("tag", "+vision/video", *order[3:9:2])
    shell.run("collection", "+Reading group", order[1], *order[60:63])
    shell.run("collection", "+Survey/Methods", *order[6:20:2])
    shell.run("star", order[1], order[4])
    shell.run("status", "to-read", *order[60:72])
    shell.run("status", "read", *order[80:88])
    shell.run("status", "skipped", *order[95:])
    shell.run("note", order[2], "Compare with the ablation in section 4.")
    if REFRESHED in os.environ:
        shell.run("index")
    return shell


def take(screen: Screen, target: Path, *, region: str = WHOLE) -> Path:
    """Take a picture once nothing moves any more."""
    screen.wait_until_still(region)
    return screen.picture(target, region=region)


def brightness(picture: Path) -> float:
    """Return the mean of all pixels, from 0 (black) to 1 (white)."""
    command = ["convert", str(picture), "-colorspace", "Gray", "-format", "%[fx:mean]", "info:"]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def keep(picture: Path, name: str) -> None:
    """Make a small copy for the README, if that was asked for."""
    if REFRESHED not in os.environ:
        return
    target = REPOSITORY / "resources" / "help" / name
    target.parent.mkdir(exist_ok=True)
    colours = ["-dither", "None", "-colors", "255", "-define", "png:compression-level=9", "-strip"]
    subprocess.run(["convert", str(picture), *colours, f"png8:{target}"], check=True)
    assert target.stat().st_size < LARGEST_BYTES


def test_the_empty_library_is_shown_and_invites(screen: Screen, shell: Shell, tmp_path: Path) -> None:
    with program(screen, shell.folder, geometry=GEOMETRY):
        assert brightness(take(screen, tmp_path / "empty.png")) > 0.8


def test_the_review_sheet_is_shown_over_the_window(screen: Screen, shell: Shell, listing: Path, tmp_path: Path) -> None:
    with program(screen, shell.folder, str(listing), geometry=GEOMETRY):
        screen.wait_for_window("Review the import")
        assert take(screen, tmp_path / "review.png").stat().st_size > 20_000
        screen.key("Escape")
        screen.wait_for_end("Review the import")


def test_papers_are_shown_as_cards_and_as_a_table(screen: Screen, full: Shell, tmp_path: Path) -> None:
    with program(screen, full.folder, geometry=GEOMETRY):
        screen.key("j", "j")
        cards = take(screen, tmp_path / "cards.png")
        shown = screen.pixels(WHOLE)
        screen.key("alt+2")
        screen.wait_for_change(WHOLE, shown)
        table = take(screen, tmp_path / "table.png")
    assert min(brightness(cards), brightness(table)) > 0.8
    keep(cards, "cards.png")


def test_the_dark_theme_is_dark_everywhere(screen: Screen, full: Shell, tmp_path: Path) -> None:
    full.run("config", "look.theme", "dark")
    with program(screen, full.folder, geometry=GEOMETRY):
        screen.key("j")
        assert brightness(take(screen, tmp_path / "cards-dark.png")) < 0.25
        shown = screen.pixels(WHOLE)
        screen.key("alt+2", "j", "j")
        screen.wait_for_change(WHOLE, shown)
        table = take(screen, tmp_path / "table-dark.png")
    assert brightness(table) < 0.25
    keep(table, "table-dark.png")
