"""Everything the reader does to papers and tags: said once, undone and done again."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import UserError
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import Paper, PaperId, Priority, Status
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import Event, EventHub
from readinglist.services.undo import Undo
from tests.helpers.drafts import make_draft
from tests.helpers.undoing import assert_can_be_taken_back

IDS = [PaperId(number) for number in range(1, 6)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Five papers: the fourth is queued, the fifth lies in the bin, the first two are tagged."""
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(5)], status=Status.INBOX)
        writer.papers.set_status(IDS[2:4], Status.TO_READ)
        writer.papers.set_binned(IDS[4:], is_binned=True)
        writer.tags.put(IDS[:2], ["ml", "ml/vision"])
    yield library
    library.close()


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def events(heard: list[Event]) -> EventHub:
    hub = EventHub()
    hub.subscribe(heard.append)
    return hub


@pytest.fixture
def edit(library: Library, events: EventHub) -> Edit:
    return Edit(library, events)


def get(library: Library, paper_id: PaperId = IDS[0]) -> Paper:
    with library.read() as reader:
        return reader.papers.get(paper_id)


def content(library: Library) -> object:
    with library.read() as reader:
        return reader.papers.get_many(IDS), reader.tags.all(), reader.papers.counts(), reader.feedback.all()


EDITS: dict[str, tuple[Callable[[Edit], Changes], str, ChangeKind]] = {
    "status": (lambda edit: edit.set_status(IDS[:2], Status.READ), "Mark 2 papers as Read", ChangeKind.STATUS),
    "queue": (lambda edit: edit.set_status(IDS[:1], Status.TO_READ), "Mark 1 paper as To read", ChangeKind.STATUS),
    "star": (lambda edit: edit.set_starred(IDS[:3], starred=True), "Star 3 papers", ChangeKind.MARKS),
    "priority": (
        lambda edit: edit.set_priority(IDS[:1], Priority.HIGH),
        "Give 1 paper high priority",
        ChangeKind.MARKS,
    ),
    "rating": (lambda edit: edit.set_rating(IDS[:1], 4), "Rate 1 paper 4 of 5", ChangeKind.MARKS),
    "tags": (lambda edit: edit.add_tags(IDS[1:3], ["new", "ml"]), "Tag 2 papers", ChangeKind.TAGS),
    "untag": (lambda edit: edit.remove_tags(IDS[:2], ["ml"]), "Take 1 tag off 2 papers", ChangeKind.TAGS),
    "retag": (lambda edit: edit.change_tags(IDS[:3], ["new"], ["ml"]), "Change the tags of 3 papers", ChangeKind.TAGS),
    "retag by putting": (lambda edit: edit.change_tags(IDS[:3], ["new"], []), "Tag 3 papers", ChangeKind.TAGS),
    "retag by taking": (lambda edit: edit.change_tags(IDS[:2], [], ["ml"]), "Take 1 tag off 2 papers", ChangeKind.TAGS),
    "note": (lambda edit: edit.set_note(IDS[0], "Words; --'\n✓"), "Write a note", ChangeKind.NOTE),
    "move": (lambda edit: edit.move_in_queue([IDS[3]], IDS[2]), "Move 1 paper in the queue", ChangeKind.STATUS),
    "bin": (lambda edit: edit.delete(IDS[:2]), "Move 2 papers to the bin", ChangeKind.REMOVED),
    "restore": (lambda edit: edit.restore(IDS[4:]), "Take 1 paper out of the bin", ChangeKind.ADDED),
    "purge": (lambda edit: edit.purge(IDS[:1]), "Delete 1 paper for good", ChangeKind.REMOVED),
    "empty": (lambda edit: edit.empty_bin(), "Empty the bin", ChangeKind.REMOVED),
    "more": (
        lambda edit: edit.give_feedback(IDS[:2], Feedback.MORE),
        "More like 2 papers",
        ChangeKind.FEEDBACK,
    ),
    "hide": (
        lambda edit: edit.give_feedback(IDS[:1], Feedback.HIDE),
        "Hide 1 paper from For you",
        ChangeKind.FEEDBACK,
    ),
    "rename": (lambda edit: edit.rename_tag("ml", "ai"), "Rename the tag ml", ChangeKind.TAGS),
    "colour": (lambda edit: edit.set_tag_color("ml", "red"), "Colour the tag ml", ChangeKind.TAGS),
    "delete tag": (lambda edit: edit.delete_tag("ml"), "Delete the tag ml", ChangeKind.TAGS),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_edit_is_told_once_and_undone_and_done_again(name: str, library: Library) -> None:
    change, label, kind = EDITS[name]
    assert_can_be_taken_back(
        library, lambda: content(library), lambda events: change(Edit(library, events)), label, kind
    )


@pytest.mark.parametrize("name", ["status", "star", "tags", "bin", "more"])
def test_an_edit_that_changes_nothing_is_not_told_and_not_remembered(
    name: str, library: Library, edit: Edit, events: EventHub, heard: list[Event]
) -> None:
    change = EDITS[name][0]
    undo = Undo(library, events)
    change(edit)
    heard.clear()
    assert not change(edit)
    assert heard == []
    undo.undo()
    assert undo.status().undo_label is None


def test_an_edit_that_changes_nothing_leaves_what_can_be_done_again(library: Library, edit: Edit) -> None:
    undo = Undo(library, EventHub())
    edit.set_rating(IDS[:1], 3)
    undo.undo()
    edit.set_starred(IDS[:1], starred=False)
    assert undo.status().redo_label == "Rate 1 paper 3 of 5"
    edit.set_starred(IDS[:1], starred=True)
    assert undo.status().redo_label is None


def test_an_edit_of_no_paper_is_nothing(edit: Edit, heard: list[Event]) -> None:
    assert not edit.set_status([], Status.READ, initiator="list")
    assert heard == []


def test_feedback_is_taken_back_by_saying_it_again_of_papers_that_all_have_it(library: Library, edit: Edit) -> None:
    edit.give_feedback(IDS[:1], Feedback.LESS)
    changes, is_given = edit.toggle_feedback(IDS[:2], Feedback.LESS)
    assert (is_given, changes.ids) == (True, frozenset({IDS[1]}))
    changes, is_given = edit.toggle_feedback(IDS[:2], Feedback.LESS)
    assert (is_given, changes.ids) == (False, frozenset(IDS[:2]))
    assert Undo(library, EventHub()).status().undo_label == "Take back: Less like 2 papers"


def test_reading_time_is_told_and_is_no_step(library: Library, edit: Edit, heard: list[Event]) -> None:
    assert not edit.add_reading_time(IDS[0], 0)
    changes = edit.add_reading_time(IDS[0], 90)
    assert changes.kinds == {ChangeKind.FEEDBACK}
    assert heard == [changes]
    assert Undo(library, EventHub()).status().undo_label is None


def test_dates_follow_the_status(library: Library, edit: Edit) -> None:
    edit.set_status(IDS[:1], Status.READING)
    started = get(library).started
    assert started is not None
    edit.set_status(IDS[:1], Status.READ)
    paper = get(library)
    assert paper.started == started
    assert paper.finished is not None
    edit.set_status(IDS[:1], Status.READING)
    assert get(library).started == started


def test_leaving_the_queue_gives_up_the_place(library: Library, edit: Edit) -> None:
    edit.set_status(IDS[2:3], Status.SKIPPED)
    assert get(library, IDS[2]).queue_position is None
    edit.set_status(IDS[2:3], Status.TO_READ)
    last, first = get(library, IDS[2]).queue_position, get(library, IDS[3]).queue_position
    assert last is not None
    assert first is not None
    assert last > first


def test_a_place_in_the_queue_never_runs_out_of_room(library: Library, edit: Edit) -> None:
    edit.set_status(IDS[:2], Status.TO_READ)
    for turn in range(150):
        edit.move_in_queue([IDS[turn % 2]], IDS[3])
        order = [IDS[2], IDS[1 - turn % 2], IDS[turn % 2], IDS[3]]
        positions = [get(library, one).queue_position or 0 for one in order]
        if turn:
            assert positions == sorted(set(positions)), turn


def test_papers_are_put_to_the_front_and_to_the_end_of_the_queue(library: Library, edit: Edit) -> None:
    edit.set_status(IDS[:2], Status.TO_READ)

    def order() -> list[PaperId]:
        return sorted(IDS[:4], key=lambda one: get(library, one).queue_position or 0)

    for moved, before in ((1, 3), (4, 3), (2, 4), (1, 2), (3, 1), (3, None), (4, 1)):
        before_order = order()
        edit.move_in_queue([PaperId(moved)], None if before is None else PaperId(before))
        wanted = [one for one in before_order if one != moved]
        wanted.insert(len(wanted) if before is None else wanted.index(PaperId(before)), PaperId(moved))
        assert order() == wanted


def test_what_is_not_in_the_queue_gets_no_place_in_it(library: Library, edit: Edit) -> None:
    edit.move_in_queue([IDS[0], IDS[3]], IDS[2])
    assert get(library, IDS[0]).queue_position is None
    edit.move_in_queue([IDS[2]], IDS[1])
    assert (get(library, IDS[2]).queue_position or 0) > (get(library, IDS[3]).queue_position or 0)


@pytest.mark.parametrize("rating", [-1, 6])
def test_there_are_ratings_from_0_to_5(rating: int, edit: Edit) -> None:
    with pytest.raises(UserError, match="from 0 to 5"):
        edit.set_rating(IDS[:1], rating)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda edit: edit.add_tags(IDS[:1], ["  / "]), "A tag needs a name"),
        (lambda edit: edit.rename_tag("nothing", "x"), "There is no tag “nothing”"),
        (lambda edit: edit.rename_tag("ml", "ml/deep"), "cannot be moved below itself"),
        (lambda edit: edit.delete_tag("nothing"), "There is no tag"),
        (lambda edit: edit.set_tag_color("ml", "mauve"), "no tag colour “mauve”"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(
    change: Callable[[Edit], Changes], said: str, library: Library, edit: Edit, heard: list[Event]
) -> None:
    before = content(library)
    with pytest.raises(UserError, match=said):
        change(edit)
    assert content(library) == before
    assert heard == []


def test_renaming_a_tag_takes_its_children_along_and_merges_with_an_existing_one(library: Library, edit: Edit) -> None:
    edit.add_tags(IDS[2:3], ["ai/vision"])
    edit.rename_tag("ml", "ai")
    with library.read() as reader:
        assert [(tag.name, tag.count) for tag in reader.tags.all()] == [("ai", 2), ("ai/vision", 3)]


def refused(library: Library) -> list[frozenset[str]]:
    with library.read() as reader:
        return [reader.feedback.refused_tags(one) for one in IDS[:4]]


def test_putting_on_a_tag_takes_back_that_it_was_refused_in_the_same_step(library: Library, edit: Edit) -> None:
    edit.refuse_tag(IDS[:4], "optics")
    edit.refuse_tag(IDS[:4], "optics/lenses")
    changes = edit.add_tags(IDS[:2], [" optics "])
    assert {ChangeKind.TAGS, ChangeKind.FEEDBACK} <= changes.kinds
    assert refused(library) == [{"optics/lenses"}] * 2 + [{"optics", "optics/lenses"}] * 2
    Undo(library, EventHub()).undo()
    assert refused(library) == [{"optics", "optics/lenses"}] * 4
    assert "optics" not in get(library).tags


REFUSALS: dict[str, tuple[Callable[[Edit], Changes], list[set[str]]]] = {
    "renamed": (lambda edit: edit.rename_tag("ml", "ai"), [set(), {"mlops"}, {"ai", "ai/vision"}, {"ai"}]),
    "moved up": (lambda edit: edit.rename_tag("ml/vision", "ml"), [set(), {"mlops"}, {"ml"}, {"ml"}]),
    "merged": (lambda edit: edit.rename_tag("mlops", "ml"), [set(), set(), {"ml", "ml/vision"}, set()]),
    "kept": (lambda edit: edit.rename_tag("ml", "ml"), [set(), {"mlops"}, {"ml", "ml/vision"}, {"ml"}]),
    "deleted": (lambda edit: edit.delete_tag("ml"), [set(), {"mlops"}, set(), set()]),
    "another deleted": (lambda edit: edit.delete_tag("mlops"), [set(), set(), {"ml", "ml/vision"}, {"ml"}]),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_what_is_said_against_a_tag_goes_where_the_tag_goes(name: str, library: Library, edit: Edit) -> None:
    edit.add_tags(IDS[3:4], ["mlops"])
    edit.refuse_tag(IDS[1:2], "mlops")
    edit.refuse_tag(IDS[2:4], "ml")
    edit.refuse_tag(IDS[2:3], "ml/vision")
    edit.set_starred(IDS[:1], starred=True)
    before = refused(library)
    change, after = REFUSALS[name]
    undo = Undo(library, EventHub())
    change(edit)
    assert refused(library) == after
    undo.undo()
    assert refused(library) == before
    undo.redo()
    assert refused(library) == after


def test_what_a_merged_tag_was_put_on_is_said_nothing_against_any_more(library: Library, edit: Edit) -> None:
    edit.add_tags(IDS[2:3], ["ai"])
    edit.refuse_tag(IDS[2:3], "ml")
    edit.rename_tag("ml", "ai")
    assert refused(library)[2] == set()


def test_a_note_that_is_typed_without_a_pause_is_one_step(library: Library, edit: Edit) -> None:
    undo = Undo(library, EventHub())
    for text in ("F", "Fi", "Fin", "Fine."):
        edit.set_note(IDS[0], text)
    edit.set_note(IDS[1], "Other.")
    undo.undo()
    assert (get(library, IDS[0]).note, get(library, IDS[1]).note) == ("Fine.", "")
    undo.undo()
    assert get(library, IDS[0]).note == ""


def test_what_is_no_letter_does_not_keep_a_note_from_being_written(library: Library, edit: Edit) -> None:
    edit.set_note(IDS[0], "Half \ud83d of a pair, a whole one 😀.")
    assert get(library).note == "Half ? of a pair, a whole one 😀."


def test_with_nothing_to_undo_nothing_is_told(library: Library, events: EventHub, heard: list[Event]) -> None:
    undo = Undo(library, events)
    assert undo.undo() is None
    assert undo.redo() is None
    assert heard == []


def test_a_long_history_is_undone_to_the_beginning(library: Library, edit: Edit) -> None:
    undo = Undo(library, EventHub())
    before = content(library)
    for number in range(150):
        EDITS[list(EDITS)[number % 10]][0](edit)
    steps = 0
    while undo.undo():
        steps += 1
    assert steps >= 10
    assert content(library) == before
    while undo.redo():
        steps -= 1
    assert steps == 0
