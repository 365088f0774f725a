"""What is remembered of the library is in step with it, whenever it is asked."""

import numpy as np
import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.living import MANY, LivingPapers
from readinglist.similarity.vectors import NO_PAPER, Vectors
from tests.helpers.drafts import make_draft


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def living(library: Library, events: EventHub) -> LivingPapers:
    return LivingPapers(library, events)


@pytest.fixture
def edit(library: Library, events: EventHub) -> Edit:
    return Edit(library, events)


def fill(library: Library, count: int) -> list[PaperId]:
    with library.write(None) as writer:
        return writer.papers.add_many([make_draft(number) for number in range(count)], status=Status.INBOX)


def table_of(ids: list[PaperId]) -> Vectors:
    return Vectors(ids=np.array(ids, dtype=np.int64), matrix=np.ones((len(ids), 1), dtype=np.float32))


def shown(living: LivingPapers, vectors: Vectors) -> set[int]:
    return {int(one) for one in living.only(vectors).ids} - {NO_PAPER}


def test_papers_come_and_go_with_their_events(living: LivingPapers, library: Library, edit: Edit) -> None:
    ids = fill(library, 4)
    vectors = table_of(ids)
    edit.delete(ids[:1])
    assert shown(living, vectors) == set(ids[1:])
    edit.restore(ids[:1])
    edit.purge(ids[3:])
    assert shown(living, vectors) == set(ids[:3])


def test_nothing_is_made_anew_while_nothing_changes(living: LivingPapers, library: Library, edit: Edit) -> None:
    ids = fill(library, 2)
    vectors = table_of(ids)
    first = living.only(vectors)
    edit.set_starred(ids, starred=True)
    assert living.only(vectors) is first
    assert first.matrix is vectors.matrix
    assert shown(living, table_of(ids[:1])) == {ids[0]}


def test_a_change_that_comes_while_an_older_state_is_being_read_is_not_lost(
    living: LivingPapers, library: Library, edit: Edit
) -> None:
    ids = fill(library, 3)
    vectors = table_of(ids)
    assert shown(living, vectors) == set(ids)
    with library.read() as reader:
        assert reader.papers.counts().total == 3  # from here on this unit sees the library as it is now
        edit.delete(ids[:1])
        assert shown(living, vectors) == set(ids[1:])
    assert shown(living, vectors) == set(ids[1:])


def test_very_many_changes_are_read_as_a_whole(living: LivingPapers, library: Library, edit: Edit) -> None:
    ids = fill(library, MANY + 2)
    vectors = table_of(ids)
    assert len(shown(living, vectors)) == len(ids)
    edit.delete(ids[:-1])
    assert shown(living, vectors) == {ids[-1]}


def test_after_a_failure_everything_is_looked_at_again(
    living: LivingPapers, library: Library, edit: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = fill(library, 2)
    vectors = table_of(ids)
    assert shown(living, vectors) == set(ids)
    edit.delete(ids[:1])

    def fail() -> None:
        message = "Another program is writing."
        raise EnvironmentFault(message)

    with monkeypatch.context() as patched:
        patched.setattr(library, "read", fail)
        with pytest.raises(EnvironmentFault):
            living.only(vectors)
    assert shown(living, vectors) == set(ids[1:])
