from datetime import date

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.sources.addresses import (
    PageKind,
    PapersPage,
    find_identifier,
    find_papers_page,
    path_of,
    todays_papers_address,
)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://huggingface.co/papers", PapersPage(PageKind.LATEST)),
        ("https://HF.co/papers/", PapersPage(PageKind.LATEST)),
        ("https://huggingface.co/papers/trending", PapersPage(PageKind.TRENDING)),
        ("https://huggingface.co/papers/date/2026-10-29", PapersPage(PageKind.DATE, "2026-10-29")),
        ("https://huggingface.co/papers?date=2024-05-02", PapersPage(PageKind.DATE, "2024-05-02")),
        ("https://huggingface.co/papers/week/2026-W44", PapersPage(PageKind.WEEK, "2026-W44")),
        ("https://huggingface.co/papers/month/2026-10", PapersPage(PageKind.MONTH, "2026-10")),
        ("https://huggingface.co/papers?q=state+space%20models", PapersPage(PageKind.SEARCH, "state space models")),
        ("http://www.huggingface.co/papers/2401.01234", PapersPage(PageKind.PAPER, "2401.01234")),
        ("https://huggingface.co/papers/2401.01234v2.md", PapersPage(PageKind.PAPER, "2401.01234")),
        ("https://huggingface.co/papers/2401.01234#community", PapersPage(PageKind.PAPER, "2401.01234")),
        ("https://huggingface.co/models", None),
        ("https://huggingface.co/papers/date/yesterday", None),
        ("https://example.org/papers", None),
        ("https://huggingface.co.example.org/papers", None),
        ("http://[broken/papers", None),
    ],
)
def test_pages_of_daily_papers_are_recognised(address: str, page: PapersPage | None) -> None:
    assert find_papers_page(address) == page


@pytest.mark.parametrize(
    ("address", "identifier"),
    [
        ("https://arxiv.org/abs/2401.01234", Identifier("arxiv", "2401.01234")),
        ("arxiv.org/abs/2401.01234", None),
        ("https://export.arxiv.org/abs/2401.01234v3", Identifier("arxiv", "2401.01234")),
        ("https://arxiv.org/pdf/2401.01234v3.pdf", Identifier("arxiv", "2401.01234")),
        ("https://arxiv.org/html/0704.0001", Identifier("arxiv", "0704.0001")),
        ("https://arxiv.org/abs/hep-th/9901001v2", Identifier("arxiv", "hep-th/9901001")),
        ("https://arxiv.org/abs/math.GT/0309136", Identifier("arxiv", "math.GT/0309136")),
        ("https://arxiv.org/list/cs.CL/new", None),
        ("https://doi.org/10.1145/3292500.3330701", Identifier("doi", "10.1145/3292500.3330701")),
        (
            "http://dx.doi.org/10.1002/(SICI)1097%3C1::AID%3E3.0.CO;2-X",
            Identifier("doi", "10.1002/(sici)1097<1::aid>3.0.co;2-x"),
        ),
        ("https://doi.org/about", None),
        ("https://example.org/abs/2401.01234", None),
    ],
)
def test_addresses_of_one_paper_are_recognised(address: str, identifier: Identifier | None) -> None:
    assert find_identifier(address) == identifier


@pytest.mark.parametrize(
    ("today", "listed"),
    [((2026, 10, 29), "2026-10-29"), ((2026, 10, 31), "2026-10-30"), ((2026, 11, 1), "2026-10-30")],
)
def test_todays_papers_are_those_of_the_last_working_day(today: tuple[int, int, int], listed: str) -> None:
    address = todays_papers_address(date(*today))
    assert address == f"https://huggingface.co/papers/date/{listed}"
    assert find_papers_page(address) == PapersPage(PageKind.DATE, listed)


def test_the_path_keeps_its_query() -> None:
    assert path_of("https://arxiv.org/list/cs.CL/recent?skip=0&show=50#top") == "/list/cs.CL/recent?skip=0&show=50"
    assert path_of("https://arxiv.org") == "/"
