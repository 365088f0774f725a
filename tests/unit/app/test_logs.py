import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.app.logs import start_logging, stop_logging

log = logging.getLogger("readinglist.tests")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root, own = logging.getLogger(), logging.getLogger("readinglist")
    levels = root.level, own.level
    yield
    stop_logging()
    root.setLevel(levels[0])
    own.setLevel(levels[1])


def test_our_lines_go_to_the_file_and_stay_in_memory(tmp_path: Path) -> None:
    recent = start_logging(tmp_path / "logs", role="window")
    log.info("opened the library")
    logging.getLogger("somebody.else").info("chatter")
    text = (tmp_path / "logs" / "window.log").read_text(encoding="utf-8")
    assert "INFO" in text
    assert "opened the library" in text
    assert "chatter" not in text
    assert recent.text() in text


def test_memory_keeps_the_last_lines_only(tmp_path: Path) -> None:
    recent = start_logging(tmp_path, role="window")
    for number in range(300):
        log.info("line %d", number)
    lines = recent.text().splitlines()
    assert len(lines) == 200
    assert lines[-1].endswith("line 299")


def test_starting_twice_writes_each_line_once(tmp_path: Path) -> None:
    start_logging(tmp_path, role="window")
    start_logging(tmp_path, role="window")
    log.info("once")
    assert (tmp_path / "window.log").read_text(encoding="utf-8").count("once") == 1


@pytest.mark.expects_warnings
def test_a_folder_that_cannot_be_written_costs_only_the_file(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("in the way")
    recent = start_logging(tmp_path / "logs", role="window")
    log.info("still here")
    assert "no log is written to" in recent.text()
    assert "still here" in recent.text()


def test_verbose_speaks_on_standard_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path, role="command-line", is_verbose=True)
    log.info("asking arXiv")
    captured = capsys.readouterr()
    assert "asking arXiv" in captured.err
    assert captured.out == ""
