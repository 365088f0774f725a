"""Actions on tags and collections: which papers have them, what they are called, and which there are."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

from typing_extensions import override

from readinglist.domain.changes import Changes
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.grouping import COLLECTIONS, TAGS, Group, Grouping, followed
from readinglist.ui.models.scope import ALL, Scope, collection_scope


class Groups(ABC):
    """What tags and collections have in common.

    Args:
        parts: Of the window.
        grouping: Which of them.
    """

    def __init__(self, parts: Parts, grouping: Grouping) -> None:
        self._parts = parts
        self._grouping = grouping
        self._renamed: dict[str, str] = {}  # both ways, as undo and redo go to and fro

    def pick(self) -> None:
        """Ask what the chosen papers are to have."""
        from readinglist.ui.dialogs.group_picker import GroupPicker

        chosen = self._parts.chosen
        if not chosen:
            return
        picker = GroupPicker(self._grouping, self._all(), self._among(chosen), len(chosen), self._parts.window)
        picker.accepted.connect(lambda: self.change(chosen, picker.added, picker.removed))
        picker.open()

    def change(self, ids: Sequence[PaperId], added: Sequence[str], removed: Sequence[str] = ()) -> None:
        """Give papers some, and take others from them."""
        parts = self._parts

        def done(changes: Changes) -> None:
            if changes:
                parts.say_with_undo(self._sentence(count_text(len(ids), "paper"), added, removed))

        if added or removed:
            parts.edit(lambda: self._change(ids, added, removed), done)

    def rename(self, name: str) -> None:
        """Ask for another name; the list that is shown follows."""
        self._ask(f"Rename the {self._grouping.noun}", lambda new: self._call(name, new), old=name)

    def _call(self, name: str, new: str) -> None:
        parts = self._parts

        def done(changes: Changes) -> None:
            if changes:
                self._renamed |= {name: new, new: name}
                self._become(name, new)
                parts.say_with_undo(f"The {self._grouping.noun} is called {new} now.")

        parts.edit(lambda: self._rename(name, new), done)

    def delete(self, name: str) -> None:
        """Delete one and those below it; the papers stay."""
        parts = self._parts
        text = f"The {self._grouping.noun} {name} was deleted."
        parts.edit(lambda: self._delete(name), lambda _: parts.say_with_undo(text))

    def leave(self, gone: Scope) -> None:
        """Go on from a list that is no longer there: to what it is called now, else to all papers."""
        model = self._parts.sidebar.model
        if gone != self._parts.papers.scope:
            return
        became = (followed(gone, self._grouping, old, new) for old, new in self._renamed.items())
        there = (scope for scope in became if scope is not None and model.index_of(scope.query).isValid())
        self._show(next(there, ALL))

    def _become(self, old: str, new: str) -> None:
        """Show under its new name what is shown."""
        scope = followed(self._parts.papers.scope, self._grouping, old, new)
        if scope is not None:
            self._show(scope)

    def _show(self, scope: Scope) -> None:
        self._parts.sidebar.choose(scope)
        self._parts.papers.show_scope(scope)

    def _ask(self, heading: str, go_on: Callable[[str], None], *, old: str = "", beginning: str = "") -> None:
        """Ask for a name, and go on with it if there is one."""
        from readinglist.ui.dialogs.group_name import GroupNameSheet

        known, window = [one.name for one in self._all()], self._parts.window
        sheet = GroupNameSheet(self._grouping, heading, known, old=old, beginning=beginning, parent=window)
        sheet.named.connect(go_on)
        sheet.open()

    @abstractmethod
    def _all(self) -> Sequence[Group]:
        """Return every one there is."""

    @abstractmethod
    def _among(self, ids: Sequence[PaperId]) -> Mapping[str, int]:
        """Return the names that any of some papers have, and how many of these."""

    @abstractmethod
    def _change(self, ids: Sequence[PaperId], added: Sequence[str], removed: Sequence[str]) -> Changes: ...

    @abstractmethod
    def _rename(self, old: str, new: str) -> Changes: ...

    @abstractmethod
    def _delete(self, name: str) -> Changes: ...

    @abstractmethod
    def _sentence(self, papers: str, added: Sequence[str], removed: Sequence[str]) -> str:
        """Say what was done with papers, which are counted already."""


class Tags(Groups):
    """Handles the actions on tags."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, TAGS)

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {"tags": self.pick}

    def set_color(self, name: str, color: str) -> None:
        """Give a tag another colour."""
        parts = self._parts
        parts.edit(lambda: parts.workspace.edit.set_tag_color(name, color))

    @override
    def _all(self) -> Sequence[Group]:
        return self._parts.workspace.catalog.tags()

    @override
    def _among(self, ids: Sequence[PaperId]) -> Mapping[str, int]:
        return self._parts.workspace.catalog.tags_among(ids)

    @override
    def _change(self, ids: Sequence[PaperId], added: Sequence[str], removed: Sequence[str]) -> Changes:
        return self._parts.workspace.edit.change_tags(ids, added, removed)

    @override
    def _rename(self, old: str, new: str) -> Changes:
        return self._parts.workspace.edit.rename_tag(old, new)

    @override
    def _delete(self, name: str) -> Changes:
        return self._parts.workspace.edit.delete_tag(name)

    @override
    def _sentence(self, papers: str, added: Sequence[str], removed: Sequence[str]) -> str:
        return f"Tags of {papers} changed." if removed else f"{papers} tagged."


