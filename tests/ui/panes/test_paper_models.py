"""The item models keep to Qt's rules, read rows on demand, and say everything that a screen reader needs."""

from collections.abc import Sequence
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, Qt
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import Collection, Counts, PaperId, PaperRow, Status, Tag
from readinglist.domain.recommendation import WhyHere
from readinglist.ui.models.columns import COLUMNS
from readinglist.ui.models.grouping import COLLECTIONS, TAGS
from readinglist.ui.models.paper_table import (
    BLOCK,
    BLOCKS_KEPT,
    PAPERS_MIME,
    ROW_ROLE,
    WHY_ROLE,
    PaperTableModel,
    papers_of,
    ranges_of,
)
from readinglist.ui.models.scope import ALL, BIN, collection_scope, status_scope, tag_scope
from readinglist.ui.models.sidebar_model import COUNT_ROLE, SCOPE_ROLE, SidebarModel
from readinglist.ui.models.similar_list import ENTRY_ROLE, SimilarEntry, SimilarModel
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore, similar_answer


class Reads:
    """Reads rows and remembers which were asked for."""

    def __init__(self, core: UiCore) -> None:
        self._core = core
        self.asked: list[list[PaperId]] = []

    def __call__(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        self.asked.append(list(ids))
        return self._core.catalog.rows(ids)


@pytest.fixture
def ids(core: UiCore) -> list[PaperId]:
    return core.add(*(make_draft(number) for number in range(1, 13)))


@pytest.fixture
def reads(core: UiCore) -> Reads:
    return Reads(core)


@pytest.fixture
def model(reads: Reads, ids: list[PaperId], qtbot: QtBot) -> PaperTableModel:
    model = PaperTableModel(reads)
    model.show(list(ids))
    return model


def test_the_table_keeps_qts_rules_while_it_changes(
    model: PaperTableModel, core: UiCore, ids: list[PaperId], qtmodeltester: Any, qtbot: QtBot
) -> None:
    qtmodeltester.check(model)
    model.take_out(ids[2:5])
    core.edit.set_starred([ids[0]], starred=True)
    with qtbot.waitSignal(model.dataChanged):
        model.refresh([ids[0]])
    model.show(list(reversed(ids)))
    model.show([])


def test_rows_are_read_when_they_come_into_sight_and_a_block_at_a_time(core: UiCore, reads: Reads) -> None:
    ids = core.add(*(make_draft(number) for number in range(100, 100 + BLOCK + 20)))
    model = PaperTableModel(reads)
    model.show(ids)
    assert reads.asked == []
    assert model.rowCount() == BLOCK + 20
    assert model.index(BLOCK, 0).data().endswith(f"subject {100 + BLOCK} from sparse examples")
    assert [len(asked) for asked in reads.asked] == [20]
    for row in range(BLOCK):
        model.index(row, 0).data()
    assert [len(asked) for asked in reads.asked] == [20, BLOCK]


def test_memory_holds_only_the_latest_blocks(reads: Reads, core: UiCore) -> None:
    (one,) = core.add(make_draft(1))
    model = PaperTableModel(reads)
    model.show([PaperId(one)] * (BLOCK * (BLOCKS_KEPT + 5)))
    for block in range(BLOCKS_KEPT + 5):
        model.row_at(block * BLOCK)
    assert len(model._blocks) == BLOCKS_KEPT


def test_the_same_list_again_moves_nothing(model: PaperTableModel, ids: list[PaperId]) -> None:
    assert not model.show(list(ids))
    assert model.show(list(reversed(ids)))


def test_a_changed_row_is_shown_as_it_was_until_it_is_read_again(
    model: PaperTableModel, core: UiCore, ids: list[PaperId], qtbot: QtBot
) -> None:
    status = [column.key for column in COLUMNS].index("status")
    index = model.index(3, status)
    assert index.data() == "Inbox"
    core.edit.set_status([ids[3]], Status.READ)
    with qtbot.waitSignal(model.dataChanged):
        model.refresh([ids[3], PaperId(999)])
        assert index.data() == "Inbox"
    assert index.data() == "Read"


def test_a_paper_that_is_gone_is_an_empty_row(core: UiCore, reads: Reads, ids: list[PaperId]) -> None:
    model = PaperTableModel(reads)
    model.show([ids[0], PaperId(999)])
    assert model.row_at(1) is None
    assert model.index(1, 0).data() is None
    assert model.index(1, 0).data(ROW_ROLE) is None


def test_many_separate_rows_leave_at_once(core: UiCore, reads: Reads) -> None:
    ids = core.add(*(make_draft(number) for number in range(500, 640)))
    model = PaperTableModel(reads)
    model.show(list(ids))
    model.take_out(ids[::2])
    assert list(model.ids) == ids[1::2]
    assert model.position(ids[3]) == 1
    assert model.position(ids[2]) is None


def test_every_cell_has_words_for_a_screen_reader(model: PaperTableModel, core: UiCore, ids: list[PaperId]) -> None:
    core.edit.add_tags([ids[0]], ["ml"])
    core.edit.set_starred([ids[0]], starred=True)
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "Learning about subject 1 from sparse examples. Inbox. starred. Ada Author1, Ben Writer. 2 May 2024. tags ml"
    )
    for place, column in enumerate(COLUMNS):
        assert model.index(0, place).data(Qt.ItemDataRole.AccessibleTextRole)
        head = model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
        assert head == ("Starred" if column.key == "star" else column.title)


