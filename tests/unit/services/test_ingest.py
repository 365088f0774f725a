"""From drops to stored papers: what the review sheet promises is what is stored."""

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import Cancelled
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperId, Priority, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.raw import Drop
from readinglist.exporters.json_list import render
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import Event, EventHub
from readinglist.services.ingest import CHUNK, ImportOptions, Verdict
from readinglist.services.jobs import Job, JobContext
from readinglist.services.undo import Undo
from tests.helpers.importing import job_context, look_at, open_ingest, take_in
from tests.helpers.library_factory import PaperFactory, render_page
from tests.helpers.papers import make_paper


def row(arxiv_id: str, title: str = "", **facts: Any) -> dict[str, Any]:
    comments = facts.pop("numComments", 0)
    paper = {
        "id": arxiv_id,
        "title": title or f"Paper {arxiv_id} about something",
        "summary": f"We write about {arxiv_id}.",
        "authors": [{"name": "Ada Author"}, {"name": "Ben Writer"}],
        "publishedAt": "2024-05-01T00:00:00.000Z",
        "submittedOnDailyAt": "2024-05-03T00:00:00.000Z",
        "upvotes": 3,
    }
    return {"paper": paper | facts, "numComments": comments}


def listing(*rows: dict[str, Any]) -> Drop:
    return Drop("text", json.dumps(list(rows)), "listing")


def papers(library: Library) -> list[Paper]:
    with library.read() as reader:
        return list(reader.papers.get_many(sorted(reader.papers.content_hashes())).values())


def everything(library: Library) -> object:
    with library.read() as reader:
        return papers(library), reader.tags.all(), reader.papers.counts(), reader.history.status()


def exported(*papers: Paper) -> Drop:
    return Drop("text", "".join(render(papers)), "export")


class StopAfter(JobContext):
    """A job that the reader stops after some looks at the button."""

    looks = 0

    @override
    def check_cancelled(self) -> None:
        StopAfter.looks -= 1
        if StopAfter.looks < 0:
            message = "Stopped."
            raise Cancelled(message)


def test_a_look_stores_nothing(library: Library) -> None:
    before = everything(library)
    preview = look_at(library, listing(row("2405.00001")))
    assert preview.count(Verdict.NEW) == 1
    assert everything(library) == before


def test_the_look_says_what_is_new_what_adds_something_and_what_is_known(library: Library) -> None:
    take_in(library, listing(row("2405.00001"), row("2405.00002")))
    preview = look_at(
        library,
        listing(row("2405.00001"), row("2405.00002", githubRepo="https://example.org/code"), row("2405.00003")),
    )
    assert [item.verdict for item in preview.items] == [Verdict.SAME, Verdict.UPDATE, Verdict.NEW]
    assert [item.note for item in preview.items] == ["", "adds code link", ""]
    assert [item.paper_id for item in preview.items] == [1, 2, None]
    assert {item.where for item in preview.items} == {"listing"}
    assert preview.formats == ("Hugging Face listing",)


def test_what_is_stored_is_what_was_promised(library: Library) -> None:
    take_in(library, listing(row("2405.00001"), row("2405.00002")))
    drop = listing(row("2405.00001"), row("2405.00002", upvotes=40), row("2405.00003"))
    preview = look_at(library, drop)
    report = open_ingest(library).commit(preview, ImportOptions(), job_context())
    assert (report.added, report.updated, report.unchanged) == (
        preview.count(Verdict.NEW),
        preview.count(Verdict.UPDATE),
        preview.count(Verdict.SAME),
    )
    assert report.papers == (1, 2, 3)


