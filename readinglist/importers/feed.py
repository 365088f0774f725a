"""RSS and Atom feeds: arXiv's own, of both generations, and those of journals and blogs.

**Source:** RSS 2.0, https://www.rssboard.org/rss-specification; RSS 1.0, https://web.resource.org/rss/1.0/spec; Atom,
RFC 4287; PRISM and Dublin Core elements; arXiv's feeds, https://info.arxiv.org/help/rss.html (2024).
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from readinglist.domain.identifiers import Identifier, find_identifiers, identifier_url, parse_identifier
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult, Problem
from readinglist.importers.cleaning import from_markup, one_line, shown
from readinglist.importers.days import full_date, partial_date
from readinglist.importers.document import HEAD, Document, Shape
from readinglist.importers.tree import all_text, child_text, children

if TYPE_CHECKING:
    from lxml.etree import _Element

ARXIV_FORMAT, FORMAT = "arXiv feed", "Feed"
EMPTY = "The feed is empty: it holds no papers."
ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
ANNOUNCEMENT = re.compile(r"^arXiv:\S+\s+(?:Announce Type:\s*\S+\s*)?(?:Abstract:\s*)?", re.IGNORECASE)
TITLE_STAMP = re.compile(r"\.?\s*\(arXiv:\S+\s*(?:\[[^\]]*\])?[^()]*\)\s*$")
ARXIV = re.compile(r"oai:arXiv\.org|updates on (?:the )?arXiv|https?://arxiv\.org/?<|rss\.arxiv\.org", re.IGNORECASE)


def score(document: Document) -> float:
    """Say how surely a document is of this format, from 0 to 1."""
    head = document.text[:HEAD]
    if document.shape is not Shape.XML or not ROOT.search(head):
        return 0.0
    return 0.7 if re.search(r"<(?:\w+:)?(?:item|entry)[\s>]", document.text) or "<rss" in head else 0.0


def parse(document: Document) -> ImportResult:
    """Read every entry that names a paper."""
    root = document.xml
    is_arxiv = ARXIV.search(document.text[:HEAD]) is not None
    name = ARXIV_FORMAT if is_arxiv else FORMAT
    if root is None:
        return ImportResult(format=name, problems=(Problem(where=document.raw.name, reason="The feed is broken."),))
    entries = list(_entries(root))
    listed_on = _day_of(root) if is_arxiv else None
    drafts, problems = [], []
    for number, entry in enumerate(entries, start=1):
        draft = _draft(entry, document.raw.origin, is_arxiv=is_arxiv, listed_on=listed_on)
        if draft.title or draft.identifiers:
            drafts.append(draft)
        else:
            where = f"{document.raw.name}, entry {number}"
            problems.append(Problem(where=where, reason="The entry has neither a title nor an identifier."))
    if not entries:
        reason = f"{EMPTY} arXiv's feeds are empty at weekends." if is_arxiv else EMPTY
        problems.append(Problem(where=document.raw.name, reason=reason))
    return ImportResult(format=name, drafts=tuple(drafts), problems=tuple(problems))


def _entries(root: "_Element") -> Iterator["_Element"]:
    """Yield the entries: below the channel in RSS 2.0, beside it in RSS 1.0, below the feed in Atom."""
    for place in (*children(root, "channel"), root):
        yield from children(place, "item", "entry")


def _draft(entry: "_Element", origin: str, *, is_arxiv: bool, listed_on: date | None) -> PaperDraft:
    title, title_source = shown(
        one_line(TITLE_STAMP.sub("", from_markup(child_text(entry, "title")).replace("\n", " ")))
    )
    summary = from_markup(child_text(entry, "encoded", "summary", "description", "content", "abstract"))
    abstract, abstract_source = shown(ANNOUNCEMENT.sub("", summary))
    authors = _authors(entry)
    identifiers = _identifiers(entry)
    link = _link(entry)
    arxiv_id = next((one.value for one in identifiers if one.scheme == "arxiv"), None)
    # What arXiv's feeds date is the announcement, and replaced papers are years older than it.
    published = None if is_arxiv else partial_date(child_text(entry, "publicationDate", "published", "pubDate", "date"))
    return PaperDraft(
        title=title,
        abstract=abstract,
        title_source=title_source,
        abstract_source=abstract_source,
        authors=authors,
        author_count=len(authors) or None,
        published=published,
        identifiers=identifiers,
        url=link or (identifier_url(identifiers[0]) if identifiers else None),
        pdf_url=f"https://arxiv.org/pdf/{arxiv_id}" if arxiv_id else None,
        venue=one_line(child_text(entry, "journal_reference", "journal_ref", "publicationName")) or None,
        keywords=_categories(entry),
        mention=Mention(
            source="arxiv" if is_arxiv else "feed",
            origin=origin,
            listed_on=listed_on or full_date(child_text(entry, "pubDate", "published", "date", "updated")),
        ),
    )


def _authors(entry: "_Element") -> tuple[str, ...]:
    people: list[str] = []
    for element in children(entry, "author", "creator"):
        text = from_markup(child_text(element, "name") or all_text(element)).replace("\n", " ")
        mail = re.fullmatch(r"\S+@\S+\s+\((.+)\)", text)  # RSS 2.0: an address, the name in parentheses
        text = mail[1] if mail else text
        people += filter(None, map(one_line, _names(text)))
    return tuple(dict.fromkeys(people))


def _names(text: str) -> list[str]:
    """Take names apart; one comma after a single word turns one name round: `Knuth, Donald E.`."""
    turned = re.fullmatch(r"([^\s,;]+),\s*([^,;]+)", text)
    if turned and " and " not in text:
        return [f"{turned[2]} {turned[1]}"]
    return re.split(r";|,|\s+and\s+", re.sub(r"\([^()]*\)", "", text))  # affiliations stand in parentheses


def _identifiers(entry: "_Element") -> tuple[Identifier, ...]:
    found: list[Identifier] = []
    for element in children(entry, "guid", "id", "link", "identifier", "doi", "DOI"):
        text = (element.get("href") or all_text(element)).strip()
        one = parse_identifier(text)
        found += [one] if one else find_identifiers(text)[:1] if "doi" in text.lower() or "arxiv" in text else []
    stamp = re.search(r"\(arXiv:(\S+)", child_text(entry, "title"))
    one = parse_identifier(stamp[1]) if stamp else None
    return tuple(dict.fromkeys([*found, *([one] if one else [])]))


def _link(entry: "_Element") -> str | None:
    for element in children(entry, "link"):
        address = (element.get("href") or all_text(element)).strip()
        if address.startswith(("http://", "https://")) and element.get("rel", "alternate") == "alternate":
            return address
    return None


def _categories(entry: "_Element") -> tuple[str, ...]:
    found = (one.get("term") or all_text(one) for one in children(entry, "category", "subject"))
    return tuple(dict.fromkeys(filter(None, map(one_line, found))))


def _day_of(root: "_Element") -> date | None:
    """Return the day that the feed as a whole speaks of."""
    channel = next(iter(children(root, "channel")), root)
    return full_date(child_text(channel, "pubDate", "lastBuildDate", "date", "updated"))
