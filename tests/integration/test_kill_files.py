"""Power cuts while files are copied and texts are read: no half file is ever linked, nothing is lost, work goes on.

`READINGLIST_KILLS` sets how often each is killed.
"""

import hashlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pymupdf
import pytest

from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.domain.raw import Drop
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.pdf.process import PdfProcess
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.ingest import ImportOptions
from readinglist.services.jobs import InlineRunner
from readinglist.services.page_texts import PageTextReading
from tests.helpers.attached import add_papers
from tests.helpers.importing import RecordedPdfs, job_context, open_ingest
from tests.helpers.killing import KILLS, kill_after, moments

FILES = 40
SIZE = 1_500_000
TEXTS = 8  # files of which the text is read, by the process that reads PDFs
PAGES = 25
LATER = datetime.now(UTC) + timedelta(days=1)
IMPORT = """
import sys
from pathlib import Path
from readinglist.library.library import Library
from tests.integration.test_kill_files import import_all

library = Library(Path(sys.argv[1]))
print("begins", flush=True)
import_all(library, Path(sys.argv[2]))
print("done", flush=True)
sys.stdin.read()
"""
READ = """
import sys
from contextlib import closing
from pathlib import Path
from readinglist.library.library import Library
from readinglist.pdf.process import PdfProcess
from tests.integration.test_kill_files import read_all

library = Library(Path(sys.argv[1]))
with closing(PdfProcess()) as process:
    process.start().result()
    print("begins", flush=True)
    read_all(library, process)
    print("done", flush=True)
    sys.stdin.read()
"""

pytestmark = pytest.mark.timeout(60 + 20 * KILLS)


def fill(folder: Path) -> Path:
    """Write files that begin as PDFs do, each with a content of its own."""
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.pdf").write_bytes(b"%PDF-1.7\n" + bytes([number]) * SIZE)
    return folder


def import_all(library: Library, folder: Path) -> int:
    """Import them; returns how many papers were there in the end."""
    known = {
        f"{number}.pdf": PdfFacts(
            title=Finding(value=f"Made up paper with number {number}", evidence="", confidence=0.9),
            pages=1,
            has_text=True,
            is_scan=False,
        )
        for number in range(FILES)
    }
    ingest = open_ingest(library, recorded=RecordedPdfs(known), taking=Taking.MOVE)
    preview = ingest.preview([Drop.of_path(folder)], job_context())
    return len(ingest.commit(preview, ImportOptions(), job_context()).papers)


def read_all(library: Library, process: PdfProcess) -> PageTextReading:
    """Read the texts of all files."""
    events = EventHub()
    reading = PageTextReading(library, events, InlineRunner(events), reader=process)
    reading.build(job_context())
    return reading


def write_text(path: Path, number: int) -> Path:
    """Write a PDF each page of which has a word of its own, among others."""
    with pymupdf.open() as made:
        for page in range(PAGES):
            made.new_page().insert_textbox((50, 50, 550, 800), f"{word_of(number, page)} and others " * 150, fontsize=8)
        made.save(str(path))
    return path


def word_of(number: int, page: int) -> str:
    """Return the word of a page."""
    return f"word{number}x{page}"


def linked(library: Library) -> Iterator[tuple[Path, str]]:
    """Yield where each file of a paper lies, and the hash that it must have."""
    with library.read() as reader:
        for sha256 in reader.files.contents():
            for one in reader.files.of_content(sha256):
                yield library.folder / one.path, sha256


def test_moving_files_into_the_library_loses_none_and_links_none_that_is_not_whole(tmp_path: Path) -> None:
    source = fill(tmp_path / "source")
    wanted = {hashlib.sha256(one.read_bytes()).hexdigest() for one in source.iterdir()}
    folder = tmp_path / "library"
    Library(folder).close()
    cut = 0
    for delay_s in moments(seed=4, longest_s=1.2):
        cut += kill_after(IMPORT, [folder, source], delay_s)
        with closing(Library(folder)) as library:
            held = list(linked(library))
            for path, sha256 in held:
                assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
            left = {hashlib.sha256(one.read_bytes()).hexdigest() for one in source.iterdir()}
            assert left | {sha256 for _, sha256 in held} == wanted
            assert library.check().is_sound
    assert cut
    with closing(Library(folder)) as library:
        if any(source.iterdir()):
            import_all(library, source)
        files = Files(library, EventHub(), taking=lambda: Taking.COPY)
        files.clear(LATER)
        held = list(linked(library))
        assert {sha256 for _, sha256 in held} == wanted
        assert {path.name for path, _ in held} == {one.name for one in (folder / "files").iterdir()}
        assert len(held) == FILES


def test_reading_texts_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    with closing(Library(folder)) as library:
        ids = add_papers(library, *range(TEXTS))
        files = Files(library, EventHub(), taking=lambda: Taking.LINK)
        for number, paper_id in enumerate(ids):
            files.attach(paper_id, write_text(tmp_path / f"{number}.pdf", number))
    cut = done = 0
    for delay_s in moments(seed=5, longest_s=1.0):
        cut += kill_after(READ, [folder], delay_s)
        with closing(Library(folder)) as library:
            now = sum(one.is_read for one in library.page_texts.states().values())
            assert now >= done  # what was read stays
            done = now
            if done == TEXTS:
                library.page_texts.clear()
                done = 0
    assert cut
    with closing(Library(folder)) as library, closing(PdfProcess()) as process:
        state = read_all(library, process).state()
        assert (state.done, state.total, state.set_aside) == (TEXTS, TEXTS, ())
        with library.read() as reader:
            files_by_paper = reader.files.of_many(ids)
        for number, paper_id in enumerate(ids):
            pages = library.page_texts.pages(files_by_paper[paper_id][0].sha256)
            assert pages is not None
            assert len(pages) == PAGES
            assert all(page.count(word_of(number, place)) == 150 for place, page in enumerate(pages))
