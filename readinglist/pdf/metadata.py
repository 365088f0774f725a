"""Recognises the paper in a PDF, without a network: who wrote it, what it is called, when it appeared, its identifiers.

Everything is read off the first pages as a person would. The file's own description is a hint that must agree with
them; it names another work, a template or nothing in half of all files.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from readinglist.domain.dates import PartialDate
from readinglist.domain.names import fold_surname
from readinglist.domain.pdf_facts import Finding, PdfFacts
from readinglist.domain.titles import fold_title
from readinglist.pdf.abstracts import find_abstract, find_heading
from readinglist.pdf.banners import is_cover
from readinglist.pdf.covers import Reference, find_reference
from readinglist.pdf.document import PdfDocument
from readinglist.pdf.dois import find_doi
from readinglist.pdf.layout import Line, Page, find_body_size, sort_rows
from readinglist.pdf.people import clean_name, find_authors
from readinglist.pdf.stamps import Stamp, find_in_file_name, find_stamp
from readinglist.pdf.titles import TitlePlace, clean_title, find_title, is_junk
from readinglist.pdf.years import find_published

LOOKED_AT = 4  # pages; covers and title pages are followed by the paper within these
SAMPLED = 8  # pages looked at for text where the first ones have none
LONGEST_LINE = 300
MOST_LINES = 500  # of one page
ENOUGH_LETTERS = 25
MOSTLY_PICTURE = 0.5
LETTER = re.compile(r"[^\W\d_]")
NAME_GAP = re.compile(r"\s*(?:;|,|&|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a paper: its page and what was found on it."""

    page: Page
    title: Finding[str] | None
    place: TitlePlace | None
    reference: Reference | None = None


