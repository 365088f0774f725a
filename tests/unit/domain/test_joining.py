"""What entries of one work are as one paper: which version leads, what is filled in, what the reader made."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from readinglist.domain.annotation import Annotation, AnnotationColour, AnnotationKind
from readinglist.domain.dates import PartialDate
from readinglist.domain.feedback import Feedback
from readinglist.domain.files import UNSEEN, FiledAnnotation, PaperFile
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import Entry, Joined, join
from readinglist.domain.joining_marks import STATUSES
from readinglist.domain.joining_wording import facts_text, lines_of, made_text
from readinglist.domain.pages import Rect
from readinglist.domain.paper import Mention, Paper, PaperId, Priority, Status
from tests.helpers.papers import make_paper

NOW = datetime(2025, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ARXIV, DOI, BIORXIV = (
    Identifier("arxiv", "2405.00001"),
    Identifier("doi", "10.1145/1"),
    Identifier("doi", "10.1101/2024.05.01.1"),
)
WHOLE = "We study sparse examples, and find that a few of them are enough. " * 5


def joined(*facts: dict[str, Any], leading: int | None = None) -> Joined:
    """Join entries of one work, numbered from 1; each says what it has."""
    entries = [Entry(paper=make_paper(number, **told)) for number, told in enumerate(facts, start=1)]
    return join(entries, None if leading is None else PaperId(leading))


def paper(*facts: dict[str, Any], leading: int | None = None) -> Paper:
    return joined(*facts, leading=leading).paper


PREPRINT = {"title": "The preprint", "venue": "arXiv", "published": PartialDate(2024, 5, 2), "identifiers": (ARXIV,)}
PUBLISHED = {"title": "The paper", "venue": "A Journal", "published": PartialDate(2025), "identifiers": (DOI,)}


def test_the_published_version_leads_and_all_identifiers_stay() -> None:
    whole = joined(PREPRINT, PUBLISHED)
    assert (whole.paper.id, whole.leading, whole.gone) == (1, 2, (2,))
    assert (whole.paper.title, whole.paper.venue, whole.paper.published) == (
        "The paper",
        "A Journal",
        PartialDate(2025),
    )
    assert set(whole.paper.identifiers) == {ARXIV, DOI}


def test_the_reader_may_let_another_version_lead_which_is_filled_in_all_the_same() -> None:
    whole = paper({**PREPRINT, "venue": None}, PUBLISHED, leading=1)
    assert (whole.title, whole.published, whole.venue) == ("The preprint", PartialDate(2024, 5, 2), "A Journal")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"venue": "arXiv preprint arXiv:2405.1"}, {"venue": "NeurIPS"}),
        ({"venue": None, "identifiers": (BIORXIV,)}, {"venue": None, "identifiers": (DOI,)}),
        ({"venue": "bioRxiv", "identifiers": (BIORXIV,)}, {"identifiers": (Identifier("acl", "2024.acl-long.1"),)}),
    ],
)
def test_what_is_published_is_told_by_venue_and_identifiers(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert joined(first, second).leading == 2
    assert joined(second, first).leading == 1


def test_a_title_that_only_stands_in_for_an_unknown_one_never_leads() -> None:
    whole = joined({"title": "doi:10.1145/1", "venue": "A Journal"}, {"title": "A real title"})
    assert (whole.paper.title, whole.leading) == ("A real title", 2)


def test_the_doi_of_what_was_published_comes_first() -> None:
    preprint = {"identifiers": (BIORXIV, Identifier("openalex", "W1"), DOI), "venue": "A Journal"}
    assert paper(preprint, {"identifiers": ()}).identifier("doi") == DOI.value


def test_the_longer_list_of_authors_stays_and_the_largest_number_of_them() -> None:
    whole = paper({"authors": ("A. One", "B. Two"), "author_count": 7}, {"authors": ("A. One",), "author_count": 1})
    assert (whole.authors, whole.author_count) == (("A. One", "B. Two"), 7)


@pytest.mark.parametrize("stub", ["", "We study…", f"{WHOLE}...", "We study sparse examples."])
def test_a_whole_abstract_is_better_than_a_beginning(stub: str) -> None:
    assert paper({"venue": "A Journal", "abstract": stub}, {"abstract": WHOLE}).abstract == WHOLE


def test_of_whole_abstracts_that_of_the_leading_version_stays_and_of_beginnings_the_longest() -> None:
    assert paper({"abstract": f"{WHOLE}!"}, {"venue": "A Journal", "abstract": WHOLE}).abstract == WHOLE
    assert paper({"venue": "A Journal", "abstract": "We…"}, {"abstract": "We study…"}).abstract == "We study…"


def test_a_date_is_made_more_precise_but_never_another() -> None:
    dates = (PartialDate(2025), PartialDate(2024, 5, 2), PartialDate(2025, 3))
    assert paper(*({"published": day} for day in dates)).published == PartialDate(2025, 3)


def test_a_listing_is_named_once_with_its_largest_numbers() -> None:
    def said(upvotes: int | None, comments: int | None, day: int = 1) -> tuple[Mention, ...]:
        return (Mention(source="x", origin="a", listed_on=date(2024, 6, day), upvotes=upvotes, comments=comments),)

    whole = paper(
        {"mentions": said(5, 3), "upvotes": 5},
        {"mentions": said(9, None), "upvotes": 9},
        {"mentions": said(1, 1, day=2), "upvotes": 1},
    )
    assert whole.mentions == (*said(1, 1, day=2), *said(9, 3))
    assert whole.upvotes == 9


@pytest.mark.parametrize("place", range(1, len(STATUSES)))
def test_the_furthest_decision_stands(place: int) -> None:
    assert paper({"status": STATUSES[place]}, {"status": STATUSES[place - 1]}).status is STATUSES[place - 1]


def test_dates_marks_and_the_place_in_the_queue() -> None:
    whole = paper(
        {"added": NOW, "started": NOW, "status": Status.TO_READ, "queue_position": 9.0, "rating": 2},
        {"added": NOW - DAY, "started": NOW - DAY, "finished": NOW, "priority": Priority.HIGH},
        {"added": NOW, "finished": NOW + DAY, "status": Status.TO_READ, "queue_position": 3.0, "is_starred": True},
    )
    assert (whole.added, whole.started, whole.finished) == (NOW - DAY, NOW - DAY, NOW + DAY)
    assert (whole.status, whole.queue_position) == (Status.TO_READ, 3.0)
    assert (whole.is_starred, whole.priority, whole.rating) == (True, Priority.HIGH, 2)


def test_the_number_stays_of_the_entry_with_which_most_was_done_else_of_the_oldest() -> None:
    assert joined({"note": "A note."}, {"tags": ("a", "b")}).paper.id == 2
    assert joined({"added": NOW}, {"added": NOW - DAY}).paper.id == 2
    assert joined({"added": NOW}, {"added": NOW}).paper.id == 1


def test_notes_stand_below_each_other_that_of_the_kept_one_first_and_the_same_only_once() -> None:
    notes = ["Second.", "First.\n\nLonger.", "Longer.", "Second."]
    told = [{"note": note, "tags": ("a",) if note.startswith("First") else ()} for note in notes]
    assert paper(*told).note == "First.\n\nLonger.\n\nSecond."


def test_of_what_cannot_hold_at_once_the_newest_word_holds() -> None:
    first = Entry(paper=make_paper(1), said={Feedback.MORE: NOW, Feedback.HIDE: NOW})
    second = Entry(paper=make_paper(2), said={Feedback.LESS: NOW + DAY, Feedback.HIDE: NOW - DAY})
    assert join([first, second]).whole.said == {Feedback.LESS: NOW + DAY, Feedback.HIDE: NOW}


def drawn(number: int, uid: str, *, top: float = 0, sha256: str = "a", **facts: Any) -> FiledAnnotation:
    mark = Annotation(uid=uid, kind=AnnotationKind.HIGHLIGHT, page=1, rects=(Rect(0, top, 9, top + 9),), **facts)
    return FiledAnnotation(paper_id=PaperId(number), sha256=sha256, annotation=mark)


def test_one_mark_that_two_entries_have_is_one_with_what_was_written_on_both() -> None:
    first = drawn(1, "u", comment="Why?", tags=("a",), created=NOW, modified=NOW)
    second = drawn(2, "u", comment="Because.", tags=("b",), modified=NOW + DAY, colour=AnnotationColour.PINK)
    for entries in ([first], [second]), ([second], [first]):
        (one,) = join(
            [Entry(paper=make_paper(some[0].paper_id), annotations=tuple(some)) for some in entries]
        ).whole.annotations
        mark = one.annotation
        assert (mark.comment, mark.tags, mark.colour) == ("Because.\n\nWhy?", ("b", "a"), AnnotationColour.PINK)
        assert (mark.created, mark.modified) == (NOW, NOW + DAY)


@pytest.mark.parametrize("other", [{"top": 50}, {"sha256": "b"}])
def test_two_marks_of_one_name_both_stay_under_different_names(other: dict[str, Any]) -> None:
    entries = [
        Entry(paper=make_paper(1), annotations=(drawn(1, "u"),)),
        Entry(paper=make_paper(2), annotations=(drawn(2, "u", **other),)),
    ]
    first, second = join(entries).whole.annotations
    assert first.annotation.uid == "u" != second.annotation.uid
    assert join(entries).whole.annotations == (first, second), "the same names each time"


def file_of(number: int, sha256: str, added: datetime) -> PaperFile:
    return PaperFile(
        paper_id=PaperId(number),
        path=f"files/{sha256}.pdf",
        sha256=sha256,
        size_bytes=1,
        is_linked=False,
        media_type="application/pdf",
        facts=UNSEEN,
        added=added,
    )


def test_a_content_that_two_have_is_one_file_and_the_first_pdf_is_that_which_came_first() -> None:
    entries = [
        Entry(paper=make_paper(1, pdf="/a.pdf"), files=(file_of(1, "a", NOW), file_of(1, "b", NOW))),
        Entry(paper=make_paper(2, pdf="/b.pdf"), files=(file_of(2, "b", NOW - DAY),)),
    ]
    whole = join(entries)
    assert [one.sha256 for one in whole.whole.files] == ["a", "b"]
    assert whole.paper.pdf == "/b.pdf"


@pytest.mark.parametrize(
    ("first", "second", "doubts"),
    [
        ({}, {"identifiers": (ARXIV,)}, ()),
        ({"identifiers": (BIORXIV,)}, {"identifiers": (DOI,)}, ()),
        (
            {"identifiers": (ARXIV,)},
            {"identifiers": (Identifier("arxiv", "2401.00007"),)},
            ("They have different arXiv ids: 2401.00007 and 2405.00001.",),
        ),
        (
            {"identifiers": (DOI,)},
            {"identifiers": (Identifier("doi", "10.1145/2"),)},
            ("They have different DOIs: 10.1145/1 and 10.1145/2.",),
        ),
        ({"authors": ("Ada One",)}, {"authors": ("Ben Two",)}, ("They have no author in common.",)),
        ({"authors": ("Ada One",)}, {"authors": ()}, ()),
        (
            {"title": "Learning from sparse examples", "published": PartialDate(2019)},
            {"title": "Learning from dense examples", "published": PartialDate(2024)},
            ("Their titles differ, and they were published in 2019 and 2024.",),
        ),
        (
            {"title": "Graph networks for molecules"},
            {"title": "A survey of readers"},
            ("Their titles have hardly a word in common.",),
        ),
        ({"title": "arXiv:2405.00001"}, {"title": "A survey of readers"}, ()),
    ],
)
def test_what_speaks_against_one_work_is_said(
    first: dict[str, Any], second: dict[str, Any], doubts: tuple[str, ...]
) -> None:
    alone = {"identifiers": ()}
    assert joined({**alone, **first}, {**alone, **second}).doubts == doubts


def test_the_plan_says_what_comes_from_where() -> None:
    lines = {
        line.label: (line.text, line.papers)
        for line in lines_of(joined({**PREPRINT, "tags": ("a",), "abstract": WHOLE}, {**PUBLISHED, "is_starred": True}))
    }
    assert lines["Title"] == ("The paper", (2,))
    assert lines["Authors"] == ("Ada Author, Ben Writer", ())
    assert lines["Published"] == ("2025", (2,))
    assert lines["Identifiers"] == ("DOI 10.1145/1, arXiv 2405.00001", ())
    assert lines["Abstract"][0].endswith("…")
    assert lines["Abstract"][1] == (1,)
    assert lines["Status"] == ("Inbox · starred", (2,))
    assert lines["Tags"] == ("a", (1,))
    assert "Note" not in lines


def test_an_entry_is_described_by_where_it_appeared_and_what_was_made_of_it() -> None:
    assert facts_text(make_paper(1, **PREPRINT)).replace("\u00a0", " ") == "arXiv · 2 May 2024 · arXiv 2405.00001"
    assert facts_text(make_paper(1, identifiers=(), published=None)) == "Without date, venue or identifier"
    entry = Entry(paper=make_paper(1, tags=("a", "b"), note="x", rating=3), annotations=(drawn(1, "u"),))
    assert made_text(entry) == "Inbox · rated 3 of 5 · 2 tags · a note · 1 annotation"
