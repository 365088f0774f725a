"""A searched list: words at once, meaning below them when it comes, and a reason for each paper in sight."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Among, Sort, SortKey
from readinglist.domain.recommendation import WhyHere
from readinglist.services.catalog import Catalog
from readinglist.ui.models.paper_table import WHY_ROLE
from readinglist.ui.models.scope import ALL, INBOX
from readinglist.ui.panes.cards import DIVIDER_HEIGHT, ROW_HEIGHT
from readinglist.ui.panes.papers import PapersPane
from readinglist.ui.panes.search_hits import SearchHits
from readinglist.ui.panes.table_cells import TABLE_DIVIDER_HEIGHT, TABLE_ROW_HEIGHT
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore
from tests.helpers.ui_input import type_text


def _set_event() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass(slots=True)
class MadeUpFinding:
    """Finds what it was given, and remembers what it was asked."""

    answer: list[PaperId] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    read: list[PaperId] = field(default_factory=list)
    warmed: int = 0
    may_answer: threading.Event = field(default_factory=_set_event)

    def close(self, text: str, sort: Sort) -> list[PaperId]:
        self.asked.append(text)
        assert self.may_answer.wait(10)
        return self.answer if sort.key is SortKey.RELEVANCE else sorted(self.answer)

    def sentences(self, text: str, ids: Sequence[PaperId]) -> dict[PaperId, WhyHere]:
        self.read += ids
        return {one: WhyHere(text=f"{one} is close to {text}") for one in ids}

    def warm(self) -> None:
        self.warmed += 1


@dataclass(slots=True)
class Core:
    catalog: Catalog
    finding: MadeUpFinding = field(default_factory=MadeUpFinding)


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    """Twenty papers; only the first five have the word “wombats”."""
    drafts = [
        make_draft(number, abstract=f"We study {'wombats' if number <= 5 else 'burrows'}.") for number in range(1, 21)
    ]
    return core.add(*drafts)


@pytest.fixture
def searched(core: UiCore) -> Core:
    return Core(core.catalog)


@pytest.fixture
def pane(core: UiCore, searched: Core, ids: list[PaperId], qtbot: QtBot) -> PapersPane:
    searched.finding.answer = [ids[9], ids[2], ids[7], ids[12]]
    pane = PapersPane(core.catalog, core.bridge)
    SearchHits(searched, core.bridge, pane, pane)
    qtbot.addWidget(pane)
    pane.resize(520, 700)
    pane.open_first(INBOX)
    pane.show()
    return pane


def search(pane: PapersPane, text: str, qtbot: QtBot) -> None:
    pane.search.set_text(text)
    qtbot.waitUntil(lambda: not pane.query.is_waiting)


def count_label(pane: PapersPane) -> str:
    found = pane.findChild(QLabel, "list-count")
    assert found is not None
    return found.text()


def why(pane: PapersPane, row: int) -> str:
    reason = pane.model.index(row, 0).data(WHY_ROLE)
    return reason.text if isinstance(reason, WhyHere) else ""


def test_words_answer_at_once_with_the_place_and_meaning_stands_below_when_it_comes(
    pane: PapersPane, searched: Core, ids: list[PaperId], qtbot: QtBot
) -> None:
    search(pane, "wombats", qtbot)
    words = list(pane.model.ids)
    assert sorted(words) == ids[:5]
    assert why(pane, 0) == "We study wombats."
    assert count_label(pane) == "5 found"
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    assert list(pane.model.ids) == [*words, ids[9], ids[7], ids[12]], "one of them has the words and stays in its place"
    assert count_label(pane) == "5 + 3 close"
    pane.resize(520, 1200)
    pane.cards.scrollToBottom()
    qtbot.waitUntil(lambda: why(pane, 6) == f"{ids[7]} is close to status:inbox (wombats)")
    assert ids[2] not in searched.finding.read


@pytest.mark.parametrize("is_found", [True, False])
def test_where_no_paper_has_the_words_it_says_that_meaning_is_still_to_come(
    pane: PapersPane, searched: Core, is_found: bool, qtbot: QtBot
) -> None:
    if not is_found:
        searched.finding.answer = []
    searched.finding.may_answer.clear()
    search(pane, "marsupials", qtbot)
    title = pane.findChild(QLabel, "nothing-title")
    assert title is not None
    qtbot.waitUntil(lambda: bool(searched.finding.asked))
    assert title.text() == "No paper has these words"
    searched.finding.may_answer.set()
    if is_found:
        qtbot.waitUntil(lambda: pane.model.rowCount() == 4)
    else:
        qtbot.waitUntil(lambda: title.text() == "No paper matches")
        search(pane, "tag:marsupials", qtbot)
        assert title.text() == "No paper matches", "filters alone mean nothing"


def test_nothing_that_stands_in_the_list_moves_when_meaning_comes(
    pane: PapersPane, ids: list[PaperId], qtbot: QtBot
) -> None:
    search(pane, "wombats", qtbot)
    pane.step(1)
    chosen, heights = pane.current, [pane.cards.rowViewportPosition(row) for row in range(5)]
    resets: list[bool] = []
    pane.model.modelReset.connect(lambda: resets.append(True))
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    assert resets == []
    assert pane.current == chosen
    assert [pane.cards.rowViewportPosition(row) for row in range(5)] == heights
    assert pane.cards.rowHeight(5) == ROW_HEIGHT + DIVIDER_HEIGHT, "a line stands above the first of them"


def test_the_line_above_them_goes_along_when_papers_leave_and_goes_with_the_search(
    pane: PapersPane, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    pane.take_out([ids[0]])
    assert [pane.cards.rowHeight(row) for row in (4, 5)] == [ROW_HEIGHT + DIVIDER_HEIGHT, ROW_HEIGHT]
    core.edit.set_status([ids[0]], Status.READ)
    pane.settle([ids[0]])
    qtbot.waitUntil(lambda: count_label(pane) == "4 + 3 close")
    pane.search.clear()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 19)
    assert {pane.cards.rowHeight(row) for row in range(19)} == {ROW_HEIGHT}
    assert why(pane, 0) == ""


def test_a_table_is_divided_as_the_cards_are(pane: PapersPane, ids: list[PaperId], qtbot: QtBot) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    pane.set_mode("table")
    table = pane.view
    high = TABLE_ROW_HEIGHT + TABLE_DIVIDER_HEIGHT
    assert [table.rowHeight(row) for row in (4, 5, 6)] == [TABLE_ROW_HEIGHT, high, TABLE_ROW_HEIGHT]
    pane.take_out([ids[0]])
    assert [table.rowHeight(row) for row in (4, 5)] == [high, TABLE_ROW_HEIGHT]
    pane.search.clear()
    qtbot.waitUntil(lambda: pane.model.rowCount() > 8)
    assert {table.rowHeight(row) for row in range(pane.model.rowCount())} == {TABLE_ROW_HEIGHT}


def test_what_meaning_brought_stays_while_the_library_changes(
    pane: PapersPane, core: UiCore, searched: Core, ids: list[PaperId], qtbot: QtBot
) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    before = list(pane.model.ids)
    with qtbot.waitSignal(pane.query.answered):
        core.edit.set_starred([ids[9]], starred=True)
    assert list(pane.model.ids) == before
    searched.finding.answer = [ids[7]]
    core.events.publish(Changes(kinds=frozenset({ChangeKind.STATUS})))
    qtbot.waitUntil(lambda: count_label(pane) == "5 + 1 close")


def test_in_another_order_the_same_papers_stand_in_it_the_close_ones_below(
    pane: PapersPane, searched: Core, ids: list[PaperId], qtbot: QtBot
) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    pane.bar.sort_chosen.emit(Sort(key=SortKey.TITLE, descending=False))
    qtbot.waitUntil(lambda: pane.model.rowCount() == 5)
    assert {why(pane, row) for row in range(5)} == {"We study wombats."}
    words = list(pane.model.ids)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    assert list(pane.model.ids) == [*words, ids[7], ids[9], ids[12]]
    assert count_label(pane) == "5 + 3 close"
    assert pane.cards.rowHeight(5) == ROW_HEIGHT + DIVIDER_HEIGHT


def test_what_meaning_found_for_another_order_is_not_taken(
    pane: PapersPane, searched: Core, ids: list[PaperId], qtbot: QtBot
) -> None:
    searched.finding.may_answer.clear()
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: bool(searched.finding.asked))
    pane.bar.sort_chosen.emit(Sort(key=SortKey.TITLE, descending=False))
    searched.finding.may_answer.set()
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    assert list(pane.model.ids)[5:] == [ids[7], ids[9], ids[12]]


def test_a_list_that_nobody_searches_is_left_alone(pane: PapersPane, searched: Core, qtbot: QtBot) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    pane.show_scope(ALL)
    qtbot.waitUntil(lambda: pane.model.rowCount() == 20)
    assert why(pane, 0) == ""
    assert len(searched.finding.asked) == 1


def test_a_scope_narrows_what_meaning_is_asked_for(pane: PapersPane, searched: Core, qtbot: QtBot) -> None:
    search(pane, "wombats", qtbot)
    qtbot.waitUntil(lambda: bool(searched.finding.asked))
    assert searched.finding.asked == ["status:inbox (wombats)"]


def test_the_model_is_loaded_when_the_reader_comes_to_the_field(pane: PapersPane, searched: Core, qtbot: QtBot) -> None:
    pane.search.focus()
    qtbot.waitUntil(lambda: searched.finding.warmed == 1)
    type_text(pane.search.line, "wombats")
    qtbot.waitUntil(lambda: pane.model.rowCount() == 8)
    assert searched.finding.warmed == 1


def test_what_is_there_for_its_likeness_shows_its_closest_sentence(
    pane: PapersPane, searched: Core, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    like = Catalog(core.library, like=lambda value: Among(f"like:{value}", (ids[4], ids[8])))
    searched.catalog = like
    pane.query.use(lambda text, sort: lambda: like.ids(text, sort))
    search(pane, "like:burrows", qtbot)
    assert list(pane.model.ids) == [ids[4], ids[8]], "in the order of their likeness"
    qtbot.waitUntil(lambda: why(pane, 1) == f"{ids[8]} is close to status:inbox (like:burrows)")


def test_what_comes_when_something_else_is_asked_is_dropped(pane: PapersPane, ids: list[PaperId], qtbot: QtBot) -> None:
    search(pane, "wombats", qtbot)
    pane.search.set_text("burrows")
    pane.query.join([ids[0]])  # an answer to the first search, while the second is on its way
    qtbot.waitUntil(lambda: not pane.query.is_waiting)
    assert ids[0] not in pane.model.ids
