"""Properties that are worked out when they are first asked for: how the workspace makes its services."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Generic, Protocol, Self, TypeVar, overload


class Builds(Protocol):
    """Who has such properties."""

    @property
    def building(self) -> AbstractContextManager[object]:
        """Held while one of them is worked out; a lock that the same thread may take again, for what it needs."""
        ...


OwnerT = TypeVar("OwnerT", bound=Builds)
T_co = TypeVar("T_co", covariant=True)


class once(Generic[OwnerT, T_co]):  # noqa: N801 - reads as the `property` that it is
    """A property that is worked out when it is first asked for, by whichever thread, and then kept.

    Unlike `functools.cached_property` of Python 3.12 and later, two threads that ask at once get the same object.
    """

    def __init__(self, build: Callable[[OwnerT], T_co]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: OwnerT, kind: type) -> T_co: ...
    def __get__(self, owner: OwnerT | None, kind: type) -> Self | T_co:
        if owner is None:
            return self
        with owner.building:
            kept: dict[str, Any] = vars(owner)
            if self._name not in kept:
                kept[self._name] = self._build(owner)  # found there from now on, before this descriptor
            value: T_co = kept[self._name]
            return value
