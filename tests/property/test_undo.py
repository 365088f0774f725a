"""Undo and redo on a real library: whatever is done, in whatever order, every state comes back to the last cell."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from readinglist.domain.feedback import Feedback
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import join
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.library.collections import CollectionWriter
from readinglist.library.library import Library
from readinglist.library.tables import UNDOABLE
from readinglist.library.tags import TagWriter
from readinglist.library.unit import Writer
from tests.helpers.drafts import make_draft

PAPERS = 6
State = dict[str, list[Any]]
Edit = Callable[[Writer], object]
Groups = TagWriter | CollectionWriter
Chosen = Callable[[Writer], Groups]

ids = st.lists(st.integers(1, PAPERS + 4).map(PaperId), min_size=1, max_size=4, unique=True)
names = st.sampled_from(["ml", "ml/vision", "ml/vision/3d", "to read", "x"])
texts = st.sampled_from(["", "A note", "It's “quoted”; -- %s {x}\n\ttabs", "NUL\0inside", "'); DROP TABLE paper; --"])


def _status(chosen: list[PaperId], status: Status) -> Edit:
    return lambda writer: writer.papers.set_status(chosen, status)


def _values(chosen: list[PaperId], values: dict[str, object]) -> Edit:
    return lambda writer: writer.papers.set_values(chosen, values)


def _bin(chosen: list[PaperId], is_binned: bool) -> Edit:
    return lambda writer: writer.papers.set_binned(chosen, is_binned=is_binned)


def _purge(chosen: list[PaperId]) -> Edit:
    return lambda writer: writer.papers.purge(chosen)


def _move(chosen: list[PaperId], before: PaperId | None) -> Edit:
    def move(writer: Writer) -> None:
        queued = [one for one in chosen if one != before and _is_queued(writer, one)]
        if before is None or _is_queued(writer, before):
            writer.papers.move_in_queue(queued, before)

    return move


def _is_queued(writer: Writer, paper_id: PaperId) -> bool:
    found = writer.papers.get_many([paper_id]).get(paper_id)
    return found is not None and found.queue_position is not None


def _tags(writer: Writer) -> Groups:
    return writer.tags


def _collections(writer: Writer) -> Groups:
    return writer.collections


def _put(groups: Chosen, chosen: list[PaperId], name: str) -> Edit:
    return lambda writer: groups(writer).put([one for one in chosen if writer.papers.get_many([one])], [name])


def _take(groups: Chosen, chosen: list[PaperId], name: str) -> Edit:
    return lambda writer: groups(writer).take(chosen, [name])


def _rename(groups: Chosen, old: str, new: str) -> Edit:
    def rename(writer: Writer) -> None:
        if old in {one.name for one in groups(writer).all()} and not new.startswith(f"{old}/"):
            groups(writer).rename(old, new)

    return rename


def _drop(groups: Chosen, name: str) -> Edit:
    def drop(writer: Writer) -> None:
        if name in {one.name for one in groups(writer).all()}:
            groups(writer).delete(name)

    return drop


def _import(number: int) -> Edit:
    """Store a paper, or complete the one that has the identifier already."""

    def take_in(writer: Writer) -> None:
        draft = make_draft(number, venue="A venue", keywords=("cs.CL",), abstract=f"Another abstract of {number}.")
        known = writer.papers.find_identifier(Identifier("arxiv", f"2405.{number:05d}"))
        if known is None:
            writer.papers.add_many([draft], status=Status.TO_READ)
        else:
            writer.papers.merge(writer.papers.get(known), draft)

    return take_in


def _say(chosen: list[PaperId], kind: Feedback, is_said: bool) -> Edit:
    def say(writer: Writer) -> None:
        if is_said:
            writer.feedback.put([one for one in chosen if writer.papers.get_many([one])], kind)
        else:
            writer.feedback.take(chosen, kind)

    return say


def _merge(chosen: list[PaperId]) -> Edit:
    """Make papers one, if there are several of them."""

    def merge(writer: Writer) -> None:
        entries = writer.joining.entries(chosen)
        if len(entries) > 1:
            writer.joining.join(join(entries))

    return merge


groups = st.sampled_from([_tags, _collections])
edits = st.one_of(
    st.builds(_status, ids, st.sampled_from(Status)),
    st.builds(_values, ids, st.builds(lambda star: {"is_starred": star}, st.booleans())),
    st.builds(_values, ids, st.builds(lambda one: {"priority": int(one)}, st.sampled_from(Priority))),
    st.builds(_values, ids, st.builds(lambda text: {"note": text}, texts)),
    st.builds(_bin, ids, st.booleans()),
    st.builds(_purge, ids),
    st.builds(_move, ids, st.none() | st.integers(1, PAPERS).map(PaperId)),
    st.builds(_put, groups, ids, names),
    st.builds(_take, groups, ids, names),
    st.builds(_rename, groups, names, names),
    st.builds(_drop, groups, names),
    st.builds(_say, ids, st.sampled_from(Feedback), st.booleans()),
    st.builds(_import, st.integers(0, PAPERS + 3)),
    st.builds(_merge, ids),
)
steps = st.lists(st.one_of(edits, edits, st.sampled_from(["back", "forward"])), min_size=1, max_size=14)


@pytest.fixture(scope="module")
def filled() -> Iterator[Path]:
    """A folder with a library that each example gets a copy of."""
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "library")
        with library.write(None) as writer:
            drafts = [make_draft(number) for number in range(PAPERS)]
            found = writer.papers.add_many(drafts, status=Status.INBOX)
            writer.tags.put(found[:3], ["ml", "ml/vision"])
            writer.collections.put(found[1:4], ["x", "ml/vision"])
            writer.papers.set_status(found[:2], Status.TO_READ)
        library.close()
        yield library.folder


@contextmanager
def copied(folder: Path) -> Iterator[Library]:
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(folder, Path(name) / "library")
        library = Library(Path(name) / "library")
        try:
            yield library
        finally:
            library.close()


def dump(library: Library) -> State:
    """Every cell of what the reader made, and the text index that must follow it."""
    with library.open()._engine.connect() as connection:
        found: State = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in UNDOABLE
        }
        index = connection.exec_driver_sql("SELECT rowid, * FROM paper_fts ORDER BY rowid")
        found["index"] = [tuple(row) for row in index]
    return found


def last_step(library: Library) -> int:
    with library.open()._engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM undo_step").scalar_one())


@settings(max_examples=40, deadline=None)
@example(sequence=[_values([PaperId(1)], {"note": "NUL\0inside"}), _purge([PaperId(1)])])
@given(sequence=steps)
def test_every_state_comes_back_by_undo_and_by_redo(filled: Path, sequence: list[Edit | str]) -> None:
    with copied(filled) as library:
        states = [dump(library)]
        at = 0
        for step in sequence:
            if step == "back":
                moved = library.step_back()[0] is not None
                assert moved == (at > 0)
                at -= moved
            elif step == "forward":
                moved = library.step_forward()[0] is not None
                assert moved == (at < len(states) - 1)
                at += moved
            elif _is_done(library, step):
                states[at + 1 :] = [dump(library)]
                at += 1
            assert dump(library) == states[at]
        _walk(library, states, at)


def _is_done(library: Library, edit: Edit | str) -> bool:
    """Make an edit as one step; returns whether there was anything to do."""
    assert not isinstance(edit, str)
    before = last_step(library)
    with library.write("An edit") as writer:
        edit(writer)
    return last_step(library) > before


def _walk(library: Library, states: list[State], at: int) -> None:
    """Go back to the beginning and forward to the end."""
    for place in reversed(range(at)):
        library.step_back()
        assert dump(library) == states[place]
    assert library.step_back()[0] is None
    for state in states[1:]:
        library.step_forward()
        assert dump(library) == state
    assert library.step_forward()[0] is None
    assert library.check().is_sound
