"""PDFs are dropped: recognised by the real process, linked to papers, stored, found by their text, and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from readinglist.domain.errors import Cancelled, DataError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.domain.raw import Drop
from readinglist.domain.taking import Taking
from readinglist.importers.registry import parse
from readinglist.library.library import Library
from readinglist.pdf.process import PdfProcess
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.ingest import ImportOptions, ImportPreview, Ingest, Verdict
from readinglist.services.jobs import InlineRunner, Job, JobContext
from readinglist.services.page_texts import PageTextReading
from readinglist.services.pdf_import import PdfImport
from readinglist.services.recognise import Recognise
from readinglist.services.unconfirmed import UnconfirmedDois
from tests.helpers.attached import make_pdf
from tests.helpers.importing import Answers, RecordedPdfs, job_context, open_ingest
from tests.helpers.made_pdf import PASSWORD, write_pdf

TITLES = (
    "On the habits of wombats in winter",
    "A survey of burrows and of their depth",
    "Marsupials as models of careful reading",
)
WORDS = (
    "It has long been known that the animals dig at night. We followed nine of them for a year and report what they "
    "did, where they slept, and how the weather changed their ways. The word {word} stands on this page only."
)


def write_paper(path: Path, title: str, *, word: str = "echidna") -> Path:
    """Write a PDF that looks like a paper: title, names, abstract, text on two pages."""
    document: Any = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_textbox((72, 72, 540, 130), title, fontsize=18, align=1)
    page.insert_textbox((72, 135, 540, 155), "Ada Lovelace and Charles Babbage", fontsize=11, align=1)
    page.insert_textbox((72, 180, 540, 200), "Abstract", fontsize=11)
    page.insert_textbox((72, 200, 540, 300), WORDS.format(word="platypus"), fontsize=10)
    second = document.new_page(width=612, height=792)
    second.insert_textbox((72, 72, 540, 300), WORDS.format(word=word), fontsize=10)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))
    document.close()
    return path


@pytest.fixture
def process() -> Iterator[PdfProcess]:
    process = PdfProcess()
    yield process
    process.close()


def ingest_with(library: Library, process: PdfProcess, taking: Taking = Taking.COPY) -> Ingest:
    files = Files(library, EventHub(), taking=lambda: taking)
    derived = library.folder / "derived"
    pdfs = PdfImport(Recognise(derived, process), files, derived / "incoming")
    return Ingest(library, EventHub(), network=Answers(), parse=parse, pdfs=pdfs)


def list_titles(library: Library, *titles: str) -> list[PaperId]:
    """Store papers as a listing without names and identifiers has them."""
    with library.write("Import a listing") as writer:
        drafts = [PaperDraft(title=title, author_count=5, organization="A zoo") for title in titles]
        return writer.papers.add_many(drafts, status=Status.INBOX)


def look(ingest: Ingest, *paths: Path) -> ImportPreview:
    return ingest.preview([Drop.of_path(path) for path in paths], job_context())


def paths_of(library: Library, ids: Sequence[PaperId]) -> list[Path]:
    with library.read() as reader:
        papers = reader.papers.get_many(ids)
    return [Path(papers[one].pdf or "") for one in ids]


def found(library: Library, query: str) -> list[PaperId]:
    with library.read() as reader:
        return reader.search.ids(parse_query(query), Sort())


def test_the_pdfs_of_listed_papers_find_them_and_one_undo_takes_all_back(
    library: Library, process: PdfProcess, tmp_path: Path
) -> None:
    ids = list_titles(library, *TITLES)
    for number, title in enumerate(TITLES):
        write_paper(tmp_path / "drop" / f"{number}.pdf", title, word=f"word{number}")
    ingest = ingest_with(library, process)
    preview = look(ingest, tmp_path / "drop")
    assert [(item.paper_id, item.verdict) for item in preview.items] == [(one, Verdict.UPDATE) for one in ids]
    assert preview.items[0].note.startswith("adds the PDF (the same title)")
    (pdf,) = preview.items[0].pdfs
    assert [(one.label, one.value) for one in pdf.evidence][:2] == [
        ("title", TITLES[0]),
        ("authors", "Ada Lovelace, Charles Babbage"),
    ]
    report = ingest.commit(preview, ImportOptions(), job_context())
    assert (report.added, report.updated, report.papers, report.problems) == (0, 3, tuple(ids), ())
    paths = paths_of(library, ids)
    assert [path.is_relative_to(library.folder / "files") and path.is_file() for path in paths] == [True] * 3
    assert look(ingest, tmp_path / "drop").count(Verdict.SAME) == 3

    events = EventHub()
    PageTextReading(library, events, InlineRunner(events), reader=process).build(job_context())
    assert (found(library, "word1"), found(library, "platypus author:lovelace")) == ([ids[1]], ids)

    assert library.step_back()[0] == "Import 3 papers"
    with library.read() as reader:
        assert reader.files.of_many(ids) == {}
        assert reader.papers.get(ids[0]).authors == ()
    assert found(library, "word1") == []
    library.step_forward()
    assert (paths_of(library, ids), found(library, "word1")) == (paths, [ids[1]])
    assert library.check().is_sound


def test_a_new_paper_comes_with_what_its_pdf_says(library: Library, process: PdfProcess, tmp_path: Path) -> None:
    ingest = ingest_with(library, process)
    preview = look(ingest, write_paper(tmp_path / "x.bin", TITLES[0]))
    report = ingest.commit(preview, ImportOptions(status=Status.TO_READ, tags=("zoo",)), job_context())
    with library.read() as reader:
        paper = reader.papers.get(report.papers[0])
        (file,) = reader.files.of(paper.id)
    assert (preview.formats, report.added) == (("PDF",), 1)
    assert (paper.title, paper.authors, paper.status, paper.tags) == (
        TITLES[0],
        ("Ada Lovelace", "Charles Babbage"),
        Status.TO_READ,
        ("zoo",),
    )
    assert (file.facts.page_count, file.facts.has_text) == (2, True)
    assert paths_of(library, [paper.id])[0].name == "Lovelace - On the habits of wombats in winter.pdf"


def test_damaged_files_are_named_and_locked_ones_kept(library: Library, process: PdfProcess, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    write_paper(folder / "good.pdf", TITLES[0])
    make_pdf(folder / "damaged.pdf")
    write_pdf(folder / "locked.pdf", password=PASSWORD)
    (folder / "page.pdf").write_text("<html><title>Log in</title></html>")
    ingest = ingest_with(library, process)
    preview = look(ingest, folder)
    assert {Path(one.where).name for one in preview.problems} == {"damaged.pdf", "page.pdf"}
    assert [item.draft.title for item in preview.items] == [TITLES[0], "file: locked"]
    assert "wants a password" in preview.items[1].note
    report = ingest.commit(preview, ImportOptions(), job_context())
    assert (report.added, report.failed) == (2, 2)
    with library.read() as reader:
        assert [reader.files.of(one)[0].facts.wants_password for one in report.papers] == [False, True]


def facts_of(title: str, pages: int = 1) -> PdfFacts:
    return PdfFacts(
        title=Finding(value=title, evidence="made up", confidence=0.9), pages=pages, has_text=True, is_scan=False
    )


def recorded(count: int) -> RecordedPdfs:
    return RecordedPdfs({f"{number}.pdf": facts_of(f"Made up paper with number {number}") for number in range(count)})


def drop_of(folder: Path, count: int) -> Path:
    for number in range(count):
        make_pdf(folder / f"{number}.pdf", f"content {number}")
    return folder


@pytest.mark.parametrize("taking", Taking)
def test_the_reader_decides_what_becomes_of_the_files(library: Library, tmp_path: Path, taking: Taking) -> None:
    folder = drop_of(tmp_path / "drop", 2)
    ingest = open_ingest(library, recorded=recorded(2))
    report = ingest.commit(look(ingest, folder), ImportOptions(taking=taking), job_context())
    paths = paths_of(library, report.papers)
    assert all(path.is_file() for path in paths)
    assert [path.parent for path in paths] == [folder if taking is Taking.LINK else library.folder / "files"] * 2
    assert len(list(folder.iterdir())) == (0 if taking is Taking.MOVE else 2)


def test_a_pdf_and_a_listing_of_one_drop_become_one_paper(library: Library, tmp_path: Path) -> None:
    folder = drop_of(tmp_path / "drop", 1)
    (folder / "list.json").write_text(
        '[{"type": "article", "title": "Made up paper with number 0", "author": [{"family": "Li", "given": "Ann"}], '
        '"issued": {"date-parts": [[2020]]}}]'
    )
    ingest = open_ingest(library, recorded=recorded(1))
    preview = look(ingest, folder)
    (item,) = preview.items
    assert (item.draft.authors, [pdf.path.name for pdf in item.pdfs]) == (("Ann Li",), ["0.pdf"])
    report = ingest.commit(preview, ImportOptions(), job_context())
    assert paths_of(library, report.papers)[0].name == "Li 2020 - Made up paper with number 0.pdf"


def test_the_same_file_twice_in_a_drop_is_one_paper(library: Library, tmp_path: Path) -> None:
    scan = PdfFacts(pages=1, has_text=False, is_scan=True)
    make_pdf(tmp_path / "drop" / "a.pdf")
    make_pdf(tmp_path / "drop" / "copy of a.pdf")
    ingest = open_ingest(library, recorded=RecordedPdfs({"a.pdf": scan, "copy of a.pdf": scan}))
    preview = look(ingest, tmp_path / "drop")
    assert [(item.draft.title, item.note) for item in preview.items] == [
        ("file: a", "a scan without text, the title is the file's name")
    ]


def test_a_pdf_from_an_address_is_kept_in_the_library_even_where_files_are_linked(
    library: Library, tmp_path: Path
) -> None:
    content = make_pdf(tmp_path / "a.pdf").read_bytes()
    network = Answers(pages={"https://example.org/a.pdf": content})

    class AnyName(RecordedPdfs):
        def facts(self, path: Path) -> Any:  # type: ignore[explicit-override]
            self.known = {path.name: facts_of(TITLES[0])}
            return super().facts(path)

    ingest = open_ingest(library, network=network, recorded=AnyName(), taking=Taking.LINK)
    preview = ingest.preview([Drop("address", "https://example.org/a.pdf")], job_context())
    report = ingest.commit(preview, ImportOptions(), job_context())
    (path,) = paths_of(library, report.papers)
    assert (path.parent, path.read_bytes()) == (library.folder / "files", content)
    assert list((library.folder / "derived" / "incoming").iterdir()) == []


def test_a_file_that_vanishes_before_it_is_stored_is_named_and_the_others_are_stored(
    library: Library, tmp_path: Path
) -> None:
    folder = drop_of(tmp_path / "drop", 3)
    ingest = open_ingest(library, recorded=recorded(3))
    preview = look(ingest, folder)
    (folder / "1.pdf").unlink()
    report = ingest.commit(preview, ImportOptions(), job_context())
    assert (report.added, [Path(one.where).name for one in report.problems]) == (3, ["1.pdf"])
    with library.read() as reader:
        assert [len(reader.files.of(one)) for one in report.papers] == [1, 0, 1]
    assert library.check().is_sound


def test_a_lost_file_that_is_dropped_is_found_again(library: Library, tmp_path: Path) -> None:
    folder = drop_of(tmp_path / "drop", 1)
    ingest = open_ingest(library, recorded=recorded(1), taking=Taking.LINK)
    report = ingest.commit(look(ingest, folder), ImportOptions(), job_context())
    far = tmp_path / "quite" / "another" / "place.pdf"
    far.parent.mkdir(parents=True)
    (folder / "0.pdf").rename(far)
    preview = look(ingest, far)
    assert [(item.verdict, item.note) for item in preview.items] == [(Verdict.UPDATE, "its lost file is found again")]
    again = ingest.commit(preview, ImportOptions(), job_context())
    assert (again.papers, paths_of(library, again.papers)) == (report.papers, [far])
    assert look(ingest, far).count(Verdict.SAME) == 1


def test_a_doi_that_only_a_pdf_has_waits_to_be_confirmed(library: Library, tmp_path: Path) -> None:
    title, other = "Made up paper with number 0", "Made up paper with number 1"
    with library.write(None) as writer:
        listed = PaperDraft(title=other, identifiers=(Identifier("doi", "10.1000/listed"),))
        (known,) = writer.papers.add_many([listed], status=Status.INBOX)
    dois = {"0.pdf": (title, "10.1000/new"), "1.pdf": (other, "10.1000/listed")}
    facts = {
        name: replace(facts_of(text), doi=Finding(value=doi, evidence="page 1", confidence=0.9))
        for name, (text, doi) in dois.items()
    }
    ingest = open_ingest(library, recorded=RecordedPdfs(facts))
    report = ingest.commit(look(ingest, drop_of(tmp_path / "drop", 2)), ImportOptions(), job_context())
    new, again = report.papers
    assert again == known
    assert UnconfirmedDois(library.folder / "derived").all() == {new: "10.1000/new"}


def test_papers_that_are_left_out_leave_their_files_alone(library: Library, tmp_path: Path) -> None:
    folder = drop_of(tmp_path / "drop", 2)
    ingest = open_ingest(library, recorded=recorded(2))
    ingest.commit(look(ingest, folder), ImportOptions(skip=frozenset({0}), taking=Taking.MOVE), job_context())
    assert [one.name for one in folder.iterdir()] == ["0.pdf"]


def test_a_drop_that_was_stopped_is_remembered_and_goes_on_quickly(library: Library, tmp_path: Path) -> None:
    folder = drop_of(tmp_path / "drop", 6)
    job: Job[None] = Job(job_id=0, label="", events=EventHub())

    class Stopping(RecordedPdfs):
        def facts(self, path: Path) -> Any:  # type: ignore[explicit-override]
            if len(self.asked) == 3:
                job.cancel()
            return super().facts(path)

    first = open_ingest(library, recorded=Stopping(recorded(6).known))
    assert first.unfinished() == ()
    with pytest.raises(Cancelled):
        first.preview([Drop.of_path(folder)], JobContext(job))
    answers = recorded(6)
    second = open_ingest(library, recorded=answers)
    assert second.unfinished() == (Drop.of_path(folder),)
    preview = second.preview(second.unfinished(), job_context())
    assert (len(preview.items), len(answers.asked)) == (6, 2)
    second.commit(preview, ImportOptions(), job_context())
    assert second.unfinished() == ()


def test_what_lies_on_the_review_sheet_is_unfinished_until_somebody_decides(library: Library, tmp_path: Path) -> None:
    drops = [Drop.of_path(drop_of(tmp_path / "drop", 2))]
    ingest = open_ingest(library, recorded=recorded(2))
    preview = ingest.preview(drops, job_context(), is_offered=True)
    assert open_ingest(library, recorded=recorded(2)).unfinished() == tuple(drops)  # as after a kill
    ingest.let_go(preview)
    assert ingest.unfinished() == ()
    preview = ingest.preview(drops, job_context(), is_offered=True)
    ingest.commit(preview, ImportOptions(skip=frozenset({0, 1})), job_context())
    assert ingest.unfinished() == ()
    preview = ingest.preview(drops, job_context(), is_offered=True)
    ingest.commit(preview, ImportOptions(), job_context())
    assert ingest.unfinished() == ()


def test_what_was_interrupted_and_is_gone_or_unwanted_is_not_offered(library: Library, tmp_path: Path) -> None:
    folder = drop_of(tmp_path / "drop", 1)
    ingest = open_ingest(library, recorded=RecordedPdfs({"0.pdf": DataError("damaged")}))
    job: Job[None] = Job(job_id=0, label="", events=EventHub())
    job.cancel()
    for drop in (Drop.of_path(folder), Drop.of_path(folder / "0.pdf"), Drop("text", "arXiv:2405.00001")):
        with pytest.raises(Cancelled):
            ingest.preview([drop], JobContext(job))
    assert len(ingest.unfinished()) == 2
    (folder / "0.pdf").unlink()
    assert ingest.unfinished() == (Drop.of_path(folder),)
    ingest.forget_unfinished()
    assert ingest.unfinished() == ()


def test_an_import_that_is_stopped_while_copying_stores_nothing_and_can_be_repeated(
    library: Library, tmp_path: Path
) -> None:
    folder = drop_of(tmp_path / "drop", 4)
    ingest = open_ingest(library, recorded=recorded(4))
    preview = look(ingest, folder)
    job: Job[None] = Job(job_id=0, label="", events=EventHub())
    job.cancel()
    with pytest.raises(Cancelled):
        ingest.commit(preview, ImportOptions(taking=Taking.MOVE), JobContext(job))
    assert (len(list(folder.iterdir())), ingest.unfinished()) == (4, (Drop.of_path(folder),))
    with library.read() as reader:
        assert reader.papers.counts().total == 0
    report = ingest.commit(preview, ImportOptions(taking=Taking.MOVE), job_context())
    assert (report.added, list(folder.iterdir())) == (4, [])


def test_a_provisional_title_gives_way_to_what_a_record_says(library: Library, tmp_path: Path) -> None:
    doi = Finding(value="10.1000/one", evidence="made up", confidence=0.9)
    known = PdfFacts(doi=doi, pages=1, has_text=False, is_scan=True)
    ingest = open_ingest(library, recorded=RecordedPdfs({"a.pdf": known}))
    report = ingest.commit(look(ingest, make_pdf(tmp_path / "a.pdf")), ImportOptions(), job_context())
    listing = '[{"type": "article", "title": "The real title of the scan", "DOI": "10.1000/one"}]'
    (tmp_path / "b.json").write_text(listing)
    again = ingest.commit(look(ingest, tmp_path / "b.json"), ImportOptions(), job_context())
    assert again.papers == report.papers
    with library.read() as reader:
        assert reader.papers.get(report.papers[0]).title == "The real title of the scan"
