"""What is found in a PDF becomes a draft with its evidence, remembered by the content of the file."""

from concurrent.futures import Future
from pathlib import Path

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import Cancelled, DataError, PasswordNeeded
from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.library.library import Library
from readinglist.services.linking import Linked, find_papers
from readinglist.services.recognise import FoundPdf, Recognise, wait_for
from tests.helpers.attached import make_file, make_pdf
from tests.helpers.importing import RecordedPdfs

TITLE = "On the habits of wombats in winter"
FACTS = PdfFacts(
    title=Finding(value=TITLE, evidence="largest type on page 1", confidence=0.9),
    authors=Finding(value=("Ada Author", "Ben Writer"), evidence="below the title on page 1", confidence=0.8),
    published=Finding(value=PartialDate(2009), evidence="a year somewhere", confidence=0.3),
    doi=Finding(value="10.1000/one", evidence="in the foot of page 1", confidence=0.9),
    pages=12,
    has_text=True,
    is_scan=False,
)
SCAN = PdfFacts(pages=3, has_text=False, is_scan=True)


def go_on() -> None:
    """Nobody stops it."""


def recognised(folder: Path, recorded: RecordedPdfs, name: str = "a.pdf") -> FoundPdf:
    return Recognise(folder / "derived", recorded).recognise(make_pdf(folder / name), check_cancelled=go_on)


def test_a_file_is_looked_into_once_whatever_it_is_called_later(tmp_path: Path) -> None:
    recorded = RecordedPdfs({"a.pdf": FACTS})
    first = recognised(tmp_path, recorded)
    again = recognised(tmp_path, recorded, "b.pdf")
    assert (recorded.asked, first.facts, again.facts) == (["a.pdf"], FACTS, FACTS)
    assert again.content == first.content


def test_a_damaged_memory_costs_no_more_than_looking_again(tmp_path: Path) -> None:
    recorded = RecordedPdfs({"a.pdf": FACTS})
    recognised(tmp_path, recorded)
    memory = tmp_path / "derived" / "recognised.jsonl"
    memory.write_bytes(memory.read_bytes()[:-30] + b'\n{"half": \n[0, "old", {}]\n[1, "x", {}]\n\xff\n')
    assert recognised(tmp_path, recorded).facts == FACTS
    assert recorded.asked == ["a.pdf", "a.pdf"]


def test_a_failure_is_not_remembered(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="damaged"):
        recognised(tmp_path, RecordedPdfs())
    assert recognised(tmp_path, RecordedPdfs({"a.pdf": FACTS})).facts == FACTS


def test_each_statement_has_its_evidence(tmp_path: Path) -> None:
    found = recognised(tmp_path, RecordedPdfs({"a.pdf": FACTS}))
    assert [(one.label, one.value, one.confidence) for one in found.evidence] == [
        ("title", TITLE, 0.9),
        ("authors", "Ada Author, Ben Writer", 0.8),
        ("date", "2009", 0.3),
        ("DOI", "10.1000/one", 0.9),
    ]
    assert found.evidence[0].evidence == "largest type on page 1"
    assert (found.notes, found.file_facts.page_count, found.file_facts.has_text) == ((), 12, True)


def test_only_what_is_sure_is_compared_with_the_library(tmp_path: Path) -> None:
    found = recognised(tmp_path, RecordedPdfs({"a.pdf": FACTS}))
    assert (found.draft().published, found.draft().author_count) == (PartialDate(2009), 2)
    assert (found.believed().published, found.believed().author_count) == (None, None)
    assert found.believed().authors == ("Ada Author", "Ben Writer")


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        (SCAN, "a scan without text"),
        (PdfFacts(pages=1, has_text=False, is_scan=False), "has no text"),
        (PasswordNeeded("It wants a password."), "wants a password"),
    ],
)
def test_a_file_that_does_not_say_its_title_is_kept_under_its_own_name(
    tmp_path: Path, facts: PdfFacts | PasswordNeeded, note: str
) -> None:
    found = recognised(tmp_path, RecordedPdfs({"my scan_2.pdf": facts}), "my scan_2.pdf")
    assert found.draft().title == "file: my scan 2"
    assert is_provisional_title(found.draft().title)
    assert any(note in one for one in found.notes)
    assert any("title is the file's name" in one for one in found.notes)
    assert found.file_facts.wants_password is isinstance(facts, PasswordNeeded)


