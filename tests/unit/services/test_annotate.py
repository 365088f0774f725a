"""Annotations are steps that can be undone; they are taken over from files, copied into files, and exported."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from readinglist.domain.annotation import Annotation, AnnotationKind, AnnotationPart
from readinglist.domain.changes import ChangeKind
from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.annotate import Annotate
from readinglist.services.events import EventHub
from readinglist.services.files import Files
from readinglist.services.undo import Undo
from tests.helpers.attached import MADE, add_papers, make_annotation, make_pdf


@dataclass
class InFiles:
    """Answers with recorded annotations, page by page; notes what is to be copied."""

    pages: Sequence[Sequence[Annotation]] = ()
    copied: list[tuple[Path, Sequence[Annotation], Path]] = field(default_factory=list)

    def annotations(self, _path: Path, *, page: int = 1) -> "Future[AnnotationPart]":
        """Promise one page."""
        answer: Future[AnnotationPart] = Future()
        next_page = page + 1 if page < len(self.pages) else None
        answer.set_result(AnnotationPart(annotations=tuple(self.pages[page - 1]), next_page=next_page))
        return answer

    def save_copy(self, path: Path, annotations: Sequence[Annotation], target: Path) -> "Future[None]":
        """Note it."""
        self.copied.append((path, annotations, target))
        answer: Future[None] = Future()
        answer.set_result(None)
        return answer


@pytest.fixture
def paper_id(library: Library, tmp_path: Path) -> PaperId:
    (paper_id,) = add_papers(library, 1)
    Files(library, EventHub(), taking=lambda: Taking.LINK).attach(paper_id, make_pdf(tmp_path / "a.pdf"))
    return paper_id


def sha_of(library: Library, paper_id: PaperId) -> str:
    with library.read() as reader:
        return reader.files.of(paper_id)[0].sha256


def annotating(library: Library, in_files: InFiles | None = None) -> Annotate:
    files = Files(library, EventHub(), taking=lambda: Taking.LINK)
    return Annotate(library, EventHub(), files=files, in_files=in_files or InFiles(), now=lambda: MADE)


def uids(annotate: Annotate, paper_id: PaperId) -> list[str]:
    return [one.annotation.uid for one in annotate.of(paper_id)]


def test_an_annotation_gets_a_name_and_times_and_is_one_step(library: Library, paper_id: PaperId) -> None:
    annotate = annotating(library)
    bare = make_annotation("", created=None, modified=None, kind=AnnotationKind.UNDERLINE)
    changes = annotate.add(paper_id, "a", [bare], initiator="tab")
    (filed,) = annotate.of(paper_id)
    assert filed.annotation == replace(bare, uid=filed.annotation.uid, created=MADE, modified=MADE)
    assert filed.annotation.uid
    assert changes.kinds == {ChangeKind.ANNOTATIONS, ChangeKind.HISTORY}
    assert changes.initiator == "tab"
    report = Undo(library, EventHub()).undo()
    assert report is not None
    assert (report.label, uids(annotate, paper_id)) == ("Underlined", [])


def test_what_is_typed_without_a_pause_is_one_step(library: Library, paper_id: PaperId) -> None:
    annotate = annotating(library)
    annotate.add(paper_id, "a", [make_annotation("x")])
    for text in ("W", "Wo", "Wombats."):
        annotate.change(paper_id, make_annotation("x", comment=text))
    undo = Undo(library, EventHub())
    undo.undo()
    assert annotate.of(paper_id)[0].annotation.comment == ""
    undo.redo()
    assert annotate.of(paper_id)[0].annotation.comment == "Wombats."


def test_several_are_removed_and_come_back_together(library: Library, paper_id: PaperId) -> None:
    annotate = annotating(library)
    annotate.add(paper_id, "a", [make_annotation(one, page) for page, one in enumerate("xyz", start=1)])
    annotate.remove(paper_id, ["x", "z"])
    assert uids(annotate, paper_id) == ["y"]
    report = Undo(library, EventHub()).undo()
    assert report is not None
    assert (report.label, uids(annotate, paper_id)) == ("Remove 2 annotations", ["x", "y", "z"])


def test_nothing_added_is_no_step(library: Library, paper_id: PaperId) -> None:
    assert not annotating(library).add(paper_id, "a", [])


def test_the_marks_of_a_file_are_its_own(library: Library, paper_id: PaperId) -> None:
    annotate = annotating(library)
    first, second = annotate.marks(paper_id, "a"), annotate.marks(paper_id, "b")
    first.add([make_annotation("x")])
    second.add([make_annotation("y")])
    second.change(make_annotation("y", comment="changed"))
    assert [one.uid for one in first.all()] == ["x"]
    assert [one.comment for one in second.all()] == ["changed"]
    first.remove(["x"])
    assert (first.all(), len(second.all())) == ((), 1)


def test_annotations_of_a_file_are_taken_over_once(library: Library, paper_id: PaperId) -> None:
    in_files = InFiles([[make_annotation("x", 1)], [], [make_annotation("y", 3), make_annotation("z", 3)]])
    annotate = annotating(library, in_files)
    sha256 = sha_of(library, paper_id)
    annotate.add(paper_id, sha256, [make_annotation("y", 3, comment="mine")])
    assert annotate.take_over(paper_id, sha256)
    assert not annotate.take_over(paper_id, sha256)
    assert uids(annotate, paper_id) == ["x", "y", "z"]
    assert [one.annotation.comment for one in annotate.of(paper_id)] == ["", "mine", ""]
    report = Undo(library, EventHub()).undo()
    assert report is not None
    assert (report.label, uids(annotate, paper_id)) == ("Take over 2 annotations", ["y"])


def test_a_copy_gets_the_annotations_of_its_file_and_never_replaces_it(
    library: Library, paper_id: PaperId, tmp_path: Path
) -> None:
    in_files = InFiles()
    annotate = annotating(library, in_files)
    sha256 = sha_of(library, paper_id)
    annotate.add(paper_id, sha256, [make_annotation("x")])
    annotate.add(paper_id, "of another file", [make_annotation("y")])
    annotate.save_copy(paper_id, sha256, tmp_path / "copy.pdf")
    assert in_files.copied == [(tmp_path / "a.pdf", [make_annotation("x")], tmp_path / "copy.pdf")]
    with pytest.raises(UserError, match="another name"):
        annotate.save_copy(paper_id, sha256, tmp_path / "a.pdf")


def test_markdown_has_quote_comment_and_a_link_to_the_page(library: Library) -> None:
    first, second = add_papers(library, 1, 2, published=PartialDate(2024))
    annotate = annotating(library)
    quoted = make_annotation("x", 3, quote="two\n lines", comment="A remark.\nAnother.", tags=("idea",))
    annotate.add(first, "a", [quoted, make_annotation("y", 1, kind=AnnotationKind.AREA, quote="")])
    assert annotate.render_markdown([second, first]) == (
        "# Learning about subject 1 from sparse examples\n"
        "\n"
        "Ada Author1, Ben Writer (2024)\n"
        "\n"
        f"**Area**, [page 1](readinglist://paper/{first}?page=1)\n"
        "\n"
        f"**Highlight**, [page 3](readinglist://paper/{first}?page=3) `idea`\n"
        "\n"
        "> two lines\n"
        "\n"
        "A remark.\n"
        "Another.\n"
    )
