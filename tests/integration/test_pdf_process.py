"""The process that reads PDFs: answers, refuses with a sentence, and outlives no file that would harm the window."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import psutil
import pytest

from readinglist.children.child import child_command
from readinglist.children.frames import read_frame, write_frame
from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.errors import (
    DataError,
    EnvironmentFault,
    HarmfulFileError,
    PasswordNeeded,
    ReadingListError,
    UserError,
)
from readinglist.domain.pages import DarkColours, PictureWanted, Rect
from readinglist.pdf.process import LIMIT_S, PdfProcess
from readinglist.pdf.waiting import Urgency
from tests.helpers.made_pdf import PASSWORD, write_pdf

QUICK_S = 3.0  # and long enough for whatever else is asked of such a process while the computer is busy
GIGABYTE = 2**30
# A worker like the real one, whose files do what their names say.
ODD_WORKER = """
import os, sys, time
from pathlib import Path
from readinglist.children.serving import serve
from readinglist.pdf import worker
from readinglist.pdf.limits import limit_memory

class OddService(worker.PdfService):
    def _do(self, request):
        name = Path(request["path"]).stem
        if name == "hang":
            while True: time.sleep(60)
        if name == "die" or (name == "die once" and not Path(request["path"]).exists()):
            Path(request["path"]).touch()
            print("last words", file=sys.stderr, flush=True)
            os._exit(3)
        if name == "eat":
            bytearray(3 * 2**30)
        if name == "lie":
            return {"found": {"width": 100, "height": 100, "stride": 400, "scale": 1}}, b"few pixels"
        if name == "hold":
            while not Path(request["arguments"]["phrase"]).exists(): time.sleep(0.005)
            return {"found": {"hits": [], "next_page": None}}, b""
        if name in ("die once", "order"):
            return {"found": {"hits": [], "next_page": None}}, b""
        return super()._do(request)

