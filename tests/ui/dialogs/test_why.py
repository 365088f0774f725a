"""“Why not this one?”: a verdict, what speaks for the paper, what its score is made of, and what can be taken back."""

from collections.abc import Iterator

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
    destroy(dialog)


def test_what_was_said_can_be_taken_back(window: QWidget) -> None:
    dialog = WhyDialog("A paper", RANKED, window)
    wanted: list[Feedback] = []
    dialog.show_wanted.connect(wanted.append)
    dialog.show()
    button = dialog.findChild(QPushButton, "why-take-back-more")
    assert button is not None
    assert button.toolTip() == "You asked for more papers like it."
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
