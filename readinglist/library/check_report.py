"""What a check of a library found, for the front ends to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found.

    Attributes:
        papers: Number of papers looked at, the bin included.
        damage: Sentences; empty if all is well.
        derived: Sentences about derived data, which a rebuild mends.
        done: Sentences about what was brought into order meanwhile.
    """

    papers: int
    damage: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    done: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Nothing was found."""
        return not self.damage and not self.derived
