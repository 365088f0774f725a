"""What the pages of a PDF show: the evidence for each fact about the chosen paper of a drop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from readinglist.services.ingest import PreviewItem
from readinglist.services.recognise import BELIEVED, Evidence

LINES = 5  # kept free, so that the list does not jump from paper to paper


def evidence_text(item: PreviewItem) -> str:
    """Say of each fact where it was found, and how far it can be believed; empty if no PDF speaks for the paper."""
    return "\n".join(_line(one) for pdf in item.pdfs for one in pdf.evidence)


def has_evidence(items: tuple[PreviewItem, ...]) -> bool:
    """Tell whether the drop contains PDFs that say anything."""
    return any(pdf.evidence for item in items for pdf in item.pdfs)


class EvidenceView(QLabel):
    """Shows it below the list.

    Args:
        parent: The sheet.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("review-evidence")
        self.setAccessibleName("What the PDF shows")
        self.setProperty("role", "secondary")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * LINES)

    def show_item(self, item: PreviewItem | None) -> None:
        """Show what speaks for a paper; nothing for one that no PDF speaks for."""
        self.setText("" if item is None else evidence_text(item))


def _line(found: Evidence) -> str:
    doubt = "" if found.confidence >= BELIEVED else ", a guess"
    return f"{found.label[0].upper()}{found.label[1:]}: {found.evidence} ({found.confidence:.0%}{doubt})"
