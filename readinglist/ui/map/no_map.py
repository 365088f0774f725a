"""What stands in the place of the map while there is none: why, how far it is, and what to do."""

from PySide6.QtWidgets import QWidget

from readinglist.domain.wording import count_text
from readinglist.services.library_map import FEWEST
from readinglist.services.map_answer import MapAnswer, Stage
from readinglist.ui.widgets.empty_state import EmptyState


class NoMap(EmptyState):
    """The empty state of the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(name="map-none", icon="map", title="", parent=parent)
        self._stage = Stage.WAITING
        self.button = self.add_button("Arrange the map", "map-arrange", is_primary=True)
        self.compare_button = self.add_button("Compare now", "map-compare", is_primary=True)
        for button in (self.button, self.compare_button):
            button.hide()

    def explain_stage(self, answer: MapAnswer) -> None:
        """Say why there is no map."""
        self._stage = answer.stage
        if answer.is_arranging and answer.stage is Stage.WAITING:
            self._stage = Stage.ARRANGING
        title, hint = _words(answer, self._stage)
        self.explain(title, hint)
        self.button.setVisible(self._stage is Stage.WAITING)
        self.compare_button.setVisible(self._stage is Stage.COMPARING and not answer.is_comparing)

    def show_share(self, share: float) -> None:
        """Say how far the arranging is."""
        if self._stage is Stage.ARRANGING:
            self.explain("The map is being arranged", f"{share:.0%} done. It goes on in the background.")


def _words(answer: MapAnswer, stage: Stage) -> tuple[str, str]:
    match stage:
        case Stage.TOO_FEW:
            has = "is" if answer.total == 1 else "are"
            return "Too few papers for a map", f"A map needs {FEWEST} papers; there {has} {answer.total} so far."
        case Stage.COMPARING:
            done = f"{answer.compared:,} of {count_text(answer.total, 'paper')} so far."
            if answer.is_comparing:
                return "The papers are being compared", f"Then there will be a map: {done}"
            return "The papers are not compared yet", answer.problem or f"A map needs them compared by meaning: {done}"
        case Stage.ARRANGING:
            return "The map is being arranged", "It goes on in the background."
        case _:
            hint = answer.problem or "It takes a minute or less, and goes on in the background."
            return "The map is not arranged yet", hint
