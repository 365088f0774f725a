"""Who is answered first, and who no longer needs an answer."""

import threading
from pathlib import Path

from readinglist.pdf.waiting import MOST_PICTURES, Question, Urgency, Waiting

FILE = Path("a.pdf")


def question(do: str, urgency: Urgency = Urgency.NOW, place: object = None) -> Question:
    return Question(do=do, path=FILE, make=lambda reply: reply, urgency=urgency, place=place)


def taken(waiting: Waiting, count: int) -> list[str]:
    found = [waiting.take() for _ in range(count)]
    return [one.do for one in found if one is not None]


def test_the_reader_comes_first_and_the_newest_wish_before_older_ones() -> None:
    waiting = Waiting()
    for do, urgency in (
        ("text 1", Urgency.LATER),
        ("text 2", Urgency.LATER),
        ("thumb 1", Urgency.SOON),
        ("page 1", Urgency.NOW),
        ("thumb 2", Urgency.SOON),
        ("page 2", Urgency.NOW),
    ):
        waiting.put(question(do, urgency))
    assert taken(waiting, 6) == ["page 2", "page 1", "thumb 2", "thumb 1", "text 1", "text 2"]


def test_a_newer_picture_of_the_same_place_makes_the_older_one_needless() -> None:
    waiting = Waiting()
    old, other, small, new = (
        question("old", place="page 1"),
        question("other", place="page 2"),
        question("small", Urgency.SOON, place="page 1"),
        question("new", place="page 1"),
    )
    for one in (old, other, small, new):
        waiting.put(one)
    assert [one.answer.cancelled() for one in (old, other, small, new)] == [True, False, False, False]
    assert taken(waiting, 3) == ["new", "other", "small"]


def test_pictures_scrolled_past_long_ago_are_given_up_and_nothing_else_is() -> None:
    waiting = Waiting()
    words = question("words")
    waiting.put(words)
    pictures = [question(f"{number}", place=number) for number in range(MOST_PICTURES[Urgency.NOW] + 3)]
    for one in pictures:
        waiting.put(one)
    assert [one.do for one in pictures if one.answer.cancelled()] == ["0", "1", "2"]
    assert not words.answer.cancelled()


def test_what_was_cancelled_meanwhile_is_not_taken() -> None:
    waiting = Waiting()
    first, second = question("first"), question("second")
    waiting.put(first)
    waiting.put(second)
    assert second.answer.cancel()
    assert taken(waiting, 1) == ["first"]
    assert first.answer.running()


def test_the_end_cancels_what_waits_and_what_comes_later() -> None:
    waiting = Waiting()
    early, late = question("early"), question("late")
    waiting.put(early)
    waiting.close()
    waiting.put(late)
    assert early.answer.cancelled()
    assert late.answer.cancelled()
    assert waiting.take() is None


def test_whoever_waits_for_a_question_wakes_at_the_end() -> None:
    waiting = Waiting()
    found: list[Question | None] = []
    thread = threading.Thread(target=lambda: found.append(waiting.take()))
    thread.start()
    waiting.close()
    thread.join(10)
    assert found == [None]


def test_a_callback_of_a_needless_question_may_ask_the_next() -> None:
    waiting = Waiting()
    old = question("old", place=1)
    old.answer.add_done_callback(lambda _: waiting.put(question("again")))
    waiting.put(old)
    waiting.put(question("new", place=1))
    assert taken(waiting, 2) == ["again", "new"]
