"""What was asked in vain is remembered for some days, and no longer."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from readinglist.services.asked import DAYS, SHRUNK_AT, AskedBefore

START = date(2026, 11, 25)


class Calendar:
    """A day that passes when told to."""

    def __init__(self) -> None:
        self.day = START

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "asked.jsonl"


def test_a_question_counts_for_its_service_and_its_title_only(path: Path, calendar: Calendar) -> None:
    asked = AskedBefore(path, now=calendar)
    assert not asked.is_recent("arXiv", "On lists")
    asked.note("arXiv", "On lists")
    assert asked.is_recent("arXiv", "On LISTS!")
    assert not asked.is_recent("Crossref", "On lists")
    assert not asked.is_recent("arXiv", "On tables")


def test_it_is_remembered_by_the_next_run_and_forgotten_after_some_days(path: Path, calendar: Calendar) -> None:
    AskedBefore(path, now=calendar).note("arXiv", "On lists")
    calendar.day += timedelta(days=DAYS - 1)
    assert AskedBefore(path, now=calendar).is_recent("arXiv", "On lists")
    calendar.day += timedelta(days=1)
    assert not AskedBefore(path, now=calendar).is_recent("arXiv", "On lists")


def test_asking_again_counts_from_the_last_time(path: Path, calendar: Calendar) -> None:
    asked = AskedBefore(path, now=calendar)
    asked.note("arXiv", "On lists")
    calendar.day += timedelta(days=5)
    asked.note("arXiv", "On lists")
    asked.note("arXiv", "On lists")
    calendar.day += timedelta(days=5)
    assert AskedBefore(path, now=calendar).is_recent("arXiv", "On lists")
    assert len(path.read_text().splitlines()) == 2


def test_damaged_lines_are_questions_that_were_never_asked(path: Path, calendar: Calendar) -> None:
    AskedBefore(path, now=calendar).note("arXiv", "On lists")
    whole = path.read_bytes()
    path.write_bytes(b'{"a": 1}\n["x", "y"]\n["x", "y", "z"]\n[[], 1, 2]\n\xff\x00\n' + whole + whole[:9])
    assert AskedBefore(path, now=calendar).is_recent("arXiv", "On lists")


def test_a_file_full_of_old_questions_is_made_short(path: Path, calendar: Calendar) -> None:
    asked = AskedBefore(path, now=calendar)
    for number in range(SHRUNK_AT):
        asked.note("arXiv", f"On lists {number}")
    calendar.day += timedelta(days=DAYS)
    asked.note("arXiv", "On lists")
    assert AskedBefore(path, now=calendar).is_recent("arXiv", "On lists")
    assert len(path.read_text().splitlines()) == 1


def test_a_disk_that_refuses_costs_only_the_memory_of_the_next_run(tmp_path: Path, calendar: Calendar) -> None:
    (tmp_path / "derived").write_bytes(b"no folder")
    asked = AskedBefore(tmp_path / "derived" / "asked.jsonl", now=calendar)
    asked.note("arXiv", "On lists")
    assert asked.is_recent("arXiv", "On lists")
