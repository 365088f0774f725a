"""Several papers are chosen: how many, and the tags they could all have; above the page, which shows one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.panes.asked_of_paper import ask_tags
from readinglist.ui.panes.needs import Core
from readinglist.ui.widgets.labels import make_label, make_line
from readinglist.ui.widgets.suggested_tags import SuggestedTags
from readinglist.ui.widgets.tag_chip import HEIGHT


class ChosenStrip(QWidget):
    """A line that is there only while several papers are chosen.

    Args:
        core: Suggests tags.
        bridge: The road to it.
        parent: Owner.
    """

    def __init__(self, core: Core, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-chosen")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._count = make_label("", "detail-chosen-count", role="strong", parent=self)
        self._count.setMinimumHeight(HEIGHT)  # as tall as the tags, so that nothing moves when they come
        self._count.setContentsMargins(0, 0, theme.S, 0)
        self.suggested = SuggestedTags(self, label="Suggested for all", these="these papers")
        self.suggested.begin_with(self._count)
        self._tags = ask_tags(core, bridge, self.suggested)
        row = QVBoxLayout()
        row.setContentsMargins(theme.L, theme.S, theme.L, theme.S)
        row.addWidget(self.suggested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(make_line(self))
        self.hide()

    @property
    def papers(self) -> tuple[PaperId, ...]:
        """The chosen papers; none while not several are chosen."""
        return self._tags.subject or ()

    @property
    def is_waiting(self) -> bool:
        """Tags may still come."""
        return self._tags.is_waiting

    def show_papers(self, ids: Sequence[PaperId]) -> None:
        """Appear when several papers are chosen, and find out what they could all be tagged."""
        is_several = len(ids) > 1
        self._count.setText(f"{count_text(len(ids), 'paper')} chosen" if is_several else "")
        self._tags.turn_to(tuple(ids) if is_several else None)
        self.setVisible(is_several)
