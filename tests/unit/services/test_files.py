"""Giving files to papers: copied, linked, moved, found again, taken back, and what a kill leaves behind."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, EnvironmentFault, UserError
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services import file_store
from readinglist.services.events import Event, EventHub
from readinglist.services.file_store import FileStore, read_content
from readinglist.services.files import Files
from readinglist.services.maintenance import Maintenance
from readinglist.services.undo import Undo
from tests.helpers.attached import add_papers, make_pdf

LATER = datetime.now(UTC) + timedelta(days=1)
NAME = "Author1 2024 - Learning about subject 1 from sparse examples.pdf"


@pytest.fixture
def files(library: Library) -> Files:
    return Files(library, EventHub(), taking=lambda: Taking.COPY)


def stored(library: Library) -> list[str]:
    return sorted(one.name for one in (library.folder / "files").glob("*"))


def test_a_copy_lies_in_the_library_under_a_readable_name_and_the_file_stays(
    library: Library, files: Files, tmp_path: Path
) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "download(3).pdf")
    changes = files.attach(paper_id, path)
    assert (stored(library), path.is_file()) == ([NAME], True)
    assert changes.kinds == {ChangeKind.FILES, ChangeKind.HISTORY}
    (view,) = files.of(paper_id)
    assert (view.path, view.is_there, view.file.is_linked) == (library.folder / "files" / NAME, True, False)
    assert files.find(paper_id) == view.path
    assert library.check().is_sound


def test_a_linked_file_stays_where_it_is(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "mine.pdf")
    files.attach(paper_id, path, how=Taking.LINK)
    (view,) = files.of(paper_id)
    assert (view.path, view.file.is_linked, stored(library)) == (path, True, [])


def test_a_moved_file_leaves_its_place(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "mine.pdf")
    files.attach(paper_id, path, how=Taking.MOVE)
    assert (stored(library), path.exists()) == ([NAME], False)


@pytest.mark.expects_warnings
@pytest.mark.parametrize("mark", [b"my mark", b""])
def test_what_another_program_made_of_a_stored_file_is_kept_when_the_original_comes_again(
    library: Library, files: Files, tmp_path: Path, mark: bytes
) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "mine.pdf")
    original = path.read_bytes()
    files.attach(paper_id, path)
    changed = original[:-1] + b"#" + mark  # longer, or of the same size
    (library.folder / "files" / NAME).write_bytes(changed)
    files.attach(paper_id, path, how=Taking.MOVE)
    assert (library.folder / "files" / NAME).read_bytes() == original
    assert (library.folder / "files" / NAME.replace(".pdf", " (changed).pdf")).read_bytes() == changed


def test_the_same_bytes_are_stored_once_whoever_has_them(library: Library, files: Files, tmp_path: Path) -> None:
    first, second = add_papers(library, 1, 2)
    files.attach(first, make_pdf(tmp_path / "a.pdf"))
    files.attach(second, make_pdf(tmp_path / "b.pdf"))
    files.attach(first, make_pdf(tmp_path / "c.pdf"))
    assert stored(library) == [NAME]
    assert files.find(first) == files.find(second)
    assert len(files.of(first)) == 1


def test_other_bytes_of_the_same_name_get_a_number(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    make_pdf(library.folder / "files" / NAME.upper(), "the reader's own")
    files.attach(paper_id, make_pdf(tmp_path / "a.pdf", "one"))
    files.attach(paper_id, make_pdf(tmp_path / "b.pdf", "two"))
    assert [view.path.name for view in files.of(paper_id)] == [
        NAME.replace(".pdf", " 2.pdf"),
        NAME.replace(".pdf", " 3.pdf"),
    ]


def test_what_is_no_pdf_and_what_is_no_paper_is_refused(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    page = tmp_path / "page.pdf"
    page.write_text("<html>Log in</html>")
    with pytest.raises(UserError, match=r"page\.pdf is no PDF"):
        files.attach(paper_id, page)
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        files.attach(paper_id, tmp_path / "none.pdf")
    with pytest.raises(UserError, match="no paper number 99"):
        files.attach(type(paper_id)(99), make_pdf(tmp_path / "a.pdf"))
    with pytest.raises(UserError, match="has no PDF"):
        files.find(paper_id)
    assert stored(library) == []


def test_undo_takes_the_link_back_and_redo_finds_the_bytes(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    files.attach(paper_id, make_pdf(tmp_path / "a.pdf"))
    undo = Undo(library, EventHub())
    undo.undo()
    assert (files.of(paper_id), stored(library), files.clear(LATER)) == ((), [NAME], 0)
    undo.redo()
    (view,) = files.of(paper_id)
    assert view.is_there


def test_a_file_that_nothing_can_bring_back_is_cleared_and_the_readers_own_is_not(
    library: Library, files: Files, tmp_path: Path
) -> None:
    first, second = add_papers(library, 1, 2)
    files.attach(first, make_pdf(tmp_path / "a.pdf"))
    make_pdf(library.folder / "files" / "own.pdf", "own")
    Undo(library, EventHub()).undo()
    with library.write("Star") as writer:  # from now on, nothing can be done again
        writer.papers.set_values([second], {"is_starred": True})
    assert files.clear() == 0  # it is too young: another program may be about to link it
    assert files.clear(LATER) == 1
    assert stored(library) == ["own.pdf"]
    assert files.clear(LATER) == 0


def test_a_moved_file_that_nobody_wants_goes_back_to_its_place(library: Library, files: Files, tmp_path: Path) -> None:
    first, second = add_papers(library, 1, 2)
    path = make_pdf(tmp_path / "a.pdf")
    content = path.read_bytes()
    files.attach(first, path, how=Taking.MOVE)
    Undo(library, EventHub()).undo()
    with library.write("Star") as writer:
        writer.papers.set_values([second], {"is_starred": True})
    make_pdf(path, "another one in its place")
    assert (files.clear(LATER), stored(library)) == (0, [NAME])
    path.unlink()
    assert (files.clear(LATER), stored(library)) == (1, [])
    assert path.read_bytes() == content


def test_a_moved_file_that_never_left_is_not_kept_twice(library: Library, files: Files, tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "a.pdf")
    wanted = file_store.Wanted(source=path, content=read_content(path), name="a.pdf", origin=str(path), is_moved=True)
    FileStore(library).put([wanted])  # as if the program had been killed then
    assert (files.clear(LATER), stored(library), path.is_file()) == (1, [], True)


@pytest.mark.parametrize("place", ["renamed.pdf", "below/deep/a.pdf", "../beside/a.pdf", "../../beside/a.pdf"])
def test_a_linked_file_that_was_moved_is_found_by_its_content(
    library: Library, files: Files, tmp_path: Path, place: str
) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "papers" / "2024" / "a.pdf")
    make_pdf(tmp_path / "papers" / "2024" / "b.pdf", "another of a length like it")
    make_pdf(tmp_path / "papers" / "2024" / "c.pdf", "b paper")  # of the same length
    files.attach(paper_id, path, how=Taking.LINK)
    target = (path.parent / place).resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    path.rename(target)
    assert not files.of(paper_id)[0].is_there
    assert files.find(paper_id) == target
    assert files.of(paper_id)[0].path == target
    assert library.step_back()[0] == "Attach a file"  # that it was found is no step


def test_a_linked_file_whose_folder_was_renamed_is_found(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "papers" / "2024" / "a.pdf")
    files.attach(paper_id, path, how=Taking.LINK)
    path.parent.rename(tmp_path / "papers" / "read")
    assert Maintenance(library, EventHub(), files=files).check().done == ("1 linked file found in another place.",)
    assert files.of(paper_id)[0].path == tmp_path / "papers" / "read" / "a.pdf"


def test_a_file_that_is_gone_is_named(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "papers" / "a.pdf", "nothing else has these words")
    files.attach(paper_id, path, how=Taking.LINK)
    path.unlink()
    with pytest.raises(UserError, match=r"a\.pdf is not there any more"):
        files.find(paper_id)


def test_a_file_dropped_anew_takes_the_place_of_the_lost_one(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "papers" / "a.pdf")
    files.attach(paper_id, path, how=Taking.LINK)
    path.unlink()
    files.attach(paper_id, make_pdf(tmp_path / "far" / "away" / "x.pdf"), how=Taking.LINK)
    assert [view.path for view in files.of(paper_id)] == [tmp_path / "far" / "away" / "x.pdf"]


def test_a_file_put_into_the_folder_by_hand_is_taken_as_it_lies(library: Library, files: Files) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(library.folder / "files" / "own.pdf")
    for how in Taking:
        files.attach(paper_id, path, how=how)
    (view,) = files.of(paper_id)
    assert (view.path, view.file.path, view.file.is_linked) == (path, "files/own.pdf", False)
    files.detach(paper_id, view.file.sha256)
    files.clear(LATER)
    assert path.is_file()


def test_a_stop_while_copying_leaves_nothing_under_a_readable_name(
    library: Library, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "a.pdf", "x" * 5000)
    monkeypatch.setattr(file_store, "PIECE_BYTES", 100)
    calls = iter(range(80))

    def stop_halfway() -> None:
        if next(calls, None) is None:
            message = "Stopped."
            raise Cancelled(message)

    with pytest.raises(Cancelled):
        files.attach(paper_id, path, check_cancelled=stop_halfway)
    assert (stored(library), files.of(paper_id)) == ([], ())
    files.attach(paper_id, path)
    assert stored(library) == [NAME]


def test_a_file_that_changes_while_it_is_copied_is_refused(library: Library, files: Files, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    path = make_pdf(tmp_path / "a.pdf")
    content = read_content(path)
    make_pdf(path, "changed")
    with library.read() as reader:
        paper = reader.papers.get(paper_id)
    offered = file_store.Wanted(source=path, content=content, name="a.pdf", origin="x")
    with pytest.raises(EnvironmentFault, match="has changed"):
        FileStore(library).put([offered])
    assert (paper.pdf, stored(library)) == (None, [])


@pytest.mark.parametrize("folder", ["files", "derived", "derived/documents"])
def test_temporary_names_that_a_kill_left_are_cleared_when_they_are_old(
    library: Library, files: Files, folder: str
) -> None:
    part = make_pdf(library.folder / folder / ".0123456789abcdef.77.part")
    assert (files.clear(), part.exists()) == (0, True)
    assert (files.clear(LATER), part.exists()) == (1, False)


def test_a_registered_file_of_which_nothing_arrived_is_copied_when_it_comes_again(
    library: Library, files: Files, tmp_path: Path
) -> None:
    (paper_id,) = add_papers(library, 1)
    files.attach(paper_id, make_pdf(tmp_path / "a.pdf"))
    (library.folder / "files" / NAME).unlink()
    files.attach(paper_id, make_pdf(tmp_path / "b.pdf"))
    assert (library.folder / "files" / NAME).read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_moved_file_that_cannot_leave_is_told_and_kept(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paper_id,) = add_papers(library, 1)
    heard: list[Event] = []
    events = EventHub()
    events.subscribe(heard.append)
    path = make_pdf(tmp_path / "a.pdf")

    unlink = Path.unlink

    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        if self == path:
            raise PermissionError
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    Files(library, events, taking=lambda: Taking.MOVE).attach(paper_id, path)
    assert stored(library) == [NAME]
    assert [getattr(one, "message", "") for one in heard if not isinstance(one, Changes)] == [
        "a.pdf was copied into the library, but cannot be removed from its folder."
    ]
