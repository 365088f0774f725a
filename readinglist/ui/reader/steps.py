"""Back and forward: the places that the reader jumped away from.

>>> steps = Steps()
>>> steps.leave(1); steps.leave(5)
>>> steps.back(9), steps.back(5), steps.back(1)
(5, 1, None)
>>> steps.forward(1), steps.forward(5), steps.forward(9)
(5, 9, None)
"""

from typing import Generic, TypeVar

Spot = TypeVar("Spot")
MOST = 100


class Steps(Generic[Spot]):
    """A history of places."""

    def __init__(self) -> None:
        self._behind: list[Spot] = []
        self._ahead: list[Spot] = []

    @property
    def can_go_back(self) -> bool:
        """There is a place behind."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """There is a place ahead."""
        return bool(self._ahead)

    def leave(self, here: Spot) -> None:
        """Remember a place before jumping away from it."""
        self._behind = [*self._behind[-MOST + 1 :], here]
        self._ahead = []

    def back(self, here: Spot) -> Spot | None:
        """Return the place behind; None if there is none."""
        if not self._behind:
            return None
        self._ahead.append(here)
        return self._behind.pop()

    def forward(self, here: Spot) -> Spot | None:
        """Return the place that was left by going back; None if there is none."""
        if not self._ahead:
            return None
        self._behind.append(here)
        return self._ahead.pop()
