"""A library of a few subjects with made-up vectors, and For you on top of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.dates import PartialDate
from readinglist.domain.for_you import Asked
from readinglist.domain.paper import Mention, PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.services.catalog import Catalog
from readinglist.services.collections import Collections
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.jobs import InlineRunner
from readinglist.services.recommend import Recommend
from readinglist.services.term_index import TermIndex
from readinglist.services.undo import Undo
from readinglist.similarity.vectors import Vectors

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SUBJECTS = {
    "decoding": "Speculative decoding of language models with draft tokens",
    "surgery": "Robotic surgery guided by endoscopic depth cameras",
    "proteins": "Protein folding predicted from evolutionary sequences",
    "galaxies": "Spectra of distant galaxies behind gravitational lenses",
}
EACH = 12  # papers of each subject
AXES = 16
OWN_WORDS = 20  # that no other paper has, so that papers of a subject are near each other and not the same


class StandInIndex:
    """Vectors that are near for papers of one subject, and what `Indexing` says of them."""

    def __init__(self) -> None:
        self.table: Vectors | None = None
        self.is_given_back = False  # the memory
        self.present = SimpleNamespace(done=0, total=0, is_running=False, problem="")

    def fill(self, subjects: dict[PaperId, str]) -> None:
        """Compare these papers by meaning from now on."""
        names = list(SUBJECTS)
        rows = np.zeros((len(subjects), AXES), dtype=np.float32)
        for place, (key, subject) in enumerate(subjects.items()):
            rows[place, names.index(subject)] = 1.0
            rows[place, len(names) :] = 0.1 * np.random.default_rng(int(key)).standard_normal(AXES - len(names))
        matrix: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        self.table = Vectors(ids=np.array(list(subjects), dtype=np.int64), matrix=matrix)
        self.present.done = self.present.total = len(subjects)

    def vectors(self) -> Vectors | None:
        """See `Indexing.vectors`."""
        self.is_given_back = False
        return self.table

    def let_go(self, *, unused_s: float) -> None:
        """See `Indexing.let_go`."""
        self.is_given_back = unused_s == 0

    def state(self) -> Any:
        """See `Indexing.state`."""
        return self.present


@dataclass(slots=True)
class Scenery:
    """Everything that a test of recommending changes or asks.

    Attributes:
        by_subject: The papers of each subject, in order.
    """

    library: Library
    events: EventHub
    edit: Edit
    collections: Collections
    undo: Undo
    index: StandInIndex
    recommend: Recommend
    by_subject: dict[str, list[PaperId]]

    @property
    def subject_of(self) -> dict[PaperId, str]:
        """The subject of each paper."""
        return {key: subject for subject, keys in self.by_subject.items() for key in keys}

    def subjects(self, asked: Asked, first: int) -> list[str]:
        """Return the subjects of the first recommended papers."""
        return [self.subject_of[key] for key in self.recommend.for_you(asked).ids[:first]]

    def mark(self, subject: str, status: Status, numbers: slice) -> list[PaperId]:
        """Give some papers of a subject a status."""
        chosen = self.by_subject[subject][numbers]
        self.edit.set_status(chosen, status)
        return chosen


def make_subject_draft(subject: str, number: int, **facts: Any) -> PaperDraft:
    """Make a paper of a subject; the larger the number, the newer and the more liked by others."""
    own = " ".join(f"{subject[:3]}{number}x{place}" for place in range(OWN_WORDS))
    known: dict[str, Any] = {
        "title": f"{SUBJECTS[subject]} {number}",
        "abstract": f"{SUBJECTS[subject]}. {own}.",
        "published": PartialDate(2025, 1, 1 + number),
        "mention": Mention(source="huggingface", origin="a page", listed_on=date(2025, 1, 1), upvotes=number),
    }
    return PaperDraft(**{**known, **facts})


@contextmanager
def open_scenery(folder: Path) -> Iterator[Scenery]:
    """Open a library of all subjects, everything in the Inbox and comparable by meaning."""
    library, events, index = Library(folder), EventHub(), StandInIndex()
    words = TermIndex(library, events, InlineRunner(events))
    by_subject: dict[str, list[PaperId]] = {}
    with library.write("Import everything") as writer:
        for subject in SUBJECTS:
            drafts = [make_subject_draft(subject, number) for number in range(EACH)]
            by_subject[subject] = writer.papers.add_many(drafts, status=Status.INBOX)
    index.fill({key: subject for subject, keys in by_subject.items() for key in keys})
    scenery = Scenery(
        library=library,
        events=events,
        edit=Edit(library, events),
        collections=Collections(library, events),
        undo=Undo(library, events),
        index=index,
        recommend=Recommend(library, events, catalog=Catalog(library), indexing=cast("Any", index), words=words),
        by_subject=by_subject,
    )
    try:
        yield scenery
    finally:
        words.close()
        library.close()
