"""A file that is still on its way: beside its target as `….part`, with a note of how much of it is safe on the disk.

A process that is killed leaves the part and its note, and the next one goes on from what the note says. Nothing of this
name is ever a whole file, and the target only ever appears whole.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from readinglist.disk.whole_file import flush, flush_folder, write_whole
from readinglist.domain.errors import EnvironmentFault

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FORMAT = 1  # raised when the note's shape changes; parts with an older one begin anew
FAR = 2**40  # where Windows locks a byte, beyond any content, which its locks would keep others from reading
OPENINGS = 5  # in a row in which another program finished its own download between opening and locking


class PartFile:
    """Use as a context manager; while it is open, no other program and no other thread downloads to the same target.

    Args:
        target: Where the whole file is to be.
        source: Address that it comes from; a part of another source begins anew.

    Attributes:
        size: Bytes written so far.
        validator: What the server calls this version of the content, for `If-Range`; empty if it has no name, and then
            nothing can be continued.
        total: Length of the whole content; None if the server did not say.

    Raises:
        EnvironmentFault: Somebody else has it, or the disk refuses; from every method.
    """

    def __init__(self, target: Path, source: str) -> None:
        self._target = target
        self._source = source
        self._part = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")
        self._file: BinaryIO | None = None
        self._kept = 0
        self.size = 0
        self.validator = ""
        self.total: int | None = None

    def __enter__(self) -> Self:
        with self._disk():
            self._target.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._open()
            self._go_on(self._file)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Keep for the next time what can be continued; the rest goes."""
        if self._file is None:
            return
        try:
            if self.validator and self.size:
                self.keep()
            else:
                self.discard()
        except EnvironmentFault:  # a full disk is told by what failed first
            if error is None:
                raise
        finally:
            if self._file is not None:
                with contextlib.suppress(OSError):  # a full disk again; the note does not vouch for what is lost
                    self._file.close()

    @property
    def unkept(self) -> int:
        """Number of bytes that a power cut could take."""
        return self.size - self._kept

    @property
    def is_complete(self) -> bool:
        """As long as the server said; False also if it did not say."""
        return self.total is not None and self.size == self.total

    def restart(self, validator: str, total: int | None) -> None:
        """Throw the content away and begin with that of another answer."""
        file = self._opened()
        with self._disk():
            # The old note goes first: it must not vouch for bytes of the new content.
            self._note.unlink(missing_ok=True)
            flush_folder(self._note.parent)
            file.seek(0)
            file.truncate()
        self.size, self.validator, self.total = 0, validator, total
        self.keep()

    def write(self, piece: bytes) -> None:
        """Append."""
        with self._disk():
            self._opened().write(piece)
        self.size += len(piece)

    def keep(self) -> None:
        """Make sure that what is written so far survives even a power cut."""
        facts = {
            "format": FORMAT,
            "source": self._source,
            "validator": self.validator,
            "total": self.total,
            "kept": self.size,
        }
        with self._disk():
            flush(self._opened())
            write_whole(self._note, json.dumps(facts).encode(), is_lasting=True)
        self._kept = self.size

    def read(self, start: int, length: int) -> bytes:
        """Return a piece of what is written; a negative start counts from the end."""
        file = self._opened()
        with self._disk():
            file.flush()
            file.seek(max(0, self.size + start) if start < 0 else start)
            piece = file.read(length)
            file.seek(0, os.SEEK_END)
        return piece

    def finish(self) -> None:
        """Put the file in its place."""
        file = self._opened()
        with self._disk():
            flush(file)
            if sys.platform == "win32":  # an open file cannot be renamed there; elsewhere the lock holds until the end
                file.close()
            self._part.replace(self._target)
            flush_folder(self._target.parent)
            self._note.unlink(missing_ok=True)
            file.close()
        self._file = None

    def discard(self) -> None:
        """Leave nothing behind."""
        file = self._opened()
        with self._disk():
            self._note.unlink(missing_ok=True)
            if sys.platform == "win32":
                file.close()
            self._part.unlink(missing_ok=True)
            file.close()
        self._file = None

    def _open(self) -> BinaryIO:
        """Open the part with its lock; whoever had it may have renamed it in between, then it is opened anew."""
        for _ in range(OPENINGS):
            handle = os.open(self._part, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            file = os.fdopen(handle, "r+b")
            try:
                _lock(file)
                if os.path.samestat(os.fstat(handle), self._part.stat()):
                    return file
            except FileNotFoundError:
                pass
            except OSError as error:
                file.close()
                raise self._busy() from error
            file.close()
        raise self._busy()

    def _go_on(self, file: BinaryIO) -> None:
        """Take up what an earlier attempt left, as far as its note vouches for it."""
        try:
            facts = json.loads(self._note.read_bytes())
            is_ours = facts["format"] == FORMAT and facts["source"] == self._source and bool(facts["validator"])
            kept, validator, total = int(facts["kept"]), str(facts["validator"]), facts["total"]
        except (OSError, ValueError, KeyError, TypeError):
            is_ours, kept, validator, total = False, 0, "", None
        if is_ours and 0 <= kept <= file.seek(0, os.SEEK_END):
            self.size = self._kept = kept
            self.validator, self.total = validator, total if isinstance(total, int) else None
        file.seek(self.size)
        file.truncate()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            message = "the part is not open"
            raise RuntimeError(message)
        return self._file

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            message = f"“{self._target.name}” cannot be written: {error.strerror or error}."
            raise EnvironmentFault(message, detail=f"{self._part}: {error}") from error

    def _busy(self) -> EnvironmentFault:
        message = f"“{self._target.name}” is being downloaded already."
        return EnvironmentFault(message, detail=str(self._part), is_retryable=True)


def _lock(file: BinaryIO) -> None:
    """Take the lock that ends with the process.

    Raises:
        OSError: Somebody has it.
    """
    if sys.platform == "win32":
        file.seek(FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
