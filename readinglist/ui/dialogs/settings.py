"""The settings, a page for each group, made from their declarations; every change applies at once."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from readinglist.app.setting import Group
from readinglist.app.settings import ALL, DEVICE, PASSAGES, SHORTCUTS
from readinglist.domain.wording import count_text
from readinglist.services.index_state import IndexState
from readinglist.ui import theme
from readinglist.ui.dialogs.keys_page import KeysPage
from readinglist.ui.dialogs.needs import HasSettings, Indexing
from readinglist.ui.dialogs.passage_facts import PassageFacts
from readinglist.ui.dialogs.setting_controls import SettingRow
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.widgets.labels import make_label
from readinglist.ui.widgets.while_shown import WhileShown

SIZE = (820, 620)
PAGES_WIDTH = 160
PAGE_HEIGHT = 28
KEYS = "Keys"
WATCH_MS = 1000  # how soon a page shows that the model runs on something else now


class SettingsDialog(Sheet):
    """Changes settings.

    Args:
        workspace: Keeps them, and knows what the model runs on.
        parent: The window.
    """

    def __init__(self, workspace: HasSettings, parent: QWidget | None) -> None:
        super().__init__(name="settings", heading="Settings", size=SIZE, parent=parent)
        self.explain(f"Changes apply at once. They are kept in {workspace.settings.path}.")
        self.rows: dict[str, SettingRow] = {}
        self.pages = QListWidget(self)
        self.pages.setObjectName("settings-pages")
        self.pages.setAccessibleName("Pages")
        self.pages.setProperty("role", "pages")
        self.pages.setFixedWidth(PAGES_WIDTH)
        self._stack = QStackedWidget(self)
        for group in Group:
            self._add_page(group.value, self._build_page(group, workspace))
            if group is Group.LOOK:
                self._add_page(KEYS, KeysPage(workspace.settings, self))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.pages)
        middle.addWidget(_vertical_line(self))
        middle.addWidget(self._stack, 1)
        self.body.addLayout(middle, 1)
        self.push_right()
        self.add_close_button()
        self.pages.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.pages.setCurrentRow(0)
        self.pages.setFocus()

    def _add_page(self, title: str, page: QWidget) -> None:
        item = QListWidgetItem(title)
        item.setSizeHint(QSize(0, PAGE_HEIGHT))
        self.pages.addItem(item)
        self._stack.addWidget(page)

    def _build_page(self, group: Group, workspace: HasSettings) -> QWidget:
        page = QWidget(self)
        page.setProperty("role", "paper")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.XL, 0, theme.S, 0)
        layout.setSpacing(theme.XL)
        layout.addWidget(make_label(group.value, f"settings-heading-{group.name.lower()}", role="title", parent=page))
        if group is Group.SIMILAR:
            layout.addWidget(ModelFacts(workspace.indexing, page))
        for setting in ALL:
            if setting.group is group and setting is not SHORTCUTS:
                row = self.rows[setting.key] = SettingRow(setting, workspace.settings, page)
                layout.addWidget(row)
            if setting is PASSAGES and group is PASSAGES.group:
                self.rows[setting.key].put_below(PassageFacts(workspace, page))
        layout.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName(f"settings-page-{group.name.lower()}")
        area.setAccessibleName(group.value)
        area.setProperty("role", "paper")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area


class ModelFacts(QFrame):
    """What compares papers now, what it runs on, and why.

    Args:
        indexing: Knows.
        parent: The page.
    """

    def __init__(self, indexing: Indexing, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("model-facts")
        self.setProperty("role", "card")
        self._indexing = indexing
        self.model = make_label("", "model-facts-model", wraps=True, parent=self)
        self.device = make_label("", "model-facts-device", wraps=True, parent=self)
        self.progress = make_label("", "model-facts-progress", wraps=True, parent=self)
        self.problem = make_label("", "model-facts-problem", role="danger", wraps=True, parent=self)
        self.compare = QPushButton("Compare now", self)
        self.compare.setObjectName("model-facts-compare")
        self.compare.setToolTip("Let the model read what it has not read yet.")
        self.compare.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.compare.clicked.connect(self._begin)
        form = QFormLayout(self)
        form.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        form.setHorizontalSpacing(theme.L)
        form.setVerticalSpacing(theme.XS)
        for words, label in (("Model", self.model), ("Runs on", self.device), ("Compared", self.progress)):
            form.addRow(make_label(words, f"{label.objectName()}-label", role="secondary", parent=self), label)
        form.addRow(self.problem)
        form.addRow(self.compare)
        self.refresh()
        WhileShown(self, WATCH_MS, self.refresh)

    def refresh(self) -> None:
        """Ask anew."""
        state = self._indexing.state()
        self.model.setText(state.model or "Not chosen yet")
        self.device.setText(device_text(state))
        self.progress.setText(progress_text(state))
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        waits = state.done < state.total or state.passages.has_work
        self.compare.setEnabled(waits and not (state.is_running or state.passages.is_running))

    def _begin(self) -> None:
        self._indexing.begin_now()
        self.compare.setEnabled(False)  # until it is known what came of it


def device_text(state: IndexState) -> str:
    """Say what the model runs on, and why."""
    device = dict(DEVICE.choices).get(state.device, state.device) or "Decided when the model is first used"
    return f"{device}: {state.device_reason}" if state.device_reason else device


def progress_text(state: IndexState) -> str:
    """Say how many papers can be compared by meaning."""
    stale = f"; {state.stale:,} changed since and will be read anew" if state.stale else ""
    now = "; more are being read now" if state.is_running else ""
    return f"{state.done:,} of {count_text(state.total, 'paper')}{stale}{now}"


def _vertical_line(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    line.setProperty("role", "sunken")
    line.setFixedWidth(1)
    return line
