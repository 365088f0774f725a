"""Importing Daily Papers from the file to the library and back."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import event

from readinglist.domain.paper import Paper
from readinglist.library.library import Library
from readinglist.services.ingest import Verdict
from tests.helpers.importing import look_at, take_in
from tests.helpers.library_factory import PaperFactory, render_page


@pytest.fixture
def page(data: Path) -> Path:
    return data / "daily_papers.txt"


def papers(library: Library) -> list[Paper]:
    with library.read() as reader:
        return list(reader.papers.get_many(sorted(reader.papers.content_hashes())).values())


def dates(library: Library) -> dict[str, str]:
    return {one.title[:12]: str(one.published) for one in papers(library)}


def test_every_paper_of_the_page_is_stored_with_what_is_said_of_it(library: Library, page: Path) -> None:
    report = take_in(library, page)
    assert (report.added, report.updated, report.unchanged, report.failed) == (7, 0, 0, 0)
    stored = papers(library)
    assert [one.title for one in stored] == [
        "Walking Softly: Gait Learning for Legged Robots on Thin Ice",
        "Paper Without a Footer: Listings That Stop in the Middle of a Record",
        "TÖPF: Fréchet Distances Between Pots, with τ = 7% and mathcal{S^p}",
        "Kitchen Robots That Ask Before They Pour",
        "A Benchmark of 533 Authors: What Happens to Bylines at Scale?",
        "Sleeping Beauties: Papers Found on the Last Day of Winter",
        "Does the Last Paper of a Page Survive Without Its Footer",
    ]
    assert [one.author_count for one in stored] == [7, None, 1, None, 1533, 2, None]
    assert [one.organization for one in stored] == [None, None, None, "ExampleLab", None, None, None]
    assert [one.comments for one in stored] == [None, None, None, 2, 12, None, None]
    assert [one.authors for one in stored] == [()] * 7


def test_the_source_of_what_was_converted_is_kept(library: Library, page: Path) -> None:
    take_in(library, page)
    pots = papers(library)[2]
    assert pots.title_source.startswith(r"T\"OPF: Fr\'echet")
    assert "components–such as lids–that" in pots.abstract
    assert "256times256" in pots.abstract
    assert [len(part) > 150 for part in pots.abstract.split("\n")] == [True, True]
    assert "x2013such" in pots.abstract_source
    assert papers(library)[0].title_source == ""


def test_dates_without_a_year_lie_in_the_year_after_the_latest_printed_one(library: Library, page: Path) -> None:
    preview = look_at(library, page)
    assert preview.assumed_year == 2025
    assert [one.draft.is_year_assumed for one in preview.items].count(True) == 3
    take_in(library, page)
    assert dates(library) == {
        "Walking Soft": "2024-10-08",
        "Paper Withou": "None",
        "TÖPF: Fréche": "2025-05-18",
        "Kitchen Robo": "2025-10-14",
        "A Benchmark ": "2024-12-05",
        "Sleeping Bea": "2025-02-28",
        "Does the Las": "None",
    }


def test_importing_the_same_page_again_changes_nothing(library: Library, page: Path) -> None:
    take_in(library, page)
    before = papers(library)
    report = take_in(library, page)
    assert (report.added, report.updated, report.unchanged, report.failed) == (0, 0, 7, 0)
    assert not report.changes
    assert papers(library) == before


def test_the_page_is_found_in_a_folder_among_other_files(library: Library, page: Path, tmp_path: Path) -> None:
    folder = tmp_path / "dropped"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(page, folder / "deeper" / "page.txt")
    (folder / "notes.txt").write_text("Buy milk, and read more.", encoding="utf-8")
    (folder / "picture.html").write_bytes(b"\xff\xd8\xff\xe0 no page at all")
    report = take_in(library, folder)
    assert (report.added, report.failed) == (7, 2)
    assert sorted(one.where for one in report.problems) == ["notes.txt", "picture.html"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_page_may_be_saved_in_any_usual_encoding(
    encoding: str, ending: str, library: Library, page: Path, tmp_path: Path
) -> None:
    text = page.read_text(encoding="utf-8").replace("\n", ending)
    bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    (tmp_path / "page.txt").write_bytes(bom + text.encode(encoding))
    assert take_in(library, tmp_path / "page.txt").added == 7
    assert papers(library)[2].title.startswith("TÖPF: Fréchet")


def test_a_page_of_two_thousand_papers_is_whole(library: Library, tmp_path: Path) -> None:
    drafts = list(PaperFactory(seed=11).drafts(2000))
    (tmp_path / "page.txt").write_text(render_page(drafts), encoding="utf-8")
    assert take_in(library, tmp_path / "page.txt").added == 2000
    stored = papers(library)
    assert [one.title for one in stored] == [one.title for one in drafts]
    assert [one.published for one in stored] == [one.published for one in drafts]
    assert [one.author_count for one in stored] == [one.author_count for one in drafts]


@pytest.mark.samples
class TestRealPage:
    """The page that the project was given."""

    @pytest.fixture
    def page(self, samples: Path) -> Path:
        return samples / "seed" / "daily_papers_search.txt"

    def test_it_is_imported_whole(self, library: Library, page: Path) -> None:
        report = take_in(library, page)
        assert (report.added, report.failed) == (110, 0)
        stored = papers(library)
        assert len({one.title for one in stored}) == 110
        assert all(one.title and len(one.abstract) > 160 for one in stored)
        assert sum(one.published is not None for one in stored) == 108
        assert sum(one.author_count is not None for one in stored) == 107
        assert [one.organization for one in stored if one.organization] == ["ByteDance"]
        commented = [one.comments for one in stored if one.comments is not None]
        assert (len(commented), sum(commented)) == (16, 34)

    def test_its_yearless_dates_lie_in_2025(self, library: Library, page: Path) -> None:
        items = look_at(library, page).items
        assumed = [one.draft.published for one in items if one.draft.is_year_assumed]
        assert [one.year for one in assumed if one] == [2025] * 22

    def test_a_second_import_finds_everything_unchanged(self, library: Library, page: Path) -> None:
        take_in(library, page)
        assert look_at(library, page).count(Verdict.SAME) == 110
        report = take_in(library, page)
        assert (report.added, report.updated, report.unchanged, report.failed) == (0, 0, 110, 0)

    def test_other_files_beside_it_do_not_matter(self, library: Library, page: Path, tmp_path: Path) -> None:
        folder = tmp_path / "dropped"
        folder.mkdir()
        shutil.copy(page, folder / "page.txt")
        (folder / "a picture.png").write_bytes(b"\x89PNG\r\n\x1a\n and so on")
        (folder / "empty.json").write_bytes(b"")
        report = take_in(library, folder, page)
        assert (report.added, report.failed) == (110, 2)


def test_the_last_of_many_papers_is_as_little_work_as_the_first(library: Library, tmp_path: Path) -> None:
    """Counted in steps of the database's machine, which do not depend on the computer's mood."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def watch(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_progress_handler(count, 1000)

    event.listen(library.open()._engine, "connect", watch)
    library.open()._engine.dispose()
    factory = PaperFactory(seed=12)
    needed = []
    for number in range(10):
        path = tmp_path / f"{number}.txt"
        path.write_text(render_page(list(factory.drafts(300))), encoding="utf-8")
        steps = 0
        assert take_in(library, path).added == 300
        needed.append(steps)
    assert needed[0] > 50  # the counter works
    assert needed[-1] <= 1.3 * needed[0]
