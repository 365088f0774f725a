"""Stored papers for tests that need no library."""

from datetime import UTC, datetime
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperId, Priority, Status


def make_paper(number: int = 1, **facts: Any) -> Paper:
    """Make a whole paper; `facts` replaces what it says."""
    known: dict[str, Any] = {
        "id": PaperId(number),
        "title": "Learning from sparse examples",
        "other_titles": (),
        "abstract": "We study sparse examples.",
        "title_source": "",
        "abstract_source": "",
        "authors": ("Ada Author", "Ben Writer"),
        "author_count": 2,
        "organization": None,
        "published": PartialDate(2024, 5, 18),
        "identifiers": (Identifier("arxiv", f"2405.{number:05d}"),),
        "url": None,
        "pdf_url": None,
        "code_url": None,
        "venue": None,
        "keywords": (),
        "added": datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC),
        "started": None,
        "finished": None,
        "status": Status.INBOX,
        "queue_position": None,
        "is_starred": False,
        "priority": Priority.NONE,
        "rating": 0,
        "tags": (),
        "collections": (),
        "note": "",
        "pdf": None,
        "upvotes": None,
        "comments": None,
        "mentions": (),
        "content_hash": "",
        "is_binned": False,
    }
    return Paper(**{**known, **facts})
