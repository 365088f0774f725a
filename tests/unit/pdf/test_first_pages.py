"""First pages as journals, conferences and repositories set them, made up, and what is read off them."""

import time
from collections.abc import Sequence

import pytest

from readinglist.domain.pdf_facts import PdfFacts
from readinglist.pdf.layout import Page
from readinglist.pdf.metadata import facts_of
from tests.helpers.layouts import Row, make_page, prose

NO_HINTS = {"title": "", "author": ""}


def facts(*pages: Page, title: str = "", author: str = "", name: str = "file.pdf") -> PdfFacts:
    return facts_of(pages, page_count=len(pages), hints={"title": title, "author": author}, name=name)


def said(found: PdfFacts) -> tuple[str | None, Sequence[str], int | None, str | None]:
    return (
        found.title.value if found.title else None,
        found.authors.value if found.authors else (),
        found.published.value.year if found.published else None,
        found.doi.value if found.doi else None,
    )


def test_a_conference_banner_above_small_capitals_is_no_title() -> None:
    page = make_page(
        Row(10, "Published as a conference paper at ICLR 2024"),
        Row(17, "{R}{ethinking} {T}{he} {V}{alue} {O}{f} {S}{parse}", skip=20),
        Row(17, "{A}{ttention}"),
        Row(10, "Jane Q. Doe^{1,∗}    Wei Li^{2}    Ana García-Pérez^{1}", "b", skip=12),
        Row(10, "^{1}University of Somewhere    ^{2}Some Research Institute"),
        Row(10, "{jane,ana}@some.edu"),
        Row(12, "{A}{bstract}", "c", skip=14),
        *prose(12, skip=8),
    )
    assert said(facts(page)) == (
        "RETHINKING THE VALUE OF SPARSE ATTENTION",
        ("Jane Q. Doe", "Wei Li", "Ana García-Pérez"),
        2024,
        None,
    )


def test_names_set_apart_by_space_alone_are_read_row_by_row() -> None:
    page = make_page(
        Row(17, "Attention Beyond Words", "bc", skip=40),
        Row(10, "Ruth Adams^{∗}    Noor van den Berg^{∗}    Íñigo Ruiz", "bc", skip=20),
        Row(10, "Google Brain    Google Brain    University of Toronto", "c"),
        Row(10, "ruth@some.com    noor@some.com    inigo@some.edu", "c"),
        Row(10, "Max Muster^{†}    Li Na", "bc", skip=10),
        Row(12, "Abstract", "bc", skip=20),
        *prose(14, skip=8),
        Row(9, "31st Conference on Neural Information Processing Systems (NIPS 2017), Long Beach, CA, USA.", "f"),
    )
    found = facts(page)
    assert said(found)[:3] == (
        "Attention Beyond Words",
        ("Ruth Adams", "Noor van den Berg", "Íñigo Ruiz", "Max Muster", "Li Na"),
        2017,
    )


def test_the_head_of_a_journal_and_memberships_are_left_out() -> None:
    page = make_page(
        Row(7, "IEEE TRANSACTIONS ON PATTERN ANALYSIS AND MACHINE INTELLIGENCE, VOL. 40, NO. 4, APRIL 2018    833"),
        Row(24, "Segmenting Anything with", "c", skip=20),
        Row(24, "Very Few Labels", "c"),
        Row(11, "Jane Doe, Member, IEEE, John P. Roe, Senior Member, IEEE, and Kim Min-ji", "c", skip=10),
        *prose(30, size=9, skip=30),
        Row(8, "Digital Object Identifier 10.1109/TPAMI.2017.2699184", "f"),
    )
    assert said(facts(page)) == (
        "Segmenting Anything with Very Few Labels",
        ("Jane Doe", "John P. Roe", "Kim Min-ji"),
        2018,
        "10.1109/tpami.2017.2699184",
    )


def test_the_name_of_a_journal_in_larger_type_is_no_title() -> None:
    page = make_page(
        Row(7, "Artificial Knowledge 278 (2020) 103195", "c"),
        Row(8, "Contents lists available at ScienceDirect", "c", skip=8),
        Row(17, "Artificial Knowledge", "c", skip=8),
        Row(8, "journal homepage: www.some.com/locate/ak", "c", skip=8),
        Row(13.5, "Planning under uncertainty with", skip=20),
        Row(13.5, "incomplete knowledge of costs"),
        Row(10.5, "Jane Doe^{a,∗}, John Roe^{b}", skip=10),
        Row(7, "^{a} Department of Computer Science, University of Somewhere, Italy"),
        Row(7, "^{b} Institute for Planning, Spain"),
        Row(8, "a b s t r a c t", skip=10),
        *prose(30, size=8, skip=6),
        Row(7, "https://doi.org/10.1016/j.ak.2019.103195", "f"),
        Row(7, "0004-3702/© 2019 Some Publisher B.V. All rights reserved.", "f"),
    )
    assert said(facts(page)) == (
        "Planning under uncertainty with incomplete knowledge of costs",
        ("Jane Doe", "John Roe"),
        2020,
        "10.1016/j.ak.2019.103195",
    )


