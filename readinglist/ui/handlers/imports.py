"""Bringing papers in: what was dropped, copied or chosen is read, shown on the review sheet, then stored."""

import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from readinglist.app.settings import CONFIRM_DOIS, FILES, IMPORT_STATUS
from readinglist.domain.paper import Status
from readinglist.domain.raw import Drop
from readinglist.domain.taking import Taking
from readinglist.domain.wording import count_text
from readinglist.services.ingest import ImportOptions, ImportPreview, ImportReport
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.unconfirmed import UnconfirmedDois
from readinglist.ui.handlers.dropping import drops_of
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.scope import ALL, status_scope
from readinglist.ui.widgets.toast import Offer

if TYPE_CHECKING:
    from readinglist.services.confirming import ConfirmReport

log = logging.getLogger(__name__)

TODAY = "https://huggingface.co/papers"
WORTH_RANKING = 3  # papers; fewer are looked at faster than ranked
RANKED = (Status.INBOX, Status.TO_READ)  # what For you chooses from


class Imports:
    """From drops to stored papers, by way of the review sheet."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "import-files": self.choose_files,
            "import-folder": self.choose_folder,
            "import-clipboard": self.take_clipboard,
            "fetch-today": self.fetch_today,
        }

    def choose_files(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self._parts.window, "Import files")
        self.review([Drop.of_path(Path(name)) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(self._parts.window, "Import a folder")
        self.review([Drop.of_path(Path(name))] if name else [])

    def take_clipboard(self) -> None:
        """Read what was copied."""
        drops = drops_of(QApplication.clipboard().mimeData())
        if not drops:
            self._parts.toast.say("Nothing was copied that could be read: copy text, addresses or files first.")
        self.review(drops)

    def fetch_today(self) -> None:
        """Ask for today's Daily Papers."""
        self.review([Drop("address", TODAY, "Today's Daily Papers")])

    def offer_unfinished(self) -> None:
        """Offer, once, what was being imported when the program ended or was stopped."""
        ingest = self._parts.workspace.ingest
        drops = ingest.unfinished()
        if not drops:
            return
        ingest.forget_unfinished()
        what = drops[0].name if len(drops) == 1 else count_text(len(drops), "item")
        text = f"The import of {what} was interrupted."
        self._parts.toast.say(text, action="Go on", run=lambda: self.review(drops))

    def confirm_dois(self) -> None:
        """Find out, quietly, whether DOIs that were found in PDFs are those of their papers."""
        workspace = self._parts.workspace

        def work(context: JobContext) -> "ConfirmReport | None":
            is_needed = UnconfirmedDois(workspace.library.folder / "derived").all()
            return workspace.confirming.confirm(context) if is_needed else None

        if workspace.settings.get(CONFIRM_DOIS):
            self._parts.bridge.run(
                work,
                lane=Lane.NETWORK,
                on_done=self._tell_of_dois,
                on_error=lambda error: log.info("DOIs were not confirmed: %s", error),
            )

    def review(self, drops: Sequence[Drop], taking: Taking | None = None) -> None:
        """Read drops off the main thread, then show what is in them.

        Args:
            drops: What the reader handed over.
            taking: What is to become of PDFs, as it was chosen with the drop; None offers what the settings say.
        """
        if not drops:
            return
        ingest = self._parts.workspace.ingest
        label = f"Reading {drops[0].name}" if len(drops) == 1 else f"Reading {count_text(len(drops), 'item')}"
        self._parts.bridge.run(
            lambda context: ingest.preview(drops, context, is_offered=True),
            lane=Lane.NETWORK,
            on_done=lambda preview: self._show(preview, taking),
            label=label,
        )

    def _show(self, preview: ImportPreview, taking: Taking | None) -> None:
        from readinglist.ui.dialogs.review import ReviewDialog

        parts = self._parts
        sheet = ReviewDialog(
            preview,
            default_status=Status(parts.workspace.settings.get(IMPORT_STATUS)),
            default_taking=taking or Taking(parts.workspace.settings.get(FILES)),
            known_tags=[tag.name for tag in parts.workspace.catalog.tags()],
            parent=parts.window,
        )
        sheet.accepted.connect(lambda: self._store(preview, sheet.options))
        sheet.rejected.connect(lambda: parts.workspace.ingest.let_go(preview))
        sheet.open()

    def _store(self, preview: ImportPreview, options: ImportOptions) -> None:
        ingest = self._parts.workspace.ingest
        label = f"Importing {count_text(len(preview.items) - len(options.skip), 'paper')}"
        self._parts.bridge.run(
            lambda context: ingest.commit(preview, options, context),
            # Files take long to copy, and the reader's changes must not wait for that.
            lane=Lane.NETWORK if any(item.pdfs for item in preview.items) else Lane.LIBRARY,
            on_done=lambda report: self._tell(report, preview, options),
            label=label,
        )

    def _tell_of_dois(self, report: "ConfirmReport | None") -> None:
        if report is None or not report.taken_off:
            return
        rows = self._parts.workspace.catalog.rows(report.taken_off[:1])
        if len(report.taken_off) == 1 and rows:
            text = f"The DOI in the PDF of “{rows[0].title}” is another paper's, and was taken off."
        else:
            papers = count_text(len(report.taken_off), "paper")
            text = f"The DOIs in the PDFs of {papers} are other papers', and were taken off."
        self._parts.say_with_undo(text)

    def _tell(self, report: ImportReport, preview: ImportPreview, options: ImportOptions) -> None:
        parts = self._parts
        counts = ((report.added, "added"), (report.updated, "updated"), (report.unchanged, "already there"))
        facts = [f"{number:,} {word}" for number, word in counts if number]
        text = f"Papers: {', '.join(facts)}." if facts else "Nothing was imported."
        if lost := report.problems[len(preview.problems) :]:
            text += f" {count_text(len(lost), 'file')} could not be stored: {lost[0].reason}"
        if not report.changes:
            parts.toast.say(text)
            return
        has_statuses = preview.has_marks and options.status is Status.INBOX  # which are several
        is_to_be_ranked = report.added >= WORTH_RANKING and options.status in RANKED and not has_statuses
        parts.say_with_undo(text, offer=self._offer() if is_to_be_ranked else None)
        self.confirm_dois()
        if report.added:
            scope = ALL if has_statuses else status_scope(options.status)
            parts.sidebar.choose(scope)
            parts.papers.show_scope(scope)
            parts.papers.take_keyboard()

    def _offer(self) -> Offer:
        """Offer to show what has come in with what suits the reader first."""
        action, tabs = self._parts.actions["for-you-latest"], self._parts.tabs

        def rank() -> None:
            tabs.show_library()  # beside a PDF there is no such action
            action.trigger()

        return Offer(word="Rank for you", tip=action.toolTip(), run=rank)
