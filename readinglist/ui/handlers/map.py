"""The map of papers: made when it is first wanted, and kept in step with the list, whose choice it shares."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from readinglist.domain.paper import PaperId
from readinglist.ui.actions import Context
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.widgets.delays import make_delay

if TYPE_CHECKING:
    from readinglist.ui.map.pane import MapPane

COLOUR = "map-colour"  # in the state of the window


class Map(QObject):
    """Actions on the map, and the map itself."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.window)
        self._parts = parts
        self._pane: MapPane | None = None
        self._shown_ids: tuple[int, int] = (0, 0)
        self._soon = make_delay(self, 0, self._follow)  # one step of the reader's is several changes of the choice
        parts.papers.map_wanted.connect(self._make)
        parts.papers.chosen_changed.connect(self._on_choice)
        if parts.papers.bar.mode == "map":  # as the window was left; its papers were shown as cards until now
            QTimer.singleShot(0, self._make)

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "map-zoom-in": self._on_canvas("zoom_in"),
            "map-zoom-out": self._on_canvas("zoom_out"),
            "map-fit": self._on_canvas("fit"),
            "map-fit-chosen": self._on_canvas("fit_chosen"),
            "map-lasso": self._on_canvas("setFocus"),
            "map-arrange": self._arrange,
        }

    def _on_canvas(self, name: str) -> Callable[[], None]:
        def act() -> None:
            if self._pane is not None:
                getattr(self._pane.canvas, name)()

        return act

    def _arrange(self) -> None:
        self._parts.workspace.map.arrange_anew()

    def _make(self) -> None:
        if self._pane is not None:
            return
        from readinglist.ui.map.looks import ColourBy
        from readinglist.ui.map.pane import MapPane

        parts = self._parts
        pane = self._pane = MapPane(parts.workspace, parts.bridge, parts.actions, parts.papers)
        colour = parts.state.text_of(COLOUR)
        if colour in set(ColourBy):
            pane.set_colour(ColourBy(colour))
        parts.actions.attach(pane.canvas)
        parts.actions.attach(pane, Context.MAP)
        parts.toast.stand_above(pane.choice_bar, pane.legend)
        pane.choice_made.connect(self._choose)
        pane.opened.connect(parts.papers.opened)
        pane.menu_wanted.connect(parts.papers.menu_wanted)
        pane.colour_changed.connect(lambda by: parts.state.keep({COLOUR: by}))
        self._follow()
        has_focus = parts.papers.view.hasFocus()
        parts.papers.adopt_map(pane)
        if has_focus:
            pane.setFocus()

    def _choose(self, ids: set[PaperId], current: PaperId | None) -> None:
        self._parts.papers.choose_papers(ids, current)
        self._soon.stop()
        self._follow()  # at once: the next click goes on from what is chosen now

    def _on_choice(self) -> None:
        if self._pane is not None:
            self._soon.start()

    def _follow(self) -> None:
        """Show the list and the choice of now."""
        pane, papers = self._pane, self._parts.papers
        if pane is None:
            return
        ids = papers.model.ids
        shown = (id(ids), len(ids))  # a list is replaced whole, or loses papers
        if shown != self._shown_ids:
            self._shown_ids = shown
            pane.show_list(ids)
        pane.show_choice(set(papers.chosen), papers.current)