def test_new_papers_get_the_chosen_status_and_tags_and_known_ones_keep_theirs(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    options = ImportOptions(status=Status.TO_READ, tags=("survey", "ml/vision"))
    take_in(library, listing(row("2405.00001", upvotes=9), row("2405.00002")), options=options)
    known, new = papers(library)
    assert (known.status, known.tags, known.upvotes) == (Status.INBOX, (), 9)
    assert (new.status, new.tags) == (Status.TO_READ, ("ml/vision", "survey"))
    assert new.queue_position is not None


def test_all_papers_of_a_drop_are_put_into_the_chosen_collections_and_one_undo_takes_them_out(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    options = ImportOptions(collections=("Survey", "Thesis/One"))
    take_in(library, listing(row("2405.00001"), row("2405.00002")), options=options)
    assert [paper.collections for paper in papers(library)] == [("Survey", "Thesis/One")] * 2
    Undo(library, EventHub()).undo()
    assert [paper.collections for paper in papers(library)] == [()]


def test_what_the_reader_unticks_is_left_out(library: Library) -> None:
    drop = listing(*(row(f"2405.0000{number}") for number in range(1, 5)))
    report = take_in(library, drop, options=ImportOptions(skip=frozenset({0, 2})))
    assert report.added == 2
    assert [paper.identifier("arxiv") for paper in papers(library)] == ["2405.00002", "2405.00004"]


def test_leaving_everything_out_stores_nothing(library: Library) -> None:
    before = everything(library)
    report = take_in(library, listing(row("2405.00001")), options=ImportOptions(skip=frozenset({0})))
    assert (report.added, report.papers, bool(report.changes)) == (0, (), False)
    assert everything(library) == before


def test_the_assumed_year_can_be_changed_for_the_whole_import(library: Library, data: Path) -> None:
    take_in(library, data / "daily_papers.txt", options=ImportOptions(year=2026))
    dates = [str(paper.published) for paper in papers(library)]
    assert dates == ["2024-10-08", "None", "2026-05-18", "2026-10-14", "2024-12-05", "2026-02-28", "None"]


@pytest.mark.parametrize("looks", range(8))
def test_stopping_an_import_at_any_moment_stores_nothing(looks: int, library: Library, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(render_page(list(PaperFactory().drafts(900))), encoding="utf-8")
    preview = look_at(library, tmp_path / "page.txt")
    before = everything(library)
    StopAfter.looks = looks
    context = StopAfter(Job(job_id=0, label="", events=EventHub()))
    if looks >= 4:  # four chunks of 250
        assert open_ingest(library).commit(preview, ImportOptions(), context).added == 900
        return
    with pytest.raises(Cancelled):
        open_ingest(library).commit(preview, ImportOptions(), context)
    assert everything(library) == before
    assert library.check().is_sound


def test_importing_again_never_touches_what_the_reader_made(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    edit, ids = Edit(library, EventHub()), [PaperId(1)]
    edit.set_status(ids, Status.READ)
    edit.set_starred(ids, starred=True)
    edit.set_rating(ids, 4)
    edit.set_priority(ids, Priority.HIGH)
    edit.add_tags(ids, ["mine"])
    edit.set_note(ids[0], "My words.")
    (before,) = papers(library)
    fuller = row(
        "2405.00001", title="Another title", summary="Another abstract.", upvotes=99, organization={"name": "Lab"}
    )
    options = ImportOptions(status=Status.SKIPPED, tags=("theirs",))
    assert take_in(library, listing(fuller), options=options).updated == 1
    (after,) = papers(library)
    assert (after.organization, after.upvotes) == ("Lab", 99)
    same = replace(after, organization=None, upvotes=before.upvotes, mentions=before.mentions)
    assert same == before


def test_one_undo_takes_a_whole_import_back_and_redo_brings_it_again(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    before = everything(library)
    drop = listing(row("2405.00001", upvotes=50), *(row(f"2405.{number:05d}") for number in range(2, 40)))
    take_in(library, drop, options=ImportOptions(status=Status.TO_READ, tags=("new",)))
    after = papers(library)
    undo = Undo(library, EventHub())
    report = undo.undo()
    assert report is not None
    assert report.label == "Import 39 papers"
    assert everything(library)[:3] == before[:3]  # type: ignore[index]
    undo.redo()
    assert papers(library) == after
    assert library.check().is_sound


def test_all_papers_of_a_long_import_come_in_at_one_moment_in_the_order_of_the_listing(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    take_in(library, listing(*(row(f"2406.{number:05d}") for number in range(1, 301))))
    with library.read() as reader:
        latest = reader.search.ids(parse_query("is:latest"), Sort(SortKey.ADDED, descending=True))
    assert len({paper.added for paper in papers(library)}) == 2
    assert latest == [paper.id for paper in papers(library)[1:]]


def test_twins_inside_one_drop_are_one_paper(library: Library) -> None:
    drops = (
        listing(row("2405.00001", title="One paper in two listings", submittedOnDailyAt="2024-05-03T00:00:00.000Z")),
        Drop("text", "See arXiv:2405.00001 and arXiv:2405.00002.", "mail"),
        listing(row("2405.00001", title="One paper in two listings", upvotes=8)),
    )
    preview = look_at(library, *drops)
    assert [item.draft.title for item in preview.items] == ["One paper in two listings", ""]
    report = take_in(library, *drops)
    assert (report.added, report.papers) == (2, (1, 2))
    first, second = papers(library)
    assert {mention.source for mention in first.mentions} == {"huggingface", "text"}
    assert second.title == "arXiv:2405.00002"


def test_papers_that_share_an_identifier_only_through_a_third_do_not_stop_the_import(library: Library) -> None:
    csl = {"type": "article", "title": "Joined at last by this record", "DOI": "10.1000/x"}
    csl["URL"] = "https://arxiv.org/abs/2405.00001"
    drops = (Drop("text", "doi:10.1000/x and arXiv:2405.00001", "mail"), Drop("text", json.dumps([csl]), "record"))
    assert take_in(library, *drops).added == 1
    (paper,) = papers(library)
    assert set(paper.identifiers) == {Identifier("doi", "10.1000/x"), Identifier("arxiv", "2405.00001")}


def test_a_paper_known_by_its_title_alone_is_completed_when_it_is_found(library: Library, data: Path) -> None:
    take_in(library, data / "daily_papers.txt")
    title = "Walking Softly: Gait Learning for Legged Robots on Thin Ice"
    people = [{"name": f"Person {number}"} for number in range(7)]
    report = take_in(library, listing(row("2410.00001", title=title, authors=people)))
    assert (report.added, report.updated) == (0, 1)
    paper = papers(library)[0]
    assert (paper.identifier("arxiv"), len(paper.authors), paper.author_count) == ("2410.00001", 7, 7)
    assert str(paper.published) == "2024-10-08"


def test_a_title_with_another_number_of_authors_is_another_paper(library: Library, data: Path) -> None:
    take_in(library, data / "daily_papers.txt")
    page = (data / "daily_papers.txt").read_text(encoding="utf-8").replace("7 authors", "8 authors")
    report = take_in(library, Drop("text", page, "page"))
    assert (report.added, report.unchanged) == (1, 6)


def test_a_paper_in_the_bin_is_not_imported_a_second_time(library: Library) -> None:
    take_in(library, listing(row("2405.00001")))
    Edit(library, EventHub()).delete([PaperId(1)])
    (item,) = look_at(library, listing(row("2405.00001"))).items
    assert (item.verdict, item.note) == (Verdict.SAME, "is in the bin")
    report = take_in(library, listing(row("2405.00001")))
    assert (report.added, report.unchanged) == (0, 1)
    assert papers(library) == []


def test_numbers_of_a_listing_are_refreshed(library: Library) -> None:
    take_in(library, listing(row("2405.00001", upvotes=3, numComments=1)))
    (item,) = look_at(library, listing(row("2405.00001", upvotes=30, numComments=2))).items
    assert item.note == "upvotes: 3 → 30, comments: 1 → 2"
    take_in(library, listing(row("2405.00001", upvotes=30, numComments=2)))
    (paper,) = papers(library)
    assert (paper.upvotes, paper.comments, len(paper.mentions)) == (30, 2, 1)


def test_another_days_listing_is_another_mention(library: Library) -> None:
    for day in (3, 4):
        take_in(library, listing(row("2405.00001", submittedOnDailyAt=f"2024-05-0{day}T00:00:00.000Z")))
    (paper,) = papers(library)
    assert [mention.listed_on for mention in paper.mentions] == [date(2024, 5, 4), date(2024, 5, 3)]


def test_a_more_precise_date_is_taken_and_a_different_one_is_not(library: Library) -> None:
    def record(*parts: int) -> Drop:
        return Drop(
            "text", json.dumps([{"type": "a", "title": "T", "DOI": "10.1000/x", "issued": {"date-parts": [parts]}}])
        )

    take_in(library, record(2024))
    for parts, expected in (((2024, 5), "2024-05"), ((2023, 1, 1), "2024-05"), ((2024, 5, 7), "2024-05-07")):
        take_in(library, record(*parts))
        assert str(papers(library)[0].published) == expected


def test_the_library_may_change_between_the_look_and_the_import(library: Library) -> None:
    preview = look_at(library, listing(row("2405.00001"), row("2405.00002")))
    take_in(library, listing(row("2405.00001")))
    report = open_ingest(library).commit(preview, ImportOptions(), job_context())
    assert (report.added, report.unchanged) == (1, 1)


def test_an_import_tells_once_what_it_did(library: Library) -> None:
    heard: list[Event] = []
    events = EventHub()
    events.subscribe(heard.append)
    ingest = open_ingest(library, events=events)
    preview = ingest.preview([listing(row("2405.00001"))], job_context())
    assert heard == []
    report = ingest.commit(preview, ImportOptions(), job_context())
    (changes,) = [event for event in heard if isinstance(event, Changes)]
    assert changes == report.changes
    assert (changes.ids, changes.initiator) == (frozenset(report.papers), "import")
    assert {ChangeKind.ADDED, ChangeKind.HISTORY} <= changes.kinds


def test_the_documents_are_kept_as_they_were(library: Library, data: Path) -> None:
    take_in(library, data / "daily_papers.txt")
    take_in(library, data / "daily_papers.txt")
    (kept,) = (library.folder / "derived" / "documents").iterdir()
    assert gzip.decompress(kept.read_bytes()) == (data / "daily_papers.txt").read_bytes()


def test_a_partial_date_survives(library: Library) -> None:
    take_in(library, Drop("text", json.dumps([{"type": "a", "title": "T", "issued": {"date-parts": [[2024, 5]]}}])))
    assert papers(library)[0].published == PartialDate(2024, 5)


FINISHED = datetime(2025, 2, 1, tzinfo=UTC)
MADE = make_paper(
    1, status=Status.READ, finished=FINISHED, is_starred=True, priority=Priority.LOW, rating=4, tags=("ice", "ml"),
    collections=("Survey",), note="Mine.",
)  # fmt: skip


def test_papers_of_an_export_keep_what_was_made_of_them_and_are_one_step(library: Library) -> None:
    before = everything(library)
    take_in(library, exported(MADE, make_paper(2, title="Another")))
    known, other = papers(library)
    for name in ("status", "finished", "is_starred", "priority", "rating", "tags", "collections", "note"):
        assert getattr(known, name) == getattr(MADE, name)
    assert (other.status, other.tags, other.finished) == (Status.INBOX, (), None)
    Undo(library, EventHub()).undo()
    assert everything(library)[:3] == before[:3]  # type: ignore[index]


def test_of_two_entries_of_an_export_that_become_one_paper_all_is_kept(library: Library) -> None:
    twin = make_paper(2, title=MADE.title, status=Status.SKIPPED, rating=2, tags=("sea",), note="Mine too.")
    drop = exported(MADE, replace(twin, authors=MADE.authors, identifiers=MADE.identifiers, collections=("Thesis",)))
    take_in(library, drop)
    (paper,) = papers(library)
    assert (paper.status, paper.finished, paper.rating, paper.is_starred) == (Status.READ, FINISHED, 4, True)
    assert (paper.tags, paper.collections) == (("ice", "ml", "sea"), ("Survey", "Thesis"))
    assert paper.note == "Mine.\n\nMine too."


def test_the_queue_of_an_export_keeps_its_order(library: Library) -> None:
    queue = [
        make_paper(number, title=f"Title {number}", status=Status.TO_READ, queue_position=place)
        for number, place in ((1, 3.0), (2, 1.5), (3, 2.0))
    ]
    take_in(library, exported(*queue))
    places = {paper.title: paper.queue_position or 0.0 for paper in papers(library)}
    assert sorted(places, key=places.__getitem__) == ["Title 2", "Title 3", "Title 1"]


def test_a_long_queue_of_an_export_keeps_its_order_too(library: Library) -> None:
    numbers = range(CHUNK + 50)
    queue = [make_paper(one, title=f"Title {one}", status=Status.TO_READ, queue_position=-one) for one in numbers]
    take_in(library, exported(*queue))
    places = {paper.title: paper.queue_position or 0.0 for paper in papers(library)}
    assert sorted(places, key=places.__getitem__) == [f"Title {one}" for one in reversed(numbers)]


def test_a_status_that_was_chosen_for_new_papers_holds_for_those_of_an_export_too(library: Library) -> None:
    take_in(library, exported(MADE), options=ImportOptions(status=Status.TO_READ, tags=("late",)))
    (known,) = papers(library)
    assert (known.status, known.finished, known.rating) == (Status.TO_READ, None, 4)
    assert known.tags == ("ice", "late", "ml")


def test_what_was_made_of_papers_that_are_there_already_stays_as_it_is(library: Library) -> None:
    take_in(library, exported(make_paper(1)))
    take_in(library, exported(MADE))
    (known,) = papers(library)
    assert (known.status, known.rating, known.tags, known.note) == (Status.INBOX, 0, (), "")
