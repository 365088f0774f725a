"""The line above recommendations: what they go by, how near or surprising they are, and what the reader should know."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QSizePolicy, QSlider, QVBoxLayout, QWidget

from readinglist.domain.for_you import ForYou, Wish
from readinglist.domain.wording import count_text
from readinglist.ui import theme
from readinglist.ui.widgets.buttons import give_icon
from readinglist.ui.widgets.delays import make_delay
from readinglist.ui.widgets.labels import ElidedLabel, make_label

WAITING = "Looking through your unread papers…"
BETTER = "More is known by now; what was in sight has kept its place."
SLIDER_WIDTH = 112  # px
STEP, PAGE = 5, 20  # of 100
REST_MS = 150  # a slider that is still being pulled asks for nothing


class ForYouBar(QWidget):
    """Stands between the title of the list and the list; says what the reader wants, and changes nothing itself."""

    surprise_chosen = Signal(int)  # 0 to 100
    unlike_taken_back = Signal()  # what was said last of the papers that the list is not to be like
    again_wanted = Signal()  # from the top, with what is known by now
    whole_wanted = Signal()  # back from chosen papers to everything that the reader did

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("for-you-bar")
        self.basis = ElidedLabel(name="for-you-basis", role="secondary", parent=self)
        self.basis.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.whole = self._build_button(
            "All of For you", "for-you-whole", "Go back to what you may like of everything."
        )
        give_icon(self.whole, "back", "accent")
        self.whole.clicked.connect(self.whole_wanted)
        self.left_out = ElidedLabel(name="for-you-left-out", role="secondary", parent=self)
        self.left_out.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        tip = "Let papers like these into the list again."
        self.take_back = self._build_button("Take that back", "for-you-take-back", tip)
        self.take_back.clicked.connect(self.unlike_taken_back)
        self.better = ElidedLabel(name="for-you-better", role="secondary", parent=self)
        self.better.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.better.setText(BETTER)
        self.again = self._build_button("Rank anew", "for-you-again", "Begin from the top with what is known now.")
        self.again.clicked.connect(self.again_wanted)
        self.slider = self._build_slider()
        self.near = make_label("Near", "for-you-near", role="secondary", parent=self)
        self.far = make_label("Surprising", "for-you-far", role="secondary", parent=self)
        self.notice = make_label("", "for-you-notice", role="secondary", wraps=True, parent=self)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("for-you-progress")
        self.progress.setAccessibleName("Papers compared by meaning")
        self.progress.setTextVisible(False)
        self._rest = make_delay(self, REST_MS, lambda: self.surprise_chosen.emit(self.slider.value()))
        self._lay_out()

    def show_wish(self, wish: Wish) -> None:
        """Say what the list goes by, before the answer is there."""
        self.whole.setVisible(wish.is_special)
        self.basis.setVisible(not wish.is_special)
        self.basis.setText("")
        self.show_left_out(f"Not like {count_text(len(wish.unlike), 'paper')}" if wish.unlike else "")
        self.offer_better(is_offered=False)
        self.notice.hide()
        self.progress.hide()

    def show_left_out(self, text: str) -> None:
        """Say what the list is not to be like; empty for nothing."""
        self.left_out.setText(text)
        self.left_out.setVisible(bool(text))
        self.take_back.setVisible(bool(text))

    def offer_better(self, *, is_offered: bool) -> None:
        """Offer to rank anew what was ranked while less was known, and has kept its place since."""
        self.better.setVisible(is_offered)
        self.again.setVisible(is_offered)

    def show_surprise(self, value: int) -> None:
        """Put the slider where the setting is."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(value)

    def show_waiting(self) -> None:
        """Say that the answer takes a while: for the first one all papers are read from the disk."""
        self._show_slider(is_shown=False)
        self.notice.setText(WAITING)
        self.notice.show()
        self.progress.setRange(0, 0)
        self.progress.show()

    def end_waiting(self) -> None:
        """No answer comes."""
        if not self.progress.maximum():  # else what is said belongs to the answer that is there
            self.progress.setRange(0, 1)
            self.progress.hide()
            self.notice.hide()

    def show_answer(self, answer: ForYou) -> None:
        """Say what the answer rests on."""
        if self.whole.isHidden():  # else its title says what it goes by
            shown = len(answer.ids)
            part = f" · the first {shown:,} of {answer.total:,}" if shown < answer.total else ""
            self.basis.setText(f"From what you did with {count_text(answer.decided, 'paper')}{part}")
            self.basis.setVisible(bool(answer.decided))
        self._show_slider(is_shown=bool(answer.decided))  # near to what, where nothing is known
        self.notice.setText(answer.notice)
        self.notice.setVisible(bool(answer.notice))
        self.progress.setVisible(answer.progress is not None)
        done, total = answer.progress or (0, 1)
        self.progress.setRange(0, total)  # always: a bar that moves keeps repainting
        self.progress.setValue(done)

    def _show_slider(self, *, is_shown: bool) -> None:
        for widget in (self.near, self.slider, self.far):
            widget.setVisible(is_shown)

    def _build_button(self, text: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setProperty("role", "flat")
        button.setProperty("compact", "true")
        button.setToolTip(tip)
        return button

    def _build_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setObjectName("for-you-surprise")
        slider.setAccessibleName("From near to surprising")
        slider.setToolTip("Near: most like what you read. Surprising: farther afield, and still something for you.")
        slider.setRange(0, 100)
        slider.setSingleStep(STEP)
        slider.setPageStep(PAGE)
        slider.setFixedWidth(SLIDER_WIDTH)
        slider.valueChanged.connect(lambda _: self._rest.start())
        return slider

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.S)
        row.addWidget(self.whole)
        row.addWidget(self.basis, 1)
        row.addStretch()
        row.addWidget(self.near)
        row.addWidget(self.slider)
        row.addWidget(self.far)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.S)
        layout.addLayout(row)
        for label, button in ((self.left_out, self.take_back), (self.better, self.again)):
            line = QHBoxLayout()
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(theme.S)
            line.addWidget(label, 1)
            line.addWidget(button)
            layout.addLayout(line)
        layout.addWidget(self.notice)
        layout.addWidget(self.progress)
