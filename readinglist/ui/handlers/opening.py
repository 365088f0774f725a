"""Opening a PDF: a worker opens the file and has its first page drawn, and its tab comes when that is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QInputDialog, QLineEdit

from readinglist.domain.errors import PasswordNeeded
from readinglist.domain.paper import PaperId
from readinglist.domain.recommendation import PageOfPdf
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.reading import OpenPaper
from readinglist.ui.bridge import sentence_of
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.handlers.reader_places import ask_first, place_of
from readinglist.ui.reader.needs import INITIATOR

if TYPE_CHECKING:
    from readinglist.ui.reader.foreseeing import First, Foreseen
    from readinglist.ui.reader.tab import ReaderTab


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be opened.

    Attributes:
        paper_id: Which paper.
        sha256: Which of its files; None for the one that was open last, or the first.
        page: None for where the reader stopped.
        found: What a search found there: it is marked.
    """

    paper_id: PaperId
    sha256: str | None = None
    page: int | None = None
    found: PageOfPdf | None = None

    @property
    def file(self) -> tuple[PaperId, str | None]:
        """Which file it is, on whatever page."""
        return self.paper_id, self.sha256


MakeTab: TypeAlias = "Callable[[OpenPaper, First | None, int | None], ReaderTab]"


class Opening:
    """Opens files, each once however often it is asked for, and puts their tabs to the front.

    Args:
        parts: Of the window.
        opened: The tabs that there are, also those that are not seen yet.
        make: Makes a tab of a file, for a page; it is among the opened ones from then on.
        forget: Ends a tab that nobody wants any more.
        again: Opens what has a tab already.
    """

    def __init__(
        self,
        parts: Parts,
        opened: "Mapping[ReaderTab, OpenPaper]",
        *,
        make: MakeTab,
        forget: "Callable[[ReaderTab], None]",
        again: Callable[[Wanted], None],
    ) -> None:
        self._parts = parts
        self._opened = opened
        self._make = make
        self._forget = forget
        self._again = again
        self._under_way: set[tuple[PaperId, str | None]] = set()

    def begin(self, wanted: Wanted) -> None:
        """Open a file that has no tab; returns at once."""
        if wanted.file not in self._under_way:
            self._under_way.add(wanted.file)
            self._load(wanted)

    def give_up(self, paper_id: PaperId, sha256: str) -> None:
        """Take note that a file is not wanted any more: its tab does not come."""
        self._under_way.discard((paper_id, sha256))

    def _load(self, wanted: Wanted, *, password: str = "") -> None:
        self._parts.bridge.run(
            partial(self._read, wanted, password, self._foresee()),
            lane=Lane.INTERACTIVE,  # a heavy file must not hold up what the reader decides meanwhile
            on_done=lambda read: self._on_read(wanted, *read),
            on_error=lambda error: self._on_failure(wanted, error, was_tried=bool(password)),
        )

    def _foresee(self) -> "Foreseen":
        """Say how a tab would begin now."""
        from readinglist.ui.reader.foreseeing import Foreseen
        from readinglist.ui.reader.pictures import make_pen

        parts = self._parts
        return Foreseen(
            width=parts.fronts.width_for_pdf(parts.window.width()),
            bar_width=parts.papers.view.verticalScrollBar().sizeHint().width(),
            ratio=parts.window.devicePixelRatioF(),
            dark=make_pen(0, is_dark=parts.state.text_of("dark-pages") == "yes").dark,
        )

    def _read(
        self, wanted: Wanted, password: str, foreseen: "Foreseen", context: JobContext
    ) -> "tuple[OpenPaper, First | None]":
        """Open the file and ask for its first picture; called by a worker."""
        firsts: list[First | None] = []  # drawn while the status is written and the tab is made
        opened = self._parts.workspace.reading.open(
            wanted.paper_id,
            sha256=wanted.sha256,
            password=password,
            initiator=INITIATOR,
            check_cancelled=context.check_cancelled,
            on_opened=lambda opened: firsts.append(ask_first(opened, place_of(opened, wanted.page), foreseen)),
        )
        import readinglist.ui.reader.tab  # noqa: F401 - loaded here, the window goes on meanwhile

        return opened, firsts[0]

    def _on_read(self, wanted: Wanted, opened: OpenPaper, first: "First | None") -> None:
        if wanted.file not in self._under_way:
            return
        tab = self._make(opened, first, wanted.page)
        tab.showable.connect(lambda: tab.found.when_shown(lambda: self._bring_forward(tab, wanted)))
        if wanted.found is not None:
            tab.found.show(wanted.found)

    def _bring_forward(self, tab: "ReaderTab", wanted: Wanted) -> None:
        if tab not in self._opened:  # the window has closed, or the paper is gone meanwhile
            return
        if wanted.file not in self._under_way:
            self._forget(tab)
            return
        self._under_way.discard(wanted.file)
        if self._parts.tabs.find_reader(tab.paper_id, tab.sha256) is not None:  # asked for in two ways
            self._forget(tab)
            self._again(replace(wanted, sha256=tab.sha256))
            return
        self._parts.tabs.add(tab, self._opened[tab].title)
        tab.focus_pages()

    def _on_failure(self, wanted: Wanted, error: BaseException, *, was_tried: bool) -> None:
        password = self._password_for(error, was_tried=was_tried)
        if password:
            self._load(wanted, password=password)
            return
        self._under_way.discard(wanted.file)
        waiting = self._parts.tabs.find_waiting(wanted.paper_id, wanted.sha256)
        if waiting is not None:
            waiting.explain(sentence_of(error))
        if not isinstance(error, PasswordNeeded):
            self._parts.bridge.fail(error)

    def _password_for(self, error: BaseException, *, was_tried: bool) -> str:
        """Ask for the password of a file that wants one; empty if there is none to ask for, or the reader has none."""
        if not isinstance(error, PasswordNeeded):
            return ""
        text = "This is not its password. Try another one:" if was_tried else "The PDF wants its password:"
        password, is_given = QInputDialog.getText(self._parts.window, "Open a PDF", text, QLineEdit.EchoMode.Password)
        return password if is_given else ""
