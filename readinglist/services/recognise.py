"""Finding out which paper a PDF is: what its pages say, remembered by its content, and the draft made of it."""

import json
import logging
import threading
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeVar

from readinglist.domain.errors import PasswordNeeded, ReadingListError
from readinglist.domain.file_names import title_of_name
from readinglist.domain.files import FileFacts
from readinglist.domain.merging import file_title
from readinglist.domain.paper import PaperDraft
from readinglist.domain.pdf_facts import Finding, PdfFacts, draft_of
from readinglist.pdf.wire import from_json, to_json
from readinglist.services.file_store import CheckCancelled, Content, read_content

log = logging.getLogger(__name__)

VERSION = 1  # of the recogniser: what an older one found is looked for anew
WAIT_S = 0.1
BELIEVED = 0.5  # from this confidence on a finding may fill in, and contradict, what the library has
LABELS = {
    "title": "title",
    "authors": "authors",
    "published": "date",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
    "abstract": "abstract",
}
T = TypeVar("T")


class Recogniser(Protocol):
    """Who looks into files: `pdf.process.PdfProcess`, or recorded answers in tests."""

    def facts(self, path: Path) -> "Future[PdfFacts]":
        """Recognise the paper; the promise is broken with a `ReadingListError` about the file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One statement of a file about its paper, for the review sheet.

    Attributes:
        label: What it is about: "title".
        value: As text.
        evidence: Where it stood.
        confidence: 0 to 1; below 0.5 somebody should look at it.
    """

    label: str
    value: str
    evidence: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPdf:
    """A PDF of a drop.

    Attributes:
        path: Where it lies.
        origin: The address it came from; empty for a file of the reader's.
        facts: What it says; None if it shows nothing without a password.
    """

    path: Path
    content: Content
    facts: PdfFacts | None
    origin: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know of it, as short texts."""
        if self.facts is None:
            return ("wants a password; the title is the file's name",)
        notes = ["a scan without text"] if self.facts.is_scan else []
        if not self.facts.has_text and not self.facts.is_scan:
            notes.append("has no text")
        if self.facts.title is None:
            notes.append("the title is the file's name")
        return tuple(notes)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where each field of the draft comes from."""
        found = ((label, getattr(self.facts, name, None)) for name, label in LABELS.items())
        return tuple(_evidence(label, one) for label, one in found if one is not None)

    @property
    def file_facts(self) -> FileFacts:
        """What the library keeps of it."""
        if self.facts is None:
            return FileFacts(wants_password=True)
        return FileFacts(page_count=self.facts.pages, has_text=self.facts.has_text)

    def draft(self) -> PaperDraft:
        """Describe the paper; one whose file does not say its title is called by the file's name for now."""
        draft = PaperDraft(title="") if self.facts is None else draft_of(self.facts)
        return draft if draft.title else replace(draft, title=file_title(title_of_name(self.path.name)))

    def believed(self) -> PaperDraft:
        """Describe the paper by what is sure enough to be compared with the library, and to fill in what it lacks.

        The number of authors is left out: where a name was not recognised, it is wrong.
        """
        if self.facts is None:
            return self.draft()
        facts = self.facts
        sure = replace(
            facts,
            authors=_sure(facts.authors),
            published=_sure(facts.published),
            arxiv_id=_sure(facts.arxiv_id),
            doi=_sure(facts.doi),
            abstract=_sure(facts.abstract),
        )
        return replace(draft_of(sure), title=self.draft().title, author_count=None)


class Recognise:
    """The use case; one for each workspace; may be used by several threads.

    Args:
        folder: Where findings are remembered; made when first needed.
        recogniser: Looks into files.
    """

    def __init__(self, folder: Path, recogniser: Recogniser) -> None:
        self._path = folder / "recognised.jsonl"
        self._recogniser = recogniser
        self._known: dict[str, PdfFacts] | None = None
        self._lock = threading.Lock()

    def recognise(self, path: Path, *, check_cancelled: CheckCancelled, origin: str = "") -> FoundPdf:
        """Recognise the paper in a PDF; what was found out once is not looked for again.

        Raises:
            DataError: It cannot be read.
            EnvironmentFault: It cannot be read now.
            Cancelled: `check_cancelled` raised it.
        """
        content = read_content(path, check_cancelled)
        with self._lock:
            facts = self._load().get(content.sha256)
        if facts is None:
            try:
                facts = wait_for(self._recogniser.facts(path), check_cancelled)
            except PasswordNeeded:
                return FoundPdf(path=path, content=content, facts=None, origin=origin)
            self._remember(content.sha256, facts)
        return FoundPdf(path=path, content=content, facts=facts, origin=origin)

    def _load(self) -> dict[str, PdfFacts]:
        if self._known is None:
            self._known = {}
            try:
                lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
            except OSError:
                lines = []
            for line in lines:
                try:
                    version, sha256, raw = json.loads(line)
                    if version == VERSION:
                        self._known[sha256] = from_json(PdfFacts, raw)
                except (ValueError, TypeError):
                    continue  # half a line, of a program that was killed: its file is recognised again
        return self._known

    def _remember(self, sha256: str, facts: PdfFacts) -> None:
        line = json.dumps([VERSION, sha256, to_json(facts)]) + "\n"
        with self._lock:
            self._load()[sha256] = facts
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                with self._path.open("a", encoding="utf-8") as file:
                    file.write(line)
            except OSError as error:
                log.info("it could not be noted what was recognised: %s", error)


def wait_for(promise: "Future[T]", check_cancelled: CheckCancelled) -> T:
    """Wait for a promise of the process that reads PDFs.

    Raises:
        ReadingListError: What the promise was broken with.
        Cancelled: `check_cancelled` raised it; the promise is cancelled.
    """
    while True:
        try:
            return promise.result(WAIT_S)
        except TimeoutError:
            if promise.done():
                raise
        try:
            check_cancelled()
        except ReadingListError:
            promise.cancel()
            raise


def _sure(found: Finding[T] | None) -> Finding[T] | None:
    return found if found is not None and found.confidence >= BELIEVED else None


def _evidence(label: str, found: "Finding[object]") -> Evidence:
    value = found.value
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return Evidence(label=label, value=text, evidence=found.evidence, confidence=found.confidence)
