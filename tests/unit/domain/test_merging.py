"""A re-import fills gaps and refreshes counts; it never replaces or removes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import combine, complete, is_provisional_title, provisional_title
from readinglist.domain.paper import Mention, Paper, PaperDraft, PaperId, Priority, Status

ARXIV = Identifier("arxiv", "2401.01234")
LISTED = Mention(source="huggingface", origin="a.html", listed_on=date(2025, 10, 29), upvotes=3, comments=None)


def paper(**facts: Any) -> Paper:
    base: dict[str, Any] = {
        "id": PaperId(1),
        "other_titles": (),
        "title": "Attention",
        "abstract": "We attend.",
        "title_source": "",
        "abstract_source": "",
        "authors": (),
        "author_count": None,
        "organization": None,
        "published": None,
        "identifiers": (),
        "url": None,
        "pdf_url": None,
        "code_url": None,
        "venue": None,
        "keywords": (),
        "added": datetime(2025, 1, 1, tzinfo=UTC),
        "started": None,
        "finished": None,
        "status": Status.READ,
        "queue_position": None,
        "is_starred": True,
        "priority": Priority.HIGH,
        "rating": 4,
        "tags": ("ml",),
        "collections": ("Survey",),
        "note": "mine",
        "pdf": None,
        "upvotes": None,
        "comments": None,
        "mentions": (),
        "content_hash": "",
        "is_binned": False,
    }
    return Paper(**{**base, **facts})


def test_the_same_facts_again_add_nothing() -> None:
    known = paper(authors=("Ada Lovelace",), identifiers=(ARXIV,), mentions=(LISTED,))
    same = PaperDraft(
        title="Attention", abstract="We attend.", authors=("Ada Lovelace",), identifiers=(ARXIV,), mention=LISTED
    )
    assert not complete(known, same)


def test_gaps_are_filled_and_named() -> None:
    draft = PaperDraft(title="Attention", authors=("Ada Lovelace",), identifiers=(ARXIV,), venue="ICML")
    completion = complete(paper(), draft)
    assert completion.details == {"authors": ("Ada Lovelace",), "venue": "ICML"}
    assert completion.identifiers == (ARXIV,)
    assert completion.notes == ("adds author names", "adds venue", "adds arXiv:2401.01234")


def test_another_source_does_not_replace_what_is_known() -> None:
    draft = PaperDraft(title="ATTENTION!", abstract="Another abstract.", venue="NeurIPS")
    assert not complete(paper(venue="ICML"), draft)


def test_a_provisional_title_gives_way_to_a_real_one() -> None:
    known = paper(title=provisional_title(ARXIV), abstract="")
    completion = complete(known, PaperDraft(title="Attention", abstract="We attend.", identifiers=(ARXIV,)))
    assert completion.details["title"] == "Attention"
    assert completion.details["abstract"] == "We attend."


@pytest.mark.parametrize(
    ("title", "expected"),
    [("arXiv:2401.01234", True), ("doi:10.1000/x", True), ("", True), ("DOI: a history", False), ("Attention", False)],
)
def test_provisional_titles_are_told_from_real_ones(title: str, expected: bool) -> None:
    assert is_provisional_title(title) is expected


@pytest.mark.parametrize(
    ("known", "said", "taken"),
    [
        (None, "2024", True),
        ("2024", "2024-05-18", True),
        ("2024-05-18", "2024", False),
        ("2024", "2025-01-01", False),
        ("2024-05", "2024-05", False),
    ],
)
def test_a_date_is_taken_only_if_it_says_more_of_the_same_day(known: str | None, said: str, taken: bool) -> None:
    before = PartialDate.parse(known) if known else None
    completion = complete(paper(published=before), PaperDraft(title="Attention", published=PartialDate.parse(said)))
    assert bool(completion) is taken


def test_new_numbers_of_the_same_listing_are_an_update_and_an_old_page_is_not() -> None:
    later = Mention(source="huggingface", origin="b.html", listed_on=date(2025, 10, 29), upvotes=9, comments=None)
    known = paper(mentions=(LISTED,))
    assert complete(known, PaperDraft(title="Attention", mention=later)).notes == ("upvotes: 3 → 9",)
    assert not complete(known, PaperDraft(title="Attention", mention=LISTED))


def test_another_listing_is_remembered() -> None:
    other = Mention(source="arxiv", origin="list", listed_on=date(2025, 10, 28))
    completion = complete(paper(mentions=(LISTED,)), PaperDraft(title="Attention", mention=other))
    assert completion.mention == other


def test_two_drafts_of_one_paper_complete_each_other() -> None:
    first = PaperDraft(title="Attention", abstract="We attend.", mention=LISTED, author_count=2)
    second = PaperDraft(title="Attention.", authors=("A", "B"), identifiers=(ARXIV,), published=PartialDate(2024))
    both = combine(first, second)
    assert (both.title, both.authors, both.identifiers) == ("Attention", ("A", "B"), (ARXIV,))
    assert (both.mention, both.published, both.abstract) == (LISTED, PartialDate(2024), "We attend.")
