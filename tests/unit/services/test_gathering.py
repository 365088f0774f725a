"""A drop is parsed whole, and nameless papers are completed where the network knows them."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import Drop
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.gathering import LOOKUP_BATCH, complete_from_network, gather
from readinglist.services.jobs import Job, JobContext
from readinglist.services.pdf_import import PdfImport
from tests.helpers.importing import Answers, job_context, pdf_import


@pytest.fixture
def pdfs(tmp_path: Path) -> Iterator[PdfImport]:
    with closing(Library(tmp_path / "library")) as library:
        yield pdf_import(library)


def nameless(*numbers: int) -> list[PaperDraft]:
    return [PaperDraft(title="", identifiers=(Identifier("arxiv", f"2405.{number:05d}"),)) for number in numbers]


def records(*numbers: int) -> dict[Identifier, bytes]:
    entry = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api/x</id><entry>'
        "<id>http://arxiv.org/abs/2405.{0:05d}v2</id><title>Found {0}</title><summary>Words.</summary></entry></feed>"
    )
    return {Identifier("arxiv", f"2405.{number:05d}"): entry.format(number).encode() for number in numbers}


def completed(drafts: Sequence[PaperDraft], network: Answers) -> dict[int, str]:
    found = complete_from_network(drafts, network=network, parse=parse, context=job_context())
    return {place: draft.title for place, draft in found.items()}


def test_papers_without_a_title_are_looked_up_and_the_others_are_not() -> None:
    network = Answers(records=records(1, 2, 3))
    drafts = [*nameless(1), PaperDraft(title="Known", identifiers=(Identifier("arxiv", "2405.00002"),)), *nameless(3)]
    assert completed(drafts, network) == {0: "Found 1", 2: "Found 3"}
    assert network.asked == [(Identifier("arxiv", "2405.00001"), Identifier("arxiv", "2405.00003"))]


def test_what_the_network_does_not_know_stays_as_it_is() -> None:
    assert completed(nameless(1, 9), Answers(records=records(1))) == {0: "Found 1"}


def test_without_a_network_every_identifier_is_kept_and_nobody_is_asked_twice() -> None:
    network = Answers()
    assert completed(nameless(*range(LOOKUP_BATCH * 3)), network) == {}
    assert len(network.asked) == 1


def test_many_are_asked_for_in_batches() -> None:
    numbers = range(1, LOOKUP_BATCH * 2 + 2)
    network = Answers(records=records(*numbers))
    assert len(completed(nameless(*numbers), network)) == len(numbers)
    assert [len(asked) for asked in network.asked] == [LOOKUP_BATCH, LOOKUP_BATCH, 1]


def test_what_the_draft_says_itself_is_kept() -> None:
    draft = PaperDraft(title="", identifiers=(Identifier("arxiv", "2405.00001"),), organization="Lab")
    found = complete_from_network([draft], network=Answers(records=records(1)), parse=parse, context=job_context())
    assert (found[0].title, found[0].organization, found[0].abstract) == ("Found 1", "Lab", "Words.")


def test_documents_and_formats_are_named_once_and_problems_are_gathered(
    pdfs: PdfImport,
) -> None:
    drops = [
        Drop("text", "See arXiv:2405.00001.", "one"),
        Drop("text", "See arXiv:2405.00002.", "two"),
        Drop("text", "Nothing here.", "three"),
        Drop("address", "https://example.org/away"),
    ]
    gathered = gather(drops, network=Answers(), parse=parse, pdfs=pdfs, context=job_context())
    assert (gathered.formats, gathered.wheres) == (["Identifiers in text"], ["one", "two"])
    assert [document.name for document in gathered.documents] == ["one", "two"]
    assert [problem.where for problem in gathered.problems] == ["three", "https://example.org/away"]


def test_a_stop_ends_the_gathering(pdfs: PdfImport) -> None:
    job: Job[None] = Job(job_id=0, label="", events=EventHub())
    job.cancel()
    with pytest.raises(Cancelled):
        gather([Drop("text", "x")], network=Answers(), parse=parse, pdfs=pdfs, context=JobContext(job))
    with pytest.raises(Cancelled):
        complete_from_network(nameless(1), network=Answers(), parse=parse, context=JobContext(job))
