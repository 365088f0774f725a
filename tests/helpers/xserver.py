"""A real X server with a window manager, and the real program in it, driven by real keys, clicks and drags."""

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


def missing_programs() -> list[str]:
    """Name what the end-to-end tests need and this machine lacks."""
    return [name for name in NEEDED if shutil.which(name) is None]


def wait_until(condition: Callable[[], bool], *, timeout_s: float, what: str) -> None:
    """Poll until the condition holds.

    Raises:
        AssertionError: It did not within the time.
    """
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"waited {timeout_s} s in vain for {what}"
        time.sleep(0.05)


def _read_line(stream: IO[str], *, timeout_s: float, what: str) -> str:
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

    def run(self, *command: str, timeout_s: float = 30) -> str:
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

    def picture(self, path: Path) -> Path:
        """Save a picture of the whole screen."""
        self.run("import", "-window", "root", str(path))
        assert path.stat().st_size > 0
        return path

    def windows(self, title: str) -> list[str]:
        """Ids of the visible windows whose title holds the text."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", title).split()

    def drag_files(self, files: Sequence[Path], *, to: tuple[int, int]) -> str:
        """Drag files from another process's window to a place of the screen.

        Returns:
            The drop action the source was told.
        """
        script = REPOSITORY / "tests" / "helpers" / "drag_source.py"
        command = [sys.executable, str(script), "20000", *map(str, files)]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True) as source:
            assert source.stdout is not None
            try:
                _, x, y = _read_line(source.stdout, timeout_s=15, what="the drag source").split()
                self._drag((int(x), int(y)), to)
                return _read_line(source.stdout, timeout_s=10, what="the end of the drag").removeprefix("dropped ")
            finally:
                source.terminate()

    def _drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        self.run("xdotool", "mousemove", *map(str, start))
        time.sleep(0.1)
        self.run("xdotool", "mousedown", "1")
        for step in range(1, 21):
            x, y = (a + (b - a) * step // 20 for a, b in zip(start, end, strict=True))
            self.run("xdotool", "mousemove", str(x), str(y))
            time.sleep(0.02)
        self.run("xdotool", "mousemove", str(end[0] + 3), str(end[1]))
        time.sleep(0.3)
        self.run("xdotool", "mouseup", "1")


@contextmanager
def x_server(*, size: str = "1440x900") -> Iterator[Screen]:
    """Start Xvfb on a free display with a window manager; both end with the block."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as numbers:
        display = f":{_read_line(numbers, timeout_s=20, what='Xvfb')}"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Screen(display, environment)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)


@contextmanager
def program(screen: Screen, library: Path, *arguments: str, geometry: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Run the real program in the screen until the block ends; it is asked to close first, as a reader would."""
    command = [sys.executable, "-m", "readinglist", "--library", str(library), "gui", *arguments]
    process = subprocess.Popen(command, env=screen.environment, cwd=REPOSITORY)
    try:
        wait_until(lambda: bool(screen.windows("Reading List")), timeout_s=30, what="the window")
        window = screen.windows("Reading List")[-1]
        if geometry:
            width, height = geometry.split("x")
            screen.run("xdotool", "windowsize", "--sync", window, width, height, "windowmove", window, "0", "0")
        screen.run("xdotool", "windowactivate", "--sync", window)
        yield process
        if process.poll() is None:
            screen.run("xdotool", "windowclose", window)
            process.wait(20)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
