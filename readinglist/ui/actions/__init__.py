"""Everything the reader can do, as data: menus, toolbar, context menus, palette and the list of keys read this.

An action is added here and given a handler in `handlers.table`; nothing else needs to know.
"""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from readinglist.domain.paper import Status
from readinglist.ui.actions.map import MAP_ACTIONS
from readinglist.ui.actions.papers import EDIT_ACTIONS, FILE_ACTIONS, HELP_ACTIONS, PAPER_ACTIONS, VIEW_ACTIONS
from readinglist.ui.actions.pdf import PDF_ACTIONS, PDF_MENUS, MenuOf
from readinglist.ui.actions.recommending import RECOMMENDING_ACTIONS
from readinglist.ui.actions.spec import ActionSpec, Context, Menu, Situation

__all__ = [
    "ACTIONS",
    "BY_ID",
    "PAPER_MENU",
    "PDF_MENUS",
    "TOOLBAR",
    "ActionSpec",
    "Context",
    "Menu",
    "MenuOf",
    "Situation",
    "keys_of",
    "menu_ids",
    "shown_keys",
]

ACTIONS = (
    *(*FILE_ACTIONS, *EDIT_ACTIONS, *PAPER_ACTIONS, *RECOMMENDING_ACTIONS, *VIEW_ACTIONS, *MAP_ACTIONS),
    *(*PDF_ACTIONS, *HELP_ACTIONS),
)
BY_ID: Mapping[str, ActionSpec] = {spec.id: spec for spec in ACTIONS}

PAPER_MENU = (
    *("open", "open-outside", "", *(f"status-{status.value}" for status in Status), ""),
    *("star", "tags", "collections", "note", ""),
    *("more-like", "less-like", "hide", "why-not", "recommend-like", "recommend-unlike", ""),
    *("copy-citation", "export", "", "take-out", "merge", "delete", "restore", "purge"),
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
