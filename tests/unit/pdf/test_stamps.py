"""arXiv ids: in the margin, in the old scheme, in a file's name, and those that are of other papers."""

import pytest

from readinglist.domain.pdf_facts import Finding
from readinglist.pdf.stamps import find_in_file_name, find_stamp, month_of_id
from tests.helpers.layouts import Row, make_page, prose


@pytest.mark.parametrize(
    ("text", "arxiv_id", "day"),
    [
        ("arXiv:2401.01234v2 [cs.CL] 3 Jan 2024", "2401.01234", "2024-01"),
        ("arXiv:2401.01234v1 [cs.CL] 3 Jan 2024", "2401.01234", "2024-01-03"),
        ("arXiv:1503.07589v1  [hep-ex]  26 Mar 2015", "1503.07589", "2015-03-26"),
        ("arXiv:hep-th/9901001v1 1 Jan 1999", "hep-th/9901001", "1999-01-01"),
        ("arXiv:cond-mat/0306511v3 [cond-mat.stat-mech] 20 Jun 2003", "cond-mat/0306511", "2003-06"),
        ("arXiv:math.GT/0309136v1 8 Sep 2003", "math/0309136", "2003-09-08"),
    ],
)
def test_the_stamp_in_the_margin_gives_the_id_and_the_day_of_a_first_version(
    text: str, arxiv_id: str, day: str
) -> None:
    found = find_stamp(make_page(Row(14, "A Title of Some Words"), *prose(10), Row(20, text, "v")))
    assert found is not None
    assert found.arxiv_id.value == arxiv_id
    assert "margin of page 1" in found.arxiv_id.evidence
    assert found.published is not None
    assert str(found.published.value) == day


def test_a_stamp_in_pieces_is_read_as_one() -> None:
    page = make_page(*prose(3), Row(20, "arXiv:2401.01234v1", "v"), Row(20, "[cs.CL]", "v"), Row(20, "3 Jan 2024", "v"))
    found = find_stamp(page)
    assert found is not None
    assert (found.arxiv_id.value, str(found.published and found.published.value)) == ("2401.01234", "2024-01-03")


def test_an_old_id_among_the_numbers_above_the_title_is_the_papers() -> None:
    found = find_stamp(make_page(Row(10, "CERN-TH/99-12"), Row(10, "hep-th/9905111"), Row(17, "Some Title"), *prose(9)))
    assert found is not None
    assert found.arxiv_id.value == "hep-th/9905111"


@pytest.mark.parametrize(
    "text",
    [
        "as was shown in arXiv:1706.03762, and by others since then",
        "[3] A. Author. A paper. arXiv preprint arXiv:1706.03762, 2017.",
        "the archive hep-th/9905111 holds a longer version of this",
    ],
)
def test_the_ids_of_cited_papers_are_not_the_papers(text: str) -> None:
    assert find_stamp(make_page(Row(17, "Some Title"), *prose(20), Row(10, text), *prose(5))) is None


@pytest.mark.parametrize(
    ("name", "arxiv_id"),
    [
        ("2401.01234.pdf", "2401.01234"),
        ("2401.01234v2.pdf", "2401.01234"),
        ("Doe 2024 - 2401.01234 (1).pdf", "2401.01234"),
        ("hep-th9901001.pdf", "hep-th/9901001"),
        ("math_0309136.pdf", "math/0309136"),
    ],
)
def test_a_file_named_after_its_id_is_known_by_it(name: str, arxiv_id: str) -> None:
    found = find_in_file_name(name)
    assert isinstance(found, Finding)
    assert found.value == arxiv_id


@pytest.mark.parametrize(
    "name", ["paper.pdf", "10.1145-3597503.3639130.pdf", "scan 2013.99999.pdf", "1.2401.012345.pdf"]
)
def test_other_numbers_in_a_name_are_no_id(name: str) -> None:
    assert find_in_file_name(name) is None


def test_the_month_of_an_id_is_in_its_century() -> None:
    assert [str(month_of_id(one)) for one in ("9107001", "hep-th/9901001", "0704.0001", "2401.01234")] == [
        "1991-07",
        "1999-01",
        "2007-04",
        "2024-01",
    ]
