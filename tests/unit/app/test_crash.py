import errno
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist import __version__
from readinglist.app.crash import CrashWatch, find_earlier_crash, render_report


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def watch(tmp_path: Path, shown: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashWatch]:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)  # pytest-qt puts its own there
    made = CrashWatch(tmp_path, show=shown.append, recent_lines=lambda: "the last line", facts={"Library": "0001"})
    yield made
    made.close()


def fail() -> None:
    message = "this is a bug"
    raise RuntimeError(message)


@pytest.mark.expects_warnings
@pytest.mark.usefixtures("watch")
def test_a_bug_in_the_main_thread_is_shown(shown: list[str]) -> None:
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    (report,) = shown
    for part in (__version__, "Library: 0001", "this is a bug", "in fail", "the last line", "Python: 3"):
        assert part in report


@pytest.mark.expects_warnings
@pytest.mark.usefixtures("watch")
def test_a_bug_in_another_thread_is_shown_with_its_name(shown: list[str]) -> None:
    thread = threading.Thread(target=fail, name="compute-1")
    thread.start()
    thread.join()
    assert "in thread compute-1" in shown[0]
    assert "this is a bug" in shown[0]


@pytest.mark.expects_warnings
@pytest.mark.usefixtures("watch")
def test_a_bug_in_a_destructor_is_shown(shown: list[str]) -> None:
    class Falling:
        def __del__(self) -> None:
            fail()

    Falling()
    assert "this is a bug" in shown[0]


@pytest.mark.usefixtures("watch")
def test_an_interrupt_is_no_bug(shown: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not shown
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_the_hooks_are_given_back(tmp_path: Path) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    CrashWatch(tmp_path, show=print).close()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert not list(tmp_path.iterdir())


DYING = """
import faulthandler, sys
from pathlib import Path
from readinglist.app.crash import CrashWatch
watch = CrashWatch(Path(sys.argv[1]), show=print)
print("ready", flush=True)
sys.stdin.readline()
faulthandler._sigsegv()
"""


def test_the_trace_of_a_process_that_died_is_found_once(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", DYING, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        assert find_earlier_crash(tmp_path) is None, "the process lives, its file is its own"
        process.communicate("die\n", timeout=30)
    assert process.returncode != 0
    report = find_earlier_crash(tmp_path)
    assert report is not None
    assert "Segmentation fault" in report
    assert __version__ in report
    assert find_earlier_crash(tmp_path) is None


def test_an_empty_trace_of_a_killed_process_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "fault-1.txt").touch()
    assert find_earlier_crash(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_survived(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    watch = CrashWatch(tmp_path / "file", show=print)
    watch.close()
    assert find_earlier_crash(tmp_path / "file") is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are other locks there")
def test_a_disk_without_locks_is_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    watch = CrashWatch(tmp_path, show=print)
    assert [one.suffix for one in tmp_path.iterdir()] == [".txt"]
    assert find_earlier_crash(tmp_path) is None, "it may be the one of a program that runs"
    watch.close()


def test_a_report_without_log_has_no_empty_parts() -> None:
    report = render_report(ValueError("x"))
    assert "Last lines" not in report
    assert report.endswith("ValueError: x\n")