limit_memory()
sys.exit(serve(OddService()))
"""


@pytest.fixture
def process() -> Iterator[PdfProcess]:
    process = PdfProcess()
    yield process
    process.close()


@pytest.fixture
def odd() -> Iterator[PdfProcess]:
    process = PdfProcess(command=(sys.executable, "-c", ODD_WORKER), limit_s=QUICK_S)
    yield process
    process.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return write_pdf(tmp_path / "paper.pdf", pages=5)


def child_of(process: PdfProcess) -> psutil.Process:
    child = process._asker._child
    assert child is not None
    return psutil.Process(child.process_id)


def test_everything_about_a_paper_is_answered(process: PdfProcess, paper: Path, tmp_path: Path) -> None:
    info = process.info(paper).result()
    assert (len(info.pages), info.is_encrypted, info.is_repaired) == (5, False, False)
    picture = process.render(paper, PictureWanted(page=1, scale=1)).result()
    assert (picture.width, picture.height, len(picture.pixels)) == (612, 792, 792 * picture.stride)
    words = process.words(paper, 1).result()
    assert [word.text for word in words[:3]] == ["Heading", "1", "Alpha"]
    assert [link.page or link.address for link in process.links(paper, 1).result()] == [5, "https://example.org/paper"]
    assert [entry.title for entry in process.outline(paper).result()] == ["Introduction", "A detail", "Conclusion"]
    assert process.has_text(paper).result()
    assert process.facts(paper).result().pages == 5
    mark = Annotation(uid="m", kind=AnnotationKind.AREA, page=4, rects=(Rect(10, 10, 90, 90),), comment="look")
    process.save_copy(paper, [mark], tmp_path / "copy.pdf").result()
    assert process.annotations(paper).result().annotations == ()
    (found,) = process.annotations(tmp_path / "copy.pdf").result().annotations
    assert (found.uid, found.page, found.comment) == ("m", 4, "look")


def test_long_documents_are_searched_and_read_in_parts(process: PdfProcess, tmp_path: Path) -> None:
    long = write_pdf(tmp_path / "long.pdf", pages=400)
    hits: list[int] = []
    texts: list[str] = []
    parts, following = 0, 1
    while following:
        search = process.search(long, "algorithm", page=following).result()
        hits += [hit.page for hit in search.hits]
        parts, following = parts + 1, search.next_page or 0
    assert hits == list(range(1, 401))
    assert parts > 1
    following = 1
    while following:
        text = process.text(long, page=following).result()
        assert text.first_page == len(texts) + 1
        texts += text.pages
        following = text.next_page or 0
    assert len(texts) == 400
    assert texts[-1].startswith("Heading 400")


@pytest.mark.expects_warnings
def test_a_password_is_asked_for_once(process: PdfProcess, tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "locked.pdf", password=PASSWORD)
    with pytest.raises(PasswordNeeded, match="password is needed"):
        process.info(locked).result()
    with pytest.raises(PasswordNeeded, match="not the right one"):
        process.info(locked, password="wrong").result()  # noqa: S106 - a test's own
    assert process.info(locked, password=PASSWORD).result().is_encrypted
    assert process.words(locked, 1).result()
    child_of(process).kill()
    child_of(process).wait()
    assert process.render(locked, PictureWanted(page=1, scale=1)).result().width == 612


def test_a_file_that_is_no_pdf_or_not_there_gets_a_sentence(process: PdfProcess, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_text("<!doctype html><title>Log in</title>")
    with pytest.raises(DataError, match=r"page\.pdf is not a PDF\."):
        process.info(tmp_path / "page.pdf").result()
    with pytest.raises(EnvironmentFault, match=r"absent\.pdf cannot be read"):
        process.info(tmp_path / "absent.pdf").result()
    with pytest.raises(UserError, match="the file itself"):
        process.save_copy(write_pdf(tmp_path / "a.pdf"), [], tmp_path / "a.pdf").result()


def test_a_file_that_has_changed_is_read_anew(process: PdfProcess, paper: Path) -> None:
    assert len(process.info(paper).result().pages) == 5
    write_pdf(paper.with_name("other.pdf"), pages=2).replace(paper)
    assert len(process.info(paper).result().pages) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file where it is")
def test_a_file_that_goes_away_while_it_is_open_stays_readable(process: PdfProcess, paper: Path) -> None:
    process.info(paper).result()
    paper.rename(paper.with_name("moved.pdf"))
    assert process.render(paper, PictureWanted(page=3, scale=1)).result().width == 612
    write_pdf(paper, pages=1)
    with pytest.raises(DataError, match=r"paper\.pdf has no page 3"):
        process.words(paper, 3).result()


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(odd: PdfProcess, paper: Path) -> None:
    odd.start().result()
    before = child_of(odd)
    began = time.monotonic()
    with pytest.raises(HarmfulFileError, match=r"hang\.pdf cannot be read: it takes too long\."):
        odd.info(Path("hang.pdf")).result()
    assert QUICK_S <= time.monotonic() - began < QUICK_S + 30, "it would hang for a minute"
    assert not before.is_running()
    assert len(odd.info(paper).result().pages) == 5


@pytest.mark.expects_warnings
def test_a_file_that_ends_the_process_is_named_and_the_next_is_read(
    odd: PdfProcess, paper: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(HarmfulFileError, match=r"die\.pdf cannot be read: it ends the part of the program"):
        odd.info(paper.with_name("die.pdf")).result()
    assert any("code 3: last words" in message for message in caplog.messages)
    assert len(odd.info(paper).result().pages) == 5


@pytest.mark.expects_warnings
def test_a_process_that_ended_once_is_asked_again(odd: PdfProcess, tmp_path: Path) -> None:
    assert odd.search(tmp_path / "die once.pdf", "x").result().next_page is None


@pytest.mark.skipif(sys.platform != "linux", reason="this system does not hold a process to a limit")
def test_a_file_that_wants_too_much_memory_is_named_and_the_process_goes_on(odd: PdfProcess, paper: Path) -> None:
    odd.info(paper).result()
    before = child_of(odd)
    with pytest.raises(HarmfulFileError, match=r"eat\.pdf needs more memory than a document may have\."):
        odd.info(Path("eat.pdf")).result()
    assert len(odd.info(paper).result().pages) == 5
    assert child_of(odd) == before


def test_a_picture_without_its_pixels_is_refused(odd: PdfProcess) -> None:
    with pytest.raises(ValueError, match="pixels"):
        odd.render(Path("lie.pdf"), PictureWanted(page=1, scale=1)).result()


@pytest.mark.expects_warnings
def test_a_process_that_was_killed_between_two_questions_is_started_again(process: PdfProcess, paper: Path) -> None:
    process.info(paper).result()
    before = child_of(process)
    before.kill()
    assert process.words(paper, 2).result()
    assert child_of(process) != before


def test_the_page_on_the_screen_comes_before_what_the_library_wants(odd: PdfProcess, tmp_path: Path) -> None:
    go, order = tmp_path / "go", []
    held = odd.search(tmp_path / "hold.pdf", str(go))

    def note(name: str) -> Callable[[Future[Any]], None]:
        return lambda _: order.append(name)

    paper = write_pdf(tmp_path / "paper.pdf")
    promises: list[Future[Any]] = [odd.text(paper), odd.render(paper, PictureWanted(page=1, scale=1))]
    small = odd.render(paper, PictureWanted(page=2, scale=0.1), urgency=Urgency.SOON)
    stale, fresh = (odd.render(paper, PictureWanted(page=3, scale=scale)) for scale in (1, 2))
    for name, promise in zip(("text", "page 1", "small", "page 3"), (*promises, small, fresh), strict=True):
        promise.add_done_callback(note(name))
    go.touch()
    held.result()
    assert fresh.result().width == 1224
    for promise in (*promises, small):
        promise.result()
    assert order == ["page 3", "page 1", "small", "text"]
    with pytest.raises(CancelledError):
        stale.result()


def test_the_end_waits_for_nobody(odd: PdfProcess, tmp_path: Path) -> None:
    odd.start().result()
    child = child_of(odd)
    held = odd.search(tmp_path / "hold.pdf", str(tmp_path / "never"))
    waits = odd.text(tmp_path / "paper.pdf")
    while not held.running():
        os.sched_yield()
    began = time.monotonic()
    odd.close()
    assert time.monotonic() - began < 30, "what is held has no end"
    assert not child.is_running()
    assert waits.cancelled()
    with pytest.raises(ReadingListError):
        held.result()
    assert odd.info(tmp_path / "paper.pdf").cancelled()
    odd.close()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has priority classes instead")
def test_a_process_that_nobody_waits_for_steps_back() -> None:
    process = PdfProcess(niceness=7)
    process.start().result()
    assert child_of(process).nice() == min(19, os.nice(0) + 7)
    process.close()


def test_a_program_that_cannot_start_its_child_says_so(paper: Path) -> None:
    process = PdfProcess(command=(str(paper.with_name("no such program")),))
    with pytest.raises(EnvironmentFault, match="reads PDFs cannot be started"):
        process.info(paper).result()
    process.close()


def test_several_threads_each_get_their_own_answer(process: PdfProcess, paper: Path) -> None:
    found: dict[int, list[str]] = {}

    def ask(page: int) -> None:
        for _ in range(10):
            found[page] = [word.text for word in process.words(paper, page).result()[:2]]

    threads = [threading.Thread(target=ask, args=(page,)) for page in range(1, 6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == {page: ["Heading", str(page)] for page in range(1, 6)}


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_a_process_that_nobody_asks_any_more_ends_in_the_middle_of_a_file() -> None:
    code = ODD_WORKER.replace("limit_memory()\nsys", "worker.GRACE_S = 0.2\nsys")
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        request = {"id": 1, "do": "info", "path": "hang.pdf", "password": "", "limit_s": 0.1, "arguments": {}}
        write_frame(child.stdin, request)  # type: ignore[arg-type]
        assert child.wait(20) == -signal.SIGALRM


def test_the_program_starts_it_by_name_and_it_ends_with_its_input(paper: Path) -> None:
    with subprocess.Popen(child_command("pdf"), stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        request = {"id": 7, "do": "info", "path": str(paper), "password": "", "limit_s": 5, "arguments": {}}
        write_frame(child.stdin, request)  # type: ignore[arg-type]
        answer = read_frame(child.stdout)  # type: ignore[arg-type]
        assert answer is not None
        assert len(answer[0]["found"]["pages"]) == 5
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(30) == 0


def test_the_window_side_loads_neither_pymupdf_nor_anything_large() -> None:
    code = "import sys, readinglist.pdf.process\nprint(sorted({'pymupdf', 'numpy', 'requests'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def everything_about(process: PdfProcess, path: Path) -> Iterator[Future[Any]]:
    yield process.info(path)
    yield process.render(path, PictureWanted(page=1, scale=2))
    yield process.render(path, PictureWanted(page=1, scale=2, dark=DarkColours(0, 0xFFFFFF)))
    yield process.outline(path)
    yield process.words(path, 1)
    yield process.links(path, 1)
    yield process.annotations(path)
    yield process.search(path, "the")
    yield process.has_text(path)
    yield process.facts(path)
    yield process.text(path)


@pytest.mark.samples
@pytest.mark.expects_warnings
def test_hostile_files_are_read_or_refused_with_a_reason_in_time(samples: Path, process: PdfProcess) -> None:
    process.start().result()
    largest = 0
    for path in sorted((samples / "pdf_hostile").glob("*.pdf")):
        for promise in everything_about(process, path):
            began = time.monotonic()
            error = promise.exception()
            assert error is None or (isinstance(error, DataError | PasswordNeeded) and path.name in error.message)
            assert time.monotonic() - began < LIMIT_S + 12, path.name  # ten seconds, on a quiet computer
            largest = max(largest, child_of(process).memory_info().rss)
    assert 0 < largest < GIGABYTE