def paper_behind_a_cover() -> Page:
    return make_page(
        Row(14, "On the Growth of Small Things", "bc", skip=20),
        Row(11, "Jane Doe and John Roe", "c", skip=10),
        Row(10, "University of Somewhere", "c"),
        Row(11, "Abstract", "bc", skip=10),
        *prose(20),
        number=2,
    )


COVERS = {
    "ResearchGate": (
        Row(
            9, "See discussions, stats, and author profiles for this publication at: https://www.some.net/publication/1"
        ),
        Row(15, "On the Growth of Small Things", skip=10),
        Row(10, "Article in Journal of Smallness · January 2019", skip=6),
        Row(8, "DOI: 10.1234/small.2019.17"),
        Row(8, "CITATIONS    READS", skip=8),
        Row(8, "12    345"),
        Row(10, "2 authors:", skip=20),
        Row(9, "Jane Doe", skip=5),
        Row(8, "University of Somewhere"),
        Row(8, "45 PUBLICATIONS 1,234 CITATIONS"),
        Row(8, "All content following this page was uploaded by Jane Doe on 17 March 2019.", "f"),
    ),
    "HAL": (
        Row(17, "HAL", skip=30),
        Row(10, "open science"),
        Row(17, "On the Growth of Small Things", "c", skip=40),
        Row(12, "Jane Doe, John Roe", "c"),
        Row(12, "To cite this version:", skip=60),
        Row(9, "Jane Doe, John Roe. On the Growth of Small Things. Journal of Smallness, 2019, 17, pp.1-10."),
        Row(12, "HAL Id: hal-01234567", skip=30),
        Row(12, "https://hal.science/hal-01234567"),
        Row(10, "Submitted on 3 Jan 2020"),
        Row(10, "HAL is a multi-disciplinary open access archive for the deposit and dissemination", skip=30),
    ),
    "a university": (
        Row(
            11, "This may be the author's version of a work that was submitted/accepted for publication in the", skip=90
        ),
        Row(11, "following source:"),
        Row(11, "Doe, Jane & Roe, John", skip=8),
        Row(11, "(2019)"),
        Row(11, "On the Growth of Small Things."),
        Row(11, "Journal of Smallness, 17(1), pp. 1-10."),
        Row(11, "This file was downloaded from: https://eprints.some.edu/1234/", skip=8),
    ),
}


@pytest.mark.parametrize("cover", COVERS.values(), ids=COVERS)
def test_a_repositorys_cover_gives_way_to_the_paper_behind_it(cover: Sequence[Row]) -> None:
    found = said(facts(make_page(*cover), paper_behind_a_cover()))
    assert found[:3] == ("On the Growth of Small Things", ("Jane Doe", "John Roe"), 2019)


def test_a_cover_alone_says_what_it_refers_to() -> None:
    found = said(facts(make_page(*COVERS["a university"])))
    assert found[:3] == ("On the Growth of Small Things", ("Jane Doe", "John Roe"), 2019)


def test_a_title_in_the_size_of_the_headings_is_the_first() -> None:
    page = make_page(
        Row(12, "A Word about Small Things", "bc", skip=10),
        Row(12, "Jane Doe", "c", skip=10),
        Row(12, "Department of Smallness, University of Somewhere", "c"),
        Row(12, "Introduction", "b", skip=10),
        *prose(10, size=12),
        Row(12, "What Others Have Said before Us", "b", skip=10),
        *prose(10, size=12),
    )
    assert said(facts(page))[:2] == ("A Word about Small Things", ("Jane Doe",))


def test_a_chinese_paper_is_read_as_others_are() -> None:
    page = make_page(
        Row(9, "第 35 卷 第 4 期    计算机学报    2019 年 4 月"),
        Row(20, "基于深度学习的图像检索", "c", skip=20),
        Row(20, "方法研究综述", "c"),
        Row(12, "张 三^{1)}    李小明^{2)}    欧阳华^{1)}", "c", skip=8),
        Row(9, "^{1)}(某某大学计算机学院 北京 100084)", "c"),
        Row(9, "摘 要 本文研究了图像检索的方法。", skip=12),
        *(Row(10, "本文的研究结果表明该方法在各种情况下都是有效的并且比其他方法更好而且更快") for _ in range(20)),
    )
    assert said(facts(page))[:3] == ("基于深度学习的图像检索方法研究综述", ("张三", "李小明", "欧阳华"), 2019)


