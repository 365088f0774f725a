"""DOIs that were found inside PDFs: each is believed once its registered title agrees, and taken off where it does not.

A PDF prints DOIs of other works too, and templates bring some that belong to nobody. The title is asked for as soon as
there is a network, in the background; without one nothing is asked and nothing is lost.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from readinglist.domain.changes import Changes
from readinglist.domain.errors import Cancelled, EnvironmentFault, ReadingListError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.enrich import Enrich
from readinglist.services.events import EventHub
from readinglist.services.jobs import JobContext
from readinglist.services.unconfirmed import UnconfirmedDois

log = logging.getLogger(__name__)

INITIATOR = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmReport:
    """What was found out.

    Attributes:
        believed: Papers whose DOI is theirs.
        taken_off: Papers that have lost a DOI of another work.
        left: Number of papers that were not asked about, because nobody answered.
    """

    believed: tuple[PaperId, ...] = ()
    taken_off: tuple[PaperId, ...] = ()
    left: int = 0
    changes: Changes = field(default_factory=Changes)


class Confirming:
    """The use case; one for each workspace.

    Args:
        library: Whose papers have the DOIs.
        events: Where changes are published.
        enrich: Asks the registration.
    """

    def __init__(self, library: Library, events: EventHub, *, enrich: Enrich) -> None:
        self._library = library
        self._events = events
        self._enrich = enrich
        self._waiting = UnconfirmedDois(library.folder / "derived")

    def confirm(self, context: JobContext) -> ConfirmReport:
        """Ask about all DOIs that wait for it; the first question that nobody answers ends it until another time.

        Raises:
            Cancelled: The reader stopped it.
        """
        papers = self._papers(self._waiting.all())
        believed: list[PaperId] = []
        wrong: dict[PaperId, str] = {}
        for asked, (paper, doi) in enumerate(papers):
            context.check_cancelled()
            try:
                is_its_own = self._enrich.confirm_doi(doi, paper, check_cancelled=context.check_cancelled)
            except Cancelled:
                raise
            except EnvironmentFault as fault:
                log.info("DOIs are not confirmed now: %s %s", fault.message, fault.detail)
                return self._report(believed, wrong, left=len(papers) - asked)
            except ReadingListError as error:  # it is registered nowhere that is asked: nothing speaks against it
                log.info("%s is not confirmed: %s", doi, error.message)
                is_its_own = None
            if is_its_own is False:
                wrong[paper.id] = doi
            elif is_its_own:
                believed.append(paper.id)
            self._waiting.remove([paper.id])
        return self._report(believed, wrong, left=0)

    def _papers(self, waiting: Mapping[PaperId, str]) -> list[tuple[Paper, str]]:
        """Return the papers that still have their DOI, and a title that can be compared; the others need no answer."""
        with self._library.read() as reader:
            known = reader.papers.get_many(list(waiting))
        papers = [
            (known[key], doi)
            for key, doi in waiting.items()
            if key in known and known[key].identifier("doi") == doi and not is_provisional_title(known[key].title)
        ]
        self._waiting.remove(waiting.keys() - {paper.id for paper, _ in papers})
        return papers

    def _report(self, believed: list[PaperId], wrong: Mapping[PaperId, str], *, left: int) -> ConfirmReport:
        changes = self._take_off(wrong) if wrong else Changes()
        return ConfirmReport(believed=tuple(believed), taken_off=tuple(wrong), left=left, changes=changes)

    def _take_off(self, wrong: Mapping[PaperId, str]) -> Changes:
        label = f"Take {count_text(len(wrong), 'DOI')} of other works off"
        with self._library.write(label, initiator=INITIATOR) as writer:
            for paper_id, doi in wrong.items():
                writer.papers.remove_identifier(paper_id, Identifier("doi", doi))
        if writer.changes:
            self._events.publish(writer.changes)
        return writer.changes