def test_markup_in_a_title_stays_text_in_the_tooltip(core: UiCore, reads: Reads) -> None:
    model = PaperTableModel(reads)
    model.show(core.add(make_draft(1, title="<b>Bold</b> & more")))
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "<qt>&lt;b&gt;Bold&lt;/b&gt; &amp; more</qt>"


def test_numbers_stand_right_and_heads_are_named(model: PaperTableModel) -> None:
    side = Qt.ItemDataRole.TextAlignmentRole
    number = next(place for place, column in enumerate(COLUMNS) if column.is_number)
    assert model.index(0, number).data(side) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(number, Qt.Orientation.Horizontal, side) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Title"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_a_drag_carries_ids_and_titles(model: PaperTableModel, ids: list[PaperId]) -> None:
    mime = model.mimeData([model.index(2, 0), model.index(2, 1), model.index(0, 0)])
    assert papers_of(mime) == [ids[0], ids[2]]
    assert mime.text().splitlines() == [model.index(0, 0).data(), model.index(2, 0).data()]
    assert set(model.mimeTypes()) == {PAPERS_MIME, "text/plain"}
    assert papers_of(QMimeData()) == []


def test_neighbouring_numbers_are_one_range() -> None:
    assert ranges_of([]) == []
    assert ranges_of([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]


def test_a_selection_survives_other_rows_leaving(model: PaperTableModel, ids: list[PaperId], qtbot: QtBot) -> None:
    selection = QItemSelectionModel(model)
    selection.select(model.index(5, 0), QItemSelectionModel.SelectionFlag.Select)
    model.take_out(ids[0:2])
    assert [index.row() for index in selection.selectedIndexes()] == [3]


def test_the_sidebar_keeps_qts_rules(qtmodeltester: Any, qtbot: QtBot) -> None:
    model = SidebarModel()
    model.show_groups(
        TAGS, [Tag(name="ml/vision", color="blue", count=2), Tag(name="to discuss", color="red", count=1)]
    )
    model.show_groups(COLLECTIONS, [Collection(name="Survey/Methods", count=2), Collection(name="Empty", count=0)])
    qtmodeltester.check(model)
    model.show_groups(TAGS, [])
    assert model.index_of(collection_scope("Survey/Methods").query).isValid(), "each branch by itself"


def test_the_sidebar_counts_and_says_so(qtbot: QtBot) -> None:
    model = SidebarModel()
    model.show_counts(Counts(total=1200, starred=1, binned=3, by_status={Status.READ: 7}))
    index = model.index_of(ALL.query)
    assert index.data(COUNT_ROLE) == 1200
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "All papers, 1,200 papers"
    assert model.index_of(BIN.query).data(COUNT_ROLE) == 3
    assert model.index_of(status_scope(Status.READ).query).data(COUNT_ROLE) == 7
    assert model.index_of(status_scope(Status.INBOX).query).data(COUNT_ROLE) == 0


def test_levels_above_a_tag_are_made_and_carry_its_colour(qtbot: QtBot) -> None:
    model = SidebarModel()
    assert model.show_groups(
        TAGS, [Tag(name="ml/vision/3d", color="green", count=4), Tag(name="ml", color="red", count=2)]
    )
    leaf = model.index_of(tag_scope("ml/vision/3d").query)
    middle = leaf.parent()
    assert (leaf.data(), middle.data(), middle.parent().data()) == ("3d", "vision", "ml")
    assert middle.data(SCOPE_ROLE) == tag_scope("ml/vision")
    assert middle.data(COUNT_ROLE) == 0
    assert leaf.data(COUNT_ROLE) == 4
    again = [Tag(name="ml/vision/3d", color="green", count=5), Tag(name="ml", color="red", count=2)]
    assert not model.show_groups(TAGS, again), "a new number alone rebuilds nothing"
    assert leaf.data(COUNT_ROLE) == 5


def test_papers_can_be_dropped_where_that_means_something(core: UiCore, qtbot: QtBot) -> None:
    model = SidebarModel()
    model.show_groups(TAGS, [Tag(name="ml", color="red", count=2)])
    mime = QMimeData()
    mime.setData(PAPERS_MIME, b"3 5")
    heard: list[tuple[object, list[PaperId]]] = []
    model.dropped.connect(lambda scope, ids: heard.append((scope, ids)))
    copy = Qt.DropAction.CopyAction
    for scope in (status_scope(Status.READ), tag_scope("ml"), BIN):
        assert model.dropMimeData(mime, copy, -1, -1, model.index_of(scope.query))
    assert heard == [(status_scope(Status.READ), [3, 5]), (tag_scope("ml"), [3, 5]), (BIN, [3, 5])]
    assert not model.dropMimeData(mime, copy, -1, -1, model.index_of(ALL.query))
    assert not model.dropMimeData(QMimeData(), copy, -1, -1, model.index_of(BIN.query))
    assert not model.canDropMimeData(mime, copy, -1, -1, QModelIndex())


def test_similar_papers_keep_qts_rules_and_follow_changes(
    core: UiCore, ids: list[PaperId], qtmodeltester: Any, qtbot: QtBot
) -> None:
    model = SimilarModel()
    rows = core.catalog.rows(ids[1:4])
    model.show([SimilarEntry(row, item) for row, item in zip(rows, similar_answer(ids[1:4]).items, strict=True)])
    qtmodeltester.check(model)
    assert model.index(0).data() == "Learning about subject 2 from sparse examples"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Learning about subject 2 from sparse examples. 90 percent similar. Inbox. Ada Author2, Ben Writer. "
        "shares subject 2. same authors"
    )
    core.edit.set_status([ids[2]], Status.READ)
    changes = Changes(kinds=frozenset({ChangeKind.STATUS}), ids=frozenset({ids[2], ids[0]}))
    assert model.touched(changes) == [ids[2]]
    with qtbot.waitSignal(model.dataChanged):
        model.refresh(core.catalog.rows(model.touched(changes)))
    assert model.index(1).data(ENTRY_ROLE).row.status is Status.READ
    assert model.index(9).data() is None


def test_a_list_says_why_a_paper_is_in_it_until_it_no_longer_does(
    model: PaperTableModel, ids: list[PaperId], qtbot: QtBot
) -> None:
    first, second = model.index(0, 0), model.index(1, 0)
    with qtbot.waitSignal(model.dataChanged):
        model.show_reasons({ids[0]: WhyHere(text="Near <b>sparse</b> ones", marks=((5, 11),))})
    assert first.data(WHY_ROLE) == model.reason_of(ids[0])
    assert second.data(WHY_ROLE) is None
    assert first.data(Qt.ItemDataRole.AccessibleTextRole).endswith("Near <b>sparse</b> ones")
    assert "Near <b>&lt;b&gt;spa</b>rse&lt;/b&gt; ones" in first.data(Qt.ItemDataRole.ToolTipRole)
    model.add_reasons({ids[1]: WhyHere(text="Too")})
    assert first.data(WHY_ROLE) is not None
    assert second.data(WHY_ROLE) == WhyHere(text="Too")
    model.show_reasons({})
    assert first.data(WHY_ROLE) is None
    assert "Near" not in first.data(Qt.ItemDataRole.ToolTipRole)
