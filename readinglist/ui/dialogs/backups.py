"""Backups: made, looked into and restored, without leaving the window."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane
from readinglist.services.maintenance import BackupContent, BackupInfo
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.dialogs.needs import HasBackups, Maintenance
from readinglist.ui.dialogs.sheet import Sheet, make_button, make_problem_label, show_problem
from readinglist.ui.models.wording import date_text
from readinglist.ui.widgets.asked_of import AskedOf
from readinglist.ui.widgets.busy import BusyIndicator
from readinglist.ui.widgets.empty_state import EmptyState
from readinglist.ui.widgets.labels import make_label, make_line

SIZE = (680, 560)
INFO_ROLE = Qt.ItemDataRole.UserRole + 1
COLUMNS = (("Made", 180), ("Why", 250), ("Size", 90))
REASONS = {
    "manual": "Made by you",
    "automatic": "Made by itself",
    "upgrade": "Before an upgrade of the library",
    "restore": "Before a backup was restored",
}
FROM_OUTSIDE = "Put there by hand"
LEAD = "A backup holds papers, notes, tags and what you decided. Papers found as similar are worked out anew."
FILES = "Libraries (*.sqlite);;All files (*)"
SAFE = "What is in the library now is backed up first, so this can be taken back in the same way."


class BackupsDialog(Sheet):
    """The list of backups, and what is in the chosen one.

    Args:
        workspace: Makes and restores them.
        bridge: Runs it off the main thread.
        parent: The window.
    """

    def __init__(self, workspace: HasBackups, bridge: Bridge, parent: QWidget | None) -> None:
        super().__init__(name="backups", heading="Backups", size=SIZE, parent=parent)
        self.explain(LEAD)
        self._maintenance: Maintenance = workspace.maintenance
        self._bridge = bridge
        self._content: BackupContent | None = None
        self._inside = AskedOf[Path, BackupContent](
            bridge, self, ask=self._maintenance.inspect, show=self._show_content, fail=self._miss_content
        )
        self._items = QStandardItemModel(self)
        self.list = self._build_list()
        self.none = EmptyState(
            name="backups-none",
            icon="backup",
            title="There are no backups yet",
            hint="Make the first one.",
            parent=self,
        )
        self.card = BackupCard(self)
        self.busy = BusyIndicator(name="backups-busy", parent=self)
        self.problem = make_problem_label("backups-problem", self)
        self.outcome = make_label("", "backups-outcome", role="success", wraps=True, parent=self)
        self.outcome.hide()
        for widget, stretch in ((self.list, 1), (self.none, 1), (self.card, 0), (self.problem, 0), (self.outcome, 0)):
            self.body.addWidget(widget, stretch)
        self.make_button = self.add_button("&Back up now", "make", role="primary")
        self.file_button = self.add_button("From a &file…", "file")
        self.foot.addWidget(self.busy, 1)
        self.push_right()
        self.folder_button = self.add_button("Show in f&older", "folder")
        self.restore_button = self.add_button("&Restore…", "restore")
        self.add_close_button()
        self._connect()
        self._ask_for_list()

    def look_into(self, path: Path) -> None:
        """Show what is in a file, be it in the list or not."""
        self._content = None
        self.card.wait(path)
        self._inside.turn_to(path, rest_ms=0)
        self._inside.ask_soon(0)
        self._show_buttons()

    def _build_list(self) -> QTreeView:
        view = QTreeView(self)
        view.setObjectName("backups-list")
        view.setAccessibleName("Backups, newest first")
        view.setProperty("role", "table")
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setModel(self._items)
        view.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.header().setStretchLastSection(True)
        return view

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.make_button.clicked.connect(self._make)
        self.file_button.clicked.connect(self._choose_file)
        self.folder_button.clicked.connect(self._show_in_folder)
        self.restore_button.clicked.connect(self._ask_whether)
        self.card.confirmed.clicked.connect(self._restore)
        self.card.refused.clicked.connect(self.card.stop_asking)

    def _ask_for_list(self) -> None:
        self._bridge.run(
            lambda _: self._maintenance.list_backups(),
            lane=Lane.INTERACTIVE,
            on_done=self._show_list,
            on_error=self._fail,
        )

    def _show_list(self, backups: list[BackupInfo]) -> None:
        self._items.clear()
        self._items.setHorizontalHeaderLabels([title for title, _ in COLUMNS])
        for column, (_, width) in enumerate(COLUMNS):
            self.list.setColumnWidth(column, width)
        for info in backups:
            self._items.appendRow(_make_row(info))
        self.none.setVisible(not backups)
        self.list.setVisible(bool(backups))
        if backups:
            self.list.setCurrentIndex(self._items.index(0, 0))
            self.list.setFocus()
        else:
            self._inside.turn_to(None)
            self.card.hide()
            self._show_buttons()
            self.make_button.setFocus()

    def _on_current(self, index: QModelIndex) -> None:
        info = index.siblingAtColumn(0).data(INFO_ROLE)
        if isinstance(info, BackupInfo):
            self.look_into(info.path)

    def _show_content(self, content: BackupContent) -> None:
        self._content = content
        self.card.show_content(content)
        self._show_buttons()

    def _miss_content(self, error: BaseException) -> None:
        self.card.show_problem(sentence_of(error))

    def _make(self) -> None:
        self._begin("Backing up…")
        self._bridge.run(
            lambda _: self._maintenance.backup(),
            lane=Lane.LIBRARY,
            on_done=self._made,
            on_error=self._fail,
            label="Backing up",
        )

    def _made(self, path: Path) -> None:
        self._end(f"Backed up to {path.name}.")
        self._ask_for_list()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Look into a backup", "", FILES)
        if name:
            self.list.clearSelection()
            self.look_into(Path(name))

    def _show_in_folder(self) -> None:
        chosen = self._inside.subject
        if chosen is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(chosen.parent))):
            show_problem(self.problem, f"Nothing on this computer shows folders. It is {chosen.parent}.")

    def _ask_whether(self) -> None:
        if self._content is not None:
            self.card.ask(self._content)

    def _restore(self) -> None:
        path = self._inside.subject
        if path is None:
            return
        self.card.stop_asking()
        self._begin("Restoring…")
        self._bridge.run(
            lambda _: self._maintenance.restore(path),
            lane=Lane.LIBRARY,
            on_done=self._restored,
            on_error=self._fail,
            label="Restoring a backup",
        )

    def _restored(self, saved: Path) -> None:
        self._end(f"Restored. What was in the library before is kept as {saved.name}.")
        self._ask_for_list()

    def _begin(self, text: str) -> None:
        show_problem(self.problem, "")
        self.outcome.hide()
        self.busy.begin(text)
        for button in (self.make_button, self.file_button, self.restore_button):
            button.setEnabled(False)

    def _end(self, text: str) -> None:
        self.busy.end()
        self.outcome.setText(text)
        self.outcome.setVisible(bool(text))
        self._show_buttons()

    def _fail(self, error: BaseException) -> None:
        self._end("")
        show_problem(self.problem, sentence_of(error))

    def _show_buttons(self) -> None:
        self.make_button.setEnabled(True)
        self.file_button.setEnabled(True)
        self.folder_button.setEnabled(self._inside.subject is not None)
        self.restore_button.setEnabled(self._content is not None)


class BackupCard(QFrame):
    """What is in the chosen backup, and the question whether to go back to it.

    Args:
        parent: The dialog.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("backup-card")
        self.setProperty("role", "card")
        self.title = make_label("", "backup-card-title", role="strong", wraps=True, parent=self)
        self.facts = make_label("", "backup-card-facts", role="secondary", wraps=True, parent=self)
        self.trouble = make_problem_label("backup-card-problem", self)
        self._question = QWidget(self)
        self.question = make_label("", "backup-card-question", wraps=True, parent=self._question)
        self.confirmed = make_button("Restore this backup", "backup-card-confirm", self._question)
        self.confirmed.setProperty("role", "danger")
        self.refused = make_button("Leave everything as it is", "backup-card-refuse", self._question)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.S)
        buttons.addWidget(self.confirmed)
        buttons.addWidget(self.refused)
        buttons.addStretch(1)
        asking = QVBoxLayout(self._question)
        asking.setContentsMargins(0, theme.XS, 0, 0)
        asking.setSpacing(theme.S)
        asking.addWidget(make_line(self._question))
        asking.addWidget(self.question)
        asking.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.M, theme.M, theme.M, theme.M)
        layout.setSpacing(theme.XS)
        for widget in (self.title, self.facts, self.trouble, self._question):
            layout.addWidget(widget)
        self.stop_asking()
        self.hide()

    def wait(self, path: Path) -> None:
        """Name the file that is being looked into."""
        self.title.setText(path.name)
        self.facts.setText("Looking into it…")
        self.facts.show()
        show_problem(self.trouble, "")
        self.stop_asking()
        self.show()

    def show_content(self, content: BackupContent) -> None:
        """Say what is in it."""
        self.facts.setText(content_text(content))

    def show_problem(self, text: str) -> None:
        """Say why it cannot be looked into."""
        self.facts.hide()
        show_problem(self.trouble, text)

    def ask(self, content: BackupContent) -> None:
        """Ask whether to go back to it."""
        self.question.setText(
            f"Replace the library by the {count_text(content.papers, 'paper')} of this backup? {SAFE}"
        )
        self._question.show()
        self.refused.setFocus()

    def stop_asking(self) -> None:
        """Take the question back."""
        self._question.hide()


def content_text(content: BackupContent) -> str:
    """Say what a backup holds."""
    counts = [(content.papers, "paper"), (content.notes, "note"), (content.tags, "tag")]
    if content.collections:
        counts.append((content.collections, "collection"))
    text = ", ".join(count_text(number, word) for number, word in counts)
    return f"{text}.\nAdded last: {content.newest}" if content.newest else f"{text}."


def size_text(count: int) -> str:
    """Write a number of bytes, in steps that people compare by.

    >>> size_text(500), size_text(3_500_000)
    ('1 kB', '3.5 MB')
    """
    return f"{max(1, round(count / 1000)):,} kB" if count < 1_000_000 else f"{count / 1_000_000:,.1f} MB"


def _make_row(info: BackupInfo) -> list[QStandardItem]:
    made = info.made.astimezone()
    texts = (
        f"{date_text(info.made)}, {made:%H:%M}",
        REASONS.get(info.reason, FROM_OUTSIDE),
        size_text(info.size_bytes),
    )
    row = [QStandardItem(text) for text in texts]
    row[0].setData(info, INFO_ROLE)
    row[0].setAccessibleText(", ".join(texts))
    return row
