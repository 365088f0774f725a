"""The paper's own DOI among those that its first pages print."""

import pytest

from readinglist.pdf.dois import find_doi
from tests.helpers.layouts import Row, make_page, prose

TITLE = "Small Things Grow in the Dark"
HEAD = Row(17, TITLE, "bc", skip=20)


@pytest.mark.parametrize(
    "row",
    [
        Row(7, "https://doi.org/10.1016/j.small.2019.103195", "f"),
        Row(8, "DOI: 10.1016/j.small.2019.103195"),
        Row(8, "doi:10.1016/J.SMALL.2019.103195", "v"),
        Row(7, "J Small Things (2019) 12:34 https://doi.org/10.1016/j.small.2019.103195"),
    ],
)
def test_a_labelled_doi_at_the_edge_is_the_papers(row: Row) -> None:
    found = find_doi([make_page(row, HEAD, *prose(20))], TITLE, 10)
    assert found is not None
    assert found.value == "10.1016/j.small.2019.103195"
    assert "page 1" in found.evidence


def test_a_doi_in_the_reference_format_of_the_paper_is_its_own() -> None:
    page = make_page(
        HEAD,
        *prose(20),
        Row(7, "ACM Reference Format:", skip=10),
        Row(7, "Jane Doe. 2024. Small Things Grow in the Dark. In Proceedings of the Conference on Things"),
        Row(7, "(THINGS ’24), April 14–20, 2024, Lisbon. ACM, New York, 12 pages. https://doi.org/10.1145/"),
        Row(7, "3597503.3639130"),
    )
    found = find_doi([page], TITLE, 10)
    assert found is not None
    assert found.value == "10.1145/3597503.3639130"


@pytest.mark.parametrize(
    "rows",
    [
        [Row(8, "The code is available at https://doi.org/10.1234/code.77 for everybody")],
        [Row(8, "Supplementary material:"), Row(8, "https://doi.org/10.1234/supplement.77")],
        [Row(8, "Data set: https://doi.org/10.5281/zenodo.1234567")],
        [Row(8, "This is an extended version of the paper published as"), Row(8, "https://doi.org/10.1234/short.1")],
        [Row(8, "12. Doe J, Roe P. A cited paper about things. Journal of Things 2001. doi:10.1234/cited.1")],
        [Row(8, "^{1}https://doi.org/10.1234/footnote.5 visited in May")],
        [Row(8, "doi:10.1371/journal.some.0116.g001")],
        [Row(8, "Correction to: Small Matters"), Row(8, "https://doi.org/10.1234/corrected.1")],
    ],
)
def test_the_doi_of_something_else_is_left_alone(rows: list[Row]) -> None:
    assert find_doi([make_page(HEAD, *prose(15), *rows, *prose(10))], TITLE, 10) is None


def test_two_dois_with_the_same_claim_leave_doubt() -> None:
    rows = [Row(8, "https://doi.org/10.1234/one", "f"), Row(8, "https://doi.org/10.1234/two", "f")]
    assert find_doi([make_page(HEAD, *prose(15), *rows)], TITLE, 10) is None


def test_a_doi_that_runs_along_every_page_outweighs_another() -> None:
    pages = [
        make_page(Row(8, "https://doi.org/10.1234/own", "f"), HEAD, *prose(15), number=1),
        make_page(Row(8, "https://doi.org/10.1234/own", "f"), *prose(15), number=2),
        make_page(Row(8, "https://doi.org/10.1234/other", "f"), *prose(15), number=3),
    ]
    found = find_doi(pages, TITLE, 10)
    assert found is not None
    assert found.value == "10.1234/own"
