"""Identifiers have one normal form."""

from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.identifiers import (
    Identifier,
    find_identifiers,
    identifier_url,
    locate_identifiers,
    parse_identifier,
)

PARTS = (
    *(
        "arXiv:",
        "https://arxiv.org/abs/",
        "https://arxiv.org/pdf/",
        "huggingface.co/papers/",
        "doi:",
        "https://doi.org/",
    ),
    *("2401.01234", "2401.1234", "math/0309136", "math.GT/0309136", "v2", ".pdf", "10.1000/", "10.48550/arXiv.", "abc"),
    *("(", ")", ".", ",", ";", " ", "\n", "/", "?", "#", "-", "%28", "%20", "é", "10.", "2513.00001", "<", ">", "[1]"),
)
texts = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
DRESSES = ("{}", " {} ", "<{}>", "https://doi.org/{}", "doi:{}", "DOI: {}", "http://dx.doi.org/{}")
ARXIV_DRESSES = ("{}", "arXiv:{}", "{}v3", "https://arxiv.org/abs/{}v1", "http://arxiv.org/pdf/{}.pdf")
dois = st.from_regex(r"10\.\d{4,9}/[A-Za-z0-9]([A-Za-z0-9._()-]{0,20}[A-Za-z0-9])?", fullmatch=True)
arxiv_ids = st.from_regex(r"[0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|hep-th/[0-9]{7}", fullmatch=True)


@given(texts)
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    found = parse_identifier(text)
    if found is not None:
        assert parse_identifier(found.value) == found
        assert parse_identifier(identifier_url(found)) == found


@given(texts)
def test_whatever_is_found_in_a_text_is_an_identifier_in_normal_form(text: str) -> None:
    found = find_identifiers(text)
    assert len(found) == len(set(found))
    assert all(parse_identifier(one.value) == one for one in found)
    assert all(0 <= place < len(text) for _, place in locate_identifiers(text))


@given(arxiv_ids, st.sampled_from(ARXIV_DRESSES))
def test_every_dress_of_an_arxiv_id_means_the_same(value: str, dress: str) -> None:
    assert parse_identifier(dress.format(value)) == Identifier("arxiv", value)


@given(dois, st.sampled_from(DRESSES))
def test_every_dress_of_a_doi_means_the_same(value: str, dress: str) -> None:
    assert parse_identifier(dress.format(value)) == parse_identifier(value)
