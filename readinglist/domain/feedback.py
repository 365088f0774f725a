"""What a reader may say of a paper in For you, apart from what they do with it."""

from enum import StrEnum


class Feedback(StrEnum):
    """One thing said; the value is what the library calls it."""

    MORE = "more"  # show more papers like this one
    LESS = "less"  # show fewer papers like this one, and not this one
    HIDE = "hide"  # do not show this one; says nothing about others

    @property
    def opposite(self) -> "Feedback | None":
        """What cannot hold at the same time."""
        return {Feedback.MORE: Feedback.LESS, Feedback.LESS: Feedback.MORE}.get(self)
