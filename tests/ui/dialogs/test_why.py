"""“Why not this one?”: a verdict, what speaks for the paper, what its score is made of, and what can be taken back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Explanation, ScorePart
from readinglist.ui import theme
from readinglist.ui.dialogs.why import PartBar, WhyDialog
from tests.helpers.ui_core import destroy
from tests.helpers.ui_input import click

RANKED = Explanation(
    rank=1234,
    total=98_000,
    verdict="The list shows 100 papers, and others fit better.",
    parts=(
        ScorePart(meaning="How near it is.", value=1.26),
        ScorePart(meaning="How near it is to what you skipped.", value=-0.63),
        ScorePart(meaning="Newness.", value=0.01),
    ),
    reasons=("Near “A title”", "Shares depth with it"),
    said=frozenset({Feedback.MORE}),
)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    theme.apply(qapp, "light")
    window = QWidget()
    window.resize(900, 700)
    window.show()
    yield window
    destroy(window)


def label_of(dialog: WhyDialog, name: str) -> QLabel:
    label = dialog.findChild(QLabel, name)
    assert label is not None
    return label


def test_a_ranked_paper_has_its_place_its_reasons_and_its_parts(window: QWidget) -> None:
    dialog = WhyDialog("A paper <b>of mine</b>", RANKED, window)
    dialog.show()
    assert dialog.heading.text() == "A paper <b>of mine</b>"
    assert dialog.lead.text().startswith("Rank 1,234 of 98,000 unread papers. The list shows 100 papers")
    assert dialog.reasons.text() == "Near “A title”.\nShares depth with it."
    names = [bar.accessibleName() for bar in dialog.findChildren(PartBar)]
    assert names == ["How near it is. +1.3", "How near it is to what you skipped. −0.6"]
    numbers = [label.text() for label in dialog.findChildren(QLabel) if label.text()[:1] in {"+", "−"}]
    assert numbers == ["+1.3", "−0.6"]
    assert label_of(dialog, "why-score").text().startswith("An average paper has 0, this one +0.6.")
    destroy(dialog)


def test_what_counts_for_it_and_what_against_it_is_seen_by_the_side_of_the_bar(window: QWidget) -> None:
    dialog = WhyDialog("A paper", RANKED, window)
    dialog.show()
    for_it, against_it = (bar.grab().toImage() for bar in dialog.findChildren(PartBar))
    y, middle = for_it.height() // 2, for_it.width() // 2
    ground = for_it.pixelColor(4, y)
    assert for_it.pixelColor(middle + 8, y) != ground
    assert against_it.pixelColor(middle + 8, y) == ground
    assert against_it.pixelColor(middle - 8, y) != ground
    destroy(dialog)


def test_long_sentences_are_not_cut(window: QWidget) -> None:
    long = tuple(ScorePart(meaning=f"{number} {'how near it is to yours ' * 12}.", value=1.0) for number in range(5))
    dialog = WhyDialog("A paper", replace(RANKED, parts=long), window)
    dialog.show()
    for number in range(5):
        label = label_of(dialog, f"why-part-{number}")
        assert label.height() >= label.heightForWidth(label.width())
    destroy(dialog)


def test_what_was_said_can_be_taken_back(window: QWidget) -> None:
    dialog = WhyDialog("A paper", RANKED, window)
    wanted: list[Feedback] = []
    dialog.show_wanted.connect(wanted.append)
    dialog.show()
    button = dialog.findChild(QPushButton, "why-take-back-more")
    assert button is not None
    assert button.toolTip() == "You asked for more papers like it."
    assert dialog.lead.text().endswith("others fit better. You asked for more papers like it.")
    click(button)
    assert wanted == [Feedback.MORE]
    assert not dialog.isVisible()


def test_a_paper_that_is_left_out_has_only_the_reason_for_that(window: QWidget) -> None:
    dialog = WhyDialog("A paper", Explanation(rank=None, total=10, verdict="You have read it."), window)
    dialog.show()
    assert dialog.lead.text() == "You have read it."
    assert dialog.findChildren(PartBar) == []
    assert [button.text() for button in dialog.findChildren(QPushButton)] == ["Close"]
    destroy(dialog)
