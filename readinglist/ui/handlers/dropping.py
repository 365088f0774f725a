"""What is dragged over the window: whether it may be dropped, and what the keys that are held down make of PDFs."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QDropEvent

from readinglist.app.settings import FILES
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.raw import Drop
from readinglist.domain.taking import Taking
from readinglist.ui.models.paper_table import PAPERS_MIME
from readinglist.ui.widgets.drop_sheet import DropSheet

MOST_LOOKED_AT = 200  # files, for whether there are PDFs among them; the pointer must not wait for more
Take = Callable[[Sequence[Drop], Taking | None], None]


class Dropping:
    """One window's.

    Args:
        sheet: Says what a drop would do.
        settings: Say what becomes of PDFs where no key is held down.
        take: Gets what was dropped, and what the keys chose; None for no choice.
    """

    def __init__(self, sheet: DropSheet, settings: SettingsStore, take: Take) -> None:
        self._sheet = sheet
        self._settings = settings
        self._take = take
        self._has_pdfs = False
        self._chosen: Taking | None = None  # by keys, when the pointer moved last

    def enter(self, event: QDropEvent) -> None:
        """Something comes over the window."""
        drops = drops_of(event.mimeData())
        if drops:
            self._has_pdfs = any(map(_may_be_pdfs, drops[:MOST_LOOKED_AT]))
            self.move(event)
            if event.isAccepted():
                self._sheet.cover()

    def move(self, event: QDropEvent) -> None:
        """It moves, or other keys are held down."""
        self._chosen = taking_of(event.modifiers())
        taking = self._chosen or Taking(self._settings.get(FILES))
        self._sheet.show_taking(taking if self._has_pdfs else None)
        _accept(event)

    def leave(self) -> None:
        """It is gone again."""
        self._sheet.hide()

    def drop(self, event: QDropEvent) -> None:
        """It is dropped: what the sheet said last holds, as some systems no longer tell the keys by now."""
        self._sheet.hide()
        drops, taking = drops_of(event.mimeData()), self._chosen
        _accept(event)
        # After the drag is over: the other program waits for the answer while this function runs.
        QTimer.singleShot(0, lambda: self._take(drops, taking))


def taking_of(keys: Qt.KeyboardModifier) -> Taking | None:
    """Return what keys mean to file managers, and here to PDFs; None if none is held down."""
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if keys & Qt.KeyboardModifier.AltModifier or (keys & shift and keys & control):
        return Taking.LINK
    if keys & shift:
        return Taking.MOVE
    return Taking.COPY if keys & control else None


def drops_of(mime: QMimeData | None) -> list[Drop]:
    """Return what a drag or the clipboard carries, as drops; empty for papers of this program."""
    if mime is None or mime.hasFormat(PAPERS_MIME):
        return []
    drops = []
    for url in mime.urls():  # `hasUrls` is also true for an empty list
        if url.isLocalFile() and url.toLocalFile():
            drops.append(Drop.of_path(Path(url.toLocalFile())))
        elif url.isValid() and not url.isLocalFile():
            drops.append(Drop("address", url.toString()))
    if drops:
        return drops
    text = mime.text().strip()
    return [Drop("text", text, "Dropped text")] if text else []


def _accept(event: QDropEvent) -> None:
    """Accept a drop as a copy, whatever is pressed: a program that hears of a move removes its files itself.

    Who offers no copy gets what it proposes, but for a move.
    """
    offered = event.possibleActions()
    action = next((one for one in (Qt.DropAction.CopyAction, Qt.DropAction.LinkAction) if offered & one), None)
    if action is None:
        event.ignore()
        return
    event.setDropAction(action)
    event.accept()


def _may_be_pdfs(drop: Drop) -> bool:
    """Tell whether a drop is a PDF by its name, or a folder, which may have some."""
    return drop.kind == "path" and (drop.content.lower().endswith(".pdf") or not Path(drop.content).suffix)
