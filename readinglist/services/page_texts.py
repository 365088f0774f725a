"""Reads the text of every PDF into the search index, in the background: it can be stopped at any moment and goes on.

The texts of files that no paper has any more leave it soon after the last paper has gone for good.

A file that cannot be read is set aside with the reason, and read again only when somebody asks for it.
"""

import logging
import threading
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, DataError, EnvironmentFault, PasswordNeeded, ReadingListError
from readinglist.domain.files import FileFacts, PaperFile
from readinglist.domain.pages import TextPart
from readinglist.domain.paper import PaperId
from readinglist.library.library import Library
from readinglist.services.background import BackgroundWork
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import JobContext, Lane, Runner
from readinglist.services.recognise import wait_for

log = logging.getLogger(__name__)

LABEL = "Reading the text of PDFs"
QUIET_S = 2.0
LONGEST = 4_000_000  # letters of one file: a thick book; more is a table or an attack
WATCHED = frozenset({ChangeKind.FILES, ChangeKind.ADDED})
LEAVING = frozenset({ChangeKind.FILES, ChangeKind.REMOVED})


class TextReader(Protocol):
    """Who reads files: `pdf.process.PdfProcess`, or recorded answers in tests."""

    def text(self, path: Path, *, page: int = 1) -> "Future[TextPart]":
        """Read from a page on; the promise is broken with a `ReadingListError` about the file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A file whose text could not be read.

    Attributes:
        sha256: Of its content.
        papers: Which have it.
        reason: One sentence.
    """

    sha256: str
    papers: tuple[PaperId, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTextsState:
    """How far the reading is.

    Attributes:
        total: Files that papers have, each content once.
        done: Those whose text is in the index, or that have none.
        set_aside: Those that could not be read.
    """

    total: int
    done: int
    set_aside: tuple[SetAside, ...]
    is_running: bool


class PageTextReading:
    """The background work; one for each workspace; every method may be called from any thread.

    Args:
        library: Whose files are read.
        events: Tells which papers got files, and hears whose text is there.
        runner: Runs the work.
        reader: Reads files.
    """

    def __init__(self, library: Library, events: EventHub, runner: Runner, *, reader: TextReader) -> None:
        self.work = BackgroundWork(
            runner, work=self.build, has_work=self._has_work, lane=Lane.FILES, label=LABEL, quiet_s=QUIET_S
        )
        # Without a name: there is nothing to see or to stop.
        self.tidying = BackgroundWork(
            runner, work=self._tidy, has_work=lambda: True, lane=Lane.FILES, label="", quiet_s=QUIET_S
        )
        self._library = library
        self._events = events
        self._runner = runner
        self._reader = reader
        self._building = threading.Lock()
        self._is_running = False
        self._unsubscribe = events.subscribe(self._hear)

    def state(self) -> PageTextsState:
        """Say how far it is; reads the list of all files."""
        states = self._library.page_texts.states()
        with self._library.read() as reader:
            contents = reader.files.contents()
            aside = {one for one in contents if one in states and states[one].reason}
            papers = reader.files.papers_with(aside)
        return PageTextsState(
            total=len(contents),
            done=sum(one in states and states[one].is_read for one in contents),
            set_aside=tuple(
                SetAside(sha256=one, papers=tuple(papers.get(one, ())), reason=states[one].reason)
                for one in contents
                if one in aside
            ),
            is_running=self._is_running,
        )

    def start(self) -> None:
        """From now on read new files by itself, beginning with what waits."""
        self.work.start()
        self.tidying.start()
        self.tidying.plan()
        # Whoever opens a window does not wait for a look through all files.
        self._runner.submit(lambda _: self.work.plan(), lane=Lane.INTERACTIVE)

    def retry(self, contents: Iterable[str] | None = None) -> None:
        """Let files that were set aside be read once more; None takes all of them."""
        self._library.page_texts.take_back(contents)
        self.work.plan()

    def build(self, context: JobContext) -> None:
        """Read all files whose text is not there; whatever stops it, the next call goes on behind the last one read.

        Raises:
            Cancelled: The reader stopped it.
            EnvironmentFault: The texts cannot be stored.
        """
        with self._building:
            self._is_running = True
            try:
                self._build(context)
            finally:
                self._is_running = False

    def close(self) -> None:
        """Begin nothing any more, and stop what runs."""
        self._unsubscribe()
        self.work.close()
        self.tidying.close()

    def _build(self, context: JobContext) -> None:
        self._remove_gone()
        states = self._library.page_texts.states()
        with self._library.read() as reader:
            contents = reader.files.contents()
        todo = [one for one in contents if one not in states or not (states[one].is_read or states[one].reason)]
        for done, sha256 in enumerate(todo):
            context.check_cancelled()
            context.progress(done, len(todo))
            with self._library.read() as reader:
                files = reader.files.of_content(sha256)
            path = next((path for one in files if (path := self._library.folder / one.path).is_file()), None)
            if path is not None:
                self._read(path, files[0], context)
        context.progress(len(todo), len(todo))

    def _tidy(self, _context: JobContext) -> None:
        if self._remove_gone():
            changes = Changes(kinds=frozenset({ChangeKind.FILES}), initiator=LABEL)
            self._events.publish(changes)

    def _remove_gone(self) -> bool:
        """Forget the texts of files that no paper has; returns whether there were any."""
        texts = self._library.page_texts
        known = texts.states().keys()
        with self._library.read() as reader:
            gone = known - set(reader.files.contents())
        if gone:
            texts.remove(gone)
        return bool(gone)

    def _read(self, path: Path, file: PaperFile, context: JobContext) -> None:
        """Read one file; what cannot be read today for a reason outside it waits for another day."""
        texts = self._library.page_texts
        try:
            pages = self._pages(path, context)
        except Cancelled:
            raise
        except EnvironmentFault as fault:
            log.info("the text of %s is not read now: %s (%s)", path, fault.message, fault.detail)
            return
        except PasswordNeeded:
            texts.set_aside(file.sha256, "It opens with a password only.")
            self._note(file, replace(file.facts, wants_password=True))
            return
        except ReadingListError as error:
            log.info("the text of %s is set aside: %s (%s)", path, error.message, error.detail)
            texts.set_aside(file.sha256, error.message)
            return
        texts.save(file.sha256, pages)
        facts = FileFacts(page_count=file.facts.page_count or len(pages), has_text=any(map(str.strip, pages)))
        self._note(file, facts)

    def _pages(self, path: Path, context: JobContext) -> list[str]:
        pages: list[str] = []
        number: int | None = 1
        letters = 0
        while number is not None and letters < LONGEST:
            part = wait_for(self._reader.text(path, page=number), context.check_cancelled)
            if not part.pages and part.next_page is not None and part.next_page <= number:
                message = f"The text of {path.name} cannot be read: its pages have no end."
                raise DataError(message)
            pages += part.pages
            letters += sum(map(len, part.pages))
            number = part.next_page
        return pages

    def _note(self, file: PaperFile, facts: FileFacts) -> None:
        """Keep what is known of the file now, and tell whose text can be found."""
        ids = frozenset(self._papers_with(file.sha256))
        if facts != file.facts:
            with self._library.write(None) as writer:
                writer.files.set_facts(file.sha256, facts)
        self._events.publish(Changes(kinds=frozenset({ChangeKind.FILES}), ids=ids, initiator=LABEL))

    def _papers_with(self, sha256: str) -> list[PaperId]:
        with self._library.read() as reader:
            return reader.files.papers_with([sha256]).get(sha256, [])

    def _hear(self, event: Event) -> None:
        if not isinstance(event, Changes) or event.initiator == LABEL:
            return
        if event.kinds & WATCHED:
            self.work.plan()
        if event.kinds & LEAVING:
            self.tidying.plan()

    def _has_work(self) -> bool:
        try:
            states = self._library.page_texts.states()
            with self._library.read() as reader:
                contents = reader.files.contents()
        except ReadingListError as error:
            log.info("it cannot be seen which files are to be read: %s", error.detail)
            return False
        return any(one not in states or not (states[one].is_read or states[one].reason) for one in contents)
