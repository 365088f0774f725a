"""Recognising real PDFs offline under neutral names, against other recognisers on the same files in the same run.

A third of the files was kept aside while the rules were made. Looked at for the first time, these had 9 of 10 titles
right, 8 of 9 first authors, 8 of 9 years, and 6 of 7 DOIs; none of the identifiers was wrong. Four rules came of it.

pdftitle and pdf2doi are asked if `READINGLIST_RIVALS` names Pythons that have them: they are no part of this program.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from readinglist.domain.pdf_facts import PdfFacts
from readinglist.pdf.document import parse_document
from readinglist.pdf.metadata import recognise
from tests.benchmarks import rivals, scenery
from tests.benchmarks.recognised import Answer, score
from tests.benchmarks.report import Row, at_least, at_most, exactly, left_out
from tests.benchmarks.rivals import Rival
from tests.helpers.samples import find_samples

NEUTRAL = "file.pdf"
LONGEST_S = 10
MOST_MB = 1024
FIELDS = {"title": 90, "first author": 85, "year": 80, "arxiv": 97, "doi": 97}
HOSTILE_PROBE = """
import resource, sys
from pathlib import Path
from readinglist.domain.errors import ReadingListError
from readinglist.pdf.document import load_document
from readinglist.pdf.metadata import recognise
from readinglist.pdf.text import extract_text
try:
    with load_document(Path(sys.argv[1])) as document:
        recognise(document)
        sum(len(page.text) for page in extract_text(document))
except ReadingListError:
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def measure() -> list[Row]:
    """Measure; a rival that is not there is left out."""
    samples = find_samples()
    if samples is None or not (samples / "pdf_truth.json").is_file():
        return [left_out("recognising PDFs", "there are no samples")]
    truth = json.loads((samples / "pdf_truth.json").read_text(encoding="utf-8"))
    paths = [samples / "pdf" / name for name in truth]
    took: list[float] = []
    ours = {path.name: _ours(path, took) for path in paths}
    rows = _against_bars(ours, truth)
    rows += _halves(ours, truth)
    own = Rival(name="this program", fields=tuple(FIELDS), answers=ours, seconds=sum(took))
    asked = rivals.ask_all(paths)
    rows += _against_rivals(own, [rivals.describe(paths), *asked], truth)
    if not asked:
        rows.append(left_out("pdftitle and pdf2doi", f"{rivals.VARIABLE} names no Python that has them"))
    rows.append(at_most("time for a file, median", statistics.median(took) * 1000, 1000, "ms"))
    return rows + _hostile(samples / "pdf_hostile")


def _ours(path: Path, took: list[float]) -> Answer:
    began = time.perf_counter()
    with parse_document(path.read_bytes(), NEUTRAL) as document:
        facts = recognise(document)
    took.append(time.perf_counter() - began)
    return _answer(facts)


def _answer(facts: PdfFacts) -> Answer:
    return Answer(
        title=facts.title.value if facts.title else "",
        first_author=facts.authors.value[0] if facts.authors else "",
        year=facts.published.value.year if facts.published else None,
        arxiv=facts.arxiv_id.value if facts.arxiv_id else "",
        doi=facts.doi.value if facts.doi else "",
    )


def _against_bars(answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> list[Row]:
    rows = []
    for field, bar in FIELDS.items():
        found = score(field, answers, truth)
        rows.append(at_least(f"{field} right ({found.right} of {found.of})", 100 * found.right / found.of, bar, "%"))
        if field in {"arxiv", "doi"}:
            rows.append(exactly(f"{field} wrong", found.wrong, 0))
    return rows


def _halves(answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> list[Row]:
    """Tell the files that were looked at while the rules were made from those that were kept aside at first."""
    rows = []
    for half, words in enumerate(("looked at from the beginning", "kept aside at first")):
        names = [name for name in truth if int(sha256(name.encode()).hexdigest(), 16) % 2 == half]
        part = {name: truth[name] for name in names}
        scores = {field: score(field, answers, part) for field in FIELDS}
        figures = ", ".join(f"{field} {found.right}/{found.of}" for field, found in scores.items())
        rows.append(Row(f"of {len(names)} files {words}", "", figures, None))
    return rows


def _against_rivals(ours: Rival, others: Sequence[Rival], truth: Mapping[str, Any]) -> list[Row]:
    """Put everybody's answers side by side, field by field."""
    rows = []
    for field in FIELDS:
        own = score(field, ours.answers, truth)
        told = {one.name: score(field, one.answers, truth) for one in others if field in one.fields}
        is_ahead = all(own.is_ahead_of(other) for other in told.values())
        rows.append(Row(f"{field} of {own.of}: {ours.name}", "ahead or all right", own.words(), is_ahead))
        rows += [Row(f"{field} of {own.of}: {name}", "", other.words(), None) for name, other in told.items()]
    rows += [Row(f"all files: {one.name}", "", f"{one.seconds:.3g} s", None) for one in (ours, *others)]
    return rows


def _hostile(folder: Path) -> list[Row]:
    """Open every hostile file in a process of its own."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    if not paths:
        return [left_out("hostile files", "there are none")]
    slow = heavy = 0.0
    failed = []
    for path in paths:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", HOSTILE_PROBE, str(path)],
            capture_output=True,
            text=True,
            check=False,
            cwd=scenery.REPOSITORY,
            preexec_fn=_limit,
        )
        slow = max(slow, time.monotonic() - began)
        if done.returncode:
            failed.append(path.name)
        else:
            heavy = max(heavy, float(done.stdout))
    return [
        exactly(f"of {len(paths)} hostile files, without facts and without a sentence", failed, []),
        at_most("longest time for one, start of its process included", slow, LONGEST_S, "s"),
        at_most("most memory for one", heavy, MOST_MB, "MB"),
    ]


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
