"""Whether two records are the same work does not depend on which one is asked about."""

from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.identifiers import Identifier
from readinglist.domain.matching import TELLING_WORDS, Candidate, are_twins
from readinglist.domain.paper import PaperId

# Few values, so that records often agree.
identifiers = st.lists(
    st.builds(Identifier, st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2"])),
    unique_by=lambda one: one.scheme,
    max_size=2,
).map(tuple)
records = st.builds(
    Candidate,
    paper_id=st.integers(1, 9).map(PaperId),
    identifiers=identifiers,
    title_key=st.sampled_from(["", "introduction", "a title of five words", "another title of five words"]),
    surnames=st.lists(st.sampled_from(["lovelace", "turing"]), max_size=2).map(tuple),
    year=st.sampled_from([None, 2020, 2022, 2025]),
    author_count=st.sampled_from([None, 1, 2]),
    organization=st.sampled_from([None, "Meta", "Google"]),
)


@given(records, records)
def test_matching_is_symmetric(one: Candidate, other: Candidate) -> None:
    assert are_twins(one, other) == are_twins(other, one)


@given(records)
def test_a_record_that_says_enough_is_its_own_twin(one: Candidate) -> None:
    if one.identifiers or len(one.title_key.split()) >= TELLING_WORDS:
        assert are_twins(one, one)


@given(records, records)
def test_a_shared_identifier_decides(one: Candidate, other: Candidate) -> None:
    if set(one.identifiers) & set(other.identifiers):
        assert are_twins(one, other)
    elif one.title_key != other.title_key or not one.title_key:
        assert not are_twins(one, other)
