"""Drafts of one drop that describe one paper become one."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.folding import fold_twins
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Mention, PaperDraft

ARXIV, OTHER_ARXIV = Identifier("arxiv", "2405.00001"), Identifier("arxiv", "2405.00002")
DOI = Identifier("doi", "10.1000/one")


def draft(title: str = "A title of several words", *identifiers: Identifier, **facts: object) -> PaperDraft:
    return PaperDraft(title=title, identifiers=identifiers, **facts)  # type: ignore[arg-type]


def titles(drafts: list[PaperDraft]) -> list[str]:
    return [one.draft.title for one in fold_twins(drafts)]


def test_drafts_that_share_an_identifier_are_one_paper_with_the_facts_of_both() -> None:
    (paper,) = fold_twins([draft("", ARXIV), draft("A title", ARXIV, DOI, abstract="Words.", venue="J.")])
    assert (paper.draft.title, paper.draft.abstract, paper.draft.venue) == ("A title", "Words.", "J.")
    assert (paper.draft.identifiers, paper.place) == ((ARXIV, DOI), 0)


def test_drafts_of_the_same_telling_title_are_one_paper() -> None:
    assert titles([draft("A title of several words"), draft("A Title of: several words!", ARXIV)]) == [
        "A title of several words"
    ]


def test_papers_that_only_a_later_draft_shows_to_be_one_become_one() -> None:
    papers = fold_twins([draft("", DOI), draft("Between them"), draft("", ARXIV), draft("The title", ARXIV, DOI)])
    assert [one.draft.title for one in papers] == ["The title", "Between them"]
    assert set(papers[0].draft.identifiers) == {ARXIV, DOI}


def test_a_draft_that_claims_two_different_papers_leaves_both() -> None:
    papers = fold_twins([draft("One", ARXIV), draft("Two", OTHER_ARXIV, DOI), draft("One", ARXIV, DOI)])
    assert [one.draft.identifiers for one in papers] == [(ARXIV,), (OTHER_ARXIV, DOI)]


def test_papers_of_one_title_and_different_arxiv_ids_are_two() -> None:
    assert (
        len(fold_twins([draft("A title of several words", ARXIV), draft("A title of several words", OTHER_ARXIV)])) == 2
    )


def test_mentions_of_other_listings_are_kept_and_those_of_the_same_are_not() -> None:
    def mention(day: int, upvotes: int) -> Mention:
        return Mention(source="huggingface", origin="x", listed_on=date(2024, 5, day), upvotes=upvotes)

    (paper,) = fold_twins([draft("T", ARXIV, mention=mention(day, day)) for day in (1, 2, 1, 3)])
    assert paper.draft.mention == mention(1, 1)
    assert paper.mentions == (mention(2, 2), mention(3, 3))


IDENTIFIERS = st.sampled_from([ARXIV, OTHER_ARXIV, DOI, Identifier("doi", "10.1000/two"), Identifier("pmid", "7")])
DRAFTS = st.builds(
    lambda title, identifiers: PaperDraft(title=title, identifiers=tuple(identifiers)),
    st.sampled_from(["", "Short", "A title of several words", "Another title of several words"]),
    st.lists(IDENTIFIERS, unique=True, max_size=3),
).filter(lambda one: bool(one.title or one.identifiers))


@given(st.lists(DRAFTS, max_size=12))
def test_no_identifier_is_left_on_two_papers_and_none_is_lost(drafts: list[PaperDraft]) -> None:
    papers = fold_twins(drafts)
    left = [identifier for one in papers for identifier in one.draft.identifiers]
    assert len(left) == len(set(left))
    assert set(left) == {identifier for one in drafts for identifier in one.identifiers}
    assert all(one.draft.title or one.draft.identifiers for one in papers)
