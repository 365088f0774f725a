"""For you in the window, as a reader uses it: a real library, an encoder that counts words."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.app import bootstrap
from readinglist.app.bootstrap import Places
from readinglist.app.settings import FOR_YOU_SURPRISE, INDEX_AUTOMATICALLY
from readinglist.app.workspace import Workspace
from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Asked, ForYou
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort
from readinglist.domain.raw import Drop
from readinglist.similarity.fake import FakeEncoder
from readinglist.ui import theme
from readinglist.ui.dialogs.review import ReviewDialog
from readinglist.ui.dialogs.why import WhyDialog
from readinglist.ui.main_window import MainWindow
from readinglist.ui.models.paper_table import WHY_ROLE
from readinglist.ui.models.scope import FOR_YOU, INBOX, tag_scope
from readinglist.ui.panes.for_you import ForYouList
from readinglist.ui.widgets.suggested_tags import GhostChip
from tests.helpers.importing import job_context
from tests.helpers.recommending import EACH, SUBJECTS, make_subject_draft
from tests.helpers.ui_input import click, press, type_text
from tests.helpers.ui_window import focused, open_window

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def workspace(qapp: QApplication) -> Iterator[Workspace]:
    theme.apply(qapp, "light")
    places: Places = bootstrap.find_places(None)
    places.settings.set(INDEX_AUTOMATICALLY, value=False)
    places.settings.set(FOR_YOU_SURPRISE, 0)
    workspace = bootstrap.open_workspace(places, encoder=lambda _: FakeEncoder())
    with workspace.library.write(None) as writer:
        for subject in SUBJECTS:
            drafts = [make_subject_draft(subject, number) for number in range(EACH)]
            writer.papers.add_many(drafts, status=Status.INBOX)
    workspace.indexing.build(job_context())
    yield workspace
    workspace.close()


@pytest.fixture
def subjects() -> dict[PaperId, str]:
    """The subject of each paper."""
    return {PaperId(place * EACH + one + 1): name for place, name in enumerate(SUBJECTS) for one in range(EACH)}


@pytest.fixture
def read(workspace: Workspace) -> list[PaperId]:
    """Papers about decoding that were read before the window opens."""
    ids = [PaperId(number) for number in range(1, 5)]
    workspace.edit.set_status(ids, Status.READ)
    return ids


@pytest.fixture
def window(workspace: Workspace, read: list[PaperId], qtbot: QtBot) -> Iterator[MainWindow]:
    yield from open_window(workspace, qtbot)


def for_you(window: MainWindow) -> ForYouList:
    return window.handlers.recommending.list


def shown(window: MainWindow) -> list[PaperId]:
    return list(window.papers.model.ids)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until everything that was decided is written, and the list has followed."""

    def is_still() -> bool:
        return not window.papers.query.is_waiting and not window._workspace.jobs.running()  # type: ignore[attr-defined]

    for _ in range(3):  # a change comes after its write, and an answer after the change
        qtbot.waitUntil(is_still)
        QApplication.processEvents()


def undo(window: MainWindow, qtbot: QtBot) -> None:
    """Take the last step back, once the window knows of it."""
    qtbot.waitUntil(window.actions_["undo"].isEnabled)
    press(focused(), Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)


def enter(window: MainWindow, qtbot: QtBot) -> list[PaperId]:
    """Show For you with the key, and return what it lists."""
    press(focused(), Key.Key_F)
    qtbot.waitUntil(lambda: window.papers.scope == FOR_YOU and not window.papers.query.is_waiting)
    settle(window, qtbot)
    return shown(window)


