"""The review sheet: everything that a drop contains, before anything is stored.

Nothing that comes from a file is ever taken for markup here: whoever wrote the file may be anybody.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from readinglist.app.settings import FILES
from readinglist.domain.errors import UserError
from readinglist.domain.paper import Status
from readinglist.domain.tagging import normalise_tag
from readinglist.domain.taking import Taking
from readinglist.domain.wording import count_text
from readinglist.services.ingest import ImportOptions, ImportPreview, Verdict
from readinglist.ui import theme
from readinglist.ui.dialogs.check_list import CheckList
from readinglist.ui.dialogs.review_evidence import EvidenceView
from readinglist.ui.dialogs.review_filter import FAILED, ReviewFilter
from readinglist.ui.dialogs.review_list import ReviewDelegate, ReviewModel
from readinglist.ui.dialogs.review_problems import ProblemsView
from readinglist.ui.dialogs.sheet import Sheet
from readinglist.ui.models.wording import SEPARATOR
from readinglist.ui.widgets.check_box import CheckBox
from readinglist.ui.widgets.choice import Choice, Number
from readinglist.ui.widgets.labels import make_label
from readinglist.ui.widgets.tag_editor import TagEditor, split_names

SIZE = (880, 680)
WITH_MARKS = "Status, tags, notes and the like come with the papers. A status other than Inbox below replaces theirs."
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class ReviewDialog(Sheet):
    """Shows a drop and asks what of it to store, and how.

    Args:
        preview: What the drop contains.
        default_status: Offered first for new papers.
        default_taking: Offered first for PDFs.
        known_tags: Names that complete what is typed.
        parent: The window.
    """

    def __init__(
        self,
        preview: ImportPreview,
        *,
        default_status: Status,
        default_taking: Taking = Taking.COPY,
        known_tags: Sequence[str],
        parent: QWidget | None,
    ) -> None:
        super().__init__(name="review", heading=heading_of(preview), size=SIZE, parent=parent)
        self._preview = preview
        self.model = ReviewModel(preview.items, self)
        self.list = CheckList(name="review-list", label="Papers found", parent=self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ReviewDelegate(self.list))
        self.all = CheckBox(parent=self)
        self.all.setObjectName("review-all")
        self.all.setToolTip("Tick all papers of this list, or none.")
        self.problems = ProblemsView(preview.problems, self)
        self.filter = ReviewFilter(preview, self)
        self.evidence = EvidenceView(self)
        self.status = _make_status_choice(Status.INBOX if preview.has_marks else default_status, self)
        self.taking = _make_taking_choice(default_taking, self)
        self.tags = self._make_tags(known_tags)
        self.year = self._make_year()
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._on_filter(FAILED if preview.problems and not preview.items else None)
        (self.list if preview.items else self.problems).setFocus()

    @property
    def options(self) -> ImportOptions:
        """What the reader decided."""
        year = self.year.value()
        names = (*self.tags.names, *split_names(self.tags.field.text()))  # what was typed counts without Enter too
        return ImportOptions(
            status=Status(self.status.currentData()),
            tags=tuple(dict.fromkeys(name for one in names if (name := _tidy(one)))),
            year=year if self._has_years and year != self._preview.assumed_year else None,
            skip=self.model.skipped,
            taking=Taking(self.taking.currentData()) if self._has_pdfs else None,
        )

    @property
    def _has_pdfs(self) -> bool:
        return any(item.pdfs for item in self._preview.items)

    @property
    def _has_years(self) -> bool:
        return self._preview.assumed_year is not None and _yearless(self._preview) > 0

    def _make_tags(self, known: Sequence[str]) -> TagEditor:
        editor = TagEditor(name="review-tags", parent=self)
        editor.offer(known)
        editor.field.installEventFilter(self)
        editor.added.connect(self._add_tags)
        editor.removed.connect(self._remove_tag)
        return editor

    def _make_year(self) -> Number:
        field = Number(self)
        field.setObjectName("review-year")
        field.setRange(EARLIEST_YEAR, LATEST_YEAR)
        field.setValue(self._preview.assumed_year or EARLIEST_YEAR)
        field.setGroupSeparatorShown(False)
        field.setAccessibleName("Year of dates that are printed without one")
        return field

    def _lay_out(self) -> None:
        self.explain(lead_of(self._preview))
        top = QHBoxLayout()
        top.setContentsMargins(theme.S + 1, 0, 0, 0)  # the box stands above the boxes of the list
        top.addWidget(self.all)
        top.addStretch(1)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.problems)
        found = QVBoxLayout()
        found.setSpacing(theme.S)
        found.addWidget(self.filter)
        found.addLayout(top)
        found.addWidget(self._pages, 1)
        found.addWidget(self.evidence)
        self.evidence.hide()
        self.body.addLayout(found, 1)
        can_import = self.model.ticked_count > 0
        decisions = self._build_decisions()
        decisions.setVisible(can_import)
        self.body.addWidget(decisions)
        self.push_right()
        self.close_button = self.add_close_button("Cancel" if can_import else "Close")
        self.import_button = self.add_button("", "import", role="primary")
        self.import_button.setVisible(can_import)
        self.filter.setVisible(self.filter.is_needed)
        self._pages.setVisible(bool(self._preview.items or self._preview.problems))
        if self._pages.isHidden():
            self.body.addStretch(1)
        (self.import_button if can_import else self.close_button).setDefault(True)

    def _build_decisions(self) -> QWidget:
        """Status and tags of new papers, and the year that a listing did not print."""
        box = QWidget(self)
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.L)
        form.setVerticalSpacing(theme.S)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        has_new = self._preview.count(Verdict.NEW) > 0
        for text, name, field in (("&Status", "status", self.status), ("&Tags", "tags", self.tags)):
            label = self._label(f"{text} of new papers", name)
            label.setBuddy(self.tags.field if field is self.tags else field)
            form.addRow(label, _left(field) if field is self.status else field)
            label.setVisible(has_new)
            field.setVisible(has_new)
        label = self._label("&PDFs", "taking")
        label.setBuddy(self.taking)
        form.addRow(label, _left(self.taking))
        label.setVisible(self._has_pdfs)
        self.taking.setVisible(self._has_pdfs)
        label = self._label(yearless_text(_yearless(self._preview)), "year")
        label.setBuddy(self.year)
        form.addRow(label, _left(self.year))
        label.setVisible(self._has_years)
        self.year.setVisible(self._has_years)
        return box

    def _label(self, text: str, name: str) -> QLabel:
        return make_label(text, f"review-{name}-label", parent=self)

    def _connect(self) -> None:
        self.list.toggled.connect(self.model.toggle)
        self.model.ticked.connect(self._show_ticks)
        self.list.selectionModel().currentChanged.connect(self._show_evidence)
        self.all.clicked.connect(self._on_all)
        self.filter.chosen.connect(self._on_filter)
        self.year.valueChanged.connect(self.model.set_year)
        self.tags.left.connect(self.list.setFocus)
        self.import_button.clicked.connect(self.accept)

    def _on_filter(self, wanted: str | None) -> None:
        self.filter.show_chosen(wanted)
        self._pages.setCurrentWidget(self.problems if wanted == FAILED else self.list)
        if wanted != FAILED:
            self.model.show_only(None if wanted is None else Verdict(wanted))
            self.list.setCurrentIndex(self.model.index(0))
        self._show_ticks()

    def _show_evidence(self, index: QModelIndex) -> None:
        self.evidence.show_item(self.model.item_at(index.row()) if index.isValid() else None)
        QTimer.singleShot(0, self, lambda: self.list.scrollTo(self.list.currentIndex()))  # the list may be lower now

    def _on_all(self) -> None:
        self.model.tick_shown(is_ticked=self.all.checkState() is not Qt.CheckState.Unchecked)

    def _show_ticks(self) -> None:
        count = self.model.ticked_count
        self.import_button.setText(f"&Import {count_text(count, 'paper')}" if count else "&Import")
        self.import_button.setEnabled(count > 0)
        ticked, there = self.model.shown_counts
        is_partial = 0 < ticked < there
        self.all.setVisible(there > 0 and self._pages.currentWidget() is self.list)
        self.all.setText(f"Import &all of these · {ticked:,} of {there:,} ticked")
        self.all.setTristate(is_partial)  # a click never asks for the state between
        full = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.PartiallyChecked if is_partial else full)

    def _add_tags(self, names: Sequence[str]) -> None:
        self.tags.show_tags([*self.tags.names, *names], {})

    def _remove_tag(self, name: str) -> None:
        self.tags.show_tags([one for one in self.tags.names if one != name], {})

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the tag field adds what was typed and imports only when nothing was; Escape cancels likewise."""
        if watched is self.tags.field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            has_text = bool(self.tags.field.text().strip())
            if event.key() in ENTER and has_text:
                self._add_tags([name for name in self.tags.take_typed() if name not in self.tags.names])
                return True
            if event.key() == Qt.Key.Key_Escape and not has_text:
                self.reject()
                return True
        return super().eventFilter(watched, event)


