"""Properties that are worked out once."""

import threading
from concurrent.futures import ThreadPoolExecutor

from readinglist.app.once import once


class House:
    def __init__(self) -> None:
        self.building = threading.RLock()
        self.built: list[str] = []
        self.is_entered = threading.Event()
        self.may_go_on = threading.Event()

    @once
    def cellar(self) -> object:
        """Below."""
        self.built.append("cellar")
        return object()

    @once
    def roof(self) -> tuple[object, object]:
        """On top of what is below."""
        self.built.append("roof")
        return self.cellar, object()

    @once
    def tower(self) -> object:
        """Takes long."""
        self.built.append("tower")
        self.is_entered.set()
        self.may_go_on.wait(10)
        return object()


def test_nothing_is_built_before_it_is_asked_for_and_then_once() -> None:
    house = House()
    assert house.built == []
    assert house.cellar is house.cellar
    assert house.built == ["cellar"]
    assert "roof" not in vars(house)


def test_what_is_built_may_ask_for_another_part() -> None:
    house = House()
    assert house.roof[0] is house.cellar
    assert house.built == ["roof", "cellar"]


def test_two_threads_that_ask_at_once_get_the_same() -> None:
    house = House()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(lambda: house.tower)
        assert house.is_entered.wait(10)
        second = threads.submit(lambda: house.tower)
        house.may_go_on.set()
        assert first.result(10) is second.result(10)
    assert house.built == ["tower"]


def test_the_class_has_the_words_of_the_part() -> None:
    assert House.cellar.__doc__ == "Below."
