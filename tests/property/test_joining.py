"""Merging entries of one work: nothing that the reader made is lost, in whatever order they come, and undo is exact."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.dates import PartialDate
from readinglist.domain.feedback import Feedback
from readinglist.domain.files import FiledAnnotation, NewFile
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import Entry, join
from readinglist.domain.pages import Rect
from readinglist.domain.paper import Mention, PaperDraft, PaperId, Priority, Status
from readinglist.library.library import Library
from readinglist.library.tables import UNDOABLE, reading_time
from readinglist.library.unit import Writer
from readinglist.services.events import EventHub
from readinglist.services.merging import Merging
from tests.helpers.papers import make_paper

moments = st.integers(0, 1000).map(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
names = st.sets(st.sampled_from(["ml", "ml/vision", "to discuss"]), max_size=2).map(lambda some: tuple(sorted(some)))
# Paragraphs that are no part of each other; and what a careless hand leaves around them.
notes = st.lists(st.sampled_from(["Good.", "Bad proof in 3.", "Ask Ada.\nSoon.", "  code", "\n"]), max_size=3).map(
    "\n\n".join
)
marks = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "is_starred": st.booleans(),
        "priority": st.sampled_from(Priority),
        "rating": st.integers(0, 5),
        "note": notes,
    }
)
sha256s = st.sampled_from(["a" * 64, "b" * 64])
annotations: st.SearchStrategy[tuple[str, Annotation]] = st.tuples(
    sha256s,
    st.builds(
        lambda uid, top, comment, modified: Annotation(
            uid=uid,
            kind=AnnotationKind.HIGHLIGHT,
            page=1,
            rects=(Rect(0, top, 10, top + 10),),
            comment=comment,
            modified=modified,
        ),
        st.sampled_from(["u1", "u2"]),
        st.sampled_from([0, 50]),
        st.sampled_from(["", "Why?", "Because."]),
        st.none() | moments,
    ),
)


def each_name_once(drawn: list[tuple[str, Annotation]]) -> list[tuple[str, Annotation]]:
    return list({one.uid: (sha256, one) for sha256, one in drawn}.values())


facts = st.fixed_dictionaries(
    {
        "title": st.sampled_from(
            ["Learning from few examples", "arXiv:2401.00001", "Learning from few examples again"]
        ),
        "abstract": st.sampled_from(["", "We learn…", "We learn from few examples, and show how. " * 6]),
        "authors": st.sampled_from([(), ("Ada Author",), ("Ada Author", "Ben Writer")]),
        "published": st.none() | st.sampled_from([PartialDate(2024), PartialDate(2024, 5, 2), PartialDate(2025, 1)]),
        "venue": st.none() | st.sampled_from(["arXiv", "Journal of Examples"]),
        "mention": st.none()
        | st.builds(
            lambda origin, upvotes: Mention(source="feed", origin=origin, upvotes=upvotes),
            st.sampled_from(["one", "other"]),
            st.none() | st.integers(0, 3),
        ),
    }
)
several = st.lists(
    st.fixed_dictionaries(
        {
            "facts": facts,
            "marks": marks,
            "tags": names,
            "collections": names,
            "annotations": st.lists(annotations, max_size=3).map(each_name_once),
            "said": st.none() | st.sampled_from(Feedback),
            "seconds": st.sampled_from([0, 90, 600]),
            "added": moments,
        }
    ),
    min_size=2,
    max_size=4,
)


def put(writer: Writer, number: int, made: dict[str, Any]) -> PaperId:
    """Store one entry with all that was made of it."""
    identifiers = (Identifier("doi", f"10.1145/{number}"), Identifier("openalex", f"W{number}"))
    draft = PaperDraft(**made["facts"], identifiers=identifiers)
    (paper_id,) = writer.papers.add_many([draft], status=Status.INBOX, added=made["added"])
    writer.papers.set_status([paper_id], made["marks"]["status"])
    writer.papers.set_values([paper_id], {key: made["marks"][key] for key in ("is_starred", "priority", "rating")})
    writer.papers.set_values([paper_id], {"note": made["marks"]["note"]})
    writer.tags.put([paper_id], made["tags"])
    writer.collections.put([paper_id], made["collections"])
    for sha256, annotation in made["annotations"]:
        writer.files.attach(
            paper_id, NewFile(path=f"files/{sha256[0]}.pdf", sha256=sha256, size_bytes=9, is_linked=False)
        )
        writer.annotations.add(paper_id, sha256, [annotation])
    if made["said"]:
        writer.feedback.put([paper_id], made["said"])
    if made["seconds"]:
        writer.decisions.add_time(paper_id, made["seconds"])
    return paper_id


@contextmanager
def library_of(entries: list[dict[str, Any]]) -> Iterator[tuple[Library, list[PaperId]]]:
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "library")
        try:
            with library.write(None) as writer:
                ids = [put(writer, number, made) for number, made in enumerate(entries)]
                writer.tags.put(
                    [*writer.papers.add_many([PaperDraft(title="Another paper")], status=Status.READ)], ["x"]
                )
            yield library, ids
        finally:
            library.close()


def dump(library: Library) -> dict[str, list[Any]]:
    """Every cell of what there is, the text index too; a time of no seconds is no time."""
    with library.open()._engine.connect() as connection:
        found: dict[str, list[Any]] = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in UNDOABLE
        }
        times = select(reading_time).where(reading_time.c.seconds > 0).order_by(reading_time.c.paper_id)
        found["times"] = [tuple(row) for row in connection.execute(times)]
        found["index"] = [
            tuple(row) for row in connection.exec_driver_sql("SELECT rowid, * FROM paper_fts ORDER BY rowid")
        ]
    return found


@settings(max_examples=25, deadline=None)
@given(entries=several)
def test_the_library_has_what_was_planned_and_undo_and_redo_are_exact(entries: list[dict[str, Any]]) -> None:
    with library_of(entries) as (library, ids):
        merging = Merging(library, EventHub())
        planned = merging.plan(ids)
        before = dump(library)
        changes = merging.merge(ids)
        assert changes.ids == set(ids)
        after = dump(library)
        with library.read() as reader:
            (whole,) = reader.joining.entries(ids)
            seconds = reader.decisions.time_spent_s(whole.paper.id)
            refreshed = reader.papers.content_hashes([whole.paper.id])[whole.paper.id]
        assert whole.paper.id == planned.paper.id
        assert whole.paper.content_hash == refreshed
        assert planned.paper.content_hash in {"", refreshed}
        said_alike = {"content_hash": "", "mentions": frozenset(whole.paper.mentions), "pdf": None}
        assert _with(whole.paper, said_alike) == _with(
            planned.paper, {**said_alike, "mentions": frozenset(planned.paper.mentions)}
        )
        assert whole.said == planned.whole.said
        assert {one.sha256 for one in whole.files} == {one.sha256 for one in planned.whole.files}
        assert _drawn(whole) == _drawn(planned.whole)
        assert seconds == sum(made["seconds"] for made in entries)
        assert library.step_back()[1].ids == changes.ids
        assert dump(library) == before
        assert library.step_forward()[1].ids == changes.ids
        assert dump(library) == after
        assert library.check().derived == ()


@settings(max_examples=40, deadline=None)
@given(entries=several, data=st.data())
def test_nothing_of_the_readers_is_lost_in_whatever_order_they_come(
    entries: list[dict[str, Any]], data: st.DataObject
) -> None:
    given_in = [entry_of(number, made) for number, made in enumerate(entries, start=1)]
    joined = join(given_in)
    assert join(data.draw(st.permutations(given_in))) == joined
    paper = joined.paper
    for one in (entry.paper for entry in given_in):
        assert {*one.tags} <= {*paper.tags}
        assert {*one.collections} <= {*paper.collections}
        assert {*one.identifiers} <= {*paper.identifiers}
        assert all(part.strip() in paper.note for part in one.note.split("\n\n"))
        assert paper.rating >= one.rating
        assert paper.priority >= one.priority
        assert paper.is_starred >= one.is_starred
        assert paper.added <= one.added
        assert len(paper.authors) >= len(one.authors)
    comments = " ".join(one.annotation.comment for one in joined.whole.annotations)
    places = {(one.sha256, one.annotation.rects) for one in joined.whole.annotations}
    for drawn in (one for entry in given_in for one in entry.annotations):
        assert drawn.annotation.comment in comments
        assert (drawn.sha256, drawn.annotation.rects) in places
    uids = [one.annotation.uid for one in joined.whole.annotations]
    assert len(uids) == len({*uids})


def entry_of(number: int, made: dict[str, Any]) -> Entry:
    """Make an entry that no library has."""
    said = {made["said"]: made["added"]} if made["said"] else {}
    mention = made["facts"]["mention"]
    told = {key: value for key, value in made["facts"].items() if key != "mention"}
    paper = make_paper(
        number,
        **told,
        **made["marks"],
        added=made["added"],
        tags=made["tags"],
        collections=made["collections"],
        mentions=(mention,) if mention else (),
    )
    drawn = tuple(
        FiledAnnotation(paper_id=PaperId(number), sha256=sha256, annotation=one) for sha256, one in made["annotations"]
    )
    return Entry(paper=paper, annotations=drawn, said=said)


def _with(paper: Any, facts: dict[str, Any]) -> Any:
    return replace(paper, **facts)


def _drawn(entry: Entry) -> set[tuple[str, Annotation]]:
    return {(one.sha256, one.annotation) for one in entry.annotations}
