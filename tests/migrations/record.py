"""Records a library as the present program writes it, for the tests of later programs: run once for each new schema.

    python -m tests.migrations.record

What is recorded is never made anew: it stands for the libraries that readers already have.
"""

import gzip
import hashlib
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.dates import PartialDate
from readinglist.domain.feedback import Feedback
from readinglist.domain.files import FileFacts, NewFile, ReadingPosition, StoredFile
from readinglist.domain.identifiers import Identifier
from readinglist.domain.pages import Point, Rect
from readinglist.domain.paper import Mention, PaperDraft, Status
from readinglist.domain.raw import RawDocument
from readinglist.library.backup import make_backup
from readinglist.library.library import Library
from readinglist.library.upgrade import HEAD

FOLDER = Path(__file__).parent / "recorded"
ADDED = datetime(2025, 11, 1, 12, tzinfo=UTC)
DRAFTS = (
    PaperDraft(
        title="TÜLU: a paper with everything",
        title_source=r"T\"ULU: a paper with everything",
        abstract="First paragraph.\nSecond paragraph about wombats.",
        abstract_source="First paragraph.\n\nSecond paragraph about wombats.",
        authors=("Ada Author", "Žofie Nováková", "李 明"),
        author_count=3,
        organization="Example Laboratories",
        published=PartialDate(2024, 5, 1),
        identifiers=(Identifier("arxiv", "2405.00001"), Identifier("doi", "10.1000/one")),
        url="https://arxiv.org/abs/2405.00001",
        pdf_url="https://arxiv.org/pdf/2405.00001",
        code_url="https://example.org/code",
        venue="Journal of Lists",
        keywords=("cs.DL", "cs.IR"),
        mention=Mention(source="huggingface", origin="a page", listed_on=date(2024, 5, 3), upvotes=12, comments=4),
    ),
    PaperDraft(title="A paper in the queue", author_count=7, published=PartialDate(2023)),
    PaperDraft(title="Another paper in the queue", published=PartialDate(2023, 4)),
    PaperDraft(title="", identifiers=(Identifier("arxiv", "hep-th/9901001"),)),
    PaperDraft(title="A paper in the bin"),
)
PDF = b"%PDF-1.7 a paper"
PDF_SHA256 = hashlib.sha256(PDF).hexdigest()
PDF_PATH = "files/Author 2024 - TÜLU a paper with everything.pdf"
NEW_FILE = NewFile(
    path=PDF_PATH,
    sha256=PDF_SHA256,
    size_bytes=len(PDF),
    is_linked=False,
    facts=FileFacts(page_count=12, has_text=True),
)
STORED = StoredFile(path=PDF_PATH, sha256=PDF_SHA256, size_bytes=len(PDF), origin="https://arxiv.org/pdf/2405.00001")
HIGHLIGHT = Annotation(
    uid="8a6e0804-2bd0-4672-b79d-d97027f9071a",
    kind=AnnotationKind.HIGHLIGHT,
    page=3,
    rects=(Rect(72.5, 100, 300, 112), Rect(72.5, 114, 180, 126)),
    colour=AnnotationColour.GREEN,
    quote="wallabies are not wombats",
    comment="Two lines,\nwith a ✓.",
    tags=("claim", "žofie"),
    author="Ada",
    created=ADDED,
    modified=ADDED,
)
INK = Annotation(
    uid="ink of another program",
    kind=AnnotationKind.INK,
    page=1,
    rects=(Rect(10, 10, 30, 20),),
    strokes=((Point(10, 10), Point(30, 20)),),
)
READ_S = 300.0
POSITION = ReadingPosition(page=3, offset=0.25, zoom="width", pages_read=((1, 2), (5, 5)), page_count=12, opened=ADDED)


def record(target: Path) -> None:
    """Write a library that uses every table into one compressed file."""
    with tempfile.TemporaryDirectory() as name, closing(Library(Path(name))) as library:
        with library.write("Import 5 papers") as writer:
            ids = writer.papers.add_many(DRAFTS, status=Status.INBOX, added=ADDED)
            writer.documents.save(RawDocument(content=b"a page", origin="a page", name="page", fetched_at=ADDED))
        with library.write("Mark 2 papers as To read") as writer:
            writer.papers.set_status(ids[1:3], Status.TO_READ)
        with library.write("Mark 1 paper as Read") as writer:
            writer.papers.set_status(ids[:1], Status.READ)
            writer.papers.set_values(
                ids[:1], {"is_starred": True, "priority": 3, "rating": 4, "note": "It's **good**."}
            )
            writer.tags.put(ids[:2], ["ml/vision", "survey"])
        with library.write("Move 1 paper to the bin") as writer:
            writer.papers.set_binned(ids[4:], is_binned=True)
        with library.write("Attach a PDF") as writer:
            writer.files.register([STORED])
            writer.files.attach(ids[0], NEW_FILE)
        with library.write("Add 2 annotations") as writer:
            writer.annotations.add(ids[0], PDF_SHA256, [HIGHLIGHT, INK])
        with library.write(None) as writer:
            writer.positions.save(PDF_SHA256, POSITION)
            writer.decisions.add_time(ids[0], READ_S, now=ADDED)
        with library.write("More like 1 paper") as writer:
            writer.feedback.put(ids[:1], Feedback.MORE, now=ADDED)
            writer.feedback.put(ids[2:3], Feedback.HIDE, now=ADDED)
        with library.write("Put 2 papers into 2 collections") as writer:
            writer.collections.put(ids[:2], ["Survey/Attention", "Group"])
            writer.collections.make("Empty")
        with library.write("Remember a title") as writer:
            writer.other_titles.add({ids[1]: ["A paper that waits its turn"]})
        with library.write("Tag 1 paper") as writer:
            writer.tags.put(ids[:1], ["taken back"])
        library.step_back()
        copy = make_backup(library.path, reason="manual", target=Path(name) / "copy.sqlite")
        target.write_bytes(gzip.compress(copy.read_bytes(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    record(FOLDER / f"{HEAD}.sqlite.gz")
