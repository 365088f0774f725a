"""The documents that papers came from, kept beside the library."""

import gzip
import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.raw import RawDocument
from readinglist.library.documents import kept_file
from readinglist.library.library import Library

CONTENT = b"<html>a listing</html>"


@pytest.fixture
def raw() -> RawDocument:
    return RawDocument(
        content=CONTENT, origin="https://example.org/papers", name="papers.html", fetched_at=datetime.now(UTC)
    )


def keep(library: Library, raw: RawDocument) -> None:
    with library.write("Import") as writer:
        writer.documents.save(raw)


def kept(library: Library) -> Path:
    return kept_file(library.folder, hashlib.sha256(CONTENT).hexdigest())


def test_a_document_is_kept_as_it_was(library: Library, raw: RawDocument) -> None:
    keep(library, raw)
    keep(library, raw)
    assert gzip.decompress(kept(library).read_bytes()) == CONTENT
    assert [one.name for one in kept(library).parent.iterdir()] == [kept(library).name]
    assert library.check().is_sound


def test_a_document_that_was_deleted_is_kept_again_when_it_comes_again(library: Library, raw: RawDocument) -> None:
    keep(library, raw)
    shutil.rmtree(library.folder / "derived" / "documents")
    assert not library.check().is_sound
    keep(library, raw)
    assert library.check().is_sound


def test_a_disk_that_refuses_a_document_is_named(library: Library, raw: RawDocument) -> None:
    (library.folder / "derived").mkdir(exist_ok=True)
    (library.folder / "derived" / "documents").write_text("in the way")
    with pytest.raises(EnvironmentFault, match=r"^papers\.html cannot be kept in the library: .+\. Make room"):
        keep(library, raw)
