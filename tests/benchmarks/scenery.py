"""What several measurements need: large made-up libraries, made once for a run, and the program as a process."""

import atexit
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.helpers.library_factory import fill_library

REPOSITORY = Path(__file__).resolve().parents[2]
MANY = 100_000


@cache
def folder() -> Path:
    """Return a folder that goes away with this process."""
    made = Path(tempfile.mkdtemp(prefix="readinglist-benchmarks-"))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made


@cache
def filled_library(count: int) -> Path:
    """Return the folder of a library with so many papers; whoever changes it takes a copy."""
    target = folder() / f"papers-{count}"
    fill_library(target, count)
    return target


def copy_of(library: Path, name: str) -> Path:
    """Return a copy of a library, to be changed."""
    target = folder() / name
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(library, target)
    return target


def environment(**settings: str) -> Mapping[str, str]:
    """Return variables that keep a process away from the settings and the library of whoever measures.

    Args:
        settings: Lines of the settings file, `section__name="value as TOML"`.
    """
    file = folder() / "settings" / "settings.toml"
    file.parent.mkdir(exist_ok=True)
    lines = []
    for key, value in settings.items():
        section, _, name = key.partition("__")
        lines.append(f"[{section}]\n{name} = {value}\n")
    file.write_text("".join(lines), encoding="utf-8")
    own = {
        "READINGLIST_CONFIG": str(file),
        "READINGLIST_LIBRARY": str(folder() / "unused"),
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONPYCACHEPREFIX": str(folder() / "bytecode"),  # an installed program has its bytecode at hand
    }
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | own


def program(*arguments: str | Path) -> list[str]:
    """Return the command that starts the program."""
    return [sys.executable, "-m", "readinglist", *map(str, arguments)]


def run(command: Sequence[str], variables: Mapping[str, str]) -> str:
    """Run a command to its end and return what it printed.

    Raises:
        RuntimeError: It failed.
    """
    done = subprocess.run(command, capture_output=True, text=True, env=dict(variables), cwd=REPOSITORY, check=False)
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}"
        raise RuntimeError(message)
    return done.stdout


def median_of(measure: Callable[[], float], repeats: int) -> float:
    """Return the median of several measurements."""
    return statistics.median(measure() for _ in range(repeats))
