"""What must hold of every step that a reader makes."""

from collections.abc import Callable

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.library.library import Library
from readinglist.services.events import Event, EventHub
from readinglist.services.undo import Undo


def assert_can_be_taken_back(
    library: Library, content: Callable[[], object], change: Callable[[EventHub], Changes], label: str, kind: ChangeKind
) -> None:
    """Make a step: it is told once, undone to the last fact, and done again.

    Args:
        library: Without a step that could be undone.
        content: Everything that the step could change.
        change: Makes it, and tells whoever listens.
        label: What it is called.
        kind: Of its change.
    """
    heard: list[Event] = []
    events = EventHub()
    events.subscribe(heard.append)
    undo = Undo(library, events)
    before = content()
    changes = change(events)
    after = content()
    assert after != before
    assert heard == [changes]
    assert {kind, ChangeKind.HISTORY} <= changes.kinds
    assert undo.status().undo_label == label
    back = undo.undo(initiator="menu")
    assert back is not None
    assert (back.label, back.changes.ids, back.changes.initiator) == (label, changes.ids, "menu")
    assert content() == before
    assert (undo.status().undo_label, undo.status().redo_label) == (None, label)
    again = undo.redo()
    assert again is not None
    assert (again.label, again.changes.ids) == (label, changes.ids)
    assert content() == after
    assert heard == [changes, back.changes, again.changes]
    assert library.check().is_sound