def heading_of(preview: ImportPreview) -> str:
    """Say in a few words what the drop came to."""
    if preview.count(Verdict.NEW) + preview.count(Verdict.UPDATE):
        return "Review the import"
    if preview.items:
        return "Nothing new"
    return "Nothing could be read" if preview.problems else "Nothing was found"


def lead_of(preview: ImportPreview) -> str:
    """Say what is in the drop, by verdict."""
    same = preview.count(Verdict.SAME)
    if not preview.items:
        return (
            "Nothing of this was stored. The reasons stand below."
            if preview.problems
            else "There are no papers in it. Listings, arXiv ids, DOIs and addresses of papers are recognised."
        )
    summary = summary_of(preview)
    if same == len(preview.items):
        known = "The paper is" if same == 1 else f"All {same:,} papers are"
        summary = f"{known} already in the library, with everything that stands here."
        if preview.problems:
            summary += f" {count_text(len(preview.problems), 'thing')} could not be read."
    if preview.formats:
        summary += f"\nRead as {', '.join(preview.formats)}."
    return f"{summary} {WITH_MARKS}" if preview.has_marks else summary


def summary_of(preview: ImportPreview) -> str:
    """Count by verdict, leaving out what there is none of."""
    updates = preview.count(Verdict.UPDATE)
    counts = (
        (preview.count(Verdict.NEW), "new"),
        (updates, "adds something" if updates == 1 else "add something"),
        (preview.count(Verdict.SAME), "already there"),
        (len(preview.problems), "could not be read"),
    )
    return SEPARATOR.join(f"{number:,} {words}" for number, words in counts if number)


def yearless_text(count: int) -> str:
    """Say how many dates lack a year."""
    return f"{count_text(count, 'date')} without a &year: taken as"


def _yearless(preview: ImportPreview) -> int:
    return sum(item.draft.is_year_assumed and item.draft.published is not None for item in preview.items)


def _make_status_choice(chosen: Status, parent: QWidget) -> Choice:
    choice = Choice(parent)
    choice.setObjectName("review-status")
    choice.setAccessibleName("Status of new papers")
    for status in Status:
        choice.addItem(theme.icon(status.value, f"status-{status.value}"), status.label, status.value)
    choice.setCurrentIndex(choice.findData(chosen.value))
    return choice


def _make_taking_choice(chosen: Taking, parent: QWidget) -> Choice:
    choice = Choice(parent)
    choice.setObjectName("review-taking")
    choice.setAccessibleName("What becomes of the PDFs")
    for value, words in FILES.choices:
        choice.addItem(words, value)
    choice.setCurrentIndex(choice.findData(chosen.value))
    return choice


def _left(field: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(field)
    row.addStretch(1)
    return row


def _tidy(name: str) -> str:
    """Return a tag as the library writes it; empty if nothing is left of it."""
    try:
        return normalise_tag(name)
    except UserError:
        return ""
