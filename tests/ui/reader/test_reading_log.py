"""How long a paper was read: while it is looked at and somebody is there."""

from pytestqt.qtbot import QtBot

from readinglist.ui.reader.reading_log import AWAY_AFTER, READ_AFTER, ReadingLog


class Somebody:
    """What the log is told."""

    def __init__(self) -> None:
        self.pages: list[int] = [1]
        self.moved = 0


def make_log(somebody: Somebody) -> ReadingLog:
    return ReadingLog(lambda: somebody.pages, lambda: somebody.moved)


def test_time_counts_while_a_page_is_looked_at_and_is_handed_over_once(qtbot: QtBot) -> None:
    somebody = Somebody()
    log = make_log(somebody)
    with qtbot.waitSignal(log.page_read) as read:
        for _ in range(READ_AFTER):
            log.tick()
    assert read.args == [1]
    somebody.pages = []
    for _ in range(5):
        log.tick()
    assert log.take_seconds() == READ_AFTER
    assert log.take_seconds() == 0


def test_who_moves_nothing_for_long_has_gone_and_is_back_with_the_next_move() -> None:
    somebody = Somebody()
    log = make_log(somebody)
    for _ in range(AWAY_AFTER + 600):
        log.tick()
    assert log.take_seconds() == AWAY_AFTER
    somebody.moved += 1
    for _ in range(10):
        log.tick()
    assert log.take_seconds() == 10
