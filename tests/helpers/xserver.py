"""A real X server with a window manager, and the real program in it, driven by real keys, clicks and drags."""

import itertools
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

REPOSITORY = Path(__file__).resolve().parents[2]
NEEDED = ("Xvfb", "openbox", "xdotool", "import")
LONG_S = 90.0  # what comes at all comes soon, but the computer may have much else to do
LONGEST_LOOK_S = 2.0
NUMBERS = itertools.count(1000 + os.getpid() % 20_000 * 3)


def missing_programs() -> list[str]:
    """Name what the end-to-end tests need and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_until(condition: Callable[[], bool], *, timeout_s: float = LONG_S, what: str) -> None:
    """Poll until the condition holds.

    Raises:
        AssertionError: It did not within the time.
    """
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout_s} s in vain for {what}"
        time.sleep(0.05)


def _read_line(stream: IO[str], *, timeout_s: float = LONG_S, what: str) -> str:
    ready, _, _ = select.select([stream], [], [], timeout_s)
    assert ready, f"no line within {timeout_s} s: {what}"
    return stream.readline().strip()


@dataclass(slots=True)
class Screen:
    """An X display of its own.

    Attributes:
        display: Its name, such as `:97`.
    """

    display: str
    environment: dict[str, str] = field(default_factory=dict)
    _sources: list[subprocess.Popen[str]] = field(default_factory=list)

    def run(self, *command: str, timeout_s: float = LONG_S) -> str:
        """Run an X client and return what it printed."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=timeout_s, check=False
        )
        return done.stdout.strip()

    def key(self, *keys: str) -> None:
        """Press keys, each a name or a chord as xdotool writes them: `j`, `ctrl+z`."""
        for key in keys:
            self.run("xdotool", "key", "--clearmodifiers", key)
            time.sleep(0.06)

    def type(self, text: str) -> None:
        """Type text into whatever has the focus."""
        self.run("xdotool", "type", "--delay", "12", text)

    def click(self, x: int, y: int, *, button: int = 1) -> None:
        """Click at a place of the screen, in pixels."""
        self.run("xdotool", "mousemove", str(x), str(y), "click", str(button))

    def picture(self, path: Path, *, region: str = "") -> Path:
        """Save a picture of the screen, or of a part of it given as `WIDTHxHEIGHT+X+Y`."""
        crop = ["-crop", region, "+repage"] if region else []
        self.run("import", "-window", "root", *crop, str(path))
        assert path.stat().st_size > 0
        return path

    def windows(self, title: str) -> list[str]:
        """Ids of the visible windows whose title holds the text."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", title).split()

    def wait_for_window(self, title: str, *, timeout_s: float = LONG_S) -> str:
        """Wait until a window with this title is shown and has the keyboard; return its id."""
        wait_until(lambda: bool(self.windows(title)), timeout_s=timeout_s, what=f"a window “{title}”")
        window = self.windows(title)[-1]
        self.activate(window)
        return window

    def wait_for_end(self, title: str) -> None:
        """Wait until no window with this title is shown."""
        wait_until(lambda: not self.windows(title), what=f"the window “{title}” to go")

    def activate(self, window: str, *, owner: int = 0) -> None:
        """Give a window the keyboard.

        Args:
            window: Its id.
            owner: Of a process, one of whose other windows may have the keyboard instead: a dialog over it keeps it.
        """

        def is_active() -> bool:
            if self.run("xdotool", "getactivewindow") == window:
                return True
            if owner and self.run("xdotool", "getactivewindow", "getwindowpid") == str(owner):
                return True
            self.run("xdotool", "windowactivate", window)
            return False

        wait_until(is_active, what="the window to become active")

    def place(self, window: str, geometry: str) -> None:
        """Put a window into the upper left corner and give it a size such as `1400x860`."""
        width, height = geometry.split("x")
        self.run("xdotool", "windowsize", window, width, height, "windowmove", window, "0", "0")
        wait_until(
            lambda: f"Geometry: {geometry}" in self.run("xdotool", "getwindowgeometry", window),
            what=f"the window to become {geometry}",
        )

    def pixels(self, region: str) -> bytes:
        """Return a part of the screen, given as `WIDTHxHEIGHT+X+Y`, as bytes that are equal when it looks the same."""
        command = ["import", "-window", "root", "-crop", region, "+repage", "ppm:-"]
        return subprocess.run(command, env=self.environment, capture_output=True, timeout=LONG_S, check=True).stdout

    def wait_until_still(self, region: str, *, timeout_s: float = LONG_S) -> bytes:
        """Wait until a part of the screen no longer changes; return how it looks."""
        last = [b""]

        def is_still() -> bool:
            before, began = last[0], time.monotonic()
            last[0] = self.pixels(region)
            took = time.monotonic() - began
            # A computer with much to do is slow in both: to draw and to look.
            time.sleep(min(max(0.25, 2 * took), LONGEST_LOOK_S))
            return before == last[0]

        wait_until(is_still, timeout_s=timeout_s, what="the picture to become still")
        return last[0]

    def wait_for_change(self, region: str, since: bytes, *, timeout_s: float = LONG_S) -> None:
        """Wait until a part of the screen looks different."""
        wait_until(lambda: self.pixels(region) != since, timeout_s=timeout_s, what="the picture to change")

    def drag_files(self, files: Sequence[Path], *, to: tuple[int, int]) -> str:
        """Drag files from another process's window to a place of the screen.

        Returns:
            The drop action the source was told.
        """
        script = REPOSITORY / "tests" / "helpers" / "drag_source.py"
        command = [sys.executable, str(script), "60000", *map(str, files)]
        source = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True)
        self._sources.append(source)
        assert source.stdout is not None
        _, x, y = _read_line(source.stdout, what="the drag source").split()
        self._drag((int(x), int(y)), to)
        return _read_line(source.stdout, what="the end of the drag").removeprefix("dropped ")

    def close(self) -> None:
        """End what files were dragged from."""
        for source in self._sources:
            source.terminate()
            source.communicate()

    def _drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        above = f"400x200+{end[0] - 200}+{end[1] - 240}"  # the pointer does not hide it
        before = self.pixels(above)
        self.run("xdotool", "mousemove", *map(str, start))
        time.sleep(0.1)
        self.run("xdotool", "mousedown", "1")
        for step in range(1, 21):
            x, y = (a + (b - a) * step // 20 for a, b in zip(start, end, strict=True))
            self.run("xdotool", "mousemove", str(x), str(y))
            time.sleep(0.02)
        self.run("xdotool", "mousemove", str(end[0] + 3), str(end[1]))
        self.wait_for_change(above, before)  # what is dropped on says that it may be
        time.sleep(0.3)
        self.run("xdotool", "mouseup", "1")


@contextmanager
def x_server(*, size: str = "1440x900") -> Iterator[Screen]:
    """Start Xvfb with a window manager; both end with the block.

    The display has a number that nobody else is given: of the first free one, another server that is just ending would
    take the socket away.
    """
    read_end, write_end = os.pipe()
    name = f":{next(NUMBERS)}"
    server = subprocess.Popen(
        ["Xvfb", name, "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        assert _read_line(numbers, what="Xvfb") == name[1:]
    environment = {**os.environ, "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    screen = Screen(name, environment)
    try:
        wait_until(lambda: screen.run("xdotool", "get_desktop") != "", what="the window manager")
        yield screen
    finally:
        screen.close()
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@contextmanager
def program(screen: Screen, library: Path, *arguments: str, geometry: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Run the real program in the screen until the block ends; it is asked to close first, as a reader would."""
    command = [sys.executable, "-m", "readinglist", "--library", str(library), "gui", *arguments]
    # The screen outlives a test; which settings and folders are meant, each test decides anew.
    variables = {**os.environ, "DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
    process = subprocess.Popen(command, env=variables, cwd=REPOSITORY)
    try:
        wait_until(
            lambda: bool(screen.windows("^Reading List$")) or process.poll() is not None,
            timeout_s=2 * LONG_S,
            what="the window",
        )
        assert process.poll() is None, f"the program ended with {process.poll()}"
        window = screen.windows("^Reading List$")[-1]
        if geometry:
            screen.place(window, geometry)
        screen.activate(window, owner=process.pid)
        yield process
        if process.poll() is None:
            screen.activate(window)
            screen.key("alt+F4")  # what the window manager takes as the wish to close
            process.wait(LONG_S)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
