"""Power cuts: the program is killed at random moments while it imports and while it compares papers.

Afterwards the library must open, be sound, hold whole imports or nothing of them, and go on where it was.
"""

import json
import random
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks import scenery
from tests.benchmarks.report import Row, exactly
from tests.helpers.library_factory import PaperFactory, render_page

KILLS = 20
EACH_IMPORT = 1500  # papers: storing them takes a good part of the process's life
EACH_INDEXING = 120
SEED = 20


def measure() -> list[Row]:
    """Measure."""
    variables = scenery.environment(similar__index_automatically="false")
    chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
    return [*_importing(chance, variables), *_indexing(chance, variables)]


def _importing(chance: random.Random, variables: Mapping[str, str]) -> list[Row]:
    library = scenery.folder() / "killed-while-importing"
    factory = PaperFactory(SEED)
    page = scenery.folder() / "page.txt"
    took = _time_of_one(library, factory, page, variables)
    opened = sound = whole = cut = 0
    papers = int(_check(library, variables)["papers"])
    for _ in range(KILLS // 2):
        page.write_text(render_page(list(factory.drafts(EACH_IMPORT))), encoding="utf-8")
        cut += _kill(scenery.program("--library", library, "import", page), chance.uniform(0.2, 0.95) * took, variables)
        opened += 1  # `_check` raises where the library does not open
        report = _check(library, variables)
        sound += bool(report["is_sound"])
        whole += report["papers"] - papers in {0, EACH_IMPORT}
        papers = report["papers"]
    return [
        exactly(f"kills while importing ({cut} before its end): library opens", opened, KILLS // 2),
        exactly("… and is sound", sound, KILLS // 2),
        exactly("… and holds whole imports only", whole, KILLS // 2),
    ]


def _indexing(chance: random.Random, variables: Mapping[str, str]) -> list[Row]:
    library = scenery.folder() / "killed-while-indexing"
    factory = PaperFactory(SEED + 1)
    page = scenery.folder() / "page.txt"
    page.write_text(render_page(list(factory.drafts(EACH_INDEXING))), encoding="utf-8")
    scenery.run(scenery.program("--library", library, "import", page), variables)
    began = time.monotonic()
    scenery.run(scenery.program("--library", library, "index"), variables)
    took = time.monotonic() - began
    sound = cut = complete = 0
    for _ in range(KILLS // 2):
        command = scenery.program("--library", library, "index", "--rebuild")
        cut += _kill(command, chance.uniform(0.2, 0.95) * took, variables)
        sound += bool(_check(library, variables)["is_sound"])
        state = json.loads(scenery.run(scenery.program("--library", library, "--json", "index"), variables))
        complete += state["done"] == state["total"] == EACH_INDEXING
    return [
        exactly(f"kills while comparing ({cut} before its end): library is sound", sound, KILLS // 2),
        exactly("… and the comparison goes on to its end", complete, KILLS // 2),
    ]


def _time_of_one(library: Path, factory: PaperFactory, page: Path, variables: Mapping[str, str]) -> float:
    took = 0.0
    for _ in range(2):  # the first one also has to make the bytecode
        page.write_text(render_page(list(factory.drafts(EACH_IMPORT))), encoding="utf-8")
        began = time.monotonic()
        scenery.run(scenery.program("--library", library, "import", page), variables)
        took = time.monotonic() - began
    return took


def _kill(command: list[str], after_s: float, variables: Mapping[str, str]) -> bool:
    """Start a command and kill it and what it started; tells whether it was still running."""
    process = subprocess.Popen(
        command,
        env=dict(variables),
        cwd=scenery.REPOSITORY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _check(library: Path, variables: Mapping[str, str]) -> Mapping[str, Any]:
    report: dict[str, Any] = json.loads(
        scenery.run(scenery.program("--library", library, "--json", "check"), variables)
    )
    return report
