"""Real PDFs under neutral names, dropped on a library that has their papers by title only, among thousands of others.

For each paper there are two that are not it and whose titles are near: one ends otherwise, one is its sequel.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.raw import Drop
from readinglist.domain.taking import Taking
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.pdf.process import PdfProcess
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.ingest import ImportPreview, Ingest
from readinglist.services.pdf_import import PdfImport
from readinglist.services.recognise import Recognise
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_least, exactly, left_out
from tests.helpers.importing import Answers, job_context
from tests.helpers.library_factory import PaperFactory
from tests.helpers.samples import find_samples

PAPERS = 5000
LEAST_LINKED = 95


def measure() -> list[Row]:
    """Measure."""
    samples = find_samples()
    if samples is None or not (samples / "pdf_truth.json").is_file():
        return [left_out("PDFs linked to papers known by title", "there are no samples")]
    truth = json.loads((samples / "pdf_truth.json").read_text(encoding="utf-8"))
    folder = _neutral(samples / "pdf", truth)
    with closing(Library(scenery.folder() / "linking")) as library:
        expected = _fill(library, truth)
        preview = _look(library, folder)
    return _judge(preview, expected, truth)


def _neutral(pdfs: Path, truth: Mapping[str, Any]) -> Path:
    """Copy the files under names that say nothing."""
    folder = scenery.folder() / "neutral"
    folder.mkdir()
    for number, name in enumerate(sorted(truth)):
        shutil.copyfile(pdfs / name, folder / f"{number:03d}.pdf")
    return folder


def _fill(library: Library, truth: Mapping[str, Any]) -> dict[str, PaperId]:
    """Store papers by title only; returns those of the files by the files' neutral names."""
    titles = {f"{number:03d}.pdf": truth[name]["title"] for number, name in enumerate(sorted(truth))}
    known = {name: title for name, title in titles.items() if title}
    drafts = [PaperDraft(title=title) for title in known.values()]
    drafts += [PaperDraft(title=decoy) for title in known.values() for decoy in _decoys(title)]
    others = PaperFactory(seed=5).drafts(PAPERS - len(drafts))
    drafts += [PaperDraft(title=one.title, abstract=one.abstract) for one in others]
    with library.write(None) as writer:
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
    return dict(zip(known, ids, strict=False))


def _decoys(title: str) -> Iterator[str]:
    words = title.split()
    yield " ".join([*words[:-2], "other", "matters"])
    yield f"{title} revisited, part 2"


def _look(library: Library, folder: Path) -> ImportPreview:
    process = PdfProcess()
    try:
        derived = library.folder / "derived"
        files = Files(library, EventHub(), taking=lambda: Taking.LINK)
        pdfs = PdfImport(Recognise(derived, process), files, derived / "incoming")
        ingest = Ingest(library, EventHub(), network=Answers(), parse=parse, pdfs=pdfs)
        return ingest.preview([Drop.of_path(folder)], job_context())
    finally:
        process.close()


def _judge(preview: ImportPreview, expected: Mapping[str, PaperId], truth: Mapping[str, Any]) -> list[Row]:
    linked = {pdf.path.name: item.paper_id for item in preview.items for pdf in item.pdfs}
    right = sum(linked.get(name) == paper_id for name, paper_id in expected.items())
    wrong = [name for name, found in linked.items() if found is not None and found != expected.get(name)]
    names = sorted(truth)
    missed = [names[int(name[:3])] for name, paper_id in expected.items() if linked.get(name) != paper_id]
    missing = f"; not {', '.join(missed)}" if missed else ""
    what = f"PDFs linked to one of {PAPERS:,} papers known by title ({right} of {len(expected)}{missing})"
    return [
        at_least(what, 100 * right / len(expected), LEAST_LINKED, "%"),
        exactly("PDFs linked to a wrong paper", len(wrong), 0),
    ]
