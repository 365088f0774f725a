"""What a reader did with a paper, as far as it tells what they like: the recommender learns from these."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from readinglist.domain.paper import PaperId


class DecisionKind(StrEnum):
    """What was done; the value is what the library and a reader's history call it."""

    READ = "read"
    READING = "reading"
    QUEUED = "to-read"
    STARRED = "starred"
    RATED = "rated"
    TAGGED = "tagged"
    COLLECTED = "collected"
    NOTED = "noted"
    ANNOTATED = "annotated"
    TIME_SPENT = "time-spent"
    SKIPPED = "skipped"
    MORE = "more"  # "more like this" at a recommendation
    LESS = "less"


class Decision(NamedTuple):
    """One thing that a reader did with a paper; thousands are read at once, so it is the lightest kind of object.

    Attributes:
        at_utc: When, with its time zone; None where the library does not know.
        amount: Of a rating, 1 to 5; of time spent, minutes; of annotations, tags and collections, how many; else 1.
    """

    paper_id: PaperId
    kind: DecisionKind
    at_utc: datetime | None
    amount: float = 1.0
