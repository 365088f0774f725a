"""Numbers, tags and undo follow the library, asking once for changes that come together."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import Status
from readinglist.services.events import Notice
from readinglist.ui.models.library_facts import Facts, LibraryFacts
from tests.helpers.drafts import make_draft
from tests.helpers.ui_core import UiCore


def count(core: UiCore) -> Facts:
    catalog = core.catalog
    return Facts(catalog.counts(), tuple(catalog.tags()), tuple(catalog.collections()), core.undo.status())


def test_an_empty_library_is_told_from_one_with_a_full_bin(core: UiCore, qtbot: QtBot) -> None:
    seen: list[Facts] = []
    facts = LibraryFacts(lambda: count(core), core.bridge)
    facts.changed.connect(seen.append)
    facts.ask_now()
    assert seen[0].is_empty
    ids = core.add(make_draft(1))
    core.edit.delete(ids)
    qtbot.waitUntil(lambda: seen[-1].counts.binned == 1)
    assert not seen[-1].is_empty
    assert seen[-1].undo.undo_label == "Move 1 paper to the bin"


def test_changes_that_come_together_are_counted_once_more_at_the_end(core: UiCore, qtbot: QtBot) -> None:
    gate, asked = threading.Event(), [0]

    def slow() -> Facts:
        asked[0] += 1
        gate.wait(30)
        return count(core)

    seen: list[Facts] = []
    facts = LibraryFacts(slow, core.bridge)
    facts.changed.connect(seen.append)
    (one,) = core.add(make_draft(1))
    for status in (Status.READ, Status.SKIPPED, Status.READING):
        core.edit.set_status([one], status)
    qtbot.waitUntil(lambda: facts._is_outdated)
    gate.set()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[-1].counts.by_status[Status.READING] == 1
    assert asked == [2]


def test_a_failure_is_told_and_the_next_change_asks_again(
    core: UiCore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[Notice] = []
    core.bridge.on_notice(notices.append)
    is_broken = [True]

    def counted() -> Facts:
        if is_broken[0]:
            message = "The library cannot be read."
            raise EnvironmentFault(message)
        return count(core)

    facts = LibraryFacts(counted, core.bridge)
    facts.ask()
    qtbot.waitUntil(lambda: bool(notices))
    assert notices[0].message == "The library cannot be read."
    is_broken[0] = False
    with qtbot.waitSignal(facts.changed):
        core.events.publish(Changes(kinds=frozenset({ChangeKind.TAGS})))