def recognise(document: PdfDocument) -> PdfFacts:
    """Return what a PDF says of the paper in it; a file's name counts only where it holds an arXiv id."""
    pages = list(document.pages(1, LOOKED_AT))
    if not any(map(_has_text, pages)):
        step = max(1, document.page_count // SAMPLED)
        pages += [document.page(number) for number in range(LOOKED_AT + 1, document.page_count + 1, step)][:SAMPLED]
    return facts_of(pages, page_count=document.page_count, hints=document.hints, name=document.name)


def facts_of(pages: Sequence[Page], *, page_count: int, hints: Mapping[str, str], name: str = "") -> PdfFacts:
    """Recognise a paper by its first pages.

    Args:
        pages: The first ones, and some others if those have no text.
        page_count: Of the whole file.
        hints: `title` and `author` of the file's own description.
        name: Of the file.
    """
    pages = [_with_lines_of_type(page) for page in pages]
    written = [page for page in pages if _has_text(page)]
    if not written:
        return _without_text(pages, page_count, hints, name)
    body_size = find_body_size(written)
    head = _find_head(written, body_size, hints.get("title", ""))
    stamp = _find_stamp(pages)
    doi = find_doi(pages[:3], head.title.value if head.title else "", body_size)
    return PdfFacts(
        title=head.title,
        authors=_authors(head, hints.get("author", "")),
        published=_published(head, stamp, written, doi),
        arxiv_id=stamp.arxiv_id if stamp else find_in_file_name(name),
        doi=doi,
        abstract=find_abstract(head.page),
        pages=page_count,
        has_text=True,
        is_scan=False,
    )


def _with_lines_of_type(page: Page) -> Page:
    """Leave out what no typesetter makes: lines of thousands of letters would keep the patterns busy for hours."""
    return replace(page, lines=tuple(line for line in page.lines if len(line.text) <= LONGEST_LINE)[:MOST_LINES])


def _has_text(page: Page) -> bool:
    return sum(len(LETTER.findall(line.text)) for line in page.lines[:200]) >= ENOUGH_LETTERS


def _without_text(pages: Sequence[Page], page_count: int, hints: Mapping[str, str], name: str) -> PdfFacts:
    """Say that there is nothing to read; the file's description is then all there is, and no more than a guess."""
    hint = clean_title(hints.get("title", ""))
    evidence = "the file's own description; its pages have no text to compare it with"
    stamp = _find_stamp(pages)  # it may have been printed over a scan
    return PdfFacts(
        title=None if is_junk(hint) else Finding(value=hint, evidence=evidence, confidence=0.3),
        published=stamp.published if stamp else None,
        arxiv_id=stamp.arxiv_id if stamp else find_in_file_name(name),
        doi=find_doi(pages[:3], "", find_body_size(pages)),
        pages=page_count,
        has_text=False,
        is_scan=any(page.picture_share >= MOSTLY_PICTURE for page in pages),
    )


def _find_head(written: Sequence[Page], body_size: float, hint: str) -> _Head:
    """Find the title, on the cover or on the page behind it."""
    first = written[0]
    place = find_title(first, body_size, hint)
    if is_cover(first.text) and len(written) > 1:
        behind = find_title(written[1], body_size, hint)
        reference = find_reference(first)
        if behind and fold_title(behind.finding.value) in fold_title(first.text):
            return _Head(written[1], behind.finding, behind, reference)
        if reference:
            return _Head(first, reference.title, None, reference)
        if behind and (place is None or place.size < 1.25 * body_size):
            return _Head(written[1], behind.finding, behind)
    elif is_cover(first.text) and (reference := find_reference(first)):
        return _Head(first, reference.title, None, reference)
    elif place is None and len(written) > 1 and (place := find_title(written[1], body_size, hint)):
        return _Head(written[1], place.finding, place)
    return _Head(first, place.finding if place else None, place)


def _find_stamp(pages: Sequence[Page]) -> Stamp | None:
    return next((found for page in pages[:2] if (found := find_stamp(page))), None)


def _authors(head: _Head, hint: str) -> Finding[tuple[str, ...]] | None:
    if head.place is None:
        return head.reference.authors if head.reference else None
    hinted = _hinted_names(hint, head.page)
    where = f"page {head.place.page.number}"
    below = _lines_below(head.place)
    if names := find_authors(below, head.place.box):
        if hinted and fold_surname(names[0]) == fold_surname(hinted[0]):
            evidence = f"below the title on {where}, and the file's description says the same"
            return Finding(value=names, evidence=evidence, confidence=0.95)
        return Finding(value=names, evidence=f"below the title on {where}", confidence=0.8)
    others = (
        (find_authors(_lines_above(head.place), head.place.box), f"above the title on {where}", 0.6),
        (hinted, f"the file's description; the names stand on {where}", 0.7),
    )
    found = (Finding(value=names, evidence=words, confidence=share) for names, words, share in others if names)
    return next(found, None)


def _lines_below(place: TitlePlace) -> list[Line]:
    """Return the lines between the title and the abstract, row by row."""
    heading = find_heading(place.page)
    end = heading.box.top + 1 if heading and heading.box.top > place.box.bottom else place.page.height
    lines = [
        line
        for line in place.page.upright
        if line.box.top >= place.box.bottom - 0.4 * place.size and line.box.top < end
    ]
    return sort_rows(lines)


def _lines_above(place: TitlePlace) -> list[Line]:
    return sort_rows(line for line in place.page.upright if line.box.bottom <= place.box.top + 0.3 * place.size)


def _hinted_names(hint: str, page: Page) -> tuple[str, ...]:
    """Return the names of the file's description, if every one of them stands on the page."""
    names = tuple(filter(None, (clean_name(piece) for piece in NAME_GAP.split(hint))))
    text = _bare(page.text)
    return names if names and all(fold_surname(name) in text for name in names) else ()


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in decomposed if not unicodedata.combining(one)).replace("-", " ")


def _published(
    head: _Head, stamp: Stamp | None, written: Sequence[Page], doi: Finding[str] | None
) -> Finding[PartialDate] | None:
    if stamp and stamp.published:
        return stamp.published
    if head.reference:
        return head.reference.published
    heading = find_heading(head.page)
    first = written.index(head.page)
    title = head.title.value if head.title else ""
    end = heading.box.top if heading else None
    found = find_published(written[first : first + 3], doi.value if doi else None, title=title, head_end=end)
    if found is None and first:
        return find_published(written[:1], None)
    return found
