"""Giving actions other keys: what stands in the way of a key, and what is kept of the change."""

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QKeySequence

from readinglist.ui.actions import ACTIONS, BY_ID, ActionSpec, keys_of, shown_keys

SEPARATOR = ";"  # between the keys of one action, in the settings
LEFT_ALONE = ("Esc", "Tab", "Shift+Tab", "Space")  # lead out of fields and dialogs, or tick boxes


def portable(key: QKeySequence) -> str:
    """Write a key as the settings keep it."""
    return key.toString(QKeySequence.SequenceFormat.PortableText)


def refusal_of(key: str) -> str:
    """Say why nothing can have this key; empty if something can."""
    if key in LEFT_ALONE:
        return f"{shown_keys([key])} is needed to move around."
    if SEPARATOR in key:
        return "The semicolon cannot be part of a key."
    return ""


def find_owner(action_id: str, key: str, own: Mapping[str, str]) -> ActionSpec | None:
    """Return the other action that the same press would mean; None if the key is free.

    A key of the window works in the list of papers and in PDFs too; these two do not know each other.
    """
    mine = BY_ID[action_id]
    wanted = QKeySequence(key)
    return next(
        (
            spec
            for spec in ACTIONS
            if spec.id != action_id
            and spec.context.clashes(mine.context)
            and any(QKeySequence(one) == wanted for one in keys_of(spec, own))
        ),
        None,
    )


def with_keys(own: Mapping[str, str], action_id: str, keys: Sequence[str]) -> dict[str, str]:
    """Give an action keys; those it has by default are not kept as the reader's own."""
    changed = {key: value for key, value in own.items() if key != action_id}
    if tuple(keys) != BY_ID[action_id].keys:
        changed[action_id] = SEPARATOR.join(keys)
    return changed


def without_key(own: Mapping[str, str], action_id: str, key: str) -> dict[str, str]:
    """Take one key away from an action."""
    gone = QKeySequence(key)
    left = [one for one in keys_of(BY_ID[action_id], own) if QKeySequence(one) != gone]
    return with_keys(own, action_id, left)
