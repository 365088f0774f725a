"""Files made to break importers: none crashes, none hangs, each is named with a reason, and the rest is imported."""

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.domain.raw import Problem
from readinglist.library.library import Library
from readinglist.services.ingest import ImportReport
from tests.helpers.importing import take_in
from tests.helpers.library_factory import PaperFactory, render_page

LONGEST_S = 5.0
DEPTH = 100_000


@pytest.fixture
def folder(tmp_path: Path, data: Path) -> Path:
    """A folder to be dropped, with one good page of seven papers in it."""
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "good.txt").write_bytes((data / "daily_papers.txt").read_bytes())
    return folder


def timed(library: Library, path: Path) -> tuple[ImportReport, float]:
    start = time.process_time()
    report = take_in(library, path)
    return report, time.process_time() - start


def about(report: ImportReport, name: str) -> list[Problem]:
    return [problem for problem in report.problems if name in problem.where]


def laughs() -> str:
    entities = ['<!ENTITY a0 "ha">']
    entities += [f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12)]
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{"".join(entities)}]><rss version="2.0"><channel>'
        "<item><title>&a11;</title></item></channel></rss>"
    )


SCRIPTS = (
    "<html><body><script>while (true) { document.write('<p>2405.0</p>') }</script>"
    "<img src=x onerror=alert(1)><iframe src='javascript:alert(2)'></iframe></body></html>"
)
UNREADABLE: dict[str, bytes | str] = {
    "empty.txt": b"",
    "spaces.html": b" \r\n\t ",
    "picture.html": b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(5000),
    "archive.json": b"PK\x03\x04" + bytes(5000),
    "cut.json": '{"dailyPapers": [{"paper": {"id": "2405.0',
    "scripts.html": SCRIPTS,
    "deep.html": "<html><body>" + "<div>" * DEPTH + "text" + "</div>" * DEPTH,
    "deep article.html": "<article>" * DEPTH + "<h3>" * 1000,
    "deep.json": "[" * DEPTH,
    "deep objects.json": '{"a":' * DEPTH,
    "deep.xml": "<?xml version='1.0'?><rss>" + "<item>" * DEPTH,
    "number.json": '[{"id": ' + "9" * 1_000_000 + "}]",
    "laughs.xml": laughs(),
    "nulls.txt": bytes(100_000),
    "one line.txt": "word " * 1_000_000,
    "brackets.txt": "(" * 1_000_000,
    "digits.txt": "1" * 1_000_000,
    "dois.txt": "10.1000" * 200_000,
    "slashes.txt": "10.1000/" + "(" * 500_000,
    "tags.html": "<" * 1_000_000,
    "half tags.html": "<html><a " + "b=" * 500_000,
    "mhtml.mht": "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\nno page\n--x--\n",
    "headers.mht": "A: b\n" * 200_000,
    "utf16 half.txt": b"\xff\xfe\x41",
    "surrogates.json": '["\\ud800\\udfff\\ud800"]',
    "blank lines.txt": "\n" * 3_000_000,
    "bullets.txt": "•\n·\n" * 250_000,
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_it_is_named_with_a_reason_and_the_rest_is_imported(name: str, library: Library, folder: Path) -> None:
    content = UNREADABLE[name]
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    report, took_s = timed(library, folder)
    assert report.added == 7
    (problem,) = about(report, name)
    assert problem.reason.endswith(".")
    assert len(problem.reason) < 300
    assert took_s < LONGEST_S


MANY: dict[str, Callable[[], str]] = {
    "ids.txt": lambda: "\n".join(f"2405.{number:05d}" for number in range(20_000)),
    "authors.json": lambda: (
        '[{"paper": {"id": "2405.00001", "title": "T", "authors": ['
        + ", ".join(f'{{"name": "N{number}"}}' for number in range(50_000))
        + "]}}]"
    ),
    "abstract.json": lambda: '[{"paper": {"id": "2405.00002", "title": "T", "summary": "' + "x " * 2_000_000 + '"}}]',
    "title.json": lambda: '[{"paper": {"id": "2405.00003", "title": "' + "\\\\tau" * 200_000 + '"}}]',
}


@pytest.mark.parametrize("name", MANY)
def test_too_much_of_anything_is_no_reason_to_hang(name: str, library: Library, folder: Path) -> None:
    (folder / name).write_text(MANY[name](), encoding="utf-8")
    report, took_s = timed(library, folder)
    assert report.added > 7
    assert took_s < LONGEST_S * (4 if name == "ids.txt" else 1)


def test_entities_that_point_outside_are_not_followed(library: Library, folder: Path) -> None:
    (folder.parent / "secret").write_text("the secret", encoding="utf-8")
    (folder / "outside.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "{(folder.parent / "secret").as_uri()}">]>'
        '<rss version="2.0"><channel><item><title>It says: &x;</title></item></channel></rss>',
        encoding="utf-8",
    )
    timed(library, folder)
    with library.read() as reader:
        papers = reader.papers.get_many(list(reader.papers.content_hashes()))
    assert not [paper.title for paper in papers.values() if "secret" in paper.title]


def test_twenty_files_of_random_bytes(library: Library, folder: Path) -> None:
    chance = random.Random(20)  # noqa: S311
    endings = ("txt", "html", "json", "xml", "atom", "bin", "pdf", "mhtml")
    for number in range(20):
        (folder / f"random {number}.{endings[number % len(endings)]}").write_bytes(chance.randbytes(20_000))
    report, took_s = timed(library, folder)
    assert report.added == 7
    assert sorted(problem.where for problem in report.problems) == sorted(
        path.name for path in folder.iterdir() if path.name.startswith("random")
    )
    assert took_s < LONGEST_S


def test_twenty_pages_that_end_in_the_middle(library: Library, folder: Path) -> None:
    chance = random.Random(21)  # noqa: S311
    page = render_page(list(PaperFactory(seed=5).drafts(40))).encode()
    for number in range(20):
        (folder / f"cut {number}.txt").write_bytes(page[: chance.randrange(100, len(page))])
    report, took_s = timed(library, folder)
    assert 7 < report.added <= 7 + 40 + 20  # a title may be cut as well, and then is another one
    with library.read() as reader:
        papers = reader.papers.get_many(list(reader.papers.content_hashes()))
    assert all(paper.title for paper in papers.values())
    assert took_s < LONGEST_S


def test_twenty_html_pages_that_end_in_the_middle(library: Library, folder: Path) -> None:
    chance = random.Random(22)  # noqa: S311
    cards = "".join(
        f'<article><h3><a href="/papers/2405.{number:05d}">Title number {number}</a></h3></article>'
        for number in range(1, 60)
    )
    page = f"<!doctype html><html><body>{cards}</body></html>"
    for number in range(20):
        (folder / f"cut {number}.html").write_text(page[: chance.randrange(300, len(page) - 20)], encoding="utf-8")
    report, took_s = timed(library, folder)
    assert 7 < report.added <= 7 + 59
    assert len(about(report, "cut ")) == 20
    assert {problem.reason.split(".")[0] for problem in report.problems} == {"The file ends in the middle"}
    assert took_s < LONGEST_S


def test_a_file_of_two_hundred_megabytes_is_not_even_read(library: Library, folder: Path) -> None:
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    report, took_s = timed(library, folder)
    (problem,) = about(report, "huge.txt")
    assert "200 MB" in problem.reason
    assert (report.added, took_s < LONGEST_S) == (7, True)


def test_a_pipe_is_not_waited_for(library: Library, folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    report, took_s = timed(library, folder)
    (problem,) = about(report, "pipe.txt")
    assert problem.reason == "This is neither a file nor a folder."
    assert (report.added, took_s < LONGEST_S) == (7, True)


def test_links_that_lead_nowhere_or_in_circles(library: Library, folder: Path) -> None:
    (folder / "nowhere.txt").symlink_to(folder / "not there")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    report, took_s = timed(library, folder)
    assert len(about(report, "nowhere.txt")) == 1
    assert len(about(report, "itself.txt")) == 1
    assert (report.added, took_s < LONGEST_S) == (7, True)


def test_a_folder_without_permission_is_named(library: Library, folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0)
    if os.access(closed, os.R_OK):
        pytest.skip("permissions do not bind this user")
    report, _ = timed(library, folder)
    closed.chmod(0o700)
    (problem,) = about(report, "closed")
    assert problem.reason == "You have no permission to read it."
    assert report.added == 7


def test_a_folder_that_cannot_be_listed_is_named(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "closed").mkdir()
    scandir = os.scandir

    def refuse(place: str) -> object:
        if str(place).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refuse)
    report, _ = timed(library, folder)
    (problem,) = about(report, "closed")
    assert problem.reason == "You have no permission to read it."
    assert report.added == 7


def test_names_that_are_no_text(library: Library, folder: Path) -> None:
    name = os.fsencode(folder) + b"/caf\xe9 \xff.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - the name is bytes
        file.write(b"nothing in particular")
    good = os.fsencode(folder) + b"/caf\xe9 good.txt"
    with open(good, "wb") as file:  # noqa: PTH123
        file.write(render_page(list(PaperFactory(seed=6).drafts(2))).encode())
    report, _ = timed(library, folder)
    assert report.added == 9
    assert len(report.problems) == 1


def test_a_dropped_thing_that_is_gone_is_named(library: Library, folder: Path) -> None:
    report = take_in(library, folder / "gone.txt", folder)
    assert [problem.reason for problem in report.problems] == ["There is no such file."]
    assert report.added == 7