def test_a_thesis_is_not_called_after_its_university() -> None:
    page = make_page(
        Row(20, "Ludwig University of Somewhere", "bc", skip=30),
        Row(14, "Faculty of Mathematics", "c"),
        Row(17, "Dissertation", "bc", skip=60),
        Row(18, "Learning to See Small Things", "bc", skip=40),
        Row(18, "in Large Pictures", "bc"),
        Row(12, "vorgelegt von", "c", skip=60),
        Row(12, "Jane Doe", "c"),
        Row(12, "Somewhere, den 17. März 2019", "c", skip=100),
    )
    found = said(facts(page, make_page(*prose(40, size=11), number=2)))
    assert found[:3] == ("Learning to See Small Things in Large Pictures", ("Jane Doe",), 2019)


def test_the_dois_of_data_and_of_cited_papers_are_not_the_papers() -> None:
    page = make_page(
        Row(8, "RESEARCH ARTICLE"),
        Row(20, "Small things grow in the dark", "b", skip=10),
        Row(11, "Jane Doe^{1,2}*, John Roe^{2}, The Small Things Consortium^{¶}", "b", skip=8),
        Row(8, "1 Department of Biology, University of Somewhere, United Kingdom"),
        Row(12, "Abstract", "b", skip=10),
        *prose(16, size=9),
        Row(7, "Citation: Doe J, Roe J (2015) Small things grow in the dark. SOME ONE 10(1): e0116.", skip=8),
        Row(7, "https://doi.org/10.1371/journal.some.0116"),
        Row(7, "Data Availability Statement: All data are available from the Dryad repository", skip=4),
        Row(7, "https://doi.org/10.5061/dryad.q447c"),
        Row(9, "as was shown before, see https://doi.org/10.9999/other.1 and the works that are cited there", skip=4),
    )
    found = facts(page)
    assert said(found) == (
        "Small things grow in the dark",
        ("Jane Doe", "John Roe", "The Small Things Consortium"),
        2015,
        "10.1371/journal.some.0116",
    )


def test_a_paper_without_a_doi_does_not_take_one_from_its_references() -> None:
    page = make_page(
        Row(14, "A Short Note on Nothing Much", "bc", skip=20),
        Row(11, "Jane Doe and John Roe", "c", skip=10),
        *prose(10, skip=20),
        Row(11, "References", "b", skip=10),
        Row(9, "[1] A. Author. A paper about something. Journal, 2001. https://doi.org/10.1000/first"),
        Row(9, "[2] B. Author. Another paper. Journal, 2002."),
        Row(9, "https://doi.org/10.1000/second"),
    )
    assert facts(page).doi is None


def test_a_template_prints_no_doi() -> None:
    page = make_page(
        Row(17, "The Name of the Title Is Hope", "bc", skip=20),
        Row(12, "Jane Doe", "c", skip=10),
        *prose(20, size=9, skip=20),
        Row(7, "https://doi.org/10.1145/nnnnnnn.nnnnnnn", skip=10),
        Row(7, "https://doi.org/XXXXXXX.XXXXXXX"),
    )
    assert facts(page).doi is None


def test_the_day_of_a_preprint_is_not_what_its_banner_is_called() -> None:
    page = make_page(
        Row(
            7, "bioRxiv preprint doi: https://doi.org/10.1101/2020.02.04.934232; this version posted February 4, 2020."
        ),
        Row(7, "The copyright holder for this preprint (which was not certified by peer review) is the author/funder."),
        Row(14, "Small things are infectious", "b", skip=20),
        Row(11, "Jane Doe^{1}, John Roe^{1,2*}", skip=8),
        *prose(20, size=11, skip=20),
    )
    found = facts(page)
    assert said(found) == ("Small things are infectious", ("Jane Doe", "John Roe"), 2020, "10.1101/2020.02.04.934232")
    assert found.published is not None
    assert str(found.published.value) == "2020-02-04"


