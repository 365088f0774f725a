"""Keeps what is typed into notes: soon after the last key, and at the latest when the window closes."""

from concurrent.futures import wait

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.domain.changes import Changes
from readinglist.domain.errors import ReadingListError, UserError
from readinglist.domain.paper import PaperId
from readinglist.services.jobs import Job, JobContext, Lane
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.panes.needs import Edit

PAUSE_MS = 800  # shorter than the two seconds within which the library merges note edits into one undo step
RETRY_MS = 10_000  # a full disk or a library held by another program may be better by then
PATIENCE_S = 10.0  # for a write that has begun; longer than the database waits for another program
INITIATOR = "note"


class NoteKeeper(QObject):
    """Holds unsaved notes by paper until the library has them.

    Args:
        edit: Writes.
        bridge: Takes writes to the library's lane.
        parent: Owner.
    """

    saved = Signal(object)  # PaperId
    failed = Signal(object, str)  # PaperId, what happened; the text is kept and tried again

    def __init__(self, edit: Edit, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self._bridge = bridge
        self._unsaved: dict[PaperId, str] = {}
        self._under_way: dict[PaperId, str] = {}
        self._jobs: set[Job[Changes]] = set()
        self._has_told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.save_soon)

    def keep(self, paper_id: PaperId, text: str) -> None:
        """Take a text over; it is written after a pause in the typing."""
        self._unsaved[paper_id] = text
        self._timer.start(PAUSE_MS)

    def find_unsaved(self, paper_id: PaperId) -> str | None:
        """Return the text that the library does not have yet; None if it has it."""
        return self._unsaved.get(paper_id, self._under_way.get(paper_id))

    def save_soon(self) -> None:
        """Write everything that waits, off the main thread."""
        self._timer.stop()
        waiting, self._unsaved = self._unsaved, {}
        for paper_id, text in waiting.items():
            self._under_way[paper_id] = text
            self._submit(paper_id, text)

    def flush(self) -> None:
        """Write everything now, on this thread; for the end of the program, when lanes are cancelled.

        Raises:
            ReadingListError: The first note that could not be written; the others were tried too.
        """
        self._timer.stop()
        self._end_jobs()
        waiting = {**self._under_way, **self._unsaved}
        self._unsaved, self._under_way = {}, {}
        problems: list[ReadingListError] = []
        for paper_id, text in waiting.items():
            try:
                self._write(paper_id, text)
            except ReadingListError as error:
                self._unsaved[paper_id] = text
                problems.append(error)
        if problems:
            raise problems[0]

    def _submit(self, paper_id: PaperId, text: str) -> None:
        def write(_context: JobContext) -> Changes:
            return self._write(paper_id, text)

        def settle(_changes: Changes) -> None:
            self._settle(paper_id, text)

        def take_back(error: BaseException) -> None:
            self._take_back(paper_id, text, error)

        job = self._bridge.run(write, lane=Lane.LIBRARY, on_done=settle, on_error=take_back)
        self._jobs = {one for one in self._jobs if not one.future.done()} | {job}

    def _end_jobs(self) -> None:
        """Let no older text arrive after the newest: what has not begun is called off, what has is waited for."""
        for job in self._jobs:
            job.cancel()
        # One that was called off before it began counts as running for `wait` until its lane comes to it.
        wait([job.future for job in self._jobs if not job.future.done()], timeout=PATIENCE_S)
        self._jobs.clear()

    def _write(self, paper_id: PaperId, text: str) -> Changes:
        return self._edit.set_note(paper_id, text, initiator=INITIATOR)

    def _settle(self, paper_id: PaperId, text: str) -> None:
        self._has_told = False
        if self._under_way.get(paper_id) == text:
            del self._under_way[paper_id]
        if self.find_unsaved(paper_id) is None:
            self.saved.emit(paper_id)

    def _take_back(self, paper_id: PaperId, text: str, error: BaseException) -> None:
        self._under_way.pop(paper_id, None)
        message = sentence_of(error)
        if isinstance(error, UserError):  # the paper is gone: nothing to try again
            self._bridge.tell(f"The note could not be saved. {message}", is_error=True)
        else:
            self._unsaved.setdefault(paper_id, text)
            self._timer.start(RETRY_MS)
            if not self._has_told:  # once is enough: the word beside the note stays
                self._has_told = True
                self._bridge.tell(f"The note is not saved yet. {message}", is_error=True)
        self.failed.emit(paper_id, message)
