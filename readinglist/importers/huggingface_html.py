"""Saved pages of Hugging Face Papers: the data they carry, else the cards they show, else the links they hold.

**Source:** pages of https://huggingface.co/papers, 2024 to 2026.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from readinglist.domain.identifiers import find_identifiers, identifier_url
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import one_line, shown
from readinglist.importers.document import Document, Shape
from readinglist.importers.huggingface_json import SOURCE, is_row, read_papers
from readinglist.importers.json_reading import read_json
from readinglist.importers.tree import all_text

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMAT = "Hugging Face page"
LINK = re.compile(r"/papers/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.md)?(?=$|[?#\"'\s<>/])")
PAGE_DAY = re.compile(r"/papers(?:/date/|\?date=)(\d{4}-\d{2}-\d{2})")
LISTS = ("dailyPapers", "searchResults")
COUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(k?)", re.IGNORECASE)


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    if document.shape is not Shape.HTML:
        return 0.0
    if 'data-target="DailyPapers"' in document.text or 'data-target="PaperContent"' in document.text:
        return 0.95
    return 0.5 if LINK.search(document.text) else 0.0


def parse(document: Document) -> ImportResult:
    """Read every paper, from the best that the page still has."""
    records, day, is_listing = _props(document)
    if records:
        return read_papers(iter(records), document, page_day=day, name=FORMAT)
    cards = list(_cards(document))
    known = {one for card in cards for one in card.identifiers}
    drafts = (*cards, *(one for one in _links(document) if one.identifiers[0] not in known))
    empty = Problem(where=document.raw.name, reason="The page is empty: it lists no papers.")
    return ImportResult(format=FORMAT, drafts=drafts, problems=(empty,) if is_listing and not drafts else ())


def _props(document: Document) -> tuple[list[Any], date | None, bool]:
    """Return the rows, or the paper, that the page's own scripts work on, the page's day, and whether it has a list."""
    root = document.html
    is_listing = False
    for element in root.iter("div") if root is not None else ():
        if element.get("data-target") not in ("DailyPapers", "PaperContent"):
            continue
        props = read_json(element.get("data-props") or "").value
        if not isinstance(props, Mapping):
            continue
        records = [one for name in LISTS for one in _list(props.get(name))]
        is_listing = is_listing or any(name in props for name in LISTS)
        paper = props.get("paper")
        if not records and isinstance(paper, Mapping) and is_row(props):
            records = [{"paper": paper, "numComments": len(_list(props.get("comments"))) or paper.get("numComments")}]
        if records:
            return records, _day_of(props), True
    return [], None, is_listing


def _cards(document: Document) -> Iterator[PaperDraft]:
    """Read what a reader sees: a heading that links to the paper, a number of votes, a number of comments."""
    root = document.html
    if root is None:
        return
    day = _day(PAGE_DAY.search(document.raw.origin) or PAGE_DAY.search(document.text))
    for article in root.iter("article"):
        heading = next((link for h3 in article.iter("h3") for link in h3.iter("a") if _target(link)), None)
        title = one_line(all_text(heading)) if heading is not None else ""
        if heading is None or not title:
            continue
        unicode, source = shown(title)
        mention = Mention(
            source=SOURCE,
            origin=document.raw.origin,
            listed_on=day,
            upvotes=_upvotes(article),
            comments=_comments(article),
        )
        found = find_identifiers(_target(heading))
        yield PaperDraft(
            title=unicode,
            title_source=source,
            identifiers=tuple(found),
            url=identifier_url(found[0]),
            pdf_url=f"https://arxiv.org/pdf/{found[0].value}",
            mention=mention,
        )


def _links(document: Document) -> Iterator[PaperDraft]:
    """Keep the papers that are only linked: their ids, for the network to complete."""
    for value in dict.fromkeys(hit[1] for hit in LINK.finditer(document.text)):
        for one in find_identifiers(value):
            mention = Mention(source=SOURCE, origin=document.raw.origin)
            yield PaperDraft(title="", identifiers=(one,), url=identifier_url(one), mention=mention)


def _target(link: "_Element") -> str:
    found = LINK.search(link.get("href") or "")
    return found[1] if found else ""


def _upvotes(article: "_Element") -> int | None:
    for element in article.iter("div"):
        if "leading-none" in (element.get("class") or "").split():
            return _count(all_text(element))
    return None


def _comments(article: "_Element") -> int | None:
    for link in article.iter("a"):
        if (link.get("href") or "").endswith("#community"):
            return _count(all_text(link))
    return None


def _count(text: str) -> int | None:
    found = COUNT.fullmatch(text.strip())
    if not found:
        return None
    return round(float(found[1].replace(",", "")) * (1000 if found[2] else 1))


def _day_of(props: Mapping[str, Any]) -> date | None:
    if props.get("periodType", "day") != "day" or props.get("query") or props.get("isTrending"):
        return None
    text = props.get("date") or props.get("dateString")
    return _day(re.match(r"(\d{4}-\d{2}-\d{2})", text)) if isinstance(text, str) else None


def _day(found: "re.Match[str] | None") -> date | None:
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
