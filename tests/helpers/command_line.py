"""The command line as a real process, and a small made-up library for it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.helpers.paper_services import daily_row

REPOSITORY = Path(__file__).resolve().parents[2]
NOWHERE = "http://127.0.0.1:9"  # the port that discards: nothing listens there
TITLES = {
    "2610.00001": "Gait Learning for Legged Robots on Thin Ice",
    "2610.00002": "Legged Robots That Learn to Fall",
    "2610.00003": "Graph Networks for Molecules in Motion",
    "2610.00004": "Molecules as Graphs: A Survey of Networks",
    "2610.00005": "Diffusion Models for Video of Long Duration",
    "2610.00006": "Long Video Diffusion Without Drift",
    "2610.00007": "How Readers Choose What to Read",
    "2610.00008": "Choosing Papers to Read with Little Time",
}


@dataclass(frozen=True, slots=True)
class Done:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        """The JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Shell:
    """Runs the program on one library, away from everything that is the reader's, and from the network.

    Attributes:
        folder: Of the library.
        settings: The settings file.
    """

    folder: Path
    settings: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables for a process."""
        return {
            **os.environ,
            "READINGLIST_LIBRARY": str(self.folder),
            "READINGLIST_CONFIG": str(self.settings),
            "HTTPS_PROXY": NOWHERE,
            "HTTP_PROXY": NOWHERE,
            "NO_PROXY": "127.0.0.1",
            "PYTHONIOENCODING": "utf-8",
        }

    def command(self, *arguments: str | Path) -> list[str]:
        """Return the command of a process."""
        return [sys.executable, "-m", "readinglist", *map(str, arguments)]

    def run(self, *arguments: str | Path, typed: str | bytes = b"", code: int = 0) -> Done:
        """Run a command to its end, which must have this exit code."""
        ended = subprocess.run(
            self.command(*arguments),
            input=typed.encode() if isinstance(typed, str) else typed,
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            timeout=100,
            check=False,
        )
        done = Done(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
        assert done.code == code, f"{arguments} ended with {done.code}: {done.err}{done.out}"
        return done

    def json(self, *arguments: str | Path, typed: str | bytes = b"", code: int = 0) -> Any:
        """Run a command and return its JSON document."""
        return self.run("--json", *arguments, typed=typed, code=code).value

    def ids(self, *query: str) -> list[int]:
        """Return the numbers of the papers that a query asks for, in the window's order of the Inbox."""
        return [paper["id"] for paper in self.json("list", *query)]


def write_listing(path: Path) -> Path:
    """Write a made-up Daily Papers listing with arXiv ids as the service's JSON."""
    rows = [daily_row(number, title, upvotes=place) for place, (number, title) in enumerate(TITLES.items())]
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path
