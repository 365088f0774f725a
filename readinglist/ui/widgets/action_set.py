"""The actions of a window as Qt knows them: keyed as the reader wants, enabled as it makes sense."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, BY_ID, ActionSpec, Context, Situation, keys_of, shown_keys

OF_THE_WINDOW = {Context.WINDOW, Context.PAPER, Context.LIST}
LONGEST = 60  # characters of what was done: a menu is as wide as its widest line
OF_THE_LIST = {Context.LIST, Context.PAPERS, Context.MAP}


class ActionSet(QObject):
    """The QActions of one window.

    Args:
        window: Gets the actions whose keys work everywhere.
        own_keys: See `keys_of`.
    """

    def __init__(self, window: QWidget, own_keys: Mapping[str, str]) -> None:
        super().__init__(window)
        self._actions = {spec.id: self._build(spec) for spec in ACTIONS}
        self._is_reading = False
        self.set_keys(own_keys)
        window.addActions([self[spec.id] for spec in ACTIONS if spec.context in OF_THE_WINDOW])

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def attach(self, widget: QWidget, context: Context = Context.PAPERS) -> None:
        """Let the keys of the paper list, or of a PDF, work in a widget and what is in it."""
        widget.addActions([self[spec.id] for spec in ACTIONS if spec.context is context])

    def handle(self, handlers: Mapping[str, Callable[[], None]]) -> None:
        """Give every action its handler.

        Raises:
            KeyError: An action has none.
        """
        for action_id, action in self._actions.items():
            handler = handlers[action_id]
            action.triggered.connect(lambda _checked=False, handler=handler: handler())

    def set_keys(self, own: Mapping[str, str]) -> None:
        """Put keys on the actions, now or when the reader changes them."""
        self._own = own
        for spec in ACTIONS:
            keys = keys_of(spec, own)
            action = self[spec.id]
            self._give_keys(spec)
            action.setToolTip(f"{spec.tooltip} ({shown_keys(keys)})" if keys else spec.tooltip)

    def update(self, situation: Situation) -> None:
        """Enable what makes sense now, and say what undo and redo would do."""
        away = OF_THE_LIST if situation.is_reading else {Context.READER}
        if situation.is_reading != self._is_reading:
            self._is_reading = situation.is_reading
            for spec in ACTIONS:
                if spec.context is Context.PAPER:
                    self._give_keys(spec)
        for spec in ACTIONS:
            self[spec.id].setEnabled(spec.context not in away and spec.is_enabled(situation))
        self["undo"].setText(_with_label("Undo", situation.undo_label))
        self["redo"].setText(_with_label("Redo", situation.redo_label))

    def fill(self, menu: QMenu, ids: Sequence[str]) -> None:
        """Put actions into a menu; an empty id is a line."""
        for action_id in ids:
            if action_id:
                menu.addAction(self[action_id])
            else:
                menu.addSeparator()

    def _give_keys(self, spec: ActionSpec) -> None:
        is_waiting = self._is_reading and spec.context is Context.PAPER
        keys = () if is_waiting else keys_of(spec, self._own)
        self[spec.id].setShortcuts([QKeySequence(key) for key in keys])

    def _build(self, spec: ActionSpec) -> QAction:
        action = QAction(theme.icon(spec.icon), spec.text, self)
        action.setObjectName(f"action-{spec.id}")
        action.setStatusTip(spec.tooltip)
        if spec.context in {Context.PAPERS, Context.MAP, Context.READER}:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action


def _with_label(verb: str, label: str | None) -> str:
    """A label may hold a tag with an ampersand, which Qt would take for a key mark, or a long name."""
    if not label:
        return verb
    shown = label if len(label) <= LONGEST else f"{label[: LONGEST // 2]}…{label[-LONGEST // 2 :]}"
    return f"{verb}: {shown.replace('&', '&&')}"


def parse_own_keys(text: str) -> dict[str, str]:
    """Read the reader's own keys: `star=S;X, next=J` as action id to keys; unknown actions are left out."""
    parts = (part.strip().partition("=") for part in text.split(", "))
    return {action_id: keys for action_id, sign, keys in parts if sign and action_id in BY_ID}


def render_own_keys(own: Mapping[str, str]) -> str:
    """Write the reader's own keys as `parse_own_keys` reads them."""
    return ", ".join(f"{action_id}={keys}" for action_id, keys in sorted(own.items()))
