"""Recognising real PDFs offline under neutral names, against other recognisers on the same files in the same run.

A third of the files was kept aside while the rules were made. Looked at for the first time, these had 9 of 10 titles
right, 8 of 9 first authors, 8 of 9 years, and 6 of 7 DOIs; none of the identifiers was wrong. Four rules came of it.

pdftitle and pdf2doi are asked if `READINGLIST_RIVALS` names a Python that has them: they are no part of this program.
"""

import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from readinglist.domain.names import fold_surname
from readinglist.domain.pdf_facts import PdfFacts
from readinglist.domain.titles import fold_title
from readinglist.pdf.document import load_document, parse_document
from readinglist.pdf.metadata import recognise
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_least, at_most, exactly, left_out
from tests.helpers.samples import find_samples

NEUTRAL = "file.pdf"
LONGEST_S = 10
MOST_MB = 1024
FIELDS = {"title": 90, "first author": 85, "year": 80, "arxiv": 97, "doi": 97}
RIVAL_PROBE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import pdftitle, pdf2doi
pdf2doi.config.set("verbose", False)
pdf2doi.config.set("webvalidation", False)
for path in map(str.strip, sys.stdin):
    try:
        title = pdftitle.get_title_from_file(path, pdftitle.GetTitleParameters())
    except Exception:
        title = None
    try:
        found = pdf2doi.pdf2doi_singlefile(path) or {}
    except Exception:
        found = {}
    print("\\x1e" + json.dumps([title, found.get("identifier"), found.get("identifier_type")]), flush=True)
"""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody says of one file; empty where nothing."""

    title: str = ""
    first_author: str = ""
    year: int | None = None
    arxiv: str = ""
    doi: str = ""


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
    described = {path.name: _described(path) for path in paths}
    rows += [_row(field, "the file's own description", described, truth) for field in ("title", "first author", "year")]
    rows += _rivals(paths, truth)
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


def _described(path: Path) -> Answer:
    """Return what the file's own description says, taken at its word."""
    with load_document(path) as document:
        hints = document.hints
    year = re.match(r"D:(\d{4})", hints["creationDate"])
    author = re.split(r"\s*(?:,|;|&|\band\b)\s*", hints["author"])[0]
    return Answer(title=hints["title"], first_author=author, year=int(year[1]) if year else None)


def _against_bars(answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> list[Row]:
    rows = []
    for field, bar in FIELDS.items():
        right, of, wrong = _count(field, answers, truth)
        rows.append(at_least(f"{field} right ({right} of {of})", 100 * right / of, bar, "%"))
        if field in {"arxiv", "doi"}:
            rows.append(exactly(f"{field} wrong", wrong, 0))
    return rows


def _halves(answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> list[Row]:
    """Tell the files that were looked at while the rules were made from those that were kept aside at first."""
    rows = []
    for half, words in enumerate(("looked at from the beginning", "kept aside at first")):
        names = [name for name in truth if int(sha256(name.encode()).hexdigest(), 16) % 2 == half]
        part = {name: truth[name] for name in names}
        counts = {field: _count(field, answers, part) for field in FIELDS}
        figures = ", ".join(f"{field} {right}/{of}" for field, (right, of, _) in counts.items())
        rows.append(Row(f"of {len(names)} files {words}", "", figures, None))
    return rows


def _row(field: str, who: str, answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> Row:
    right, of, wrong = _count(field, answers, truth)
    return Row(f"{field}, {who}", "", f"{100 * right / of:.3g} % ({right} of {of}, {wrong} wrong)", None)


def _count(field: str, answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> tuple[int, int, int]:
    """Return how many are right, of how many that have one, and how many are wrong."""
    right = of = wrong = 0
    judge = JUDGES[field]
    for name, known in truth.items():
        has_one, has_answer, is_right = judge(answers[name], known)
        right += has_one and is_right
        of += has_one
        wrong += has_answer and not is_right
    return right, of, wrong


def _judge_title(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = fold_title(known["title"] or "")
    return bool(wanted), bool(answer.title), fold_title(answer.title) == wanted


def _judge_author(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = fold_surname(known["first_author"] or "")
    return bool(wanted), bool(answer.first_author), fold_surname(answer.first_author) == wanted


def _judge_year(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = known["years_accepted"]
    return bool(wanted), bool(answer.year and wanted), answer.year in wanted


def _judge_arxiv(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = known["arxiv"] or ""
    return bool(wanted), bool(answer.arxiv), answer.arxiv == wanted


def _judge_doi(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = (known["doi"] or "").lower()
    return bool(wanted), bool(answer.doi), answer.doi == wanted


JUDGES: Mapping[str, Callable[[Answer, Mapping[str, Any]], tuple[bool, bool, bool]]] = {
    "title": _judge_title,
    "first author": _judge_author,
    "year": _judge_year,
    "arxiv": _judge_arxiv,
    "doi": _judge_doi,
}


def _rivals(paths: Sequence[Path], truth: Mapping[str, Any]) -> list[Row]:
    python = os.environ.get("READINGLIST_RIVALS", "")
    if not python:
        return [left_out("pdftitle and pdf2doi", "READINGLIST_RIVALS names no Python that has them")]
    folder = scenery.folder() / "neutral"
    folder.mkdir(exist_ok=True)
    copies = []
    for number, path in enumerate(paths):
        copies.append(folder / f"{number}.pdf")
        copies[-1].write_bytes(path.read_bytes())
    done = subprocess.run(
        [python, "-c", RIVAL_PROBE], input="\n".join(map(str, copies)), capture_output=True, text=True, check=True
    )
    said = [json.loads(part.splitlines()[0]) for part in done.stdout.split("\x1e")[1:]]
    answers = {}
    for path, (title, identifier, kind) in zip(paths, said, strict=True):
        is_arxiv = "arxiv" in (kind or "").lower()
        value = re.sub(r"v\d+$", "", identifier or "").lower()
        answers[path.name] = Answer(title=title or "", arxiv=value if is_arxiv else "", doi="" if is_arxiv else value)
    return [
        _row("title", "pdftitle", answers, truth),
        _row("arxiv", "pdf2doi", answers, truth),
        _row("doi", "pdf2doi", answers, truth),
    ]


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
