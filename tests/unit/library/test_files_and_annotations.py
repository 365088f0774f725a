"""Files, annotations and reading positions in the library: stored, noted, undone, found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from readinglist.domain.annotation import AnnotationColour, AnnotationKind
from readinglist.domain.changes import ChangeKind
from readinglist.domain.files import FileFacts, ReadingPosition, StoredFile
from readinglist.domain.pages import Point, Rect
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.library.library import Library
from tests.helpers.attached import MADE, add_papers, make_annotation, make_file

LATER = datetime.now(UTC) + timedelta(days=1)


def found(library: Library, query: str) -> list[PaperId]:
    with library.read() as reader:
        return reader.search.ids(parse_query(query), Sort())


def shas(library: Library, paper_id: PaperId) -> list[str]:
    with library.read() as reader:
        return [one.sha256 for one in reader.files.of(paper_id)]


def test_a_paper_has_several_files_each_content_once_and_the_first_is_its_pdf(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    with library.write("Attach") as writer:
        new = [writer.files.attach(paper_id, make_file(sha)) for sha in ("a", "b", "a")]
    assert new == [True, True, False]
    assert writer.changes.kinds == {ChangeKind.FILES, ChangeKind.HISTORY}
    with library.read() as reader:
        assert reader.papers.get(paper_id).pdf == str(library.folder / "files/a.pdf")
        assert reader.papers.rows([paper_id])[0].has_pdf
    assert shas(library, paper_id) == ["a", "b"]


def test_two_papers_may_have_the_same_bytes(library: Library) -> None:
    ids = add_papers(library, 1, 2)
    with library.write("Attach") as writer:
        for one in ids:
            writer.files.attach(one, make_file("a"))
    with library.write(None) as writer:
        writer.files.set_facts("a", FileFacts(page_count=7, has_text=True))
        writer.files.relocate("a", "/elsewhere/a.pdf", is_linked=True)
    with library.read() as reader:
        files = reader.files.of_content("a")
        assert reader.files.papers_with(["a", "b"]) == {"a": ids}
    assert [one.paper_id for one in files] == ids
    assert {(one.path, one.is_linked, one.facts.page_count) for one in files} == {("/elsewhere/a.pdf", True, 7)}


def test_attaching_and_detaching_are_taken_back_and_done_again(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    with library.write("Attach") as writer:
        writer.files.attach(paper_id, make_file("a"))
    with library.write("Detach") as writer:
        writer.files.detach(paper_id, "a")
    assert shas(library, paper_id) == []
    library.step_back()
    assert shas(library, paper_id) == ["a"]
    library.step_back()
    assert shas(library, paper_id) == []
    library.step_forward()
    assert shas(library, paper_id) == ["a"]


def test_stored_bytes_are_unused_only_when_no_paper_and_no_step_knows_them(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    stored = [StoredFile(path=f"files/{one}.pdf", sha256=one * 8, size_bytes=5, origin="x") for one in "abc"]
    with library.write(None) as writer:
        writer.files.register(stored)
    with library.write("Attach") as writer:
        for one in stored[:2]:
            writer.files.attach(paper_id, make_file(one.sha256, path=one.path))
    with library.write("Detach") as writer:
        writer.files.detach(paper_id, stored[1].sha256)
    with library.read() as reader:
        assert [one.path for one in reader.files.unused(LATER)] == ["files/c.pdf"]
        assert reader.files.unused(datetime(2000, 1, 1, tzinfo=UTC)) == []
    with library.write("Purge") as writer:
        writer.papers.purge([paper_id])
    with library.read() as reader:
        assert [one.path for one in reader.files.unused(LATER)] == ["files/c.pdf"]


def test_annotations_come_back_as_they_were_in_the_order_of_pages(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    whole = make_annotation(
        "whole",
        page=2,
        kind=AnnotationKind.INK,
        rects=(Rect(1.5, 300, 3, 310.25),),
        strokes=((Point(1.5, 300), Point(3, 310.25)), (Point(2, 305),)),
        colour=AnnotationColour.PINK,
        comment="First.\nSecond, with a ✓ and a \0.",
        tags=("idea", "žofie"),
        author="Ada",
    )
    bare = make_annotation("bare", page=2, created=None, modified=None, quote="")
    first = make_annotation("first", page=1)
    with library.write("Add") as writer:
        assert writer.annotations.add(paper_id, "a", [whole, bare, first]) == ["whole", "bare", "first"]
        assert writer.annotations.add(paper_id, "a", [replace(first, quote="other")]) == []
    assert writer.changes.kinds == {ChangeKind.ANNOTATIONS, ChangeKind.HISTORY}
    with library.read() as reader:
        assert [one.annotation for one in reader.annotations.of(paper_id)] == [first, bare, whole]
        assert reader.annotations.count([paper_id, PaperId(99)]) == {paper_id: 3}
        one = reader.annotations.find(paper_id, "bare")
        assert one is not None
        assert (one.sha256, one.annotation) == ("a", bare)
        assert reader.annotations.find(paper_id, "none") is None


def test_words_of_annotations_are_found_for_as_long_as_they_stand_there(library: Library) -> None:
    first, second = add_papers(library, 1, 2)
    with library.write("Add") as writer:
        writer.annotations.add(
            first, "a", [make_annotation("x", quote="wombats dig", comment="see žofie", tags=("ü",))]
        )
    for query in (
        "wombats",
        '"wombats dig"',
        "zofie",
        "wombats zofie",
        "ü",
        "has:annotation",
        "wombats has:annotation",
    ):
        assert found(library, query) == [first], query
    assert found(library, "-has:annotation") == [second]
    with library.write("Change") as writer:
        writer.annotations.change(first, make_annotation("x", quote="wallabies jump"))
    assert (found(library, "wombats"), found(library, "wallabies")) == ([], [first])
    with library.write("Remove") as writer:
        writer.annotations.remove(first, ["x"])
    assert found(library, "wallabies") == found(library, "has:annotation") == []
    library.step_back()
    library.step_back()
    assert (found(library, "wombats"), found(library, "wallabies")) == ([first], [])
    assert library.check().is_sound


def test_what_may_be_shown_of_a_paper_has_its_remarks(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    with library.write("Add") as writer:
        writer.annotations.add(paper_id, "a", [make_annotation("x", comment="A remark about wombats.")])
    with library.read() as reader:
        assert "remark about wombats" in reader.search.texts([paper_id])[paper_id].marks


def test_a_purged_paper_takes_its_annotations_along_and_undo_brings_them_back(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    with library.write("Add") as writer:
        writer.annotations.add(paper_id, "a", [make_annotation("x")])
        writer.files.attach(paper_id, make_file("a"))
    with library.write("Purge") as writer:
        writer.papers.purge([paper_id])
    with library.read() as reader:
        assert (reader.annotations.of(paper_id), reader.files.of(paper_id)) == ([], [])
    library.step_back()
    with library.read() as reader:
        assert [one.annotation for one in reader.annotations.of(paper_id)] == [make_annotation("x")]
        assert [one.sha256 for one in reader.files.of(paper_id)] == ["a"]


def test_a_reading_position_is_no_step_and_outlives_the_file(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    position = ReadingPosition(page=3, offset=0.5, zoom="1.25", pages_read=((1, 3),), page_count=9, opened=MADE)
    with library.write("Attach") as writer:
        writer.files.attach(paper_id, make_file("a"))
    with library.write(None) as writer:
        writer.positions.save("a", replace(position, page=1))
        writer.positions.save("a", position)
    assert not writer.changes
    assert library.step_back()[0] == "Attach"
    with library.read() as reader:
        assert reader.positions.find("a") == position
        assert reader.positions.find("b") is None
