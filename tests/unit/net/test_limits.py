import threading

import pytest

from readinglist.domain.errors import Cancelled
from readinglist.net.limits import HeldFault, Pace


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace({"arxiv.org": 3.0}, clock=clock, sleep=clock.sleep)


def starts(pace: Pace, clock: Clock, *hosts: str) -> list[float]:
    found = []
    for host in hosts:
        with pace.turn(host):
            found.append(round(clock.now - 100, 3))
    return found


def test_requests_to_a_paced_host_start_at_its_interval(pace: Pace, clock: Clock) -> None:
    assert starts(pace, clock, "arxiv.org", "arxiv.org", "arxiv.org") == [0, 3, 6]


def test_hosts_below_a_paced_one_share_its_pace(pace: Pace, clock: Clock) -> None:
    assert starts(pace, clock, "export.arxiv.org", "RSS.arxiv.org") == [0, 3]


def test_a_host_that_only_looks_alike_has_its_own_pace(pace: Pace, clock: Clock) -> None:
    assert starts(pace, clock, "arxiv.org", "notarxiv.org", "example.org") == [0, 0, 0]


def test_the_interval_counts_from_the_end_of_the_request_before(pace: Pace, clock: Clock) -> None:
    with pace.turn("arxiv.org"):
        clock.sleep(10)
    assert starts(pace, clock, "arxiv.org") == [13]


def test_a_wait_that_the_host_asked_for_is_kept_by_all(pace: Pace, clock: Clock) -> None:
    pace.hold("example.org", 20)
    assert starts(pace, clock, "example.org") == [20]


def test_too_long_a_wait_is_refused_in_words(pace: Pace) -> None:
    pace.hold("arxiv.org", 3600)
    with (
        pytest.raises(HeldFault, match=r"arxiv\.org asks to be left alone for another 60 minutes") as caught,
        pace.turn("arxiv.org"),
    ):
        pytest.fail("the turn was given")
    assert caught.value.is_retryable


def test_a_cancelled_wait_gives_the_turn_to_the_next(pace: Pace, clock: Clock) -> None:
    def cancel() -> None:
        message = "stopped"
        raise Cancelled(message)

    assert starts(pace, clock, "arxiv.org") == [0]
    with pytest.raises(Cancelled), pace.turn("arxiv.org", cancel):
        pytest.fail("the turn was given")
    assert starts(pace, clock, "arxiv.org") == [3]


def test_threads_never_hold_the_same_paced_host_together() -> None:
    pace = Pace({"arxiv.org": 0.001})
    inside, most = 0, 0
    lock = threading.Lock()

    def ask() -> None:
        nonlocal inside, most
        for _ in range(20):
            with pace.turn("arxiv.org"):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
