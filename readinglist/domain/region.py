"""A part of the map of a library that has a name: papers that lie together and share words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A named part of the map.

    Attributes:
        name: The words that set its papers apart, as a heading is written.
        x: Where its middle is, in the map's own units.
        y: As `x`; larger is further down.
        papers: How many lie in it.
        level: 0 for the few large parts, which are named first; each further level cuts finer.
    """

    name: str
    x: float
    y: float
    papers: int
    level: int