class Collections(Groups):
    """Handles the actions on collections."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, COLLECTIONS)

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {"collections": self.pick, "new-collection": self.make, "take-out": self.take_out}

    def make(self, beginning: str = "", ids: Sequence[PaperId] = ()) -> None:
        """Ask for the name of a new collection, and make it; without papers for it, its empty list is shown.

        Args:
            beginning: What the name begins with: the collection above and a slash.
            ids: Papers that go into it.
        """
        papers = f" for {count_text(len(ids), 'paper')}" if ids else ""

        def go_on(name: str) -> None:
            if ids:
                self.change(ids, [name])
            else:
                self._make(name)

        self._ask(f"New collection{papers}", go_on, beginning=beginning)

    def _make(self, name: str) -> None:
        parts = self._parts

        def done(changes: Changes) -> None:
            self._show(collection_scope(name))
            parts.papers.take_keyboard()
            if changes:
                parts.say_with_undo(f"The collection {name} was made.")

        parts.edit(lambda: parts.workspace.collections.make(name), done)

    def take_out(self) -> None:
        """Take the chosen papers out of the collection that is listed, and out of those below it."""
        parts = self._parts
        name, chosen = parts.papers.scope.collection, parts.papers.chosen
        if name is None or not chosen:
            return
        names = sorted(one for one in self._among(chosen) if one == name or one.startswith(f"{name}/"))
        if not names:
            return
        parts.papers.take_out(chosen)

        def done(_: Changes) -> None:
            parts.papers.settle(chosen)
            parts.say_with_undo(f"{count_text(len(chosen), 'paper')} taken out of {name}.")

        parts.edit(lambda: self._change(chosen, (), names), done)

    @override
    def _all(self) -> Sequence[Group]:
        return self._parts.workspace.catalog.collections()

    @override
    def _among(self, ids: Sequence[PaperId]) -> Mapping[str, int]:
        return self._parts.workspace.catalog.collections_among(ids)

    @override
    def _change(self, ids: Sequence[PaperId], added: Sequence[str], removed: Sequence[str]) -> Changes:
        return self._parts.workspace.collections.change(ids, added, removed)

    @override
    def _rename(self, old: str, new: str) -> Changes:
        return self._parts.workspace.collections.rename(old, new)

    @override
    def _delete(self, name: str) -> Changes:
        return self._parts.workspace.collections.delete(name)

    @override
    def _sentence(self, papers: str, added: Sequence[str], removed: Sequence[str]) -> str:
        if added and removed:
            return f"Collections of {papers} changed."
        names = [*added, *removed]
        these = names[0] if len(names) == 1 else count_text(len(names), "collection")
        return f"{papers} put into {these}." if added else f"{papers} taken out of {these}."
