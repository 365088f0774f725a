"""The map in a real X server: arranged by the program itself, pointed at, clicked, drawn around, tagged and searched.

Where a paper is seen follows from the file in which the program keeps the map, and from the frame around the map.
"""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from readinglist.library.library import Library
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from readinglist.similarity.known_models import KnownModels
from readinglist.similarity.layouts import Layout, layout_file, load_layout
from readinglist.similarity.vectors import VectorStore
from readinglist.ui.map.camera import Camera, Extent
from readinglist.ui.map.finding import inside
from readinglist.ui.theme.palette import load_palette
from tests.helpers.command_line import Shell
from tests.helpers.library_factory import render_page
from tests.helpers.made_listing import made_listing
from tests.helpers.xserver import Screen, program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

GEOMETRY = "1280x800"
WHOLE = "1280x800+0+0"
SHARE = 0.2  # of the papers, those furthest to the left, that a line is drawn around
CARD = 8000  # pixels of its ground, at least

Pixels = NDArray[np.uint8]
Points = NDArray[np.float32]


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A library whose papers are compared, but not on a map yet."""
    shell = Shell(tmp_path / "library", Path(os.environ["READINGLIST_CONFIG"]))
    shell.run("config", "similar.index_automatically", "off")
    listing = tmp_path / "daily papers.txt"
    listing.write_text(render_page(made_listing()), encoding="utf-8")
    shell.run("import", listing)
    compare(shell.folder, titles_of(shell))
    return shell


def compare(folder: Path, titles: dict[int, str]) -> None:
    """Give the papers vectors, as the program would with a model of its own."""
    library = Library(folder)
    with library.read() as reader:
        hashes = reader.papers.content_hashes()
    library.close()
    encoder = FakeEncoder()
    info = encoder.load()
    store = VectorStore(folder / "derived" / "vectors", info.key, info.dimensions)
    store.append(list(hashes), list(hashes.values()), encoder.encode([titles[one] for one in hashes]))
    KnownModels(folder / "derived" / "vectors").save(EncoderOptions(), info)


class Map:
    """The map on the screen."""

    def __init__(self, screen: Screen, folder: Path) -> None:
        self.screen = screen
        self._path = layout_file(folder / "derived" / "map", FakeEncoder().load().key)
        self.left = self.top = self.width = self.height = 0
        self.ids: list[int] = []
        self.points: Points = np.zeros((0, 2), dtype=np.float32)  # on the screen

    def wait(self) -> Layout:
        """Wait until the map is arranged, kept and shown, and find where it lies."""
        found: list[Layout] = []

        def is_kept() -> bool:
            layout = load_layout(self._path) if self._path.exists() else None
            found[:] = [layout] if layout is not None and layout.regions else []
            return bool(found)

        wait_until(is_kept, what="the map to be arranged")
        wait_until(self._find_frame, what="the map to be shown with the frame of the keyboard")
        self.screen.wait_until_still(WHOLE)
        assert self._find_frame()  # the legend may have changed its height meanwhile
        (layout,) = found
        camera = Camera().resized(self.width, self.height).fitted(Extent.of(layout.points))
        self.ids = layout.ids.tolist()
        self.points = camera.to_view(layout.points) + np.array([self.left, self.top], dtype=np.float32)
        return layout

    def count(self, role: str) -> int:
        """Count the pixels of a colour on the map."""
        pixels = self._pixels()[self.top : self.top + self.height, self.left : self.left + self.width]
        return int(_is_color(pixels, role).sum())

    def loneliest(self) -> tuple[int, tuple[int, int]]:
        """Return the paper that is furthest from all others, and its place."""
        gaps = np.linalg.norm(self.points[:, None] - self.points[None], axis=2)
        np.fill_diagonal(gaps, np.inf)
        row = int(gaps.min(axis=1).argmax())
        x, y = self.points[row].round().astype(int).tolist()
        return self.ids[row], (x, y)

    def draw_around(self, corners: list[tuple[int, int]]) -> None:
        """Draw a line with the pointer, slowly enough for every corner to be seen."""
        moves = [["mousemove", str(x), str(y), "sleep", "0.08"] for x, y in [*corners, corners[0]]]
        self.screen.run("xdotool", *moves[0], "mousedown", "1", *(word for move in moves[1:] for word in move))
        self.screen.run("xdotool", "mouseup", "1")

    def _find_frame(self) -> bool:
        """Find the frame that the map has while the keyboard is with it."""
        frame = _is_color(self._pixels(), "accent")
        rows = np.flatnonzero(frame.sum(axis=1) > 400)
        columns = np.flatnonzero(frame.sum(axis=0) > 300)
        if len(rows) < 2 or len(columns) < 2:
            return False
        self.left, self.top = int(columns[0]), int(rows[0])
        self.width, self.height = int(columns[-1]) - self.left + 1, int(rows[-1]) - self.top + 1
        return True

    def _pixels(self) -> Pixels:
        image = QImage.fromData(self.screen.pixels(WHOLE)).convertToFormat(QImage.Format.Format_RGB888)
        lines = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.bytesPerLine())
        return lines[:, : image.width() * 3].reshape(image.height(), image.width(), 3)


def _is_color(pixels: Pixels, role: str) -> NDArray[np.bool_]:
    color: QColor = load_palette("light")[role]
    found: NDArray[np.bool_] = (pixels == np.array([color.red(), color.green(), color.blue()])).all(axis=2)
    return found


def titles_of(shell: Shell, *query: str) -> dict[int, str]:
    return {one["id"]: one["title"] for one in shell.json("list", *query)}


def box_around(points: Points) -> list[tuple[int, int]]:
    """Return the corners of a box that holds these points."""
    left, top = (points.min(axis=0) - 9).astype(int).tolist()
    right, bottom = (points.max(axis=0) + 9).astype(int).tolist()
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def test_papers_are_found_chosen_and_tagged_on_the_map(screen: Screen, shell: Shell) -> None:
    titles = titles_of(shell)
    with program(screen, shell.folder, geometry=GEOMETRY) as process:
        shown = Map(screen, shell.folder)
        screen.wait_until_still(WHOLE)
        screen.key("alt+3")
        layout = shown.wait()
        assert sorted(shown.ids) == sorted(titles)
        assert layout.regions
        assert shown.count("ink") > 100, "names of regions are written on the map"

        paper, (x, y) = shown.loneliest()
        assert paper != shell.ids("status:inbox")[0], "another than the one that is current from the beginning"
        before = shown.count("raised")
        screen.run("xdotool", "mousemove", str(x), str(y))
        wait_until(lambda: shown.count("raised") > before + CARD, what="the card with its title")
        screen.click(x, y)
        screen.key("s")
        wait_until(lambda: list(titles_of(shell, "is:starred")) == [paper], what="the paper's star")

        furthest = shown.points[:, 0] <= np.quantile(shown.points[:, 0], SHARE)
        corners = box_around(shown.points[furthest])
        within = inside(shown.points, np.array(corners, dtype=np.float32))
        wanted = set(np.array(shown.ids)[within].tolist())
        assert len(wanted) >= SHARE * len(titles)
        screen.key("g")
        shown.draw_around(corners)
        screen.key("t")
        screen.wait_for_window("Tags of")
        screen.type("west")
        screen.key("Return", "Return")
        wait_until(lambda: set(titles_of(shell, "tag:west")) == wanted, what="the tag")

        blue = shown.count("status-inbox")
        screen.key("slash")
        screen.type("tag:west")
        screen.key("Return")
        wait_until(lambda: shown.count("status-inbox") < blue * 0.8, what="the others to become faint")
    assert process.returncode == 0
