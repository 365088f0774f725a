"""The documents that papers came from, kept as they were: each content once, compressed, outside the database."""

import gzip
import hashlib
import os
from pathlib import Path

from sqlalchemy import Connection, insert, select

from readinglist.domain.raw import RawDocument
from readinglist.library.tables import document
from readinglist.library.times import render_time


def kept_file(folder: Path, digest: str) -> Path:
    """Return where a document is kept.

    Args:
        folder: The library's.
        digest: SHA-256 of its content, in hexadecimal.
    """
    return folder / "derived" / "documents" / f"{digest}.gz"


class Documents:
    """Saves documents, named by the hash of their content; `folder` is the library's."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def save(self, raw: RawDocument) -> None:
        """Keep a document, if its content is not kept already."""
        digest = hashlib.sha256(raw.content).hexdigest()
        query = select(document.c.id).where(document.c.sha256 == digest)
        if self._connection.execute(query).first() is not None:
            return
        self._write(digest, raw.content)
        values = {
            "sha256": digest,
            "origin": raw.origin,
            "name": raw.name,
            "media_type": raw.media_type,
            "size_bytes": len(raw.content),
            "fetched": render_time(raw.fetched_at),
        }
        self._connection.execute(insert(document).values(values))

    def _write(self, digest: str, content: bytes) -> None:
        target = kept_file(self._folder, digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(f".{os.getpid()}.part")
        partial.write_bytes(gzip.compress(content, compresslevel=6, mtime=0))
        partial.replace(target)
