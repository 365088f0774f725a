"""Similar papers: asked for at rest, the newest request only, honest about what the answer rests on."""

import threading
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QStyleOptionViewItem, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.recommendation import SimilarAnswer
from readinglist.ui import theme
from readinglist.ui.panes import similar as similar_module
from readinglist.ui.panes.similar import SimilarPanel
from readinglist.ui.panes.similar_delegate import NUMBER_WIDTH, SimilarDelegate, score_width
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import MadeUpState, UiCore, similar_answer
from tests.helpers.ui_input import click, press

WORDS = "Found by shared words: these papers are not compared by meaning yet."


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    ids = core.add(*(make_draft(number) for number in range(1, 7)))
    core.similar.answers[ids[0]] = similar_answer(ids[1:])
    core.similar.answers[ids[1]] = similar_answer([ids[5], ids[0]])
    return ids


@pytest.fixture
def panel(core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SimilarPanel:
    monkeypatch.setattr(similar_module, "RETRY_MS", 20)
    panel = SimilarPanel(core, core.bridge)
    qtbot.addWidget(panel)
    panel.resize(420, 360)
    panel.show()
    return panel


def ask(panel: SimilarPanel, paper_id: PaperId, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.show_for(paper_id)


def shown(panel: SimilarPanel) -> list[PaperId]:
    return [panel.model.entry(place).row.id for place in range(panel.model.rowCount())]


def part(panel: QWidget, name: str, kind: type[Any]) -> Any:
    found = panel.findChild(kind, name)
    assert found is not None
    return found


def test_an_answer_by_meaning_needs_no_words(panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot) -> None:
    ask(panel, ids[0], qtbot)
    assert shown(panel) == ids[1:]
    assert not panel.notice.isVisible()
    assert not part(panel, "similar-progress", QProgressBar).isVisible()


def test_an_answer_by_words_says_so_and_how_far_the_comparison_is(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.similar.answers[ids[0]] = similar_answer(ids[1:], method="words")
    core.indexing.present = MadeUpState(done=40, total=100, is_running=True)
    ask(panel, ids[0], qtbot)
    assert panel.notice.text() == WORDS
    bar = part(panel, "similar-progress", QProgressBar)
    assert bar.isVisible()
    assert (bar.value(), bar.maximum()) == (40, 100)
    assert bar.accessibleName()


def test_what_is_said_is_never_squeezed(panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    notice = "Found by shared words: 1,234 of 98,765 papers are compared by meaning so far."
    core.similar.answers[ids[0]] = similar_answer(ids[1:], method="words", notice=notice)
    core.indexing.present = MadeUpState(done=40, total=100, is_running=True)
    panel.resize(240, panel.minimumHeight())
    ask(panel, ids[0], qtbot)
    qtbot.waitUntil(lambda: panel.notice.height() >= panel.notice.heightForWidth(panel.notice.width()))
    assert panel.list.height() > 20


def test_a_comparison_that_stands_still_shows_no_bar_but_its_reason(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.similar.answers[ids[0]] = similar_answer(ids[1:], method="words", notice="The model cannot be loaded.")
    core.indexing.present = MadeUpState(done=40, total=100, is_running=False)
    ask(panel, ids[0], qtbot)
    assert panel.notice.text() == "The model cannot be loaded."
    assert not part(panel, "similar-progress", QProgressBar).isVisible()


def test_why_there_are_none_is_said_once_in_their_place(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    core.similar.answers[ids[0]] = similar_answer((), method="words", notice="Its title is not known yet.")
    core.indexing.present = MadeUpState(done=40, total=100, is_running=True)
    ask(panel, ids[0], qtbot)
    assert part(panel, "similar-none-hint", QLabel).text() == "Its title is not known yet."
    assert not panel.notice.isVisible()
    assert not part(panel, "similar-progress", QProgressBar).isVisible()


def test_nothing_similar_and_failures_are_explained(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    ask(panel, ids[3], qtbot)
    assert part(panel, "similar-none-title", QLabel).text() == "No similar papers yet"
    core.similar.error = EnvironmentFault("The graphics card has no memory left.")
    ask(panel, ids[0], qtbot)
    assert part(panel, "similar-none-title", QLabel).text() == "No similar papers can be shown"
    assert part(panel, "similar-none-hint", QLabel).text() == "The graphics card has no memory left."
    assert shown(panel) == []


def test_only_the_newest_request_is_shown(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, has_begun = threading.Event(), threading.Event()
    answer = core.similar.to_paper

    def slow(paper_id: PaperId, limit: int = 20) -> SimilarAnswer:
        if paper_id == ids[0]:
            has_begun.set()
            gate.wait(30)
        return answer(paper_id, limit)

    monkeypatch.setattr(core.similar, "to_paper", slow)
    panel.show_for(ids[0])
    qtbot.waitUntil(has_begun.is_set)
    ask(panel, ids[1], qtbot)
    gate.set()
    core.jobs.close()
    qtbot.wait(1)
    assert shown(panel) == [ids[5], ids[0]]


def test_the_old_answer_stays_but_cannot_be_opened_while_a_new_one_is_asked_for(
    panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot
) -> None:
    ask(panel, ids[0], qtbot)
    panel.show_for(ids[1])
    assert shown(panel) == ids[1:]
    opened: list[PaperId] = []
    panel.opened.connect(opened.append)
    panel.activateWindow()
    panel.list.setFocus()
    press(panel.list, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert not panel.is_answered
    assert opened == []
    qtbot.waitUntil(lambda: panel.is_answered)
    assert panel.list.hasFocus(), "the keyboard stays where it was"
    assert shown(panel) == [ids[5], ids[0]]


def test_a_long_wait_says_that_something_happens(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()

    def slow(_paper_id: PaperId, limit: int = 20) -> SimilarAnswer:
        gate.wait(30)
        return similar_answer(ids[1:3])

    monkeypatch.setattr(core.similar, "to_paper", slow)
    panel.show_for(ids[0])
    assert not panel.busy.isVisible()
    qtbot.waitUntil(panel.busy.isVisible)
    gate.set()
    qtbot.waitUntil(lambda: not panel.busy.isVisible())
    assert shown(panel) == ids[1:3]


def test_a_click_and_enter_open_a_paper(panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot) -> None:
    ask(panel, ids[0], qtbot)
    opened: list[PaperId] = []
    panel.opened.connect(opened.append)
    click(panel.list.viewport(), panel.list.visualRect(panel.model.index(1)).center())
    panel.list.setFocus()
    press(panel.list, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert opened == [ids[2], ids[3]]
    press(panel.list, Qt.Key.Key_L)  # letters are the window's keys
    assert panel.list.currentIndex().row() == 2


def test_marks_made_elsewhere_show_without_asking_again(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    ask(panel, ids[0], qtbot)
    core.edit.set_status([ids[2]], Status.READ)
    qtbot.waitUntil(lambda: panel.model.entry(1).row.status is Status.READ)
    assert core.similar.asked == [ids[0]]


def test_papers_that_come_and_go_ask_again(panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    panel._retry.setInterval(20)
    ask(panel, ids[0], qtbot)
    with qtbot.waitSignal(panel.answered):
        core.edit.delete([ids[5]])
    assert core.similar.asked == [ids[0], ids[0]]


def test_vectors_ask_again_only_where_they_can_help(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    vectors = frozenset({ChangeKind.VECTORS})
    ask(panel, ids[0], qtbot)
    panel._on_changes(Changes(kinds=vectors, ids=frozenset({ids[4]})))
    assert not panel._retry.isActive(), "the answer was by meaning, and the change is about another paper"
    panel._on_changes(Changes(kinds=vectors, ids=frozenset({ids[0]})))
    assert panel._retry.isActive()
    panel._retry.stop()
    core.similar.answers[ids[1]] = similar_answer([ids[0]], method="words")
    ask(panel, ids[1], qtbot)
    panel._on_changes(Changes(kinds=vectors, ids=frozenset({ids[4]})))
    assert panel._retry.isActive()


def test_nothing_is_asked_after_clearing(panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot) -> None:
    panel.show_for(ids[0])
    panel.clear()
    assert not panel._asked.is_waiting
    assert not panel._retry.isActive()
    panel._on_changes(Changes(kinds=frozenset({ChangeKind.ADDED}), ids=frozenset({ids[0]})))
    assert not panel._retry.isActive()
    assert core.similar.asked == []
    assert shown(panel) == []


def test_no_more_than_the_limit_are_shown(panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot) -> None:
    panel.set_limit(2)
    ask(panel, ids[0], qtbot)
    assert shown(panel) == ids[1:3]
    with qtbot.waitSignal(panel.answered):
        panel.set_limit(4)
    assert shown(panel) == ids[1:5]


def test_rows_can_be_painted_narrow_and_wide_and_explain_themselves(
    panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot
) -> None:
    assert score_width(240) == NUMBER_WIDTH < score_width(420)
    ask(panel, ids[0], qtbot)
    wide = panel.grab().toImage()
    panel.resize(240, 360)
    assert panel.grab().toImage().width() < wide.width()
    place = panel.list.visualRect(panel.model.index(0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, panel.list.viewport().mapToGlobal(place))
    delegate = panel.list.itemDelegate()
    option = QStyleOptionViewItem()
    assert delegate.helpEvent(event, panel.list, option, panel.model.index(0))
    assert "shares subject 2" in QToolTip.text()
    QToolTip.hideText()
    none = QHelpEvent(QEvent.Type.ToolTip, QPoint(), QPoint())
    assert not delegate.helpEvent(none, panel.list, option, panel.model.index(99))


def test_a_row_names_fewer_authors_where_there_is_no_room_for_the_year_else(panel: SimilarPanel, core: UiCore) -> None:
    names = tuple("Rong Wu,Pinlong Cai,Jianbiao Mei,Licheng Wen,Tao Hu,Xuemeng Yang,Daocheng Fu,Botian Shi".split(","))
    (paper_id,) = core.add(make_draft(30, authors=names, author_count=8, published=PartialDate(2025, 6, 8)))
    (row,) = core.catalog.rows([paper_id])
    delegate = panel.list.itemDelegate()
    assert isinstance(delegate, SimilarDelegate)
    metrics = QFontMetrics(theme.font("secondary"))
    shorter = ("Rong Wu, Pinlong Cai, Jianbiao Mei and 5 more", "Rong Wu, Pinlong Cai and 6 more", "Rong Wu and 7 more")
    for authors in (*shorter, "Rong Wu et al."):
        line = f"  ·  {authors}  ·  2025"
        assert delegate._facts(row, metrics.horizontalAdvance(line)) == line
    first = "  ·  Rong Wu et al."
    assert delegate._facts(row, metrics.horizontalAdvance(f"{first}  ·  20")) == first
    assert delegate._facts(row, 40).endswith("…")


def test_the_chosen_row_is_marked_while_the_list_has_the_focus(
    panel: SimilarPanel, ids: list[PaperId], qtbot: QtBot
) -> None:
    ask(panel, ids[0], qtbot)
    panel.activateWindow()
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.model.index(0))
    qtbot.waitUntil(panel.list.hasFocus)
    image = panel.list.grab().toImage()
    row = panel.list.visualRect(panel.model.index(0))
    assert image.pixelColor(row.right() - 2, row.top() + 2) == theme.color("chosen")


def test_a_better_answer_for_the_same_paper_leaves_the_reader_where_they_are(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    panel.resize(420, 260)
    core.similar.answers[ids[0]] = similar_answer(ids[1:], method="words")
    ask(panel, ids[0], qtbot)
    panel.list.setCurrentIndex(panel.model.index(2))
    scroll = panel.list.verticalScrollBar()
    scroll.setValue(90)
    assert scroll.value() == 90
    core.similar.answers[ids[0]] = similar_answer([ids[5], *ids[1:5]])
    with qtbot.waitSignal(panel.answered):
        panel._on_changes(Changes(kinds=frozenset({ChangeKind.VECTORS}), ids=frozenset({ids[0]})))
    assert shown(panel)[0] == ids[5]
    assert scroll.value() == 90
    assert panel.list.currentIndex().row() == 3, "the same paper as before"
    ask(panel, ids[1], qtbot)
    assert scroll.value() == 0
    assert not panel.list.currentIndex().isValid()


def test_a_paper_that_is_deleted_is_gone_at_once(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    ask(panel, ids[0], qtbot)
    core.similar.answers[ids[0]] = similar_answer([ids[1], ids[3], ids[4], ids[5]])
    panel._retry.setInterval(60_000)
    with qtbot.waitSignal(panel.answered):
        panel._on_changes(Changes(kinds=frozenset({ChangeKind.REMOVED}), ids=frozenset({ids[2]})))
        assert shown(panel) == [ids[1], ids[3], ids[4], ids[5]]


def test_only_a_long_wait_fades_the_answer_of_the_paper_before(
    panel: SimilarPanel, core: UiCore, ids: list[PaperId], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(panel, ids[0], qtbot)
    clear = panel.list.grab().toImage()
    gate = threading.Event()

    def slow(_paper_id: PaperId, limit: int = 20) -> SimilarAnswer:
        gate.wait(30)
        return similar_answer(ids[1:])

    monkeypatch.setattr(core.similar, "to_paper", slow)
    panel.show_for(ids[1])
    assert panel.list.grab().toImage() == clear
    qtbot.waitUntil(panel.busy.isVisible)
    assert panel.list.grab().toImage() != clear
    gate.set()
    qtbot.waitUntil(lambda: panel.is_answered)
    assert panel.list.grab().toImage() == clear
