"""What the reader decided, when, and what of it is no decision."""

from datetime import UTC, datetime, timedelta

import pytest

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.changes import ChangeKind
from readinglist.domain.decision import Decision, DecisionKind
from readinglist.domain.feedback import Feedback
from readinglist.domain.pages import Rect
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft

LONG_AGO = "2020-01-01T00:00:00.000+00:00"


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    with library.write("Import 3 papers") as writer:
        return writer.papers.add_many([make_draft(number) for number in range(3)], status=Status.INBOX)


def decided(library: Library, *chosen: PaperId) -> dict[DecisionKind, Decision]:
    """What was decided about some papers, or all, by kind."""
    with library.read() as reader:
        found = reader.decisions.of(chosen) if chosen else reader.decisions.all()
    return {one.kind: one for one in found}


def age(library: Library) -> None:
    """Let all decisions be old."""
    with library.open()._engine.connect() as connection:
        connection.exec_driver_sql("UPDATE decision SET decided = ?", (LONG_AGO,))


def test_everything_that_a_reader_does_is_a_decision_of_this_moment(library: Library, ids: list[PaperId]) -> None:
    with library.write("Do everything") as writer:
        writer.papers.set_status(ids[:1], Status.READING)
        writer.papers.set_values(ids[:1], {"is_starred": True, "rating": 2, "note": "Hm."})
        writer.tags.put(ids[:1], ["a", "b"])
        writer.collections.put(ids[:1], ["a", "b", "c"])
        writer.feedback.put(ids[:1], Feedback.MORE)
    found = decided(library, ids[0])
    expected = {"reading": 1, "starred": 1, "rated": 2, "noted": 1, "tagged": 2, "collected": 3, "more": 1}
    assert {kind.value: one.amount for kind, one in found.items()} == expected
    now = datetime.now(UTC)
    assert all(one.at_utc is not None and abs(now - one.at_utc) < timedelta(minutes=1) for one in found.values())
    assert decided(library, *ids[1:]) == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.TO_READ, DecisionKind.QUEUED),
        (Status.READING, DecisionKind.READING),
        (Status.READ, DecisionKind.READ),
        (Status.SKIPPED, DecisionKind.SKIPPED),
    ],
)
def test_every_status_but_the_inbox_is_a_decision(
    library: Library, ids: list[PaperId], status: Status, kind: DecisionKind
) -> None:
    with library.write("Mark") as writer:
        writer.papers.set_status(ids, status)
    assert set(decided(library)) == {kind}
    with library.write("Mark") as writer:
        writer.papers.set_status(ids, Status.INBOX)
    assert decided(library) == {}


def test_what_an_import_gives_all_its_papers_is_no_decision_about_one(library: Library) -> None:
    with library.write("Import 2 papers") as writer:
        ids = writer.papers.add_many([make_draft(7), make_draft(8)], status=Status.TO_READ)
        writer.tags.put(ids, ["listing"])
        writer.collections.put(ids, ["Survey"])
    assert [one.at_utc for one in decided(library).values()] == [None]  # waits to be read, decided by nobody
    with library.write("Tag 1 paper") as writer:
        writer.tags.put(ids[:1], ["vision"])
    assert decided(library, ids[0])[DecisionKind.TAGGED].amount == 2
    assert DecisionKind.TAGGED not in decided(library, ids[1])
    with library.write("Put 1 paper into Thesis") as writer:
        writer.collections.put(ids[1:], ["Thesis"])
    assert decided(library, ids[1])[DecisionKind.COLLECTED].amount == 2
    assert DecisionKind.COLLECTED not in decided(library, ids[0])


def test_what_was_taken_out_of_all_collections_is_no_decision_any_more(library: Library, ids: list[PaperId]) -> None:
    with library.write("Put 1 paper into Survey") as writer:
        writer.collections.put(ids[:1], ["Survey"])
    assert set(decided(library)) == {DecisionKind.COLLECTED}
    with library.write("Take 1 paper out of Survey") as writer:
        writer.collections.take(ids[:1], ["Survey"])
    assert decided(library) == {}


def test_undo_takes_a_decision_back_with_its_time(library: Library, ids: list[PaperId]) -> None:
    with library.write("Mark 1 paper as To read") as writer:
        writer.papers.set_status(ids[:1], Status.TO_READ)
    age(library)
    with library.write("Mark 1 paper as Skipped") as writer:
        writer.papers.set_status(ids[:1], Status.SKIPPED)
    skipped = decided(library)[DecisionKind.SKIPPED]
    library.step_back()
    assert decided(library) == {
        DecisionKind.QUEUED: Decision(
            paper_id=ids[0], kind=DecisionKind.QUEUED, at_utc=datetime.fromisoformat(LONG_AGO)
        )
    }
    library.step_forward()
    assert decided(library)[DecisionKind.SKIPPED] == skipped


def test_a_paper_in_the_bin_decides_nothing_until_it_is_put_back(library: Library, ids: list[PaperId]) -> None:
    with library.write("Read it, annotate it, throw it away") as writer:
        writer.papers.set_status(ids[:1], Status.READ)
        mark = Annotation(uid="", kind=AnnotationKind.HIGHLIGHT, page=1, rects=(Rect(1, 1, 2, 2),))
        writer.annotations.add(ids[0], "f" * 64, [mark])
        writer.decisions.add_time(ids[0], 600)
        writer.papers.set_binned(ids[:1], is_binned=True)
    assert decided(library) == {}
    with library.write("Put it back") as writer:
        writer.papers.set_binned(ids[:1], is_binned=False)
    assert set(decided(library)) == {DecisionKind.READ, DecisionKind.ANNOTATED, DecisionKind.TIME_SPENT}


def test_time_adds_up_and_a_glance_does_not_count(library: Library, ids: list[PaperId]) -> None:
    with library.write(None) as writer:
        writer.decisions.add_time(ids[0], 40)
    assert decided(library) == {}
    with library.write(None) as writer:
        writer.decisions.add_time(ids[0], 50)
    assert writer.changes.kinds == {ChangeKind.FEEDBACK}
    assert decided(library)[DecisionKind.TIME_SPENT].amount == 1.5
    with library.read() as reader:
        assert (reader.decisions.time_spent_s(ids[0]), reader.decisions.time_spent_s(ids[1])) == (90, 0)


def test_more_and_less_exclude_each_other_and_hiding_goes_with_either(library: Library, ids: list[PaperId]) -> None:
    with library.write("More like 2 papers") as writer:
        writer.feedback.put(ids[:2], Feedback.MORE)
        writer.feedback.put(ids[:1], Feedback.HIDE)
    assert writer.changes.kinds == {ChangeKind.FEEDBACK, ChangeKind.HISTORY}
    assert writer.changes.ids == set(ids[:2])
    with library.write("Less like 1 paper") as writer:
        writer.feedback.put(ids[:1], Feedback.LESS)
    with library.read() as reader:
        assert reader.feedback.of(ids) == {ids[0]: {Feedback.LESS, Feedback.HIDE}, ids[1]: {Feedback.MORE}}
    library.step_back()
    with library.write("Show 1 paper in For you again") as writer:
        writer.feedback.take(ids, Feedback.HIDE)
    with library.read() as reader:
        assert reader.feedback.all() == {ids[0]: {Feedback.MORE}, ids[1]: {Feedback.MORE}}
