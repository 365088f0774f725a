"""PDFs in the window: from the tab to the painted page, page by page, and how long the event loop is away meanwhile."""

import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from readinglist.app import bootstrap
from readinglist.app.workspace import Workspace
from readinglist.domain.paper import Status
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out
from tests.benchmarks.window import p99_of
from tests.helpers.drafts import make_draft
from tests.helpers.made_pdf import write_pdf
from tests.helpers.samples import find_samples

PAPER = "jabref__bogner2023.pdf"  # 35 pages of a journal
COPIES = 7
PAINTED = 2.0
P99_MS = 33
BLANK_MS = 200
LONGEST_MS = 100


def measure() -> list[Row]:
    """Measure."""
    samples = find_samples()
    paper = samples / "pdf" / PAPER if samples else write_pdf(scenery.folder() / "paper.pdf", pages=30)
    rows = _paper(paper)
    if samples is None:
        return [*rows, left_out("heavy pages", "there are no sample files")]
    return [*rows, *_heavy(sorted((samples / "pdf").glob("*.pdf")))]


def _paper(paper: Path) -> list[Row]:
    """Read one paper several times; each is another file, so that nobody has it open already."""
    copies = []
    for number in range(COPIES):
        content = paper.read_bytes() + f"\n% {number}\n".encode()
        copies.append(scenery.folder() / f"read-{number}.pdf")
        copies[-1].write_bytes(content)
    files = _read(copies, "reading")
    painted, bare = (statistics.median(one[name] for one in files) for name in ("painted_ms", "bare_ms"))
    opened = statistics.median(one["opened_ms"] for one in files)
    gaps, own = ([gap for one in files for gap in one[name]] for name in ("paging_gaps_ms", "own_paging_gaps_ms"))
    return [
        at_most(f"tab to painted page ({painted:.0f} ms; MuPDF {bare:.0f} ms)", painted / bare, PAINTED, "times"),
        Row("… from the wish to read it", "", f"{opened:.0f} ms", None),
        at_most(f"event loop away, page by page, p99 (longest {max(gaps):.0f} ms)", p99_of(gaps), P99_MS, "ms"),
        Row("… less what the system gave to others", "", f"{p99_of(own):.0f} ms (longest {max(own):.0f} ms)", None),
        at_most("a page is blank for", max(one["blank_ms"] for one in files), BLANK_MS, "ms"),
    ]


def _heavy(paths: Sequence[Path]) -> list[Row]:
    files = _read(paths, "heavy")
    longest, own = ([max(one[name]) for one in files] for name in ("gaps_ms", "own_gaps_ms"))
    blank = [one["blank_ms"] for one in files]
    worst, blankest = paths[longest.index(max(longest))].name, paths[blank.index(max(blank))].name
    return [
        exactly("PDFs that were opened", len(files), len(paths)),
        at_most(f"event loop away, longest of all ({worst})", max(longest), LONGEST_MS, "ms"),
        Row("… less what the system gave to others", "", f"{max(own):.0f} ms", None),
        at_most(f"a page is blank for ({blankest})", max(blank), BLANK_MS, "ms"),
    ]


def _read(paths: Sequence[Path], name: str) -> list[dict[str, Any]]:
    """Read PDFs in the real window of a library that has them."""
    variables = scenery.environment(
        similar__index_automatically="false", library__backup_interval_days="0", reader__sets_reading="false"
    )
    library = scenery.folder() / name
    places = bootstrap.find_places(str(library), variables)
    workspace = bootstrap.open_workspace(places)
    try:
        _fill(workspace, paths)
    finally:
        workspace.close()
    probe = Path(__file__).with_name("reading_probe.py")
    found = json.loads(scenery.run([sys.executable, str(probe), str(library)], variables))
    files: list[dict[str, Any]] = found["files"]
    return files


def _fill(workspace: Workspace, paths: Sequence[Path]) -> None:
    with workspace.library.write(None) as writer:
        ids = list(writer.papers.add_many([make_draft(number) for number in range(len(paths))], status=Status.INBOX))
    for paper_id, path in zip(ids, paths, strict=True):
        workspace.files.attach(paper_id, path)
