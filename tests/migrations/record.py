"""Records a library as the present program writes it, for the tests of later programs: run once for each new schema.

    python -m tests.migrations.record

What is recorded is never made anew: it stands for the libraries that readers already have.
"""

import gzip
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
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
        with library.write("Tag 1 paper") as writer:
            writer.tags.put(ids[:1], ["taken back"])
        library.step_back()
        copy = make_backup(library.path, reason="manual", target=Path(name) / "copy.sqlite")
        target.write_bytes(gzip.compress(copy.read_bytes(), compresslevel=9, mtime=0))


if __name__ == "__main__":
    record(FOLDER / f"{HEAD}.sqlite.gz")
