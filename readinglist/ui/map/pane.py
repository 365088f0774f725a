"""The map in the middle of the window: the points, what lies over them, and what it says while there is no map."""

from collections.abc import Collection, Sequence

import numpy as np
from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.services.events import JobProgress, JobState
from readinglist.services.following import LABEL as COMPARING
from readinglist.services.jobs import Job, Lane
from readinglist.services.library_map import LABEL
from readinglist.services.map_answer import MapAnswer, Stage
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.map.canvas import Choosing, MapCanvas
from readinglist.ui.map.hover_card import HoverCard
from readinglist.ui.map.legend import Legend
from readinglist.ui.map.looks import ColourBy, looks_of
from readinglist.ui.map.needs import Core
from readinglist.ui.map.no_map import NoMap
from readinglist.ui.map.over import Buttons, ChoiceBar, MapNotice
from readinglist.ui.map.picture import Seen
from readinglist.ui.models.wording import spoken_row
from readinglist.ui.widgets.action_set import ActionSet
from readinglist.ui.widgets.delays import make_delay

SHOWN = frozenset(
    {
        *(ChangeKind.MAP, ChangeKind.STATUS, ChangeKind.TAGS, ChangeKind.DETAILS, ChangeKind.ADDED),
        *(ChangeKind.REMOVED, ChangeKind.VECTORS),
    }
)
SETTLE_MS = 150  # changes that follow each other are read once
BUTTONS = ("map-zoom-in", "map-zoom-out", "map-fit", "map-fit-chosen", "map-lasso")