def test_the_files_description_counts_where_the_page_agrees() -> None:
    rows = (
        Row(14, "ON THE GROWTH OF SMALL THINGS", "bc", skip=20),
        Row(11, "Jane Doe and John Roe", "c", skip=10),
        *prose(20, skip=20),
    )
    agreeing = facts(make_page(*rows), title="On the Growth of Small Things", author="Jane Doe")
    other = facts(make_page(*rows), title="Proceedings Template - WORD", author="End User")
    assert agreeing.title is not None
    assert agreeing.title.value == "On the Growth of Small Things"
    assert "description" in agreeing.title.evidence
    assert other.title is not None
    assert other.title.value == "ON THE GROWTH OF SMALL THINGS"
    assert other.title.confidence < agreeing.title.confidence
    assert other.authors is not None
    assert other.authors.value == ("Jane Doe", "John Roe")


def test_a_described_title_is_found_however_it_is_set() -> None:
    page = make_page(
        Row(24, "GROWTH", "bc", skip=20),
        Row(13, "of small things in the dark", "c", skip=20),
        Row(12, "Jane Doe and John Roe", "bc", skip=10),
        *prose(20, skip=20),
    )
    found = facts(page, title="Growth of small things in the dark")
    assert said(found)[:2] == ("GROWTH of small things in the dark", ("Jane Doe", "John Roe"))


def test_a_title_with_double_spacing_is_whole() -> None:
    page = make_page(
        Row(16, "On the Growth of Small Things and What", "c", skip=20),
        Row(16, "Becomes of Them in the Dark", "c", skip=18),
        Row(12, "Jane Doe and John Roe", "c", skip=30),
        *prose(20, size=12, skip=20),
    )
    assert said(facts(page))[0] == "On the Growth of Small Things and What Becomes of Them in the Dark"


def test_a_page_that_carries_a_doi_and_nothing_else_is_known_by_it() -> None:
    found = facts(make_page(Row(12, "10.1371/journal.some.0003350")))
    assert (found.title, found.doi and found.doi.value) == (None, "10.1371/journal.some.0003350")


def test_a_report_may_be_called_a_report_and_a_place_may_follow_the_names() -> None:
    page = make_page(
        Row(17, "GrowNet Technical Report", "bc", skip=20),
        Row(11, "Jane Doe and John Roe, University of Somewhere", "c", skip=10),
        *prose(20, skip=20),
    )
    assert said(facts(page))[:2] == ("GrowNet Technical Report", ("Jane Doe", "John Roe"))


def test_authors_with_their_places_are_read_line_by_line() -> None:
    page = make_page(
        Row(14, "Small Things in Large Systems: A Survey", "b", skip=10),
        Row(11, "JANE DOE, University of Somewhere, USA", skip=10),
        Row(11, "JOHN ROE and LI NA, Some Research Lab, Germany"),
        *prose(9, size=9, skip=8),
        Row(8, "ACM Reference Format:"),
        Row(8, "Jane Doe, John Roe, and Li Na. 2021. Small Things in Large Systems: A Survey."),
        Row(8, "Article 62 (April 2021), 37 pages. https://doi.org/10.1145/3444689"),
    )
    assert said(facts(page)) == (
        "Small Things in Large Systems: A Survey",
        ("Jane Doe", "John Roe", "Li Na"),
        2021,
        "10.1145/3444689",
    )


def test_an_issue_named_in_the_head_gives_the_year() -> None:
    page = make_page(
        Row(14, "Exact Waves in Shallow Water", "b", skip=60),
        Row(10, "Woo-Pyo Hong and Young-Dae Jung", skip=8),
        Row(8, "Z. Naturforsch. 54 a, 272-273 (1999);", skip=8),
        Row(8, "received December 15, 1998"),
        *prose(20, size=8, skip=8),
    )
    assert said(facts(page))[2] == 1999


def test_a_scan_says_so_and_gives_its_description_as_a_guess() -> None:
    picture = make_page(picture_share=0.98)
    found = facts(picture, title="On the Growth of Small Things", name="2401.01234v2.pdf")
    assert (found.has_text, found.is_scan) == (False, True)
    assert found.title is not None
    assert found.title.confidence < 0.5
    assert found.arxiv_id is not None
    assert found.arxiv_id.value == "2401.01234"
    assert facts(picture, title="Microsoft Word - scan0001.docx").title is None


def test_a_page_with_nothing_but_running_text_has_no_authors() -> None:
    assert facts(make_page(*prose(40))).authors is None


@pytest.mark.parametrize("piece", ["a", "A. ", "Jane Doe, ", "10.1234/", "(", "((2019) ", "a-", "@", "[", "张 "])
def test_pages_that_no_typesetter_made_take_no_longer_than_others(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    short = text[:280]
    page = make_page(
        *(Row(10 + number % 7, short) for number in range(300)),
        Row(17, text, "b"),
        Row(20, text, "v"),
    )
    began = time.process_time()
    facts(page, page, title=text[:2000], author=text[:2000])
    assert time.process_time() - began < 5
