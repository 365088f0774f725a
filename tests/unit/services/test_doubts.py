"""What has to be read anew after changes: no less than what changed, and everything when that cannot be told."""

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.paper import PaperId
from readinglist.services.doubts import MANY, Doubts
from readinglist.services.events import EventHub, Notice


def changes(*ids: int, kinds: frozenset[ChangeKind] = frozenset({ChangeKind.TAGS})) -> Changes:
    return Changes(kinds=kinds, ids=frozenset(map(PaperId, ids)))


def test_at_first_everything_is_doubtful_and_then_what_changes_once() -> None:
    events = EventHub()
    doubts = Doubts(events, {ChangeKind.TAGS})
    events.publish(changes(1))
    assert doubts.take() is None
    assert doubts.take() == []
    events.publish(changes(3, 2))
    events.publish(changes(4, kinds=frozenset({ChangeKind.NOTE})))
    events.publish(Notice(message="Good morning."))
    assert doubts.take() == [2, 3]
    assert doubts.take() == []


def test_what_could_not_be_read_is_doubtful_again() -> None:
    doubts = Doubts(EventHub(), {ChangeKind.TAGS})
    doubts.take()
    doubts.doubt_all()
    assert doubts.take() is None


def test_very_many_changes_or_another_library_put_everything_in_doubt() -> None:
    events = EventHub()
    doubts = Doubts(events, {ChangeKind.TAGS, ChangeKind.ADDED})
    doubts.take()
    events.publish(changes(*range(1, MANY + 2)))
    assert doubts.take() is None
    events.publish(changes(1, kinds=frozenset(ChangeKind)))
    events.publish(changes(2))
    assert doubts.take() is None