def test_for_you_lists_unread_papers_with_their_reasons_and_what_they_go_by(
    window: MainWindow, read: list[PaperId], subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    ids = enter(window, qtbot)
    assert subjects[ids[0]] == "decoding"
    assert not set(ids) & set(read)
    assert window.sidebar.tree.currentIndex() == window.sidebar.model.index_of(FOR_YOU.query)
    assert window.papers.current == ids[0]
    bar = for_you(window).bar
    assert bar.isVisible()
    assert bar.basis.text() == "From what you did with 4 papers"
    qtbot.waitUntil(lambda: window.papers.model.reason_of(ids[-1]) is not None)
    why = window.papers.model.index(0, 0).data(WHY_ROLE)
    assert why.text.startswith("Near “Speculative decoding")


def test_while_the_first_answer_takes_long_no_other_list_is_shown_in_its_place(
    window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    may_answer = threading.Event()
    answer = workspace.recommend.for_you

    def answer_late(asked: Asked, sort: Sort) -> ForYou:
        may_answer.wait(30)
        return answer(asked, sort)

    monkeypatch.setattr(workspace.recommend, "for_you", answer_late)
    press(focused(), Key.Key_F)
    qtbot.waitUntil(lambda: not shown(window))
    assert window.papers.current is None
    assert window.detail.paper is None
    bar = for_you(window).bar
    assert (bar.notice.text(), bar.progress.maximum()) == ("Looking through your unread papers…", 0)
    assert bar.progress.isVisible()
    assert window.papers.bar.findChild(QLabel, "list-title").text() == "For you"  # type: ignore[union-attr]
    may_answer.set()
    qtbot.waitUntil(lambda: shown(window)[:1] == [window.papers.current])
    settle(window, qtbot)
    assert not bar.progress.isVisible()
    assert "Looking" not in bar.notice.text()
    assert bar.slider.isVisible()


def test_a_first_guess_gives_way_to_the_answer_that_knows_the_words(
    window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer = workspace.recommend.for_you
    is_counting = [True]

    def guess(asked: Asked, sort: Sort) -> ForYou:
        known = answer(asked, sort)
        return replace(known, ids=known.ids[::-1], is_rough=True) if is_counting[0] and not asked.kept else known

    monkeypatch.setattr(workspace.recommend, "for_you", guess)
    guessed = enter(window, qtbot)
    press(focused(), Key.Key_J)
    is_counting[0] = False
    workspace.events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))
    qtbot.waitUntil(lambda: not for_you(window)._retry.isActive())
    settle(window, qtbot)
    assert shown(window)[:3] == guessed[:3], "the reader has gone on in it"
    assert window.papers.current == guessed[1]
    is_counting[0] = True
    assert enter(window, qtbot) == guessed
    is_counting[0] = False
    workspace.events.publish(Changes(kinds=frozenset({ChangeKind.VECTORS})))
    qtbot.waitUntil(lambda: shown(window) == guessed[::-1])
    settle(window, qtbot)
    assert window.papers.current == guessed[-1]


def test_when_all_is_known_what_kept_its_place_is_ranked_anew_if_the_reader_wants_it(
    window: MainWindow, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answer = workspace.recommend.for_you
    is_early = [True]

    def rank(asked: Asked, sort: Sort) -> ForYou:
        known = answer(asked, sort)
        return (
            replace(known, ids=known.ids[::-1], notice="Not complete yet.")
            if is_early[0]
            else replace(known, notice="")
        )

    monkeypatch.setattr(workspace.recommend, "for_you", rank)
    early = enter(window, qtbot)
    bar = for_you(window).bar
    assert not bar.again.isVisible()
    is_early[0] = False
    window.papers.query.repeat()
    qtbot.waitUntil(bar.again.isVisible)
    settle(window, qtbot)
    assert shown(window)[0] == early[0], "the reader looks at it"
    click(bar.again)
    qtbot.waitUntil(lambda: shown(window) == early[::-1])
    settle(window, qtbot)
    assert window.papers.current == early[-1]
    assert not bar.again.isVisible()


@pytest.mark.parametrize("is_clicked", [True, False], ids=["the toast", "the key"])
def test_what_has_just_come_in_is_ranked_with_one_click_or_one_key(
    window: MainWindow, workspace: Workspace, is_clicked: bool, qtbot: QtBot
) -> None:
    drafts = [make_subject_draft("decoding", EACH + number) for number in range(4)]
    listed = [
        {"paper": {"id": f"2501.0000{place}", "title": one.title, "summary": one.abstract}}
        for place, one in enumerate(drafts)
    ]
    window.handlers.imports.review([Drop("text", json.dumps(listed), "listing")])
    qtbot.waitUntil(lambda: window.findChild(ReviewDialog) is not None)
    window.findChild(ReviewDialog).accept()  # type: ignore[union-attr]
    qtbot.waitUntil(window.toast.isVisible)
    assert window.toast.text == "Papers: 4 added."
    settle(window, qtbot)
    if is_clicked:
        click(window.toast.findChild(QPushButton, "toast-offer"))  # type: ignore[arg-type]
    else:
        window.activateWindow()  # the sheet had the keyboard
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        press(focused(), Key.Key_F, modifiers=SHIFT)
    qtbot.waitUntil(lambda: window.papers.scope == FOR_YOU and len(shown(window)) == 4)
    settle(window, qtbot)
    assert window.papers.search.text == "is:latest"
    assert {one.title for one in workspace.catalog.rows(shown(window))} == {one.title for one in drafts}


def test_another_list_has_neither_the_line_nor_the_reasons(window: MainWindow, qtbot: QtBot) -> None:
    ids = enter(window, qtbot)
    window.handlers.asking.show_scope(INBOX)
    qtbot.waitUntil(lambda: len(shown(window)) == len(ids))
    settle(window, qtbot)
    assert not for_you(window).bar.isVisible()
    assert window.papers.model.reason_of(ids[0]) is None
    press(focused(), Key.Key_5)
    settle(window, qtbot)
    assert ids[0] in shown(window) or window.papers.model.rowCount() == len(ids) - 1


def test_a_decided_paper_leaves_at_once_and_what_is_in_sight_keeps_its_place(window: MainWindow, qtbot: QtBot) -> None:
    before = enter(window, qtbot)
    press(focused(), Key.Key_J, Key.Key_5)
    assert window.papers.current == before[2], "the next one, at once"
    settle(window, qtbot)
    visible = window.papers.view.rowAt(window.papers.view.viewport().height() - 1)
    assert 2 <= visible < len(before) - 10, "the list is longer than the screen"
    kept = [before[0], *before[2 : visible + 1]]
    assert shown(window)[: len(kept)] == kept
    assert before[1] not in shown(window)
    assert "marked as Skipped" in window.toast.text
    undo(window, qtbot)
    qtbot.waitUntil(lambda: shown(window)[:3] == before[:3])  # undo brings it back to where it was
    settle(window, qtbot)


def test_a_decision_renews_the_reasons_of_what_stays_in_its_place(
    window: MainWindow, workspace: Workspace, read: list[PaperId], subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    workspace.edit.set_status(read, Status.INBOX)
    settle(window, qtbot)
    ids = enter(window, qtbot)

    def why(paper_id: PaperId) -> str:
        reason = window.papers.model.reason_of(paper_id)
        return reason.text if reason is not None else ""

    qtbot.waitUntil(lambda: all(map(why, ids)))
    assert all("Published" in why(one) for one in ids), "nothing is known yet"
    press(focused(), Key.Key_4)
    settle(window, qtbot)
    assert shown(window)[0] == ids[1]
    alike = next(one for one in ids[1:] if subjects[one] == subjects[ids[0]])
    qtbot.waitUntil(lambda: "Published" not in why(alike))
    settle(window, qtbot)


def test_a_paper_that_is_chosen_to_be_read_stays_and_the_next_one_is_looked_at(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    before = enter(window, qtbot)
    press(focused(), Key.Key_2)
    assert window.papers.current == before[1]
    settle(window, qtbot)
    assert workspace.catalog.get(before[0]).status is Status.TO_READ
    assert shown(window)[0] == before[0]


def test_more_like_this_is_followed_from_the_next_paper_on_and_can_be_taken_back(
    window: MainWindow, workspace: Workspace, subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    ids = enter(window, qtbot)
    place = next(row for row, one in enumerate(ids) if subjects[one] == "galaxies")
    window.papers.show_paper(ids[place])
    press(focused(), Key.Key_M)
    settle(window, qtbot)
    assert window.toast.text == "More papers like this one from now on."
    assert shown(window)[: place + 1] == ids[: place + 1]
    assert window.papers.current == ids[place]
    before, after = ([subjects[one] for one in some[place + 1 :][:8]] for some in (ids, shown(window)))
    assert after.count("galaxies") > before.count("galaxies")
    press(focused(), Key.Key_M)
    settle(window, qtbot)
    assert window.toast.text == "Papers like this one are no longer favoured."
    assert workspace.recommend.said(ids) == {}


@pytest.mark.parametrize(("key", "kind"), [(Key.Key_L, Feedback.LESS), (Key.Key_H, Feedback.HIDE)])
def test_what_is_not_wanted_leaves_the_list_and_comes_back_by_undo(
    window: MainWindow, workspace: Workspace, key: Key, kind: Feedback, qtbot: QtBot
) -> None:
    ids = enter(window, qtbot)
    press(focused(), key)
    assert window.papers.current == ids[1]
    settle(window, qtbot)
    assert ids[0] not in shown(window)
    assert workspace.recommend.said(ids) == {ids[0]: {kind}}
    undo(window, qtbot)
    qtbot.waitUntil(lambda: shown(window)[0] == ids[0])
    settle(window, qtbot)
    assert workspace.recommend.said(ids) == {}


def test_what_was_said_of_a_paper_stands_beside_it_and_is_taken_back_there(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    lines = window.detail.page.feedback
    chosen = window.papers.current
    assert chosen is not None
    assert not lines.isVisible()
    press(focused(), Key.Key_M)
    qtbot.waitUntil(lines.isVisible)
    said = lines.findChild(QLabel, "detail-said-more")
    assert said is not None
    assert said.isVisible()
    assert said.text() == "You asked for more papers like it."
    press(focused(), Key.Key_J)
    assert not lines.isVisible(), "it was said of another paper"
    press(focused(), Key.Key_K)
    qtbot.waitUntil(lines.isVisible)
    button = lines.findChild(QPushButton, "detail-take-back-more")
    assert button is not None
    click(button)
    qtbot.waitUntil(lambda: not lines.isVisible())
    settle(window, qtbot)
    assert workspace.recommend.said([chosen]) == {}
    undo(window, qtbot)
    qtbot.waitUntil(lines.isVisible)
    settle(window, qtbot)


def test_the_slider_is_a_setting_and_begins_the_list_anew(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    near = enter(window, qtbot)
    slider = for_you(window).bar.slider
    slider.setFocus()
    press(slider, Key.Key_End)
    qtbot.waitUntil(lambda: workspace.settings.get(FOR_YOU_SURPRISE) == 100)
    settle(window, qtbot)
    assert for_you(window).asked.surprise == 1
    assert set(shown(window)) == set(near)
    assert window.papers.view.rowAt(0) == 0


def test_the_search_field_narrows_it(window: MainWindow, subjects: dict[PaperId, str], qtbot: QtBot) -> None:
    enter(window, qtbot)
    window.papers.search.focus()
    type_text(focused(), "lenses")
    qtbot.waitUntil(lambda: {subjects[one] for one in shown(window)} == {"galaxies"})
    window.papers.search.clear()
    qtbot.waitUntil(lambda: len(shown(window)) > EACH)
    settle(window, qtbot)


def test_chosen_papers_make_a_list_of_their_own_with_a_way_back(
    window: MainWindow, workspace: Workspace, subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    galaxies = next(one for one in shown(window) if subjects[one] == "galaxies")
    window.papers.show_paper(galaxies)
    assert not window.actions_["recommend-unlike"].isEnabled()
    press(focused(), Key.Key_R)
    qtbot.waitUntil(lambda: window.papers.scope.is_like)
    settle(window, qtbot)
    assert window.papers.scope.title.startswith("Like “Spectra of distant galaxies")
    assert {subjects[one] for one in shown(window)[:3]} == {"galaxies"}
    assert galaxies not in shown(window)
    unlike = window.papers.current
    assert unlike is not None
    press(focused(), Key.Key_R, modifiers=SHIFT)
    qtbot.waitUntil(lambda: bool(for_you(window).wish.unlike))
    settle(window, qtbot)
    assert for_you(window).wish.unlike == (unlike,)
    assert unlike not in shown(window)
    assert window.papers.scope.title.endswith("”, not like 1")
    bar = for_you(window).bar
    title = workspace.catalog.get(unlike).title
    assert bar.left_out.isVisible()
    assert bar.left_out.text() == f"Not like “{title}”"
    click(bar.take_back)
    qtbot.waitUntil(lambda: not for_you(window).wish.unlike and not window.papers.query.is_waiting)
    settle(window, qtbot)
    assert unlike in shown(window)
    assert not bar.left_out.isVisible()
    assert not bar.take_back.isVisible()
    click(for_you(window).bar.whole)
    qtbot.waitUntil(lambda: window.papers.scope == FOR_YOU)
    settle(window, qtbot)


def test_a_tag_in_the_sidebar_offers_recommendations(
    window: MainWindow, workspace: Workspace, subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    proteins = [one for one in subjects if subjects[one] == "proteins"][:3]
    workspace.edit.add_tags(proteins, ["life"])
    qtbot.waitUntil(lambda: window.sidebar.model.index_of(tag_scope("life").query).isValid())
    place = window.sidebar.tree.visualRect(window.sidebar.model.index_of(tag_scope("life").query)).center()
    viewport = window.sidebar.tree.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(QPoint(place)))
    QApplication.sendEvent(viewport, event)
    menu = window.sidebar.findChild(QMenu, "sidebar-menu")
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "Recommend from this tag").trigger()
    menu.close()
    qtbot.waitUntil(lambda: window.papers.scope.title == "For you: life")
    settle(window, qtbot)
    assert {subjects[one] for one in shown(window)[:3]} == {"proteins"}


def find_why(window: MainWindow, qtbot: QtBot) -> WhyDialog:
    press(focused(), Key.Key_W)
    qtbot.waitUntil(lambda: window.findChild(WhyDialog) is not None)
    dialog = window.findChild(WhyDialog)
    assert isinstance(dialog, WhyDialog)
    return dialog


def test_why_not_this_one_says_its_rank_and_parts(window: MainWindow, qtbot: QtBot) -> None:
    ids = enter(window, qtbot)
    assert len(ids) > 1
    dialog = find_why(window, qtbot)
    assert dialog.lead.text().startswith("Rank ")
    assert dialog.lead.text().endswith("It is in the list.")
    assert "Near “" in dialog.reasons.text()
    dialog.close()


def test_why_not_this_one_shows_a_hidden_paper_again(window: MainWindow, workspace: Workspace, qtbot: QtBot) -> None:
    chosen = window.papers.current
    assert chosen is not None
    press(focused(), Key.Key_H)
    settle(window, qtbot)
    assert window.papers.current == chosen, "the Inbox still has it"
    dialog = find_why(window, qtbot)
    assert dialog.lead.text() == "You hid it from For you."
    button = dialog.findChild(QPushButton, "why-take-back-hide")
    assert button is not None
    click(button)
    settle(window, qtbot)
    assert workspace.recommend.said([chosen]) == {}
    assert window.toast.text == "1 paper may be recommended again."


def test_papers_are_compared_when_the_reader_asks_for_it(
    window: MainWindow, workspace: Workspace, qtbot: QtBot
) -> None:
    compare = window.actions_["compare"]
    compare.trigger()
    assert window.toast.text == "All papers are compared by meaning already."
    with workspace.library.write(None) as writer:
        writer.papers.add_many([make_subject_draft("galaxies", 20)], status=Status.INBOX)
    workspace.events.publish(writer.changes)
    qtbot.waitUntil(lambda: workspace.indexing.state().total == len(SUBJECTS) * EACH + 1)
    assert workspace.indexing.state().done == len(SUBJECTS) * EACH
    compare.trigger()
    assert window.toast.text == "The model is reading what it has not read yet."
    qtbot.waitUntil(lambda: workspace.indexing.state().done == len(SUBJECTS) * EACH + 1)
    settle(window, qtbot)


def test_a_suggested_tag_is_taken_with_one_key_or_a_click_and_given_back_by_undo(
    window: MainWindow, workspace: Workspace, subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    decoding = [one for one in subjects if subjects[one] == "decoding"]
    workspace.edit.add_tags(decoding[:8], ["fast"])
    others = [one for one in subjects if subjects[one] == "surgery"]
    workspace.edit.add_tags(others[:8], ["medicine"])
    row = window.detail.page.suggested
    window.papers.show_paper(decoding[9])
    qtbot.waitUntil(lambda: [one.name for one in row.suggestions] == ["fast"])
    assert row.isVisible()
    press(focused(), Key.Key_A)
    assert not row.isVisible()
    settle(window, qtbot)
    assert workspace.catalog.get(decoding[9]).tags == ("fast",)
    undo(window, qtbot)
    qtbot.waitUntil(lambda: [one.name for one in row.suggestions] == ["fast"])
    press(focused(), Key.Key_A, modifiers=Qt.KeyboardModifier.ShiftModifier)
    settle(window, qtbot)
    assert not row.isVisible()
    assert window.toast.text == "The tag fast is no longer suggested for 1 paper."
    undo(window, qtbot)
    qtbot.waitUntil(lambda: [one.name for one in row.suggestions] == ["fast"])
    chip = row.findChild(GhostChip, "suggested-fast")
    assert chip is not None
    click(chip)
    settle(window, qtbot)
    assert workspace.catalog.get(decoding[9]).tags == ("fast",)
    window.papers.show_paper(next(one for one in subjects if subjects[one] == "galaxies"))
    press(focused(), Key.Key_A)
    assert window.toast.text == "Tags for this paper are still being looked for."
    qtbot.waitUntil(lambda: not window.detail.is_suggesting)
    assert not row.isVisible()
    press(focused(), Key.Key_A)
    assert window.toast.text == "No tag is suggested for this paper."


def test_a_tag_that_several_papers_could_have_is_taken_or_refused_for_all_in_one_step(
    window: MainWindow, workspace: Workspace, subjects: dict[PaperId, str], qtbot: QtBot
) -> None:
    decoding, surgery, galaxies = (
        [one for one in subjects if subjects[one] == name] for name in ("decoding", "surgery", "galaxies")
    )
    workspace.edit.add_tags(decoding[:8], ["fast"])
    workspace.edit.add_tags(surgery[:8], ["medicine"])
    strip, row = window.detail.chosen, window.detail.chosen.suggested
    chosen = [*decoding[8:10], galaxies[0]]

    def tags() -> list[tuple[str, ...]]:
        return [workspace.catalog.get(one).tags for one in chosen]

    def is_suggested() -> bool:
        return [one.name for one in row.suggestions] == ["fast"]

    window.papers.choose_papers(chosen, chosen[0])
    assert strip.isVisible()
    qtbot.waitUntil(is_suggested)
    assert not window.detail.page.suggested.isVisible(), "there is one offer at a time"
    press(focused(), Key.Key_A)
    settle(window, qtbot)
    assert tags() == [("fast",)] * 3
    assert window.toast.text == "3 papers tagged fast."
    undo(window, qtbot)
    qtbot.waitUntil(is_suggested)
    assert tags() == [()] * 3
    press(focused(), Key.Key_A, modifiers=Qt.KeyboardModifier.ShiftModifier)
    settle(window, qtbot)
    assert window.toast.text == "The tag fast is no longer suggested for 3 papers."
    qtbot.waitUntil(lambda: not window.detail.is_suggesting)
    assert row.suggestions == ()
    press(focused(), Key.Key_A)
    assert window.toast.text == "No tag is suggested for these papers."
    undo(window, qtbot)
    qtbot.waitUntil(is_suggested)
    window.papers.show_paper(chosen[0])
    assert not strip.isVisible()
    qtbot.waitUntil(lambda: [one.name for one in window.detail.page.suggested.suggestions] == ["fast"])
