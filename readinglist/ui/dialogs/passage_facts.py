"""What reading the passages of PDFs takes, before it is decided; and how far it is, afterwards."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readinglist.domain.wording import count_text
from readinglist.services.index_state import IndexState, why_empty
from readinglist.services.passage_cost import PassageCost
from readinglist.ui.dialogs.needs import HasSettings
from readinglist.ui.widgets.labels import make_label
from readinglist.ui.widgets.while_shown import WhileShown

WATCH_MS = 1000
COUNTING = "Looking what this takes in your library…"


class PassageFacts(QWidget):
    """Stands below the switch.

    Args:
        workspace: Knows.
        parent: The page.
    """

    def __init__(self, workspace: HasSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("passage-facts")
        self._workspace = workspace
        self.words = make_label("", "passage-facts-words", wraps=True, parent=self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.words)
        WhileShown(self, WATCH_MS, self.refresh, begin=self._look_again)

    def refresh(self) -> None:
        """Ask anew."""
        cost = self._workspace.passage_costs.known()
        self.words.setText(passage_text(self._workspace.indexing.state(), cost))

    def _look_again(self) -> None:
        self._workspace.passage_costs.look_again()  # papers may have come since
        self.refresh()


def passage_text(state: IndexState, cost: PassageCost | None) -> str:
    """Say what passages take; where they are wanted, how far they are."""
    passages = state.passages
    if not passages.is_wanted:
        return COUNTING if cost is None else cost.words()
    if passages.is_empty:
        return why_empty(cost)
    parts = [f"{passages.done:,} of {count_text(passages.total, 'passage')} can be searched"] if passages.total else []
    parts += [f"{count_text(passages.waiting, 'PDF')} still to be looked through"] if passages.waiting else []
    parts += ["more are being read now"] if passages.is_running and passages.done < passages.total else []
    return f"{'; '.join(parts)}."
