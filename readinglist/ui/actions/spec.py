"""What an action is: its words, keys and place, and when it makes sense."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

MOST_MERGED = 20  # as `domain.joining` has it, which is not loaded for a first list


class Menu(StrEnum):
    """Titles of the menu bar, in order."""

    FILE = "File"
    EDIT = "Edit"
    PAPER = "Paper"
    VIEW = "View"
    PDF = "PDF"
    HELP = "Help"


class Context(StrEnum):
    """Where an action's keys work."""

    WINDOW = "window"  # everywhere in the window; text fields keep the keys that type
    PAPER = "paper"  # everywhere in the window, but its keys wait while a PDF is in front, to which they mean something
    LIST = "list"  # everywhere in the window while it shows the list of papers
    PAPERS = "papers"  # while the list of papers has the focus
    MAP = "map"  # while the map of papers has the focus
    READER = "reader"  # while the tab of a PDF has the focus

    def clashes(self, other: "Context") -> bool:
        """Say whether the same key in both would mean two things at once: the list and a PDF are never both shown."""
        return Context.READER not in {self, other} or {self, other} <= {Context.READER, Context.WINDOW}


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What decides whether an action makes sense now.

    Attributes:
        selected: Number of chosen papers.
        listed: Number of papers in the list.
        is_bin: The list shows the bin.
        undo_label: What undo would take back; None if nothing.
        redo_label: What redo would do again; None if nothing.
        is_reading: The tab of a PDF is in front; then that PDF's paper is the chosen one.
        is_waiting: That PDF is still to be opened.
        tabs: Number of PDFs that are open.
        is_like: The list recommends what is like chosen papers.
        is_collection: The list is a collection.
        is_map: The papers are shown as a map.
    """

    selected: int = 0
    listed: int = 0
    is_bin: bool = False
    undo_label: str | None = None
    redo_label: str | None = None
    is_reading: bool = False
    is_waiting: bool = False
    tabs: int = 0
    is_like: bool = False
    is_collection: bool = False
    is_map: bool = False


def always(_: Situation) -> bool:
    """Make sense at any time."""
    return True


def has_papers(situation: Situation) -> bool:
    """Need at least one chosen paper."""
    return situation.selected > 0


def has_kept_papers(situation: Situation) -> bool:
    """Need chosen papers outside the bin."""
    return situation.selected > 0 and not situation.is_bin


def has_binned_papers(situation: Situation) -> bool:
    """Need chosen papers in the bin."""
    return situation.selected > 0 and situation.is_bin


def has_several_papers(situation: Situation) -> bool:
    """Need chosen papers outside the bin, as many as can be made one."""
    return 1 < situation.selected <= MOST_MERGED and not situation.is_bin


def has_one_paper(situation: Situation) -> bool:
    """Need exactly one chosen paper outside the bin."""
    return situation.selected == 1 and not situation.is_bin


def is_reading(situation: Situation) -> bool:
    """Need a PDF in front, with its pages."""
    return situation.is_reading and not situation.is_waiting


def has_front_pdf(situation: Situation) -> bool:
    """Need a PDF in front, also one that is still to be opened."""
    return situation.is_reading


def is_among_like(situation: Situation) -> bool:
    """Need chosen papers in a list of recommendations that goes by other chosen papers."""
    return situation.selected > 0 and situation.is_like


def is_in_collection(situation: Situation) -> bool:
    """Need chosen papers in the list of a collection."""
    return situation.selected > 0 and situation.is_collection


def has_tabs(situation: Situation) -> bool:
    """Need an open PDF, in front or behind."""
    return situation.tabs > 0


def is_map(situation: Situation) -> bool:
    """Need the map of papers."""
    return situation.is_map


def has_list(situation: Situation) -> bool:
    """Need a list that is not empty."""
    return situation.listed > 0


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the reader can do.

    Attributes:
        text: As in the menu; `…` where a dialog asks for more.
        icon: Name for `theme.icon`.
        tooltip: What it does, one sentence.
        keys: Default keys in Qt's portable writing; the first is shown.
        is_enabled: Whether it makes sense in a situation.
        group: Menus draw a line between groups.
        in_palette: Offered by the command palette.
    """

    id: str
    text: str
    icon: str
    menu: Menu
    tooltip: str
    keys: tuple[str, ...] = ()
    is_enabled: Callable[[Situation], bool] = always
    context: Context = Context.WINDOW
    group: int = 0
    in_palette: bool = True
