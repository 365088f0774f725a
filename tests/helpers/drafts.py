"""Drafts for tests, each different from the others."""

from datetime import date
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Mention, PaperDraft


def make_draft(number: int, **facts: Any) -> PaperDraft:
    """Make a whole draft; `facts` replaces what it says."""
    known: dict[str, Any] = {
        "title": f"Learning about subject {number} from sparse examples",
        "abstract": f"We study subject {number} and report what we found, in several sentences.",
        "authors": (f"Ada Author{number}", "Ben Writer"),
        "author_count": 2,
        "published": PartialDate(2024, 5, 1 + number % 28),
        "identifiers": (Identifier("arxiv", f"2405.{number:05d}"),),
        "mention": Mention(
            source="huggingface", origin="a page", listed_on=date(2024, 6, 1), upvotes=number, comments=0
        ),
    }
    return PaperDraft(**{**known, **facts})
