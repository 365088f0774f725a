"""The process that reads PDFs; `children.serving` has how it is asked and answers.

A request has `do` (a method of the service), `path`, `password`, `limit_s`, and `arguments`; the first one is `hello`
and may have `niceness`. The answer has `found` in JSON, and the pixels of a picture or the
words of a page in its payload. The process limits
its memory and, where the system can, its time: a file can end it, and no more.
"""

import os
import signal
import sys
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from readinglist.children.serving import Reply, serve
from readinglist.domain.annotation import Annotation
from readinglist.domain.errors import DataError, HarmfulFileError
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import PictureWanted
from readinglist.pdf.copies import save_copy
from readinglist.pdf.document import load_document
from readinglist.pdf.limits import limit_memory
from readinglist.pdf.links import read_links
from readinglist.pdf.metadata import recognise
from readinglist.pdf.outline import read_outline
from readinglist.pdf.pages import OpenPages, is_out_of_memory
from readinglist.pdf.render import render_picture
from readinglist.pdf.text import page_text
from readinglist.pdf.wire import from_json, to_json, words_to_bytes
from readinglist.pdf.words import find_phrase

IDLE_S = 900  # then a process without work gives its memory back; the next question starts another
KEPT_OPEN = 4  # documents
PART_S = 0.1  # what goes over all pages is answered in parts, so that pages can be drawn in between
GRACE_S = 2  # whoever asked ends the process first, and tells the reader why
LOOKED_AT = 5  # pages, for text
BUG_MESSAGE = "Something went wrong while a PDF was read. The log has the details."
Found = TypeVar("Found")


def main() -> int:
    """Serve until standard input closes or nothing is asked for a while."""
    limit_memory()
    return serve(PdfService())


class PdfService:
    """What the process can do; the last documents stay open."""

    bug_message = BUG_MESSAGE
    idle_s = IDLE_S

    def __init__(self) -> None:
        self._open: OrderedDict[tuple[Path, str], _OpenFile] = OrderedDict()
        self._methods: dict[str, Callable[..., Any]] = {
            "info": lambda file: to_json(file.pages.info()),
            "outline": lambda file: to_json(read_outline(file.pages.inner)),
            "links": _links,
            "annotations": _annotations,
            "search": _search,
            "facts": lambda file: to_json(recognise(file.document)),
            "text": _text,
            "has_text": _has_text,
        }

    def answer(self, request: dict[str, Any]) -> Reply:
        """Answer one request; if the memory ends, once more without what is kept of other documents.

        Raises:
            HarmfulFileError: The file alone needs too much memory.
        """
        if request["do"] == "hello":
            if hasattr(os, "nice"):
                os.nice(request.get("niceness", 0))
            return {"found": None}, b""
        with _own_end(request["limit_s"]):
            try:
                return self._do(request)
            except Exception as error:  # noqa: BLE001 - what is no lack of memory is raised again
                self._close_all_or_raise(error)
            try:
                return self._do(request)
            except Exception as error:
                self._close_all_or_raise(error)
                message = f"{Path(request['path']).name} needs more memory than a document may have."
                raise HarmfulFileError(message, detail=str(error)) from error

    def _do(self, request: dict[str, Any]) -> Reply:
        path, password, arguments = Path(request["path"]), request["password"], request["arguments"]
        if request["do"] == "save_copy":
            annotations = [from_json(Annotation, one) for one in arguments["annotations"]]
            save_copy(path, annotations, Path(arguments["target"]), password=password)
            return {"found": None}, b""
        file = self._file(path, password)
        if request["do"] == "render":
            picture = render_picture(file.pages, from_json(PictureWanted, arguments["wanted"]))
            facts = {name: getattr(picture, name) for name in ("width", "height", "stride", "scale")}
            return {"found": facts}, picture.pixels
        if request["do"] == "words":
            return {"found": None}, words_to_bytes(PageWords.of(file.pages.letters(arguments["page"])))
        return {"found": self._methods[request["do"]](file, **arguments)}, b""

    def _file(self, path: Path, password: str) -> "_OpenFile":
        """Return the open document; one that has changed on the disk is opened anew, one that is gone stays open."""
        key = (path, password)
        if key in self._open and _state(path) not in {None, self._open[key].state}:
            self._open.pop(key).document.close()
        if key not in self._open:
            self._open[key] = _OpenFile(path, password)
            if len(self._open) > KEPT_OPEN:
                self._open.popitem(last=False)[1].document.close()
        self._open.move_to_end(key)
        return self._open[key]

    def _close_all_or_raise(self, error: Exception) -> None:
        """Make room after an error that says there is none; any other is raised again."""
        if not is_out_of_memory(error):
            raise error
        for file in self._open.values():
            file.pages.forget()
            file.document.close()
        self._open.clear()


class _OpenFile:
    """A document that is open, and what the file was when it was opened."""

    def __init__(self, path: Path, password: str) -> None:
        self.state = _state(path)
        self.document = load_document(path, password=password)
        self.pages = OpenPages(self.document)


def _links(file: _OpenFile, page: int) -> Any:
    with file.pages.page(page) as inner:
        return to_json(read_links(inner))


def _annotations(file: _OpenFile, page: int) -> Any:
    found, following = _in_parts(file, page, file.pages.annotations)
    return {"annotations": to_json(found), "next_page": following}


def _search(file: _OpenFile, phrase: str, page: int) -> Any:
    hits, following = _in_parts(file, page, lambda number: find_phrase(file.pages.words(number), phrase, number))
    return {"hits": to_json(hits), "next_page": following}


def _text(file: _OpenFile, page: int) -> Any:
    texts, following = _in_parts(file, page, lambda number: [page_text(file.document.page(number))])
    return {"first_page": page, "pages": texts, "next_page": following}


def _has_text(file: _OpenFile) -> bool:
    return any(_page_or_nothing(file.pages.words, number) for number in range(1, LOOKED_AT + 1))


def _in_parts(file: _OpenFile, first: int, read: Callable[[int], Iterable[Found]]) -> tuple[list[Found], int | None]:
    """Read page by page until the time of a part is over, and say where to go on."""
    until = time.monotonic() + PART_S
    found: list[Found] = []
    last = len(file.pages.sizes)
    for number in range(first, last + 1):
        found += _page_or_nothing(read, number)
        if number < last and time.monotonic() > until:
            return found, number + 1
    return found, None


def _page_or_nothing(read: Callable[[int], Iterable[Found]], number: int) -> Iterable[Found]:
    """Read a page; a damaged one has nothing. It says so itself when it is to be drawn."""
    try:
        return list(read(number))
    except DataError:
        return []


def _state(path: Path) -> tuple[int, int, int] | None:
    """Return what changes with the content of a file; None if it is gone."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


@contextmanager
def _own_end(limit_s: float) -> Iterator[None]:
    """End this process if the block takes longer, even in the middle of MuPDF and if nobody is there any more."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, limit_s + GRACE_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    sys.exit(main())