class MapPane(QWidget):
    """Shows the library as points.

    Args:
        core: Has the map and the rows of papers.
        bridge: Brings answers and changes.
        actions: Of the window.
        parent: Owner.
    """

    choice_made = Signal(object, object)  # PaperIds, and the one that is current
    opened = Signal()
    menu_wanted = Signal(QPoint)  # in screen coordinates
    colour_changed = Signal(str)

    def __init__(self, core: Core, bridge: Bridge, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("papers-map")
        self._core = core
        self._bridge = bridge
        self._by = ColourBy.STATUS
        self._hidden: dict[ColourBy, set[str]] = {by: set() for by in ColourBy}
        self._listed: np.ndarray[tuple[int], np.dtype[np.int64]] = np.zeros(0, dtype=np.int64)
        self._chosen: Collection[PaperId] = ()
        self._current: PaperId | None = None
        self._answer: MapAnswer | None = None
        self._job: Job[MapAnswer] | None = None
        self._is_outdated = True
        self._reload = make_delay(self, SETTLE_MS, self.reload)
        self.canvas = MapCanvas(self)
        self.legend = Legend(self)
        self.none = NoMap(self)
        self.hover = HoverCard(self.canvas)
        self.choice_bar = ChoiceBar(self.canvas)
        self.notice = MapNotice(self.canvas)
        self.buttons = Buttons([actions[one] for one in BUTTONS], self.canvas)
        self._lasso = actions["map-lasso"]
        self._lasso.setCheckable(True)
        self._lay_out()
        self._connect()

    @property
    def seen(self) -> Seen:
        """What is shown of the papers."""
        return self.canvas.seen

    @property
    def colour(self) -> ColourBy:
        """What the colours tell."""
        return self._by

    @property
    def is_settled(self) -> bool:
        """Nothing that was asked for is still to come."""
        return self._job is None and not self._reload.isActive()

    def set_colour(self, by: ColourBy) -> None:
        """Colour the papers by something else."""
        if by is not self._by:
            self._by = by
            self.colour_changed.emit(by.value)
        self._dress()

    def show_list(self, ids: Sequence[PaperId]) -> None:
        """Show which papers are in the list; the others are faint."""
        self._listed = np.fromiter(ids, dtype=np.int64, count=len(ids))
        self._mark_listed()
        self.canvas.refresh()
        if self._answer is not None and self._answer.stage is Stage.READY:
            self._tell_notice(self._answer)

    def show_choice(self, chosen: Collection[PaperId], current: PaperId | None) -> None:
        """Show which papers are chosen, and come to the current one."""
        is_another = current != self._current
        self._chosen, self._current = chosen, current
        self._mark_choice()
        self.canvas.refresh()
        if is_another and self.isVisible():
            self.come_to_current()

    def come_to_current(self) -> None:
        """Have the current paper seen, and say which it is."""
        row = self.seen.current
        if row is not None and self.seen.answer is not None:
            self.canvas.look_at(row)
        self._speak()

    def reload(self) -> None:
        """Ask for the map as it is now."""
        if not self.isVisible():
            self._is_outdated = True
            return
        self._is_outdated = False
        if self._job is not None:
            self._job.cancel()
        self._job = self._bridge.run(lambda _: self._core.map.look(), lane=Lane.INTERACTIVE, on_done=self.show_answer)

    def show_answer(self, answer: MapAnswer) -> None:
        """Show a map, or say why there is none."""
        self._job = None
        before, self._answer = self._answer, answer
        is_ready = answer.stage is Stage.READY
        self._stack.setCurrentWidget(self._map if is_ready else self.none)
        self.none.explain_stage(answer)
        if not is_ready:
            return
        is_another = before is None or not _lies_alike(before, answer)
        self._dress(is_another=is_another)
        self._tell_notice(answer)
        if before is None or before.stage is not Stage.READY:
            self.come_to_current()

    def _lay_out(self) -> None:
        self._map = QWidget(self)
        column = QVBoxLayout(self._map)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.legend)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.none)
        self._stack.addWidget(self._map)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self.setFocusProxy(self.canvas)

    def _connect(self) -> None:
        self.canvas.chosen.connect(self._choose)
        self.canvas.hovered.connect(self._hover)
        self.canvas.titles_wanted.connect(self._show_titles)
        self.canvas.opened.connect(self.opened)
        self.canvas.menu_wanted.connect(self.menu_wanted)
        self.canvas.lasso_ended.connect(lambda: self._lasso.setChecked(False))
        self.canvas.resized.connect(self._place_over)
        self._lasso.toggled.connect(lambda is_on: self.canvas.set_lasso(is_lasso=is_on))
        self.legend.colour_chosen.connect(self.set_colour)
        self.legend.hidden_changed.connect(self._hide)
        self.choice_bar.menu_wanted.connect(self.menu_wanted)
        self.choice_bar.cleared.connect(self._choose_current_only)
        for button in (self.none.button, self.notice.button):
            button.clicked.connect(self._arrange)
        self.none.compare_button.clicked.connect(self._compare)
        self._bridge.subscribe(SHOWN, self._on_changes)
        self._bridge.on_progress(self._on_progress)

    def _arrange(self) -> None:
        self._core.map.arrange_anew()

    def _compare(self) -> None:
        self.none.compare_button.hide()  # it has begun, or is about to
        self._bridge.run(self._core.map.compare, lane=Lane.COMPUTE, label=COMPARING)

    def _dress(self, *, is_another: bool = False) -> None:
        """Give the papers their looks."""
        answer = self._answer
        if answer is None or answer.stage is not Stage.READY:
            return
        looks = looks_of(answer, self._by)
        seen = Seen(answer=answer, looks=looks, points=answer.points)
        seen.shown = looks.shown(self._hidden[self._by])
        has_sizes = bool((looks.size_of > 0).any())
        self.legend.show_kinds(self._by, looks.kinds, self._hidden[self._by], has_sizes=has_sizes)
        self.canvas.show_seen(seen, is_another=is_another)
        self._mark_listed()
        self._mark_choice()
        self.canvas.refresh()

    def _mark_listed(self) -> None:
        if self._answer is not None and len(self.seen.points):
            self.seen.listed = np.isin(self._answer.ids, self._listed)

    def _mark_choice(self) -> None:
        if self._answer is None or not len(self.seen.points):
            return
        ids = self._answer.ids
        self.seen.chosen = np.isin(ids, np.fromiter(self._chosen, dtype=np.int64, count=len(self._chosen)))
        rows = np.flatnonzero(ids == (self._current or 0))  # no paper has the number 0
        self.seen.current = int(rows[0]) if len(rows) else None
        self.choice_bar.show_count(len(self._chosen))
        self._place_over()

    def _hide(self, keys: set[str]) -> None:
        self._hidden[self._by] = keys
        self.seen.shown = self.seen.looks.shown(keys)
        self.canvas.refresh()

    def _choose(self, rows: list[int], choosing: Choosing) -> None:
        assert self._answer is not None  # noqa: S101 - there are points to choose
        named = [PaperId(one) for one in self._answer.ids[rows].tolist()]
        chosen = set(self._chosen)
        if choosing is Choosing.ONLY:
            chosen = set(named)
        elif choosing is Choosing.ADD or not chosen.issuperset(named):
            chosen |= set(named)
        elif len(chosen) > len(named):
            chosen -= set(named)
        current = named[0] if named[0] in chosen and len(named) == 1 else self._current
        self.choice_made.emit(chosen, current if current in chosen else next(iter(chosen)))

    def _choose_current_only(self) -> None:
        if self._current is not None:
            self.choice_made.emit({self._current}, self._current)

    def _hover(self, row: int | None, place: QPoint) -> None:
        ids = [] if row is None or self._answer is None else [PaperId(int(self._answer.ids[row]))]
        found = self._core.catalog.rows(ids)
        if found:
            self.hover.show_paper(found[0], place)
        else:
            self.hover.hide()

    def _show_titles(self, rows: list[int]) -> None:
        if self._answer is None:
            return
        row_of = {int(self._answer.ids[row]): row for row in rows}
        found = self._core.catalog.rows([PaperId(one) for one in row_of])
        self.canvas.show_titles({row_of[one.id]: one.title for one in found})

    def _speak(self) -> None:
        """Say which paper is current, for those who hear the window."""
        found = self._core.catalog.rows([self._current]) if self._current is not None and self.isVisible() else []
        text = spoken_row(found[0]) if found else ""
        if text != self.canvas.accessibleDescription():
            self.canvas.setAccessibleDescription(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self.canvas, QAccessible.Event.DescriptionChanged))

    def _tell_notice(self, answer: MapAnswer) -> None:
        missing = answer.total - len(answer.ids)
        if len(self._listed) and not self.seen.listed.any():
            text = "None of these papers is on the map."
        elif answer.is_arranging:
            text = ""  # the strip below the window says so
        elif answer.problem:
            text = answer.problem
        elif answer.is_outgrown:
            text = "Many papers came after the map was arranged."
        elif missing:
            text = f"{count_text(missing, 'paper')} not on the map yet: not compared so far."
        else:
            text = ""
        self.notice.explain(text, offers_arranging=answer.is_outgrown or bool(answer.problem))
        self._place_over()

    def _place_over(self) -> None:
        """Put what lies over the map to its edges, and keep names away from it."""
        area, gap = self.canvas.rect(), theme.S
        self.buttons.move(area.right() - self.buttons.width() - gap, gap)
        self.notice.move(gap, gap)
        bar = self.choice_bar
        bar.move(max(gap, (area.width() - bar.width()) // 2), area.bottom() - bar.height() - gap)
        over: list[QWidget] = [self.buttons, *(one for one in (self.notice, bar) if not one.isHidden())]
        self.canvas.over.taken = [QRectF(one.geometry()) for one in over]

    def _on_changes(self, changes: Changes) -> None:
        # Vectors of some papers are told by the hundred; those that change the map change it, which is told as well.
        is_ready = self._answer is not None and self._answer.stage is Stage.READY
        if not (is_ready and changes.ids and changes.kinds == {ChangeKind.VECTORS}):
            self._reload.start()

    def _on_progress(self, progress: JobProgress) -> None:
        if progress.label == LABEL and progress.total and progress.state is JobState.RUNNING:
            self.none.show_share(progress.done / progress.total)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_outdated:
            self._core.map.start()
            self.reload()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_over()


def _lies_alike(before: MapAnswer, now: MapAnswer) -> bool:
    return np.array_equal(before.ids, now.ids) and np.array_equal(before.points, now.points)
