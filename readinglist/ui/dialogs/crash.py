"""What is shown when the program met a bug or died the last time: the report, to read and to copy, sent nowhere."""

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from readinglist.ui import theme
from readinglist.ui.dialogs.sheet import Sheet

SIZE = (760, 520)
LEAD = (
    "Reading List met a mistake of its own. Your library is safe: what was stored stays stored. This report says where "
    "it happened. It is sent nowhere; copy it if you want to tell somebody about it."
)


class CrashDialog(Sheet):
    """Shows a report.

    Args:
        report: As `app.crash` writes it.
        parent: The window; None before there is one.
    """

    def __init__(self, report: str, parent: QWidget | None) -> None:
        super().__init__(name="crash", heading="Something went wrong", size=SIZE, parent=parent)
        self.explain(LEAD)
        self.report = make_report_view(report, "crash-report", self)
        self.body.addWidget(self.report, 1)
        self.copy_button = self.add_button("&Copy the report", "copy", icon="copy")
        self.copy_button.clicked.connect(self._copy)
        self.push_right()
        self.add_close_button().setDefault(True)
        self.copy_button.setFocus()

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText("Copied")


def make_report_view(text: str, name: str, parent: QWidget) -> QPlainTextEdit:
    """Return a box of text in letters of one width, to select and to copy.

    Args:
        text: Plain text.
        name: objectName.
        parent: Owner.
    """
    view = QPlainTextEdit(parent)
    view.setObjectName(name)
    view.setAccessibleName("Report")
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(theme.font("secondary").pixelSize())
    view.setFont(font)
    view.document().setDocumentMargin(theme.S)
    view.setPlainText(text)
    return view
