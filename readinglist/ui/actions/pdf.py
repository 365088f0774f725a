"""Actions on the PDF that is being read; their keys work while its tab has the focus."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum

from readinglist.ui.actions.spec import ActionSpec, Context, Menu, Situation, has_front_pdf, is_reading


class MenuOf(StrEnum):
    """What the menu of the pages is about."""

    WORDS = "words"
    MARK = "mark"
    MARK_OF_FILE = "mark of the file"
    LINK = "link"
    PAGE = "page"


PDF_MENUS: Mapping[MenuOf, Sequence[str]] = {
    MenuOf.WORDS: (
        *("copy-text", "", "highlight", "underline", "strike-out", "page-note", ""),
        *("search", "search-papers", "", "select-text"),
    ),
    MenuOf.MARK: ("edit-comment", "next-colour", "copy-text", "", "remove-mark"),
    MenuOf.MARK_OF_FILE: ("copy-text", "", "take-over"),
    MenuOf.LINK: ("copy-link", "", "back", "forward", "", "search"),
    MenuOf.PAGE: (
        *("back", "forward", "go-to-page", "", "search", "select-text", "page-note", ""),
        *("fit-width", "fit-page", "two-pages", "dark-pages", "side-panel"),
    ),
}
Need = Callable[[Situation], bool]


def _pdf(
    action_id: str, text: str, icon: str, tooltip: str, *keys: str, group: int, is_enabled: Need = is_reading
) -> ActionSpec:
    return ActionSpec(
        id=action_id,
        text=text,
        icon=icon,
        menu=Menu.PDF,
        tooltip=tooltip,
        keys=keys,
        is_enabled=is_enabled,
        context=Context.READER,
        group=group,
    )


def _drawing() -> Iterable[ActionSpec]:
    """Make the annotations; with words chosen they are made of these, else they become the pointer's tool."""
    for action_id, text, icon, tooltip, key in (
        ("highlight", "Highlight", "highlight", "Colour the chosen words, or those that are chosen next.", "H"),
        ("underline", "Underline", "underline", "Underline the chosen words, or those that are chosen next.", "U"),
        ("strike-out", "Strike out", "strike-out", "Strike out the chosen words, or those that come next.", "X"),
        ("page-note", "Note on the page", "page-note", "Put a note beside the chosen words, or where you click.", "C"),
        ("area", "Area", "area", "Draw a frame around the chosen words, or around what you drag over.", "A"),
        ("draw", "Draw", "draw", "Draw by hand; the key again or Esc puts the pen away.", "D"),
        ("write", "Write on the page", "write", "Write below the chosen words, or where you click.", "W"),
    ):
        yield _pdf(action_id, text, icon, tooltip, key, group=0)


PDF_ACTIONS = (
    *_drawing(),
    _pdf("next-colour", "Next colour", "color", "Take the next of the five colours.", "Y", group=1),
    _pdf("edit-comment", "Comment", "comments", "Write a comment on the chosen annotation.", "E", group=1),
    _pdf("next-mark", "Next annotation", "next", "Choose the next annotation.", "]", group=1),
    _pdf("previous-mark", "Previous annotation", "previous", "Choose the annotation before.", "[", group=1),
    _pdf("remove-mark", "Remove the annotation", "bin", "Remove the chosen annotation.", "Del", group=1),
    _pdf(
        "take-over",
        "Take over annotations of the file",
        "take-over",
        "Copy the file's own annotations into the library, where they can be changed.",
        group=1,
    ),
    _pdf("copy-text", "Copy", "copy", "Copy the chosen words.", "Ctrl+C", group=2),
    _pdf("select-text", "Choose all words", "select", "Choose the words of all pages.", "Ctrl+A", group=2),
    _pdf("copy-link", "Copy the link", "copy", "Copy the address that the link leads to.", group=2),
    _pdf("search-papers", "Search your papers", "search", "Search all papers for the chosen words.", group=2),
    _pdf("next-hit", "Next place found", "down", "Go to the next place that the search found.", "F3", group=2),
    _pdf("previous-hit", "Previous place found", "up", "Go to the place found before.", "Shift+F3", group=2),
    _pdf("next-link", "Next link", "link", "Go to the next link on the screen; Enter follows it.", "L", group=2),
    _pdf("previous-link", "Previous link", "link", "Go to the link before it.", "Shift+L", group=2),
    _pdf("back", "Back", "back", "Go back to where the last jump began.", "Alt+Left", group=3),
    _pdf("forward", "Forward", "forward", "Go forward again.", "Alt+Right", group=3),
    _pdf("next-page", "Next page", "down", "Go to the next page.", "J", "Ctrl+PgDown", group=3),
    _pdf("previous-page", "Previous page", "up", "Go to the page before.", "K", "Ctrl+PgUp", group=3),
    _pdf("go-to-page", "Go to a page", "file", "Write the number of a page.", "Ctrl+G", group=3),
    _pdf("zoom-in", "Larger", "zoom-in", "Show the pages larger.", "Ctrl++", "Ctrl+=", group=4),
    _pdf("zoom-out", "Smaller", "zoom-out", "Show the pages smaller.", "Ctrl+-", group=4),
    _pdf("fit-width", "Fit the width", "fit-width", "Make the pages as wide as the tab.", "Ctrl+0", group=4),
    _pdf("fit-page", "Fit the page", "fit-page", "Show whole pages.", "Ctrl+9", group=4),
    _pdf("true-size", "Size on paper", "zoom-in", "Show the pages as large as on paper.", "Ctrl+1", group=4),
    _pdf("two-pages", "Two pages", "two-pages", "Show two pages beside each other, or one.", "Ctrl+2", group=5),
    _pdf("rotate", "Rotate", "rotate", "Turn the pages by a quarter.", "Ctrl+R", group=5),
    _pdf(
        "dark-pages",
        "Dark pages",
        "moon",
        "Show dark pages, with pictures as they are, or light ones.",
        "Ctrl+M",
        group=5,
    ),
    _pdf(
        "side-panel",
        "Panel beside the pages",
        "panel",
        "Show or hide contents, pages, annotations and search.",
        "F9",
        group=5,
    ),
    _pdf(
        "save-copy",
        "Save a copy with annotations…",
        "save",
        "Write a PDF with the annotations for other programs.",
        "Ctrl+Shift+S",
        group=6,
    ),
    _pdf("export-annotations", "Export annotations…", "export", "Write quotes and comments as Markdown.", group=6),
    _pdf("print", "Print…", "print", "Print the pages with the annotations.", "Ctrl+P", group=6),
    _pdf(
        "close-tab",
        "Close the tab",
        "close",
        "Close the PDF; its place is kept.",
        "Ctrl+W",
        group=7,
        is_enabled=has_front_pdf,
    ),
)
