"""arXiv's own pages: listings of a category, of a day or a month, search results, and the page of one paper.

**Source:** arXiv's page templates, https://github.com/arXiv/arxiv-browse and arxiv-search (2024 to 2026).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from readinglist.domain.identifiers import Identifier, identifier_url, parse_identifier
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import one_line, shown
from readinglist.importers.days import full_date, partial_date
from readinglist.importers.document import Document, Shape
from readinglist.importers.tree import all_text, has_class

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMAT, SEARCH_FORMAT, PAPER_FORMAT = "arXiv listing", "arXiv search page", "arXiv page of a paper"
SOURCE = "arxiv"
LISTING = re.compile(r"""<dl\s+id\s*=\s*["']?articles|class\s*=\s*["']?list-title""", re.IGNORECASE)
RESULT = re.compile(r"""class\s*=\s*["'][^"']*\barxiv-result\b""", re.IGNORECASE)
CITATION = re.compile(r"""name\s*=\s*["']citation_arxiv_id["']""", re.IGNORECASE)
CATEGORY = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)")
WHOLE_ABSTRACT = "abstract-full"


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.HTML:
        return 0.0
    return 0.9 if any(sign.search(document.text) for sign in (LISTING, RESULT, CITATION)) else 0.0


def parse(document: Document) -> ImportResult:
    """Read every paper of the page."""
    root = document.html
    name = SEARCH_FORMAT if RESULT.search(document.text) else FORMAT
    if root is None:
        return ImportResult(format=name, problems=(Problem(where=document.raw.name, reason="The page is broken."),))
    if CITATION.search(document.text):
        return ImportResult(format=PAPER_FORMAT, drafts=tuple(_paper(root)))
    drafts = _results(root, document.raw.origin) if name == SEARCH_FORMAT else _entries(root, document.raw.origin)
    return ImportResult(format=name, drafts=tuple(drafts))


def _entries(root: "_Element", origin: str) -> Iterator[PaperDraft]:
    """Read pairs of `dt` (the id) and `dd` (the rest); the headings above them carry the day."""
    day: date | None = None
    identifier: Identifier | None = None
    for element in root.iter("h3", "dt", "dd"):
        if element.tag == "h3":
            day = full_date(_printed(all_text(element))) or day
        elif element.tag == "dt":
            identifier = _identifier(element)
        elif identifier is not None:
            yield _entry(element, identifier, Mention(source=SOURCE, origin=origin, listed_on=day))
            identifier = None


def _entry(body: "_Element", identifier: Identifier, mention: Mention) -> PaperDraft:
    parts = {name: _part(body, f"list-{name}") for name in ("title", "journal-ref", "subjects")}
    title, title_source = shown(parts["title"])
    abstract, abstract_source = shown(
        one_line(next((all_text(one) for one in body.iter("p") if has_class(one, "mathjax")), ""))
    )
    block = _first(body, "list-authors")
    authors = tuple(filter(None, (one_line(all_text(link)) for link in block.iter("a")))) if block is not None else ()
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) or None,
        identifiers=(identifier,),
        url=identifier_url(identifier),
        pdf_url=f"https://arxiv.org/pdf/{identifier.value}",
        venue=parts["journal-ref"] or None,
        keywords=tuple(dict.fromkeys(CATEGORY.findall(parts["subjects"]))),
        mention=mention,
    )


def _results(root: "_Element", origin: str) -> Iterator[PaperDraft]:
    """Read what arXiv's search shows."""
    for result in root.iter("li"):
        identifier = _identifier(result) if has_class(result, "arxiv-result") else None
        if identifier is None:
            continue
        title, title_source = shown(_part(result, "title"))
        abstract_block = _first(result, WHOLE_ABSTRACT)
        text = one_line(all_text(abstract_block)).removesuffix("△ Less").strip()
        abstract, abstract_source = shown(text)
        block = _first(result, "authors")
        authors = tuple(filter(None, (one_line(all_text(one)) for one in block.iter("a")))) if block is not None else ()
        submitted = re.search(r"Submitted\s+(\d{1,2} \w+, \d{4})", one_line(all_text(result)))
        yield PaperDraft(
            title=title,
            abstract=abstract,
            title_source=title_source,
            abstract_source=abstract_source,
            authors=authors,
            author_count=len(authors) or None,
            published=partial_date(submitted[1]) if submitted else None,
            identifiers=(identifier,),
            url=identifier_url(identifier),
            pdf_url=f"https://arxiv.org/pdf/{identifier.value}",
            keywords=tuple(
                one_line(all_text(one))
                for one in result.iter("span")
                if has_class(one, "tag") and one.get("data-tooltip")
            ),
            mention=Mention(source=SOURCE, origin=origin),
        )


def _paper(root: "_Element") -> Iterator[PaperDraft]:
    """Read the citation that the page of one paper carries for search engines."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        said.setdefault(meta.get("name") or "", []).append(one_line(meta.get("content")))
    identifier = parse_identifier(said.get("citation_arxiv_id", [""])[0])
    title, title_source = shown(said.get("citation_title", [""])[0])
    if identifier is None:
        return
    abstract, abstract_source = shown(said.get("citation_abstract", [""])[0] or _part(root, "abstract"))
    authors = tuple(_unturned(name) for name in said.get("citation_author", []) if name)
    doi = parse_identifier(said.get("citation_doi", [""])[0])
    yield PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) or None,
        published=partial_date(said.get("citation_date", [""])[0]),
        identifiers=tuple(dict.fromkeys(one for one in (identifier, doi) if one)),
        url=identifier_url(identifier),
        pdf_url=f"https://arxiv.org/pdf/{identifier.value}",
    )


def _identifier(element: "_Element") -> Identifier | None:
    for link in element.iter("a"):
        found = parse_identifier(all_text(link)) if "/abs/" in (link.get("href") or "") else None
        if found is None and (place := re.search(r"/abs/([^?#\s]+)", link.get("href") or "")):
            found = parse_identifier(place[1])
        if found is not None:
            return found
    return None


def _first(element: "_Element", name: str) -> "_Element | None":
    return next((one for one in element.iter() if has_class(one, name)), None)


def _part(element: "_Element", name: str) -> str:
    """Return the text of the first part of a class, without the word that describes it (`Title:`)."""
    part = _first(element, name)
    text = one_line(all_text(part))
    descriptor = _first(part, "descriptor") if part is not None else None
    return text.removeprefix(one_line(all_text(descriptor))).strip() if descriptor is not None else text


def _printed(heading: str) -> str:
    """Return the day in a heading: `Showing new listings for Thursday, 14 May 2026`."""
    found = re.search(r"\d{1,2} [A-Za-z]+ \d{4}", heading)
    return found.group() if found else ""


def _unturned(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given else family