def test_a_stop_ends_the_wait_for_a_file() -> None:
    def stop() -> None:
        message = "Stopped."
        raise Cancelled(message)

    promise: Future[None] = Future()
    with pytest.raises(Cancelled):
        wait_for(promise, stop)
    assert promise.cancelled()


def store(library: Library, *drafts: PaperDraft) -> list[PaperId]:
    with library.write(None) as writer:
        return writer.papers.add_many(drafts, status=Status.INBOX)


def linked(library: Library, found: FoundPdf) -> Linked | None:
    with library.read() as reader:
        (one,) = find_papers(reader, [(found, found.draft())])
    return one


@pytest.fixture
def found(tmp_path: Path) -> FoundPdf:
    return recognised(tmp_path, RecordedPdfs({"a.pdf": FACTS}))


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        TITLE.upper(),
        TITLE.replace("wombats", "wom- bats"),
        TITLE.replace("winter", "wiпter"),  # a letter of another script, as broken fonts have them
    ],
)
def test_a_pdf_finds_the_paper_that_a_listing_named(library: Library, found: FoundPdf, title: str) -> None:
    store(library, PaperDraft(title="On the habits of wombats in summer"), PaperDraft(title="Wombats"))
    (wanted,) = store(library, PaperDraft(title=title, author_count=7, organization="A zoo"))
    link = linked(library, found)
    assert link is not None
    assert (link.paper_id, link.has_file) == (wanted, False)


@pytest.mark.parametrize(
    "other",
    [
        PaperDraft(title="On the habits of wombats in summer"),
        PaperDraft(title=f"{TITLE}, part 2"),
        PaperDraft(title=f"{TITLE} and of their relatives in spring"),
        PaperDraft(title=TITLE, authors=("Somebody Else",)),
        PaperDraft(title="On the habits"),
        PaperDraft(title="Quite another thing", identifiers=(Identifier("doi", "10.1000/one"),)),
    ],
)
def test_a_pdf_is_not_taken_for_another_paper(library: Library, found: FoundPdf, other: PaperDraft) -> None:
    store(library, other)
    assert linked(library, found) is None


def test_a_longer_title_by_the_same_people_is_the_same_paper(library: Library, found: FoundPdf) -> None:
    (wanted,) = store(library, PaperDraft(title=f"{TITLE}: a study", authors=("Ada Author", "Ben Writer")))
    link = linked(library, found)
    assert link is not None
    assert (link.paper_id, link.evidence) == (wanted, "nearly the same title")


def test_an_identifier_finds_its_paper_by_another_title(library: Library, found: FoundPdf) -> None:
    identifiers = (Identifier("doi", "10.1000/one"),)
    (wanted,) = store(library, PaperDraft(title="On wombats in winter", identifiers=identifiers))
    link = linked(library, found)
    assert link is not None
    assert (link.paper_id, link.evidence) == (wanted, "the same identifier")


def test_the_same_file_finds_the_paper_that_has_it(library: Library, tmp_path: Path) -> None:
    found = recognised(tmp_path, RecordedPdfs({"a.pdf": SCAN}))
    (wanted,) = store(library, PaperDraft(title="Named by hand"))
    with library.write(None) as writer:
        writer.files.attach(wanted, make_file(found.content.sha256))
    assert linked(library, found) == Linked(wanted, "the same file", has_file=True)


def test_two_scans_of_one_name_are_not_one_paper(library: Library, tmp_path: Path) -> None:
    found = recognised(tmp_path, RecordedPdfs({"notes of the first week.pdf": SCAN}), "notes of the first week.pdf")
    store(library, PaperDraft(title="file: notes of the first week"))
    assert linked(library, found) is None
