"""DOIs found inside PDFs: asked about when there is a network, and taken off where they are another work's."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from readinglist.domain.errors import Cancelled, UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.net.faults import UnreachableFault
from readinglist.services.confirming import Confirming
from readinglist.services.events import Event, EventHub
from readinglist.services.jobs import Job, JobContext
from readinglist.services.unconfirmed import UnconfirmedDois
from tests.helpers.importing import job_context

OWN, OTHER, UNKNOWN = "10.1000/own", "10.1000/other", "10.1000/unknown"


@dataclass
class Register:
    """Knows whose DOI is whose.

    Attributes:
        asked: The DOIs that were asked about.
        is_away: Nobody answers.
    """

    asked: list[str] = field(default_factory=list)
    is_away: bool = False

    def confirm_doi(self, doi: str, paper: Paper, *, check_cancelled: Callable[[], None]) -> bool:  # noqa: ARG002
        """Answer, or say why not."""
        if self.is_away:
            message = "There is no network."
            raise UnreachableFault(message)
        self.asked.append(doi)
        if doi == UNKNOWN:
            message = "It is not registered."
            raise UserError(message)
        return doi == OWN


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    drafts = [
        PaperDraft(title=f"A paper about {doi}", identifiers=(Identifier("doi", doi),)) for doi in (OWN, OTHER, UNKNOWN)
    ]
    with library.write(None) as writer:
        ids = list(writer.papers.add_many(drafts, status=Status.INBOX))
    waiting_of(library).add(dict(zip(ids, (OWN, OTHER, UNKNOWN), strict=True)))
    return ids


def waiting_of(library: Library) -> UnconfirmedDois:
    return UnconfirmedDois(library.folder / "derived")


def confirming(library: Library, register: Register, events: EventHub | None = None) -> Confirming:
    return Confirming(library, events or EventHub(), enrich=register)  # type: ignore[arg-type]  # only this is asked


def dois_of(library: Library, ids: list[PaperId]) -> list[str | None]:
    with library.read() as reader:
        papers = reader.papers.get_many(ids)
    return [papers[one].identifier("doi") for one in ids]


def test_only_the_doi_of_another_work_is_taken_off_and_undo_brings_it_back(
    library: Library, ids: list[PaperId]
) -> None:
    events, heard = EventHub(), list[Event]()
    events.subscribe(heard.append)
    report = confirming(library, Register(), events).confirm(job_context())
    assert (report.believed, report.taken_off, report.left) == ((ids[0],), (ids[1],), 0)
    assert heard == [report.changes]
    assert report.changes.ids == {ids[1]}
    assert dois_of(library, ids) == [OWN, None, UNKNOWN]
    assert library.step_back()[0] == "Take 1 DOI of other works off"
    assert dois_of(library, ids) == [OWN, OTHER, UNKNOWN]
    register = Register()
    confirming(library, register).confirm(job_context())
    assert register.asked == []  # what the reader brought back is not doubted again


def test_without_a_network_nothing_is_lost_and_it_goes_on_another_time(library: Library, ids: list[PaperId]) -> None:
    register = Register(is_away=True)
    report = confirming(library, register).confirm(job_context())
    assert (report.believed, report.taken_off, report.left) == ((), (), 3)
    register.is_away = False
    assert confirming(library, register).confirm(job_context()).taken_off == (ids[1],)
    assert waiting_of(library).all() == {}


def test_a_paper_that_has_another_doi_or_no_title_by_now_is_passed_over(library: Library, ids: list[PaperId]) -> None:
    with library.write(None) as writer:
        writer.papers.remove_identifier(ids[0], Identifier("doi", OWN))
        writer.papers.purge([ids[1]])
    register = Register()
    confirming(library, register).confirm(job_context())
    assert register.asked == [UNKNOWN]


def test_a_stop_keeps_what_is_still_to_be_asked(library: Library, ids: list[PaperId]) -> None:
    job: Job[None] = Job(job_id=0, label="", events=EventHub())
    job.cancel()
    with pytest.raises(Cancelled):
        confirming(library, Register()).confirm(JobContext(job))
    assert list(waiting_of(library).all()) == ids


def test_a_damaged_note_is_no_note(library: Library) -> None:
    (library.folder / "derived").mkdir(exist_ok=True)
    (library.folder / "derived" / "unconfirmed-dois.json").write_text("[1, 2", encoding="utf-8")
    waiting = waiting_of(library)
    assert waiting.all() == {}
    waiting.add({PaperId(1): OWN})
    assert waiting.all() == {PaperId(1): OWN}
