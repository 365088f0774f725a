"""Everything the reader can do, as data: menus, toolbar, context menus, palette and the list of keys read this.

An action is added here and given a handler in `handlers.py`; nothing else needs to know.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QKeySequence

from readinglist.domain.paper import Priority, Status


class Menu(StrEnum):
    """Titles of the menu bar, in order."""

    FILE = "File"
    EDIT = "Edit"
    PAPER = "Paper"
    VIEW = "View"
    HELP = "Help"


class Context(StrEnum):
    """Where an action's keys work."""

    WINDOW = "window"  # everywhere in the window; text fields keep the keys that type
    PAPERS = "papers"  # while the list of papers has the focus


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What decides whether an action makes sense now.

    Attributes:
        selected: Number of chosen papers.
        listed: Number of papers in the list.
        is_bin: The list shows the bin.
        undo_label: What undo would take back; None if nothing.
        redo_label: What redo would do again; None if nothing.
    """

    selected: int = 0
    listed: int = 0
    is_bin: bool = False
    undo_label: str | None = None
    redo_label: str | None = None


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


def has_one_paper(situation: Situation) -> bool:
    """Need exactly one chosen paper outside the bin."""
    return situation.selected == 1 and not situation.is_bin


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


def _status_actions() -> Iterable[ActionSpec]:
    hints = {
        Status.INBOX: "Put it back among what was not looked at.",
        Status.TO_READ: "Choose it: it gets a place in the queue.",
        Status.READING: "Mark it as being read now.",
        Status.READ: "Mark it as done; the date is kept.",
        Status.SKIPPED: "Mark it as looked at and not wanted.",
    }
    for number, status in enumerate(Status, start=1):
        yield ActionSpec(
            id=f"status-{status.value}",
            text=f"Mark as {status.label}" if status is not Status.INBOX else "Back to Inbox",
            icon=status.value,
            tooltip=hints[status],
            menu=Menu.PAPER,
            keys=(str(number),),
            is_enabled=has_kept_papers,
            group=1,
        )


def _priority_actions() -> Iterable[ActionSpec]:
    for priority in reversed(Priority):
        word = priority.name.capitalize()
        yield ActionSpec(
            id=f"priority-{priority.name.lower()}",
            text=f"Priority: {word}",
            icon="priority",
            tooltip="Take the priority away." if priority is Priority.NONE else f"Give it {word.lower()} priority.",
            menu=Menu.PAPER,
            is_enabled=has_kept_papers,
            group=3,
        )


FILE_ACTIONS = (
    ActionSpec(
        "import-files",
        "Import files…",
        "import",
        Menu.FILE,
        "Read papers from listings, bibliographies or saved pages.",
        keys=("Ctrl+O",),
    ),
    ActionSpec(
        "import-folder", "Import a folder…", "folder", Menu.FILE, "Read every file of a folder.", keys=("Ctrl+Shift+O",)
    ),
    ActionSpec(
        "import-clipboard",
        "Import what was copied",
        "clipboard",
        Menu.FILE,
        "Read papers from the text, addresses or files in the clipboard.",
        keys=("Ctrl+Shift+V",),
    ),
    ActionSpec(
        "fetch-today", "Fetch today's Daily Papers", "fetch", Menu.FILE, "Get today's listing.", keys=("Ctrl+D",)
    ),
    ActionSpec(
        "export",
        "Export the list…",
        "export",
        Menu.FILE,
        "Write the chosen papers, or the whole list, to a file.",
        keys=("Ctrl+E",),
        is_enabled=has_list,
        group=1,
    ),
    ActionSpec("backups", "Backups…", "backup", Menu.FILE, "Make, look into or restore a backup.", group=1),
    ActionSpec(
        "settings", "Settings…", "settings", Menu.FILE, "Change how Reading List works.", keys=("Ctrl+,",), group=2
    ),
    ActionSpec("quit", "Quit", "quit", Menu.FILE, "Close Reading List.", keys=("Ctrl+Q",), group=3),
)

EDIT_ACTIONS = (
    ActionSpec(
        "undo",
        "Undo",
        "undo",
        Menu.EDIT,
        "Take the last change back.",
        keys=("Ctrl+Z",),
        is_enabled=lambda situation: situation.undo_label is not None,
    ),
    ActionSpec(
        "redo",
        "Redo",
        "redo",
        Menu.EDIT,
        "Do again what was taken back.",
        keys=("Ctrl+Shift+Z", "Ctrl+Y"),
        is_enabled=lambda situation: situation.redo_label is not None,
    ),
    ActionSpec(
        "select-all",
        "Choose all papers",
        "select",
        Menu.EDIT,
        "Choose every paper of the list.",
        keys=("Ctrl+A",),
        is_enabled=has_list,
        context=Context.PAPERS,
        group=1,
    ),
    ActionSpec(
        "copy-citation",
        "Copy as BibTeX",
        "copy",
        Menu.EDIT,
        "Copy the chosen papers as BibTeX entries.",
        keys=("Ctrl+C",),
        is_enabled=has_papers,
        context=Context.PAPERS,
        group=1,
    ),
    ActionSpec("search", "Search", "search", Menu.EDIT, "Go to the search field.", keys=("/", "Ctrl+F"), group=2),
    ActionSpec(
        "palette",
        "Command palette…",
        "palette",
        Menu.EDIT,
        "Find an action, a tag, a status or a paper by typing.",
        keys=("Ctrl+K",),
        group=2,
        in_palette=False,
    ),
)

PAPER_ACTIONS = (
    ActionSpec(
        "next", "Next paper", "next", Menu.PAPER, "Go to the next paper of the list.", keys=("J",), is_enabled=has_list
    ),
    ActionSpec(
        "previous",
        "Previous paper",
        "previous",
        Menu.PAPER,
        "Go to the previous paper of the list.",
        keys=("K",),
        is_enabled=has_list,
    ),
    ActionSpec(
        "open",
        "Open the paper",
        "open",
        Menu.PAPER,
        "Open its PDF or its page outside Reading List.",
        keys=("Return", "Enter"),
        is_enabled=lambda situation: situation.selected == 1,
        context=Context.PAPERS,
    ),
    *_status_actions(),
    ActionSpec(
        "star",
        "Star",
        "star",
        Menu.PAPER,
        "Give the paper a star, or take it away.",
        keys=("S",),
        is_enabled=has_kept_papers,
        group=2,
    ),
    ActionSpec(
        "tags",
        "Tags…",
        "tags",
        Menu.PAPER,
        "Add tags or take them away.",
        keys=("T",),
        is_enabled=has_kept_papers,
        group=2,
    ),
    ActionSpec(
        "note",
        "Write a note",
        "note",
        Menu.PAPER,
        "Go to the note of the paper.",
        keys=("N",),
        is_enabled=has_one_paper,
        group=2,
    ),
    *_priority_actions(),
    ActionSpec(
        "delete",
        "Move to the bin",
        "bin",
        Menu.PAPER,
        "Move the chosen papers to the bin; they can be put back.",
        keys=("Del",),
        is_enabled=has_kept_papers,
        group=4,
    ),
    ActionSpec(
        "restore",
        "Put back from the bin",
        "restore",
        Menu.PAPER,
        "Put the chosen papers back into the library.",
        is_enabled=has_binned_papers,
        group=4,
    ),
    ActionSpec(
        "purge",
        "Delete for good",
        "bin",
        Menu.PAPER,
        "Remove the chosen papers from the bin.",
        keys=("Shift+Del",),
        is_enabled=has_binned_papers,
        group=4,
    ),
    ActionSpec(
        "empty-bin",
        "Empty the bin",
        "bin",
        Menu.PAPER,
        "Remove every paper that lies in the bin.",
        is_enabled=lambda situation: situation.is_bin and situation.listed > 0,
        group=4,
    ),
)

VIEW_ACTIONS = (
    ActionSpec("view-cards", "Cards", "cards", Menu.VIEW, "Show the papers as cards.", keys=("Alt+1",)),
    ActionSpec("view-table", "Table", "table", Menu.VIEW, "Show the papers as a table.", keys=("Alt+2",)),
    ActionSpec(
        "toggle-sidebar",
        "Show or hide the sidebar",
        "columns",
        Menu.VIEW,
        "Show or hide the statuses and tags.",
        keys=("Ctrl+B",),
        group=1,
    ),
    ActionSpec(
        "toggle-detail",
        "Show or hide the paper",
        "columns",
        Menu.VIEW,
        "Show or hide the chosen paper on the right.",
        keys=("Ctrl+I",),
        group=1,
    ),
)

HELP_ACTIONS = (
    ActionSpec("shortcuts", "Keys…", "keyboard", Menu.HELP, "Show all keys.", keys=("?", "F1")),
    ActionSpec("about", "About Reading List…", "about", Menu.HELP, "Version, licence, and what this computer offers."),
)

ACTIONS = (*FILE_ACTIONS, *EDIT_ACTIONS, *PAPER_ACTIONS, *VIEW_ACTIONS, *HELP_ACTIONS)
BY_ID: Mapping[str, ActionSpec] = {spec.id: spec for spec in ACTIONS}

PAPER_MENU = (
    *("open", "", *(f"status-{status.value}" for status in Status), "", "star", "tags", "note", ""),
    *("copy-citation", "export", "", "delete", "restore", "purge"),
)
TOOLBAR = ("import-files", "fetch-today", "", "undo", "redo", "|", "palette", "shortcuts", "settings")


def keys_of(spec: ActionSpec, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action: the reader's own where they are set, else the default.

    Args:
        spec: The action.
        own: Action id to keys in Qt's portable writing, separated by `;`; an empty text takes the keys away.
    """
    if spec.id not in own:
        return spec.keys
    return tuple(key for key in (part.strip() for part in own[spec.id].split(";")) if key)


def shown_keys(keys: Iterable[str]) -> str:
    """Return keys as this system writes them, the alternatives after a comma."""
    return ", ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)


def menu_ids(menu: Menu) -> list[str]:
    """Return the actions of a menu of the menu bar, with an empty id between groups."""
    ids: list[str] = []
    group = 0
    for spec in (spec for spec in ACTIONS if spec.menu is menu):
        if spec.group != group:
            ids.append("")
            group = spec.group
        ids.append(spec.id)
    return ids
