"""The sheet before merging: entries, the version that leads, the paper as it will be, and what speaks against it."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QMainWindow

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import MOST, Entry, join
from readinglist.domain.paper import PaperId
from readinglist.ui.dialogs.merge import MergeSheet
from tests.helpers.papers import make_paper
from tests.helpers.ui_input import click, press

Key = Qt.Key
LONG = (
    "On the very long titles of papers that are found in several listings at once, and on those of their entries " * 2
)


def sheet_of(window: QMainWindow, *facts: dict[str, Any]) -> MergeSheet:
    return MergeSheet(join(Entry(paper=make_paper(number, **told)) for number, told in enumerate(facts, 1)), window)


def text_of(sheet: MergeSheet, name: str) -> str:
    label = next(one for one in sheet.findChildren(QLabel, name) if one.isVisibleTo(sheet))
    return label.text()


def test_the_published_version_leads_until_another_is_chosen_by_key_or_click(window: QMainWindow, opened: Any) -> None:
    sheet = opened(sheet_of(window, {"title": "The preprint"}, {"title": "The paper", "venue": "A Journal"}))
    assert sheet.leading == 2
    assert (text_of(sheet, "merge-text-of-Title"), text_of(sheet, "merge-from-of-Title")) == ("The paper", "from 2")
    press(sheet.entries.cards[1].button, Key.Key_Up)
    assert sheet.leading == 1
    assert (text_of(sheet, "merge-text-of-Title"), text_of(sheet, "merge-from-of-Title")) == ("The preprint", "from 1")
    click(sheet.entries.cards[1])
    assert sheet.leading == 2
    assert text_of(sheet, "merge-text-of-Venue") == "A Journal"


def test_enter_merges_and_escape_does_not(window: QMainWindow, opened: Any) -> None:
    ends: list[int] = []
    for key in (Key.Key_Return, Key.Key_Escape):
        sheet = opened(sheet_of(window, {}, {}))
        sheet.finished.connect(ends.append)
        press(sheet.entries.cards[0].button, key)
    assert ends == [MergeSheet.DialogCode.Accepted, MergeSheet.DialogCode.Rejected]


def test_it_says_which_entry_stays_and_numbers_them_from_it(window: QMainWindow, opened: Any) -> None:
    sheet = opened(sheet_of(window, {}, {"note": "A note."}))
    assert sheet.heading.text() == "Merge 2 papers"
    assert sheet.lead.text().startswith("Entry 1 stays")
    assert [card.paper_id for card in sheet.entries.cards] == [2, 1]


def test_doubts_are_shown_only_where_there_are_some(window: QMainWindow, opened: Any) -> None:
    same = {"identifiers": (), "published": PartialDate(2024)}
    assert opened(sheet_of(window, same, same)).findChild(QFrame, "merge-doubts") is None
    other = {"identifiers": (Identifier("arxiv", "2401.00001"),)}
    sheet = opened(sheet_of(window, {}, other))
    assert text_of(sheet, "merge-doubts-text") == (
        "Look whether they are one work. They have different arXiv ids: 2401.00001 and 2405.00001."
    )


def test_text_that_looks_like_markup_is_shown_as_it_is(window: QMainWindow, opened: Any) -> None:
    sheet = opened(sheet_of(window, {"title": "<b>Bold</b> & co"}, {"title": "<b>Bold</b> & co"}))
    label = sheet.findChild(QLabel, "merge-title-1")
    assert label is not None
    assert (label.text(), label.textFormat()) == ("<b>Bold</b> & co", Qt.TextFormat.PlainText)


@pytest.mark.parametrize("count", [2, MOST])
def test_long_titles_break_into_lines_and_the_one_that_leads_is_in_view(
    window: QMainWindow, opened: Any, count: int
) -> None:
    window.resize(720, 520)
    sheet = opened(sheet_of(window, *({"title": f"{LONG}{number}"} for number in range(count))))
    page = sheet.area.widget()
    assert page is not None
    assert page.width() <= sheet.area.viewport().width()
    for card in sheet.entries.cards[:-1]:
        press(card.button, Key.Key_Down)
    assert sheet.leading == PaperId(count)
    card = sheet.entries.cards[-1]
    top = card.mapTo(sheet.area.viewport(), card.rect().topLeft()).y()
    assert 0 <= top <= sheet.area.viewport().height() - card.height()
    for name in ("title", "facts", "made"):
        label = sheet.findChild(QLabel, f"merge-{name}-1")
        assert label is not None
        assert label.height() >= label.heightForWidth(label.width())
