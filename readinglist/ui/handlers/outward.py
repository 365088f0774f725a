"""Actions that lead out of the program: open, copy, export."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog

from readinglist.domain.file_names import list_file_name
from readinglist.domain.paper import Paper, PaperId
from readinglist.domain.recommendation import PageOfPdf
from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.scope import Scope

SAFE_SCHEMES = {"http", "https"}
KINDS = {
    "BibTeX (*.bib)": "bibtex",
    "RIS (*.ris)": "ris",
    "CSL JSON (*.json)": "csl-json",
    "Table, CSV (*.csv)": "csv",
    "Markdown (*.md)": "markdown",
    "JSON (*.json)": "json",
}
SUFFIXES = {"bibtex": ".bib", "ris": ".ris", "csl-json": ".json", "csv": ".csv", "markdown": ".md", "json": ".json"}


class Read(Protocol):
    """`handlers.reader.open`."""

    def __call__(self, paper_id: PaperId, *, found: PageOfPdf | None = None) -> object:
        """Show a PDF of a paper, where something was found in it or where the reader stopped."""
        ...


class Outward:
    """Opens, copies and exports papers.

    Args:
        parts: Of the window.
        read: Opens a paper's PDF in a tab.
    """

    def __init__(self, parts: Parts, read: Read) -> None:
        self._parts = parts
        self._read = read

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "open": self.open_paper,
            "open-outside": self.open_outside,
            "copy-citation": self.copy_citation,
            "export": self.export,
        }

    def open_paper(self) -> None:
        """Read the current paper's PDF in a tab; without one, open its page in the browser.

        Where the list says that something was found in it, it opens there.
        """
        parts = self._parts
        current = parts.papers.current
        if current is None:
            return
        if self._found_in(current) is not None or parts.workspace.catalog.get(current).pdf is not None:
            self.read(current)
        else:
            self.open_outside()

    def read(self, paper_id: PaperId) -> None:
        """Read a paper's PDF in a tab, where the list says that something was found in it."""
        self._read(paper_id, found=self._found_in(paper_id))

    def open_outside(self) -> None:
        """Open the current paper's PDF, else its page, with what the system has for it."""
        parts = self._parts
        if parts.current is None:
            return
        place = place_of(parts.workspace.catalog.get(parts.current))
        if place is None:
            parts.toast.say("This paper has neither a PDF nor a page to open.")
        elif not QDesktopServices.openUrl(place):
            parts.toast.say(f"Nothing on this computer opens {place.toDisplayString()}.", is_error=True)

    def _found_in(self, paper_id: PaperId) -> PageOfPdf | None:
        why = self._parts.papers.model.reason_of(paper_id)
        return why.place if why is not None else None

    def copy_citation(self) -> None:
        """Put the chosen papers into the clipboard as BibTeX."""
        parts = self._parts
        chosen = parts.papers.chosen
        if not chosen:
            return

        def copy(text: str) -> None:
            QApplication.clipboard().setText(text)
            parts.toast.say(f"{count_text(len(chosen), 'paper')} copied as BibTeX.")

        export = parts.workspace.export
        parts.bridge.run(lambda _: export.render(chosen, "bibtex"), lane=Lane.INTERACTIVE, on_done=copy)

    def export(self) -> None:
        """Write the chosen papers, or the whole list if at most one is chosen, to a file."""
        parts = self._parts
        chosen = parts.papers.chosen
        self._export(chosen if len(chosen) > 1 else list(parts.papers.model.ids))

    def export_list(self, scope: Scope) -> None:
        """Write the papers of a list to a file, whether it is shown or not."""
        parts, catalog = self._parts, self._parts.workspace.catalog

        def ask(ids: Sequence[PaperId]) -> None:
            if ids:
                self._export(ids, list_file_name(scope.title, suffix=".bib"))
            else:
                parts.toast.say(f"There is no paper in {scope.title} to export.")

        parts.bridge.run(lambda _: list(catalog.ids(scope.query, scope.sort).ids), lane=Lane.INTERACTIVE, on_done=ask)

    def _export(self, ids: Sequence[PaperId], offered: str = "papers.bib") -> None:
        """Ask for a file, and write papers to it.

        Args:
            ids: The papers.
            offered: Name of the file until another one is given.
        """
        parts = self._parts
        name, kind = QFileDialog.getSaveFileName(
            parts.window, f"Export {count_text(len(ids), 'paper')}", offered, ";;".join(KINDS)
        )
        if not name:
            return
        chosen_format = KINDS.get(kind, "bibtex")
        path = Path(name)
        path = path if path.suffix else path.with_suffix(SUFFIXES[chosen_format])
        export = parts.workspace.export

        def work(_: object) -> Path:
            export.save(ids, chosen_format, path)
            return path

        parts.bridge.run(
            work,
            lane=Lane.COMPUTE,
            on_done=lambda path: parts.toast.say(f"{count_text(len(ids), 'paper')} written to {path.name}."),
            label=f"Exporting {count_text(len(ids), 'paper')}",
        )


def place_of(paper: Paper) -> QUrl | None:
    """Return what to open for a paper: its PDF, its page, what its identifiers lead to; None if there is nothing."""
    if paper.pdf is not None and Path(paper.pdf).is_file():
        return QUrl.fromLocalFile(paper.pdf)
    arxiv, doi = paper.identifier("arxiv"), paper.identifier("doi")
    addresses = (
        paper.url,
        f"https://arxiv.org/abs/{arxiv}" if arxiv else None,
        f"https://doi.org/{doi}" if doi else None,
        paper.pdf_url,
    )
    # An address comes from a listing that anybody may have written: only what a browser opens is opened.
    places = (QUrl(address) for address in addresses if address)
    return next((place for place in places if place.isValid() and place.scheme() in SAFE_SCHEMES), None)
