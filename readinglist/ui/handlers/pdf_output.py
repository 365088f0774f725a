"""What leaves the program of a PDF that is open: a copy with its annotations, their export, prints."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QFileDialog

from readinglist.domain.wording import count_text
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.reading import OpenPaper
from readinglist.services.text_file import write_file
from readinglist.ui.handlers.parts import Parts

if TYPE_CHECKING:
    from readinglist.ui.reader.printing import Print
    from readinglist.ui.reader.tab import ReaderTab


class PdfOutput:
    """Writes and prints.

    Args:
        parts: Of the window.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._prints: list[Print] = []

    def close(self) -> None:
        """Print nothing more; the window is closing."""
        for one in self._prints:
            one.close()

    def save_copy(self, tab: "ReaderTab", opened: OpenPaper) -> None:
        """Write a copy that other programs show with its annotations."""
        parts, path = self._parts, opened.path
        proposed = path.with_name(f"{path.stem} - annotated.pdf")
        name, _ = QFileDialog.getSaveFileName(
            parts.window, "Save a copy with annotations", str(proposed), "PDF (*.pdf)"
        )
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name).with_suffix(".pdf")

        def work(context: JobContext) -> Path:
            return parts.workspace.annotate.save_copy(
                tab.paper_id, tab.sha256, target, check_cancelled=context.check_cancelled
            )

        def start() -> None:
            parts.bridge.run(
                work,
                lane=Lane.COMPUTE,
                on_done=lambda saved: parts.toast.say(f"A copy with the annotations is in {saved.name}."),
                label=f"Writing {target.name}",
            )

        self._after_writes(tab, start)

    def export(self, tab: "ReaderTab", opened: OpenPaper) -> None:
        """Write quotes and comments as Markdown."""
        parts = self._parts
        if not tab.annotator.own:
            parts.toast.say("There are no annotations in the library to export.")
            return
        name, _ = QFileDialog.getSaveFileName(
            parts.window, "Export annotations", f"{opened.path.stem}.md", "Markdown (*.md)"
        )
        if not name:
            return
        target = Path(name) if Path(name).suffix else Path(name).with_suffix(".md")
        done = f"{count_text(len(tab.annotator.own), 'annotation')} written to {target.name}."

        def work(_context: JobContext) -> None:
            text = parts.workspace.annotate.render_markdown([tab.paper_id])
            write_file(target, lambda file: file.write(text))

        def start() -> None:
            parts.bridge.run(work, lane=Lane.COMPUTE, on_done=lambda _: parts.toast.say(done))

        self._after_writes(tab, start)

    def print(self, tab: "ReaderTab", opened: OpenPaper) -> None:
        """Print pages with their annotations."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from readinglist.ui.reader.printing import Print

        parts = self._parts
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(opened.title)
        dialog = QPrintDialog(printer, parts.window)
        dialog.setMinMax(1, len(tab.document.info.pages))
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        task = Print(tab.document, tab.annotator.own, printer, parts.bridge)
        self._prints.append(task)

        def end(problem: str) -> None:
            self._prints.remove(task)
            parts.toast.say(problem or "The pages were handed to the printer.", is_error=bool(problem))

        task.finished.connect(end)
        task.start()

    def _after_writes(self, tab: "ReaderTab", then: Callable[[], None]) -> None:
        """Go on when the library has everything that was typed."""
        tab.annotator.save()
        self._parts.bridge.run(lambda _: None, lane=Lane.LIBRARY, on_done=lambda _: then())
