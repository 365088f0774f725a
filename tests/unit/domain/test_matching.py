"""When two records are the same work."""

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.matching import Match, are_twins, candidate_of, find_match
from readinglist.domain.paper import PaperDraft, PaperId

LONG = "Attention is all you need"
ARXIV, OTHER_ARXIV = Identifier("arxiv", "1706.03762"), Identifier("arxiv", "2401.00001")
DOI = Identifier("doi", "10.1000/x")


def twins(one: PaperDraft, other: PaperDraft) -> bool:
    return are_twins(candidate_of(one, PaperId(1)), candidate_of(other, PaperId(2)))


def test_a_shared_identifier_decides_whatever_else_differs() -> None:
    one = PaperDraft(title=LONG, identifiers=(DOI, ARXIV), published=PartialDate(2017), authors=("A. Vaswani",))
    other = PaperDraft(title="Otherwise", identifiers=(ARXIV,), published=PartialDate(2024), authors=("B. Writer",))
    assert twins(one, other)


def test_the_spelling_of_a_title_does_not_matter() -> None:
    assert twins(PaperDraft(title=LONG), PaperDraft(title="Attention Is All You Need."))
    assert not twins(PaperDraft(title=LONG), PaperDraft(title=f"{LONG} more"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"identifiers": (ARXIV,)}, {"identifiers": (OTHER_ARXIV,)}),
        ({"published": PartialDate(2017)}, {"published": PartialDate(2020)}),
        ({"authors": ("Ada Lovelace",)}, {"authors": ("Alan Turing",)}),
        ({"author_count": 3}, {"author_count": 4}),
        ({"organization": "Meta"}, {"organization": "Google"}),
    ],
)
def test_what_both_know_must_not_contradict(one: dict[str, object], other: dict[str, object]) -> None:
    assert not twins(PaperDraft(title=LONG, **one), PaperDraft(title=LONG, **other))  # type: ignore[arg-type]
    assert twins(PaperDraft(title=LONG, **one), PaperDraft(title=LONG))  # type: ignore[arg-type]


def test_a_preprint_and_its_journal_version_are_one_work() -> None:
    preprint = PaperDraft(title=LONG, identifiers=(ARXIV,), published=PartialDate(2017, 6, 12))
    assert twins(preprint, PaperDraft(title=LONG, identifiers=(DOI,), published=PartialDate(2019)))


def test_a_common_author_is_enough_against_different_numbers_of_them() -> None:
    one = PaperDraft(title=LONG, authors=("Ashish Vaswani",), author_count=8)
    assert twins(one, PaperDraft(title=LONG, authors=("Vaswani, A.", "Shazeer, N."), author_count=2))


def test_an_assumed_year_contradicts_nothing() -> None:
    one = PaperDraft(title=LONG, published=PartialDate(2026, 10, 29), is_year_assumed=True)
    assert twins(one, PaperDraft(title=LONG, published=PartialDate(2017)))


def test_a_short_title_needs_an_author_or_year_and_number() -> None:
    assert not twins(PaperDraft(title="Introduction"), PaperDraft(title="Introduction"))
    author = {"authors": ("Ada Lovelace",)}
    assert twins(PaperDraft(title="Introduction", **author), PaperDraft(title="Introduction", **author))  # type: ignore[arg-type]
    dated = PaperDraft(title="Introduction", published=PartialDate(2024), author_count=2)
    assert twins(dated, dated)
    assert not twins(dated, PaperDraft(title="Introduction", published=PartialDate(2025), author_count=2))


def test_no_title_is_no_evidence() -> None:
    assert not twins(PaperDraft(title=""), PaperDraft(title=""))
    assert not twins(PaperDraft(title="∞"), PaperDraft(title="∞"))


def test_an_identifier_is_better_evidence_than_a_title() -> None:
    by_title = candidate_of(PaperDraft(title=LONG), PaperId(1))
    by_identifier = candidate_of(PaperDraft(title="arXiv:1706.03762", identifiers=(ARXIV,)), PaperId(2))
    draft = PaperDraft(title=LONG, identifiers=(ARXIV,))
    assert find_match(draft, [by_title, by_identifier]) == Match(PaperId(2), "identifier")
    assert find_match(draft, [by_title]) == Match(PaperId(1), "title")
    assert find_match(draft, []) is None
