"""Identifiers: every usual dress, one normal form."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.identifiers import Identifier, find_identifiers, identifier_url, parse_identifier


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2401.01234", "2401.01234"),
        ("2401.01234v12", "2401.01234"),
        ("arXiv:2401.01234", "2401.01234"),
        ("arxiv: 0704.0001", "0704.0001"),
        ("https://arxiv.org/abs/2401.01234", "2401.01234"),
        ("http://arxiv.org/pdf/2401.01234v2.pdf", "2401.01234"),
        ("arxiv.org/html/2401.01234v1#S2", "2401.01234"),
        ("https://arxiv.org/abs/2401.01234?context=cs.CL", "2401.01234"),
        ("https://huggingface.co/papers/2401.01234", "2401.01234"),
        ("https://hf.co/papers/2401.01234.md", "2401.01234"),
        ("oai:arXiv.org:2401.01234v1", "2401.01234"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("arXiv:math.GT/0309136v1", "math/0309136"),
        ("MATH.gt/0309136", "math/0309136"),
        ("https://doi.org/10.48550/arXiv.2401.01234", "2401.01234"),
        ("10.48550/ARXIV.2401.01234", "2401.01234"),
    ],
)
def test_arxiv_ids_are_read_in_every_dress(text: str, value: str) -> None:
    assert parse_identifier(text) == Identifier("arxiv", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10.1000/182", "10.1000/182"),
        ("doi:10.1000/ABC", "10.1000/abc"),
        ("DOI: 10.1109/5.771073", "10.1109/5.771073"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("http://dx.doi.org/10.1002/(SICI)1097-4571(199806)49:8%3C693::AID-ASI4%3E3.0.CO;2-O", None),
        ("https://doi.org/10.1016/S0021-9258(19)52451-6", "10.1016/s0021-9258(19)52451-6"),
    ],
)
def test_dois_are_read_in_every_dress(text: str, value: str | None) -> None:
    assert parse_identifier(text) == (Identifier("doi", value) if value else None)


@pytest.mark.parametrize(
    "text",
    [
        *("", "attention", "12345", "2413.01234", "2401.123", "10.1145/nnnnnnn.nnnnnnn", "10.1145/1122445.1122456"),
        *("https://example.org/2401.01234x", "10.1/2", "cs/1234", "foo/1234567", "2401.01234 and more"),
    ],
)
def test_what_is_no_identifier_is_not_taken_for_one(text: str) -> None:
    assert parse_identifier(text) is None


def test_identifiers_are_found_in_running_text_once_and_in_order() -> None:
    text = (
        "We follow Vaswani (arXiv:1706.03762v5), see https://doi.org/10.1000/xyz.123. Version 3.14159, 1234.56789 of "
        "the tool (10.1016/S0021-9258(19)52451-6), again 1706.03762; page http://arxiv.org/abs/hep-th/9901001, "
        "10.48550/arXiv.2401.01234."
    )
    assert find_identifiers(text) == [
        Identifier("arxiv", "1706.03762"),
        Identifier("doi", "10.1000/xyz.123"),
        Identifier("doi", "10.1016/s0021-9258(19)52451-6"),
        Identifier("arxiv", "hep-th/9901001"),
        Identifier("arxiv", "2401.01234"),
    ]


def test_addresses_lead_to_the_paper() -> None:
    assert identifier_url(Identifier("arxiv", "math/0309136")) == "https://arxiv.org/abs/math/0309136"
    assert identifier_url(Identifier("doi", "10.1000/a#b")) == "https://doi.org/10.1000/a%23b"


@given(st.text(max_size=200))
def test_what_is_found_reads_back_as_itself(text: str) -> None:
    for found in find_identifiers(f"10.1000/{text} arXiv:2401.01234"):
        assert parse_identifier(found.value) == found
        assert parse_identifier(identifier_url(found)) in {found, None} or found.scheme == "doi"


def test_hostile_text_takes_no_time() -> None:
    started = time.thread_time()
    for text in ("10.1000/" * 50_000, "(" * 300_000, "10.1000/" + ")" * 300_000, "arxiv:" * 100_000, "1" * 300_000):
        find_identifiers(text)
        parse_identifier(text)
    assert time.thread_time() - started < 3
