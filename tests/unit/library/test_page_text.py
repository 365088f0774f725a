"""The texts of PDFs: found after the papers' own records, in a file that may be lost at any time."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.recommendation import PageOfPdf
from readinglist.library.library import Library
from readinglist.library.text_database import find_path, prepare
from tests.helpers.attached import add_papers, make_file


def give_text(library: Library, paper_id: PaperId, sha256: str, *pages: str) -> None:
    with library.write("Attach") as writer:
        writer.files.attach(paper_id, make_file(sha256))
    library.page_texts.save(sha256, pages)


def found(library: Library, query: str, key: SortKey = SortKey.RELEVANCE) -> list[PaperId]:
    with library.read() as reader:
        return reader.search.ids(parse_query(query), Sort(key))


def test_words_of_a_pdf_find_its_paper_behind_those_whose_record_has_them(library: Library) -> None:
    first, second, third = add_papers(library, 1, 2, 3)
    with library.write("Write a note") as writer:
        writer.papers.set_values([third], {"note": "Wombats, at last."})
    give_text(library, first, "a", "Nothing here.", "Once: wombats.")
    give_text(library, second, "b", "wombats " * 50)
    assert found(library, "wombats") == [third, second, first]
    assert found(library, "wom") == [third, second, first]
    assert found(library, "wombats", SortKey.ADDED) == [first, second, third]
    assert found(library, '"once wombats"') == [first]


def test_parts_of_a_query_are_answered_by_record_and_pdf_together(library: Library) -> None:
    first, second = add_papers(library, 1, 2)
    give_text(library, first, "a", "wombats dig burrows")
    give_text(library, second, "b", "wallabies dig")
    assert found(library, "dig has:pdf", SortKey.ADDED) == [first, second]
    assert found(library, "dig title:subject", SortKey.ADDED) == [first, second]
    assert found(library, "wombats title:nothing") == []
    assert found(library, "wombats OR title:nothing") == [first]
    assert found(library, "dig -wombats") == [second]
    assert found(library, "title:wombats") == found(library, "note:dig") == []
    assert found(library, "(wombats OR note:x) dig") == [first]


def test_a_place_in_a_pdf_is_found_with_its_page(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    third = "On the third page wombats dig."
    give_text(library, paper_id, "a", "First page: wombats.", "", third, "And wombats dig on.")
    with library.read() as reader:
        place = reader.search.place_in_pdf(paper_id, lambda text: ("wombat" in text) + ("dig" in text), 2)
        assert place == (PageOfPdf(sha256="a", page=3), third)
        place = reader.search.place_in_pdf(paper_id, lambda text: ("wombat" in text) + ("wallaby" in text), 2)
        assert place == (PageOfPdf(sha256="a", page=1), "First page: wombats.")
        assert reader.search.place_in_pdf(paper_id, lambda text: "wallaby" in text, 1) is None


def test_scripts_without_spaces_are_found_and_shown_as_they_were(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    give_text(library, paper_id, "a", "机器学习入门")
    assert found(library, "学习") == [paper_id]
    assert found(library, "习学") == []
    assert library.page_texts.pages("a") == ["机器学习入门"]


def test_a_file_that_leaves_its_paper_is_found_no_more_until_undo(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    give_text(library, paper_id, "a", "wombats")
    library.step_back()
    assert found(library, "wombats") == []
    library.step_forward()
    assert found(library, "wombats") == [paper_id]


def test_a_text_is_replaced_and_removed_without_a_trace(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    give_text(library, paper_id, "a", "wombats", "学习")
    library.page_texts.save("a", ["wallabies"])
    assert (found(library, "wombats"), found(library, "wallabies"), found(library, "学")) == ([], [paper_id], [])
    library.page_texts.remove(["a", "unknown"])
    assert found(library, "wallabies") == []
    assert library.page_texts.pages("a") is None
    with closing(sqlite3.connect(find_path(library.folder))) as connection:
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (page_text, row)")
        assert connection.execute("SELECT term FROM terms").fetchall() == []


def test_what_is_set_aside_is_remembered_until_it_is_taken_back(library: Library) -> None:
    texts = library.page_texts
    texts.save("a", [""])
    texts.set_aside("b", "It is damaged.")
    texts.set_aside("c", "It is damaged too.")
    texts.take_back(["a", "b"])
    assert {key: (one.is_read, one.reason) for key, one in texts.states().items()} == {
        "a": (True, ""),
        "c": (False, "It is damaged too."),
    }
    texts.take_back()
    assert texts.states().keys() == {"a"}
    texts.clear()
    assert texts.states() == {}


def test_neither_the_library_nor_the_texts_wait_for_each_others_writing(library: Library) -> None:
    with closing(sqlite3.connect(find_path(library.folder), isolation_level=None)) as busy:
        busy.execute("BEGIN IMMEDIATE")
        (paper_id,) = add_papers(library, 1)
        busy.execute("ROLLBACK")
    with library.write("Attach") as writer:
        writer.files.attach(paper_id, make_file("a"))
        library.page_texts.save("a", ["wombats"])
    assert found(library, "wombats") == [paper_id]


def test_texts_that_were_deleted_or_damaged_are_made_anew_and_all_else_works(library: Library, tmp_path: Path) -> None:
    (paper_id,) = add_papers(library, 1)
    give_text(library, paper_id, "a", "wombats")
    library.close()
    find_path(library.folder).unlink()
    with closing(Library(library.folder)) as again:
        assert (again.page_texts.states(), found(again, "wombats")) == ({}, [])
        again.page_texts.save("a", ["wombats"])
        assert found(again, "wombats") == [paper_id]


@pytest.mark.expects_warnings
def test_a_damaged_file_of_texts_is_replaced_and_that_is_logged(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    (paper_id,) = add_papers(library, 1)
    library.close()
    for suffix in ("", "-wal", "-shm"):
        path = find_path(library.folder)
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    find_path(library.folder).write_bytes(b"no database " * 1000)
    with closing(Library(library.folder)) as again:
        assert found(again, "subject") == [paper_id]
        assert again.page_texts.states() == {}
    assert "read again" in caplog.text


def test_a_file_in_which_another_program_is_just_making_the_texts_is_left_to_it(tmp_path: Path) -> None:
    path = find_path(tmp_path)
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE half (id INTEGER)")
        with ThreadPoolExecutor(1) as threads:
            made = threads.submit(prepare, tmp_path)
            with pytest.raises(TimeoutError):
                made.result(0.2)
            other.execute("DROP TABLE half")
            other.execute("COMMIT")
            assert made.result(10)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM document").fetchone() == (0,)


def test_texts_are_made_once_by_programs_that_begin_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(prepare, [tmp_path] * 8))
    assert sorted(made) == [False] * 7 + [True]


def test_a_check_mends_texts_that_are_damaged_inside(library: Library) -> None:
    (paper_id,) = add_papers(library, 1)
    give_text(library, paper_id, "a", *(f"wombats {number} " * 50 for number in range(2000)))
    assert library.check().done == ()
    path = find_path(library.folder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    report = library.check()
    assert (len(report.done), report.derived) == (1, ())
    library.page_texts.save("a", ["wallabies"])
    assert found(library, "wallabies") == [paper_id]
    assert library.check().done == ()


def test_texts_deleted_while_the_library_is_open_are_written_anew(library: Library) -> None:
    path = find_path(library.folder)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    library.page_texts.save("a", ["wombats"])
    assert library.page_texts.pages("a") == ["wombats"]


def test_a_place_that_cannot_be_written_is_told_in_a_sentence(library: Library) -> None:
    with closing(sqlite3.connect(find_path(library.folder))) as connection:
        connection.execute("DROP TABLE document")
    with pytest.raises(EnvironmentFault, match="texts of the PDFs"):
        library.page_texts.save("a", ["x"])
