"""Recognising made-up files from the bytes on, and real ones that people outside wrote."""

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from readinglist.domain.errors import DataError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.names import fold_surname
from readinglist.domain.pdf_facts import PdfFacts, draft_of
from readinglist.domain.titles import fold_title
from readinglist.pdf.document import parse_document
from readinglist.pdf.metadata import recognise

ABSTRACT = (
    "We look at small things of many kinds that were found outside in the dark, and at what becomes of them when "
    "nobody cares to look any more. They grow, and they do so faster than "
    "anybody had thought before we began with this work."
)


def recognised(content: bytes) -> PdfFacts:
    with parse_document(content, "file.pdf") as document:
        return recognise(document)


def ending(content: bytes) -> str:
    """Say what comes of a file: the word "facts", or the sentence that refuses it; any other error is a bug."""
    try:
        recognised(content)
    except DataError as error:
        return error.message
    return "facts"


def made_paper() -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=612, height=792)
    page.insert_text((100, 60), "Published as a conference paper at ICLR 2024", fontsize=9)
    page.insert_text((100, 100), "How Small Things Grow in the", fontsize=17, fontname="hebo")
    page.insert_text((100, 121), "Dark: A Question of Müller", fontsize=17, fontname="hebo")
    page.insert_text((100, 150), "Jane Doe, Íñigo Ruiz and John P. Roe", fontsize=11)
    page.insert_text((100, 165), "University of Somewhere", fontsize=10)
    page.insert_text((100, 180), "{jane,ruiz}@some.edu", fontsize=10)
    page.insert_text((280, 210), "ABSTRACT", fontsize=11, fontname="hebo")
    page.insert_textbox((100, 220, 512, 330), ABSTRACT, fontsize=10)
    page.insert_text((100, 360), "1 Introduction", fontsize=12, fontname="hebo")
    page.insert_textbox((100, 370, 512, 700), ABSTRACT * 6, fontsize=10)
    page.insert_text((30, 560), "arXiv:2401.01234v1 [cs.CL] 3 Jan 2024", fontsize=20, rotate=90)
    document.set_metadata({"title": "Microsoft Word - iclr_final_v7.docx", "author": "Administrator"})
    return bytes(document.tobytes())


def test_a_paper_is_recognised_from_its_bytes_and_becomes_a_draft() -> None:
    facts = recognised(made_paper())
    draft = draft_of(facts)
    assert draft.title == "How Small Things Grow in the Dark: A Question of Müller"
    assert draft.authors == ("Jane Doe", "Íñigo Ruiz", "John P. Roe")
    assert draft.identifiers == (Identifier("arxiv", "2401.01234"),)
    assert str(draft.published) == "2024-01-03"
    assert draft.abstract == ABSTRACT
    assert (facts.pages, facts.has_text, facts.is_scan) == (1, True, False)
    found = (facts.title, facts.authors, facts.published, facts.arxiv_id, facts.abstract)
    assert all(one and one.evidence and 0.5 < one.confidence < 1 for one in found)


def test_a_scanned_page_is_a_scan() -> None:
    picture = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 60, 80), False)
    picture.clear_with(200)
    document = pymupdf.open()
    page = document.new_page()
    page.insert_image(page.rect, pixmap=picture)
    facts = recognised(bytes(document.tobytes()))
    assert (facts.title, facts.has_text, facts.is_scan) == (None, False, True)


def test_an_empty_page_is_no_scan() -> None:
    document = pymupdf.open()
    document.new_page()
    facts = recognised(bytes(document.tobytes()))
    assert (facts.title, facts.has_text, facts.is_scan) == (None, False, False)


def test_a_file_cut_off_anywhere_ends_in_facts_or_in_a_sentence() -> None:
    content = made_paper()
    ends = [ending(content[:end]) for end in range(0, len(content), len(content) // 40)]
    assert all(ends)
    assert "facts" in ends


def test_a_file_with_wrong_bytes_ends_in_facts_or_in_a_sentence() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    content = made_paper()
    ends = []
    for _ in range(40):
        broken = bytearray(content)
        for place in chance.sample(range(8, len(broken)), 12):
            broken[place] = chance.randrange(256)
        ends.append(ending(bytes(broken)))
    assert all(ends)
    assert "facts" in ends


@pytest.fixture(scope="module")
def truth(samples: Path) -> Mapping[str, Mapping[str, Any]]:
    known: Mapping[str, Mapping[str, Any]] = json.loads((samples / "pdf_truth.json").read_text(encoding="utf-8"))
    return known


@pytest.fixture(scope="module")
def real(samples: Path, truth: Mapping[str, Any]) -> Mapping[str, PdfFacts]:
    """What is recognised in every real file, under a name that says nothing."""
    return {name: recognised((samples / "pdf" / name).read_bytes()) for name in truth}


def share(rights: list[bool]) -> float:
    assert rights
    return sum(rights) / len(rights)


@pytest.mark.samples
def test_nine_of_ten_real_titles_are_right(
    real: Mapping[str, PdfFacts], truth: Mapping[str, Mapping[str, Any]]
) -> None:
    rights = [
        (found := real[name].title) is not None and fold_title(found.value) == fold_title(known["title"])
        for name, known in truth.items()
        if known["title"]
    ]
    assert share(rights) >= 0.9


@pytest.mark.samples
def test_first_authors_and_years_are_mostly_right(
    real: Mapping[str, PdfFacts], truth: Mapping[str, Mapping[str, Any]]
) -> None:
    authors = [
        (found := real[name].authors) is not None
        and fold_surname(found.value[0]) == fold_surname(known["first_author"])
        for name, known in truth.items()
        if known["first_author"]
    ]
    years = [
        (when := real[name].published) is not None and when.value.year in known["years_accepted"]
        for name, known in truth.items()
        if known["years_accepted"]
    ]
    assert share(authors) >= 0.85
    assert share(years) >= 0.8


@pytest.mark.samples
@pytest.mark.parametrize("field", ["arxiv", "doi"])
def test_no_identifier_is_wrong_and_hardly_one_is_missed(
    field: str, real: Mapping[str, PdfFacts], truth: Mapping[str, Mapping[str, Any]]
) -> None:
    found = {name: facts.arxiv_id if field == "arxiv" else facts.doi for name, facts in real.items()}
    wanted = {name: (known[field] or "").lower() for name, known in truth.items()}
    wrong = {name: one.value for name, one in found.items() if one is not None and one.value != wanted[name]}
    assert not wrong
    assert share([found[name] is not None for name in truth if wanted[name]]) >= 0.97
