"""Reading a PDF in a real X server: opened, read to page 3, marked over columns, closed, and found as it was left."""

import os
from pathlib import Path

import pymupdf
import pytest

from tests.helpers.command_line import Shell, write_listing
from tests.helpers.reading import make_paper
from tests.helpers.xserver import Screen, program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GEOMETRY = "1280x800"
LIST = "580x520+224+166"
PAGES = "900x600+300+140"
COMMENT = "compare with section 4"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    shell = Shell(tmp_path / "library", Path(os.environ["READINGLIST_CONFIG"]))
    shell.run("config", "similar.index_automatically", "off")
    shell.run("import", write_listing(tmp_path / "listing.json"))
    shell.run("pdf", "attach", str(shell.ids("status:inbox")[0]), make_paper(tmp_path / "paper.pdf"))
    return shell


def annotations(shell: Shell, paper: int) -> list[dict[str, object]]:
    found = shell.json("pdf", "annotations", str(paper))
    assert isinstance(found, list)
    return found


def open_first(screen: Screen) -> None:
    screen.wait_until_still(LIST)
    before = screen.pixels(PAGES)
    screen.key("Home", "Return")
    screen.wait_for_change(PAGES, before)
    screen.wait_until_still(PAGES)


def test_a_paper_is_read_marked_closed_and_found_as_it_was_left(screen: Screen, shell: Shell, tmp_path: Path) -> None:
    (paper, *_) = shell.ids("status:inbox")
    with program(screen, shell.folder, geometry=GEOMETRY) as process:
        open_first(screen)
        first = screen.wait_until_still(PAGES)
        wait_until(lambda: shell.ids("status:reading") == [paper], what="the paper to be Reading")
        screen.key("j", "j")
        screen.wait_until_still(PAGES)
        screen.key("shift+Right", *["shift+Down"] * 60, "h")
        wait_until(lambda: len(annotations(shell, paper)) == 1, what="the highlight")
        screen.key("e")
        screen.type(COMMENT)
        wait_until(lambda: annotations(shell, paper)[0]["comment"] == COMMENT, what="the comment to be kept")
        (mark,) = annotations(shell, paper)
        assert mark["page"] == 3
        assert "p3c0l20" in str(mark["quote"])
        assert "p3c1l5" in str(mark["quote"])
        screen.key("Escape")
        there = screen.wait_until_still(PAGES)
        screen.key("ctrl+w")
        screen.wait_for_change(PAGES, there)
    assert process.returncode == 0
    shell.run("status", "inbox", str(paper))  # where the window begins
    with program(screen, shell.folder, geometry=GEOMETRY) as process:
        open_first(screen)
        assert screen.wait_until_still(PAGES) != first, "page 3 is shown, not page 1"
        target = tmp_path / "copy.pdf"
        screen.key("ctrl+shift+s")
        screen.wait_for_window("Save a copy")
        screen.key("ctrl+a")
        screen.type(str(target))
        screen.key("Return")
        wait_until(target.is_file, what="the copy")
    assert process.returncode == 0
    assert shell.json("show", str(paper))["status"] == "reading"
    with pymupdf.open(str(target)) as copy:
        pages = [[one.info["content"] for one in copy[number].annots()] for number in range(copy.page_count)]
    assert pages == [[], [], [COMMENT], [], [], []]
