"""Power cuts: a program is killed at random moments while it writes; the library holds all of a step or nothing of it.

`READINGLIST_KILLS` sets how often each is killed.
"""

from contextlib import closing
from pathlib import Path

import pytest

from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from tests.helpers.importing import job_context, take_in
from tests.helpers.killing import KILLS, kill_after, moments
from tests.helpers.library_factory import PaperFactory, render_page

PAPERS = 2000
# Says on standard output when it begins to write, and when it has written.
IMPORT = """
import sys
from pathlib import Path
from readinglist.library.library import Library
from readinglist.services.ingest import ImportOptions
from tests.helpers.importing import job_context, look_at, open_ingest

library = Library(Path(sys.argv[1]))
preview = look_at(library, Path(sys.argv[2]))
print("begins", flush=True)
open_ingest(library).commit(preview, ImportOptions(tags=("imported",)), job_context())
print("done", flush=True)
sys.stdin.read()
"""
RESTORE = """
import sys
from pathlib import Path
from readinglist.library.library import Library

library = Library(Path(sys.argv[1]))
print("begins", flush=True)
library.restore(Path(sys.argv[2]))
print("done", flush=True)
sys.stdin.read()
"""
# The model is none, so that what is killed is mostly the writing of vectors.
INDEX = """
import sys
from pathlib import Path
from readinglist.library.library import Library
from tests.helpers.importing import job_context
from tests.integration.test_kill import indexing

index = indexing(Library(Path(sys.argv[1])))
print("begins", flush=True)
index.build(job_context())
print("done", flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.timeout(60 + 20 * KILLS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


def indexing(library: Library) -> Indexing:
    """Put together what reads papers, with a model that costs nothing."""
    events = EventHub()
    return Indexing(
        library,
        events,
        InlineRunner(events),
        encoder=lambda _: FakeEncoder(dimensions=384, batch_size=16),
        options=EncoderOptions,
        is_automatic=lambda: False,
    )


def count(folder: Path) -> int:
    """Open the library, look for damage and count its papers."""
    with closing(Library(folder)) as library:
        report = library.check()
        assert report.is_sound, report
        with library.read() as reader:
            return reader.papers.counts().total


def test_an_import_that_is_killed_is_stored_whole_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    factory = PaperFactory(seed=20)
    page = tmp_path / "page.txt"
    stored = cut = 0
    for delay_s in moments(seed=1, longest_s=1.2):
        page.write_text(render_page(list(factory.drafts(PAPERS))), encoding="utf-8")
        cut += kill_after(IMPORT, [folder, page], delay_s)
        now = count(folder)
        assert now - stored in {0, PAPERS}
        stored = now
    assert cut  # or nothing was shown
    with closing(Library(folder)) as library:
        report = take_in(library, page)
        assert report.added + report.unchanged == PAPERS
        with library.read() as reader:
            assert {tag.count for tag in reader.tags.all()} <= {stored}
        steps = 0
        while library.step_back()[0] is not None:
            steps += 1
        assert steps == (stored + report.added) // PAPERS
        with library.read() as reader:
            assert reader.papers.counts().total == 0


def test_going_back_to_a_backup_that_is_killed_leaves_the_old_or_the_new(folder: Path, tmp_path: Path) -> None:
    factory = PaperFactory(seed=21)
    page = tmp_path / "page.txt"
    page.write_text(render_page(list(factory.drafts(PAPERS))), encoding="utf-8")
    copies = {}
    with closing(Library(folder)) as library:
        for wanted in (PAPERS, 2 * PAPERS):
            take_in(library, page)
            copies[wanted] = library.back_up(reason="manual", target=tmp_path / f"{wanted}.sqlite")
            page.write_text(render_page(list(factory.drafts(PAPERS))), encoding="utf-8")
    for delay_s in moments(seed=2, longest_s=0.3):
        other = PAPERS if count(folder) == 2 * PAPERS else 2 * PAPERS
        kill_after(RESTORE, [folder, copies[other]], delay_s)
        assert count(folder) in copies


def test_reading_papers_by_the_model_goes_on_where_it_was_killed(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(render_page(list(PaperFactory(seed=22).drafts(PAPERS))), encoding="utf-8")
    with closing(Library(folder)) as library:
        take_in(library, page)
    cut = done = 0
    for delay_s in moments(seed=3, longest_s=1.5):
        cut += kill_after(INDEX, [folder], delay_s)
        assert count(folder) == PAPERS
        with closing(Library(folder)) as library:
            index = indexing(library)
            index.count()
            assert done <= index.state().done <= PAPERS  # what was stored stays
            done = index.state().done
    assert cut
    with closing(Library(folder)) as library, closing(Library(tmp_path / "fresh")) as fresh:
        take_in(fresh, page)
        resumed, whole = indexing(library), indexing(fresh)
        for index in (resumed, whole):
            index.build(job_context())
            assert (index.state().done, index.state().total) == (PAPERS, PAPERS)
        with library.read() as reader:
            hashes = reader.papers.content_hashes()
        for paper_id, content_hash in hashes.items():
            mine, other = resumed.vector_of(paper_id, content_hash), whole.vector_of(paper_id, content_hash)
            assert mine is not None
            assert other is not None
            assert abs(float(mine @ other) - 1) < 0.01
