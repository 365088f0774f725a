"""One unit of work: everything that happens between one BEGIN and its COMMIT."""

from pathlib import Path

from sqlalchemy import Connection

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.library import fulltext, recording
from readinglist.library.annotations import AnnotationReader, AnnotationWriter
from readinglist.library.candidates import Candidates
from readinglist.library.change_log import log_changes
from readinglist.library.change_marks import ChangeMarks
from readinglist.library.collections import CollectionReader, CollectionWriter
from readinglist.library.decisions import DecisionReader, DecisionWriter
from readinglist.library.documents import Documents
from readinglist.library.engine import driver_of
from readinglist.library.feedback import FeedbackReader, FeedbackWriter
from readinglist.library.files import FileReader, FileWriter
from readinglist.library.first_look import Look
from readinglist.library.history import History
from readinglist.library.joining import JoinReader, JoinWriter
from readinglist.library.other_titles import OtherTitleWriter
from readinglist.library.paper_writing import PaperWriter
from readinglist.library.positions import PositionReader, PositionWriter
from readinglist.library.search import Search
from readinglist.library.tags import TagReader, TagWriter
from readinglist.library.unread import UnreadReader

# Kinds after which the text index of a paper is stale.
INDEXED = (
    *(ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.DETAILS, ChangeKind.TAGS, ChangeKind.NOTE),
    ChangeKind.ANNOTATIONS,
)


class Reader(Look):
    """What can be asked of the library at one moment; all answers agree with each other."""

    def __init__(self, connection: Connection, *, folder: Path) -> None:
        super().__init__(driver_of(connection), folder)
        self.tags = TagReader(connection)
        self.collections = CollectionReader(connection)
        self.files = FileReader(connection)
        self.annotations = AnnotationReader(connection)
        self.positions = PositionReader(connection)
        self.decisions = DecisionReader(driver_of(connection))
        self.feedback = FeedbackReader(connection)
        self.unread = UnreadReader(driver_of(connection))
        self.marks = ChangeMarks(driver_of(connection))
        self.candidates = Candidates(connection, self.papers)
        self.joining = JoinReader(connection, self.papers)
        self.history = History(connection)


class Writer:
    """What can be changed in one step.

    Attributes:
        changes: What the step did; complete only after the commit.
    """

    def __init__(self, connection: Connection, *, folder: Path, writer_id: str, initiator: str) -> None:
        self.papers = PaperWriter(connection, folder)
        self.tags = TagWriter(connection)
        self.collections = CollectionWriter(connection)
        self.files = FileWriter(connection)
        self.annotations = AnnotationWriter(connection)
        self.positions = PositionWriter(connection)
        self.decisions = DecisionWriter(driver_of(connection))
        self.feedback = FeedbackWriter(connection)
        self.candidates = Candidates(connection, self.papers)
        self.joining = JoinWriter(connection, self.papers)
        self.other_titles = OtherTitleWriter(connection)
        self.search = Search(driver_of(connection))
        self.history = History(connection)
        self.documents = Documents(connection, folder)
        self.changes = Changes(initiator=initiator)
        self._connection = connection
        self._writer_id = writer_id

    def finish(self, step_id: int | None, *, is_replay: bool = False) -> None:
        """Bring the text index in step and tell other processes; the last thing before the commit.

        Args:
            step_id: The undoable step that this was; None for other writes.
            is_replay: This took a step back or did it again.
        """
        noted = recording.touched(self._connection)
        ids = {PaperId(key) for keys in noted.values() for key in keys if key != recording.NO_PAPER}
        stale = {PaperId(key) for kind in INDEXED for key in noted.get(kind, ()) if key != recording.NO_PAPER}
        fulltext.refresh(self._connection, sorted(stale))
        kinds = set(noted)
        if is_replay or (step_id is not None and self.history.close_step(step_id)):
            kinds.add(ChangeKind.HISTORY)
        self.changes = Changes(kinds=frozenset(kinds), ids=frozenset(ids), initiator=self.changes.initiator)
        if kinds:
            log_changes(self._connection, self._writer_id, self.changes)
