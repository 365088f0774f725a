"""What the pages of a PDF show: the evidence for each fact about the chosen paper of a drop."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from readinglist.services.ingest import PreviewItem
from readinglist.services.recognise import BELIEVED, Evidence


def evidence_text(item: PreviewItem) -> str:
    """Say of each fact where it was found, and how far it can be believed; empty if no PDF speaks for the paper."""
    return "\n".join(_line(one) for pdf in item.pdfs for one in pdf.evidence)


class EvidenceView(QLabel):
    """Shows it below the list; takes no room where there is nothing to show.

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

    def show_item(self, item: PreviewItem | None) -> None:
        """Show what speaks for a paper; nothing for one that no PDF speaks for."""
        self.setText("" if item is None else evidence_text(item))
        self.setVisible(bool(self.text()))


def _line(found: Evidence) -> str:
    doubt = "" if found.confidence >= BELIEVED else ", a guess"
    return f"{found.label[0].upper()}{found.label[1:]}: {found.evidence} ({found.confidence:.0%}{doubt})"
