"""Version, licence, and what this computer offers: to read, and to copy into a report of a mistake."""

from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from readinglist import __version__
from readinglist.services.doctor import Diagnosis
from readinglist.services.jobs import Lane
from readinglist.ui import theme
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.dialogs.crash import make_report_view
from readinglist.ui.dialogs.needs import HasDoctor
from readinglist.ui.dialogs.sheet import Sheet, make_problem_label, show_problem
from readinglist.ui.widgets.busy import BusyIndicator
from readinglist.ui.widgets.labels import make_label

SIZE = (720, 560)
LICENCE = (
    "Free software under the GNU Affero General Public License, version 3 or later. It comes without any warranty. "
    "Your library stays on this computer."
)


class AboutDialog(Sheet):
    """Shows facts about the program.

    Args:
        workspace: Looks around on this computer.
        bridge: Lets it do so off the main thread: the model is loaded for it.
        parent: The window.
    """

    def __init__(self, workspace: HasDoctor, bridge: Bridge, parent: QWidget | None) -> None:
        super().__init__(name="about", heading=f"Reading List {__version__}", size=SIZE, parent=parent)
        self.setWindowTitle("About Reading List")
        self.explain(LICENCE)
        self.problem = make_problem_label("about-problem", self)
        self.report = make_report_view("", "about-report", self)
        self.report.setAccessibleName("What this computer offers")
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.busy = BusyIndicator(name="about-busy", parent=self)
        self.body.setSpacing(theme.S)
        self.body.addWidget(make_label("This computer", "about-computer", role="strong", parent=self))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.report, 1)
        self.copy_button = self.add_button("&Copy for a report", "copy", icon="copy")
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(self._copy)
        self.foot.addWidget(self.busy, 1)
        self.push_right()
        close = self.add_close_button()
        close.setDefault(True)
        close.setFocus()
        self.busy.begin("Looking around…")
        doctor = workspace.doctor
        # It waits for the model more than it works, and must not wait for a comparison of all papers to end.
        bridge.run(
            lambda context: doctor.examine(meanwhile=context.check_cancelled),
            lane=Lane.NETWORK,
            on_done=self._show,
            on_error=self._fail,
        )

    def _show(self, diagnosis: Diagnosis) -> None:
        self.busy.end()
        self.report.setPlainText(diagnosis_text(diagnosis))
        show_problem(self.problem, "\n".join(diagnosis.problems))
        self.copy_button.setEnabled(True)

    def _fail(self, error: BaseException) -> None:
        self.busy.end()
        show_problem(self.problem, sentence_of(error))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText("Copied")


def diagnosis_text(diagnosis: Diagnosis) -> str:
    """Write facts and problems, one a line."""
    width = max(map(len, diagnosis.facts), default=0)
    lines = [f"{name.ljust(width)}  {value}" for name, value in diagnosis.facts.items()]
    return "\n".join([*lines, "", *(diagnosis.problems or ["Nothing is wrong."])])
