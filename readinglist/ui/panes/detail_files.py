"""The files of the chosen paper: what each is, how far it was read, and what can be done with it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from readinglist.domain.changes import Changes
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.wording import count_text
from readinglist.services.jobs import JobContext, Lane
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge
from readinglist.ui.models.wording import SEPARATOR
from readinglist.ui.panes.detail_header import section_head
from readinglist.ui.panes.needs import Core
from readinglist.ui.widgets.asked_of import AskedOf, keep_quiet
from readinglist.ui.widgets.labels import ElidedLabel, make_label

if TYPE_CHECKING:
    from readinglist.services.files import FileView

INITIATOR = "files"


class FileRow(QWidget):
    """One file.

    Args:
        view: What is known of it.
        parent: Owner.
    """

    open_wanted = Signal(str)  # SHA-256
    outside_wanted = Signal(object)  # Path
    folder_wanted = Signal(object)  # Path
    take_off_wanted = Signal(str)  # SHA-256

    def __init__(self, view: "FileView", parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        name = view.path.stem
        title = ElidedLabel(name, name="file-name", parent=self)
        facts = make_label(facts_of(view), "file-facts", role="secondary", wraps=True, parent=self)
        facts.setVisible(bool(facts.text()))
        read = QPushButton("Read", self)
        read.setObjectName("file-read")
        read.setAccessibleName(f"Read {name}")
        read.setToolTip("Open this file in a tab.")
        read.setProperty("compact", "true")
        read.setEnabled(view.file.media_type == "application/pdf")
        read.clicked.connect(lambda: self.open_wanted.emit(view.file.sha256))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(title)
        words.addWidget(facts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addLayout(words, 1)
        row.addWidget(read, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._more(name), 0, Qt.AlignmentFlag.AlignVCenter)

    def _more(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("file-more")
        button.setIcon(theme.icon("menu"))
        button.setIconSize(QSize(theme.ICON, theme.ICON))
        button.setAccessibleName(f"More about {name}")
        button.setToolTip("More")
        menu = QMenu(button)
        menu.setObjectName("file-menu")
        view = self._view
        menu.addAction("Open outside", lambda: self.outside_wanted.emit(view.path))
        menu.addAction("Show in its folder", lambda: self.folder_wanted.emit(view.path))
        menu.addSeparator()
        menu.addAction("Take off the paper", lambda: self.take_off_wanted.emit(view.file.sha256))
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button


class FilesSection(QWidget):
    """The list; away while the paper has no file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("detail-files")
        self._head = section_head("Files", self)
        self._rows: list[FileRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.S)
        self._layout.addWidget(self._head)
        self.hide()

    def show_rows(self, rows: Sequence[FileRow]) -> None:
        """Show other files."""
        for row in self._rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self._rows = list(rows)
        for row in rows:
            self._layout.addWidget(row)
        self.setVisible(bool(rows))


class FilesShowing(QObject):
    """Keeps the list in step with the chosen paper, and does what is wanted of its files.

    Args:
        core: Knows them.
        bridge: The road to it.
        section: Shows them.
        parent: Owner.
    """

    open_wanted = Signal(object, str)  # PaperId, SHA-256
    done = Signal(str)  # a sentence for a toast; the step can be undone

    def __init__(self, core: Core, bridge: Bridge, section: FilesSection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._bridge = bridge
        self._section = section
        self._asked = AskedOf[PaperId, "tuple[FileView, ...]"](
            bridge,
            self,
            ask=self._find,
            show=self._show,
            leave=lambda: section.show_rows(()),
            fail=keep_quiet,
        )

    def show_for(self, paper: Paper | None) -> None:
        """Show the files of another paper, or the same ones again; those of the paper before are gone at once."""
        self._asked.turn_to(paper.id if paper is not None and paper.pdf is not None else None, rest_ms=0)
        self._asked.ask_soon(0)

    def _find(self, paper_id: PaperId) -> "tuple[FileView, ...]":
        found: tuple[FileView, ...] = self._core.files.of(paper_id)
        return found

    def _show(self, views: "Sequence[FileView]") -> None:
        rows = [FileRow(view, self._section) for view in views]
        for row in rows:
            row.open_wanted.connect(lambda sha256: self.open_wanted.emit(self._asked.subject, sha256))
            row.outside_wanted.connect(self._open_outside)
            row.folder_wanted.connect(self._show_in_folder)
            row.take_off_wanted.connect(self._take_off)
        self._section.show_rows(rows)

    def _open_outside(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._bridge.tell(f"Nothing on this computer opens {path.name}.", is_error=True)

    def _show_in_folder(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            self._bridge.tell(f"Nothing on this computer shows folders. The file is in {path.parent}.", is_error=True)

    def _take_off(self, sha256: str) -> None:
        paper_id = self._asked.subject
        if paper_id is None:
            return

        def work(_context: JobContext) -> Changes:
            changes: Changes = self._core.files.detach(paper_id, sha256, initiator=INITIATOR)
            return changes

        self._bridge.run(
            work,
            lane=Lane.LIBRARY,
            on_done=lambda _: self.done.emit("The file was taken off the paper."),
            is_kept=True,
        )


def facts_of(view: "FileView") -> str:
    """Say what is known of a file, on one line."""
    pages, position = view.file.facts.page_count, view.position
    parts = [
        "" if view.is_there else "not in its place any more",
        count_text(pages, "page") if pages else "",
        "wants a password" if view.file.facts.wants_password else "",
        f"read to page {position.page}" if position is not None else "",
        "linked" if view.file.is_linked else "",
    ]
    words = SEPARATOR.join(part for part in parts if part)
    return words[:1].upper() + words[1:]
