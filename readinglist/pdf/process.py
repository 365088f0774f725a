"""The process that reads PDFs, as everybody else uses it: asked without waiting, started when first needed.

A file that ends it, or takes too long, costs one answer; the next question starts another process. PyMuPDF is never
loaded on this side.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from readinglist.children.child import Reply, child_command
from readinglist.domain.annotation import Annotation, AnnotationPart
from readinglist.domain.page_words import PageWords
from readinglist.domain.pages import (
    OutlineEntry,
    PageLink,
    PagePicture,
    PdfInfo,
    PictureWanted,
    SearchPart,
    TextPart,
)
from readinglist.domain.pdf_facts import PdfFacts
from readinglist.pdf.asking import Asker
from readinglist.pdf.waiting import Question, Urgency
from readinglist.pdf.wire import from_json, to_json, words_from_bytes

LIMIT_S = 8.0  # for one question, so that the reader has an answer within ten seconds, another process started
SAVING_LIMIT_S = 60.0  # a copy of hundreds of megabytes, onto a slow disk
Found = TypeVar("Found")


class PdfProcess:
    """Asks the process; any thread may. Every method but `close` returns at once, with a promise.

    A promise is kept with what the method says, or with an error about the file: `PasswordNeeded`, `HarmfulFileError`
    where the file ends the process or wants too much of it, another `DataError` or `EnvironmentFault`. Pictures that
    are superseded, and whatever waits at the end, are cancelled. Callbacks of a promise run in a thread of this class:
    they must be short.

    Args:
        command: Starts the process; None starts this program's own.
        limit_s: For one question.
        niceness: How far the process steps back behind others; for whoever reads files that nobody looks at.
    """

    def __init__(self, *, command: Sequence[str] | None = None, limit_s: float = LIMIT_S, niceness: int = 0) -> None:
        self._asker = Asker(command or child_command("pdf"), limit_s, niceness=niceness)

    def start(self) -> Future[None]:
        """Have the process ready before the first question, which then takes half a second less."""
        return self._ask(Question(do="hello", path=Path(), make=_nothing, urgency=Urgency.SOON))

    def info(self, path: Path, *, password: str = "") -> Future[PdfInfo]:
        """Open a file. A password that is right is kept in memory, for all that is asked about the file later."""
        return self._ask(Question(do="info", path=path, make=_one(PdfInfo), password=password))

    def outline(self, path: Path) -> Future[tuple[OutlineEntry, ...]]:
        """Read the table of contents; empty where the file has none."""
        return self._ask(Question(do="outline", path=path, make=_all(OutlineEntry)))

    def render(self, path: Path, wanted: PictureWanted, *, urgency: Urgency = Urgency.NOW) -> Future[PagePicture]:
        """Make a picture of a page; it takes the place of one of the same page, part and urgency that still waits."""
        place = (path, wanted.page, wanted.clip)
        arguments = {"wanted": to_json(wanted)}
        return self._ask(
            Question(do="render", path=path, make=_picture, arguments=arguments, urgency=urgency, place=place)
        )

    def words(self, path: Path, page: int) -> Future[PageWords]:
        """Read the words of a page, in reading order."""
        return self._ask(Question(do="words", path=path, make=_words, arguments={"page": page}))

    def links(self, path: Path, page: int) -> Future[tuple[PageLink, ...]]:
        """Read the links of a page."""
        return self._ask(Question(do="links", path=path, make=_all(PageLink), arguments={"page": page}))

    def search(self, path: Path, phrase: str, *, page: int = 1) -> Future[SearchPart]:
        """Search from a page on; the answer says where to go on."""
        arguments = {"phrase": phrase, "page": page}
        return self._ask(Question(do="search", path=path, make=_one(SearchPart), arguments=arguments))

    def annotations(self, path: Path, *, page: int = 1) -> Future[AnnotationPart]:
        """Read the annotations in the file from a page on; the answer says where to go on."""
        return self._ask(Question(do="annotations", path=path, make=_one(AnnotationPart), arguments={"page": page}))

    def has_text(self, path: Path) -> Future[bool]:
        """Say whether the first pages carry text; a scan's do not."""
        return self._ask(Question(do="has_text", path=path, make=lambda reply: bool(reply[0]["found"])))

    def facts(self, path: Path) -> Future[PdfFacts]:
        """Recognise the paper."""
        return self._ask(Question(do="facts", path=path, make=_one(PdfFacts), urgency=Urgency.LATER))

    def text(self, path: Path, *, page: int = 1) -> Future[TextPart]:
        """Read the full text from a page on; the answer says where to go on."""
        arguments = {"page": page}
        return self._ask(
            Question(do="text", path=path, make=_one(TextPart), arguments=arguments, urgency=Urgency.LATER)
        )

    def save_copy(self, path: Path, annotations: Sequence[Annotation], target: Path) -> Future[None]:
        """Write a copy with annotations that other programs show; see `copies.save_copy`."""
        arguments = {"annotations": to_json(list(annotations)), "target": str(target)}
        return self._ask(
            Question(do="save_copy", path=path, make=_nothing, arguments=arguments, limit_s=SAVING_LIMIT_S)
        )

    def close(self) -> None:
        """End the process; what is under way fails, what waits is cancelled. Calling it again does nothing."""
        self._asker.close()

    def _ask(self, question: Question) -> Future[Any]:
        self._asker.put(question)
        return question.answer


def _nothing(_: Reply) -> None:
    """Take an answer that says only that it is done."""


def _one(kind: type[Found]) -> Callable[[Reply], Found]:
    return lambda reply: from_json(kind, reply[0]["found"])


def _all(kind: type[Found]) -> Callable[[Reply], tuple[Found, ...]]:
    return lambda reply: tuple(from_json(kind, one) for one in reply[0]["found"])


def _words(reply: Reply) -> PageWords:
    return words_from_bytes(reply[1])


def _picture(reply: Reply) -> PagePicture:
    picture = from_json(PagePicture, {**reply[0]["found"], "pixels": reply[1]})
    if picture.stride < 4 * picture.width or len(picture.pixels) < picture.stride * picture.height:
        message = "a picture without all of its pixels"  # whoever draws it would read beyond them
        raise ValueError(message)
    return picture
