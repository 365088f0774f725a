"""The page of the settings on which actions get other keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.app.settings import SHORTCUTS
from readinglist.app.settings_store import SettingsStore
from readinglist.domain.errors import ReadingListError
from readinglist.ui import theme
from readinglist.ui.actions import BY_ID, keys_of, shown_keys
from readinglist.ui.dialogs.keys_list import KeysList
from readinglist.ui.dialogs.own_keys import find_owner, portable, refusal_of, with_keys, without_key
from readinglist.ui.dialogs.sheet import make_button, make_problem_label, make_search_field, show_problem
from readinglist.ui.models.wording import plain_label
from readinglist.ui.widgets.action_set import parse_own_keys, render_own_keys
from readinglist.ui.widgets.flow_layout import FlowLayout
from readinglist.ui.widgets.labels import make_label

LEAD = "Choose an action, then press a key for it. Keys that differ from the usual ones are set in bold."
KEYS_HEIGHT = 30
RECORDER_WIDTH = 180
PASSED_ON = {Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}


class KeyRecorder(QKeySequenceEdit):
    """Takes one key and says so; Tab and Escape lead out of it, as everywhere."""

    taken = Signal(str)  # the key in Qt's portable writing

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys-recorder")
        self.setAccessibleName("Press a key for the chosen action")
        self.setMaximumSequenceLength(1)
        self.keySequenceChanged.connect(self._take)
        for line in self.findChildren(QLineEdit):
            line.setAccessibleName("Press a key for the chosen action")
        self._invite()

    def _take(self, key: QKeySequence) -> None:
        if not key.isEmpty():
            with QSignalBlocker(self):
                self.clear()
            self._invite()
            self.taken.emit(portable(key))

    def _invite(self) -> None:
        """Say what to do; Qt says it in its own words after each key."""
        for line in self.findChildren(QLineEdit):
            line.setPlaceholderText("Press a key")

    @override
    def event(self, event: QEvent) -> bool:
        is_press = event.type() in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride}
        if is_press and isinstance(event, QKeyEvent) and event.key() in PASSED_ON and not self._is_chord(event):
            if event.type() is QEvent.Type.ShortcutOverride or event.key() == Qt.Key.Key_Escape:
                event.ignore()
                return False
            return self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        return super().event(event)

    @staticmethod
    def _is_chord(event: QKeyEvent) -> bool:
        return bool(event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier)


class KeysPage(QWidget):
    """Changes the setting that holds the reader's own keys; every change applies at once.

    Args:
        store: Keeps it.
        parent: The dialog.
    """

    def __init__(self, store: SettingsStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys-page")
        self._store = store
        self._own = parse_own_keys(store.get(SHORTCUTS))
        self._wanted = ""  # a key that another action has
        self._is_filling = False  # the list is empty for a moment, which is no choice of the reader's
        self.line = make_search_field("Find an action or a key", "keys-line", self)
        self.list = KeysList(self)
        self.action_name = make_label("", "keys-action", role="strong", parent=self)
        self.recorder = KeyRecorder(self)
        self.take_over = make_button("", "keys-take-over", self)
        self.reset = make_button("&Usual keys", "keys-reset", self)
        self.reset_all = make_button("All to the usual keys", "keys-reset-all", self)
        self.problem = make_problem_label("keys-problem", self)
        self._keys = QWidget(self)
        self._keys_layout = FlowLayout(self._keys, gap=theme.XS)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.XL, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addWidget(make_label("Keys", "keys-heading", role="title", parent=self))
        layout.addWidget(make_label(LEAD, "keys-lead", role="secondary", wraps=True, parent=self))
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        chosen = QHBoxLayout()
        chosen.setSpacing(theme.M)
        chosen.addWidget(self.action_name)
        chosen.addWidget(self._keys, 1)
        layout.addLayout(chosen)
        row = QHBoxLayout()
        row.setSpacing(theme.S)
        self._keys.setMinimumHeight(KEYS_HEIGHT)
        self.recorder.setFixedWidth(RECORDER_WIDTH)
        row.addWidget(self.recorder)
        row.addStretch(1)
        row.addWidget(self.reset)
        row.addWidget(self.reset_all)
        layout.addLayout(row)
        trouble = QHBoxLayout()
        trouble.setSpacing(theme.S)
        trouble.addWidget(self.problem, 1)
        trouble.addWidget(self.take_over)
        layout.addLayout(trouble)

    def _connect(self) -> None:
        self.line.textChanged.connect(self._show)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.recorder.taken.connect(self._on_key)
        self.take_over.clicked.connect(self._on_take_over)
        self.reset.clicked.connect(self._on_reset)
        self.reset_all.clicked.connect(lambda: self._keep({}))

    def _on_chosen(self) -> None:
        if not self._is_filling:
            self._complain("")
            self._show_chosen()

    def _show(self) -> None:
        self._is_filling = True
        self.list.show_actions(self._own, self.line.text())
        self._is_filling = False
        self._on_chosen()

    def _show_chosen(self) -> None:
        action_id = self.list.chosen_id
        for button in self._keys.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._keys_layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.recorder.setEnabled(action_id is not None)
        self.reset.setEnabled(action_id in self._own)
        self.reset_all.setEnabled(bool(self._own))
        self.action_name.setText(BY_ID[action_id].text.rstrip("…") if action_id else "")
        for key in keys_of(BY_ID[action_id], self._own) if action_id else ():
            self._add_key_button(key)
        self._keys.updateGeometry()

    def _add_key_button(self, key: str) -> None:
        button = make_button(plain_label(shown_keys([key])), f"keys-key-{key}", self._keys)
        button.setIcon(theme.icon("close"))
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the key
        button.setAccessibleName(f"Take {shown_keys([key])} away")
        button.setToolTip("Take this key away")
        button.clicked.connect(lambda: self._on_remove(key))
        self._keys_layout.addWidget(button)
        button.show()

    def _on_key(self, key: str) -> None:
        action_id = self.list.chosen_id
        if action_id is None:
            return
        refusal = refusal_of(key)
        owner = None if refusal else find_owner(action_id, key, self._own)
        if refusal:
            self._complain(refusal)
        elif owner is not None:
            words = owner.text.rstrip("…")
            self._complain(f"{shown_keys([key])} is the key of “{words}”.", take_over=f"Take it from “{words}”")
            self._wanted = key
        else:
            self._add(action_id, key)

    def _on_take_over(self) -> None:
        action_id, key = self.list.chosen_id, self._wanted
        owner = find_owner(action_id, key, self._own) if action_id and key else None
        if action_id and owner:
            freed = without_key(self._own, owner.id, key)
            self._keep(with_keys(freed, action_id, [*keys_of(BY_ID[action_id], freed), key]))
            self.recorder.setFocus()

    def _on_remove(self, key: str) -> None:
        if action_id := self.list.chosen_id:
            self._keep(without_key(self._own, action_id, key))
            self.recorder.setFocus()

    def _on_reset(self) -> None:
        action_id = self.list.chosen_id
        if action_id is None:
            return
        usual = BY_ID[action_id].keys
        owners = [owner for key in usual if (owner := find_owner(action_id, key, self._own))]
        if owners:
            self._complain(f"Its usual key is the one of “{owners[0].text.rstrip('…')}” now. Change that one first.")
            return
        self._keep(with_keys(self._own, action_id, usual))

    def _add(self, action_id: str, key: str) -> None:
        has: Sequence[str] = keys_of(BY_ID[action_id], self._own)
        if QKeySequence(key) not in [QKeySequence(one) for one in has]:
            self._keep(with_keys(self._own, action_id, [*has, key]))

    def _keep(self, own: dict[str, str]) -> None:
        try:
            if own:
                self._store.set(SHORTCUTS, render_own_keys(own))
            else:
                self._store.reset(SHORTCUTS)
        except ReadingListError as error:
            self._complain(error.message)
            return
        self._own = own
        self._show()

    def _complain(self, text: str, *, take_over: str = "") -> None:
        self._wanted = ""
        show_problem(self.problem, text)
        self.take_over.setText(plain_label(take_over))
        self.take_over.setVisible(bool(take_over))
