"""The documents that papers came from, kept as they were: each content once, compressed, outside the database."""

import gzip
import hashlib
from pathlib import Path

from sqlalchemy import Connection, insert, select

from readinglist.disk.whole_file import write_whole
from readinglist.domain.errors import EnvironmentFault
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
        """Keep a document, if its content is not kept already.

        Raises:
            EnvironmentFault: The disk refuses it.
        """
        digest = hashlib.sha256(raw.content).hexdigest()
        if not kept_file(self._folder, digest).is_file():  # it may have been deleted with all else that is derived
            self._write(digest, raw)
        query = select(document.c.id).where(document.c.sha256 == digest)
        if self._connection.execute(query).first() is not None:
            return
        values = {
            "sha256": digest,
            "origin": raw.origin,
            "name": raw.name,
            "media_type": raw.media_type,
            "size_bytes": len(raw.content),
            "fetched": render_time(raw.fetched_at),
        }
        self._connection.execute(insert(document).values(values))

    def _write(self, digest: str, raw: RawDocument) -> None:
        packed = gzip.compress(raw.content, compresslevel=6, mtime=0)
        try:
            write_whole(kept_file(self._folder, digest), packed, is_lasting=False)
        except OSError as error:
            message = f"{raw.name} cannot be kept in the library: {error.strerror}. Make room and try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=True) from error
