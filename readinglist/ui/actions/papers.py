"""Actions on files, papers and the window."""

from collections.abc import Iterable

from readinglist.domain.paper import Priority, Status
from readinglist.ui.actions.spec import (
    ActionSpec,
    Context,
    Menu,
    has_binned_papers,
    has_kept_papers,
    has_list,
    has_papers,
    has_several_papers,
    has_tabs,
    is_in_collection,
)


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
        "new-collection",
        "New collection…",
        "new-collection",
        Menu.FILE,
        "Make a collection: papers that you put together for a purpose.",
        keys=("Ctrl+Shift+N",),
        group=1,
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
    ActionSpec(
        "compare",
        "Compare papers now",
        "similar",
        Menu.FILE,
        "Let the model read what it has not read yet, so that it can be found and recommended by meaning.",
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
        "next",
        "Next paper",
        "next",
        Menu.PAPER,
        "Go to the next paper of the list.",
        keys=("J",),
        is_enabled=has_list,
        context=Context.LIST,
    ),
    ActionSpec(
        "previous",
        "Previous paper",
        "previous",
        Menu.PAPER,
        "Go to the previous paper of the list.",
        keys=("K",),
        is_enabled=has_list,
        context=Context.LIST,
    ),
    ActionSpec(
        "open",
        "Open the paper",
        "open",
        Menu.PAPER,
        "Read its PDF in a tab; without one, open its page in the browser.",
        keys=("Return", "Enter"),
        is_enabled=lambda situation: situation.selected == 1,
        context=Context.PAPERS,
    ),
    ActionSpec(
        "open-outside",
        "Open outside Reading List",
        "link",
        Menu.PAPER,
        "Open its PDF with the system's own program, or its page in the browser.",
        keys=("Ctrl+Return",),
        is_enabled=lambda situation: situation.selected == 1,
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
        "collections",
        "Collections…",
        "collection",
        Menu.PAPER,
        "Put papers into collections or take them out.",
        keys=("C",),
        is_enabled=has_kept_papers,
        context=Context.PAPER,
        group=2,
    ),
    ActionSpec(
        "take-out",
        "Take out of this collection",
        "take-out",
        Menu.PAPER,
        "Take the chosen papers out of the collection that is listed; they stay in the library.",
        keys=("Shift+C", "Shift+Backspace"),
        is_enabled=is_in_collection,
        context=Context.LIST,
        group=2,
    ),
    ActionSpec(
        "note",
        "Write a note",
        "note",
        Menu.PAPER,
        "Go to the note of the paper that is shown.",
        keys=("N",),
        is_enabled=has_kept_papers,
        group=2,
    ),
    *_priority_actions(),
    ActionSpec(
        "merge",
        "Merge papers…",
        "merge",
        Menu.PAPER,
        "Make one paper of the chosen ones, which are one work; all that you made of any stays.",
        keys=("Shift+M",),
        is_enabled=has_several_papers,
        group=4,
        context=Context.LIST,
    ),
    ActionSpec(
        "delete",
        "Move to the bin",
        "bin",
        Menu.PAPER,
        "Move the chosen papers to the bin; they can be put back.",
        keys=("Del",),
        is_enabled=has_kept_papers,
        group=4,
        context=Context.LIST,
    ),
    ActionSpec(
        "restore",
        "Put back from the bin",
        "restore",
        Menu.PAPER,
        "Put the chosen papers back into the library.",
        is_enabled=has_binned_papers,
        group=4,
        context=Context.LIST,
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
        context=Context.LIST,
    ),
    ActionSpec(
        "empty-bin",
        "Empty the bin",
        "bin",
        Menu.PAPER,
        "Remove every paper that lies in the bin.",
        is_enabled=lambda situation: situation.is_bin and situation.listed > 0,
        group=4,
        context=Context.LIST,
    ),
)

VIEW_ACTIONS = (
    ActionSpec(
        "view-cards", "Cards", "cards", Menu.VIEW, "Show the papers as cards.", keys=("Alt+1",), context=Context.LIST
    ),
    ActionSpec(
        "view-table", "Table", "table", Menu.VIEW, "Show the papers as a table.", keys=("Alt+2",), context=Context.LIST
    ),
    ActionSpec(
        "view-map",
        "Map",
        "map",
        Menu.VIEW,
        "Show the papers as points, near when they are alike.",
        keys=("Alt+3",),
        context=Context.LIST,
    ),
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
        "details",
        Menu.VIEW,
        "Show or hide the chosen paper on the right, with similar ones.",
        keys=("Ctrl+I",),
        group=1,
    ),
    ActionSpec(
        "full-screen",
        "Full screen",
        "full-screen",
        Menu.VIEW,
        "Fill the screen with the window, or give it its size back.",
        keys=("F11",),
        group=1,
    ),
    ActionSpec(
        "next-tab",
        "Next tab",
        "right",
        Menu.VIEW,
        "Go to the list, or the PDF, in the next tab.",
        keys=("Ctrl+Tab",),
        is_enabled=has_tabs,
        group=2,
    ),
    ActionSpec(
        "previous-tab",
        "Previous tab",
        "left",
        Menu.VIEW,
        "Go to the list, or the PDF, in the tab before.",
        keys=("Ctrl+Shift+Tab",),
        is_enabled=has_tabs,
        group=2,
    ),
)

HELP_ACTIONS = (
    ActionSpec("shortcuts", "Keys…", "keyboard", Menu.HELP, "Show all keys.", keys=("?", "F1")),
    ActionSpec("about", "About Reading List…", "about", Menu.HELP, "Version, licence, and what this computer offers."),
)
