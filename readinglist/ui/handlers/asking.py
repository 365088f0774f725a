"""Actions that open a dialog: palette, settings, keys, backups, about."""

from collections.abc import Callable, Mapping, Sequence

from readinglist.app.settings import SHORTCUTS
from readinglist.domain.paper import PaperRow, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_values import quoted
from readinglist.services.jobs import Lane
from readinglist.ui.actions import ACTIONS, keys_of, shown_keys
from readinglist.ui.dialogs.palette import Entry, PaletteDialog
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.grouping import grouping_of
from readinglist.ui.models.scope import (
    ALL,
    BIN,
    FOR_YOU,
    STARRED,
    Scope,
    collection_scope,
    status_scope,
    tag_scope,
)
from readinglist.ui.widgets.action_set import parse_own_keys

PAPERS_SHOWN = 20


class Asking:
    """Opens dialogs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def table(self) -> Mapping[str, Callable[[], None]]:
        """Return action id to handler."""
        return {
            "palette": self.palette,
            "settings": self.settings,
            "shortcuts": self.shortcuts,
            "backups": self.backups,
            "about": self.about,
        }

    def palette(self) -> None:
        """Open the command palette over the window."""
        parts = self._parts
        own = parse_own_keys(parts.workspace.settings.get(SHORTCUTS))
        entries = [
            Entry(
                text=parts.actions[spec.id].text().replace("&&", "&"),
                hint=shown_keys(keys_of(spec, own)[:1]),
                icon=spec.icon,
                run=parts.actions[spec.id].trigger,
            )
            for spec in ACTIONS
            if spec.in_palette and parts.actions[spec.id].isEnabled()
        ]
        scopes = [*map(status_scope, Status), FOR_YOU, STARRED, ALL, BIN]
        scopes += [collection_scope(one.name) for one in parts.workspace.catalog.collections()]
        scopes += [tag_scope(tag.name) for tag in parts.workspace.catalog.tags()]
        entries += [self._scope_entry(scope) for scope in scopes]
        dialog = PaletteDialog(entries, self._find_papers, parts.window)
        window = parts.window.geometry()
        dialog.move(window.center().x() - dialog.width() // 2, window.top() + window.height() // 8)
        dialog.open()

    def settings(self) -> None:
        """Open the settings."""
        from readinglist.ui.dialogs.settings import SettingsDialog

        SettingsDialog(self._parts.workspace, self._parts.window).open()

    def shortcuts(self) -> None:
        """Show all keys."""
        from readinglist.ui.dialogs.shortcuts import ShortcutsDialog

        own = parse_own_keys(self._parts.workspace.settings.get(SHORTCUTS))
        ShortcutsDialog(own, self._parts.window).open()

    def backups(self) -> None:
        """Open the backups."""
        from readinglist.ui.dialogs.backups import BackupsDialog

        BackupsDialog(self._parts.workspace, self._parts.bridge, self._parts.window).open()

    def about(self) -> None:
        """Show version, licence and what this computer offers."""
        from readinglist.ui.dialogs.about import AboutDialog

        AboutDialog(self._parts.workspace, self._parts.bridge, self._parts.window).open()

    def show_scope(self, scope: Scope) -> None:
        """Show a list, and mark it in the sidebar; a PDF gives way to it."""
        self._parts.tabs.show_library()
        self._parts.sidebar.choose(scope)
        self._parts.papers.show_scope(scope)

    def search_everywhere(self) -> None:
        """Search all papers for what is searched for in a list."""
        papers = self._parts.papers
        self._parts.sidebar.choose(ALL)
        papers.show_scope(ALL, search=papers.search.text)
        papers.take_keyboard()

    def _scope_entry(self, scope: Scope) -> Entry:
        grouping = grouping_of(scope)
        hint = grouping.noun.capitalize() if grouping is not None else "List"
        return Entry(text=scope.title, hint=hint, icon=scope.icon, run=lambda: self.show_scope(scope))

    def _find_papers(self, text: str, answer: Callable[[Sequence[Entry]], None]) -> None:
        catalog = self._parts.workspace.catalog
        query = " ".join(f"title:{quoted(word)}" for word in text.split())

        def work(_: object) -> list[Entry]:
            ids = list(catalog.ids(query, Sort(key=SortKey.RELEVANCE, descending=True)).ids[:PAPERS_SHOWN])
            return [self._paper_entry(row) for row in catalog.rows(ids)]

        self._parts.bridge.run(work, lane=Lane.INTERACTIVE, on_done=answer)

    def _paper_entry(self, row: PaperRow) -> Entry:
        return Entry(text=row.title, hint=row.status.label, icon="file", run=lambda: self._parts.go_to(row.id))
