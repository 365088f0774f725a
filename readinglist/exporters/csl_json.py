"""CSL-JSON, for Pandoc, Zotero and everything that formats with citation styles.

Citation keys are those of the BibTeX export, so that a text can be set with either.

**Source:** CSL-JSON schema and variables 1.0.2, https://github.com/citation-style-language/schema.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import Paper
from readinglist.exporters.citing import CitationKeys, Kind, address_of, kind_of
from readinglist.exporters.json_list import render_list
from readinglist.exporters.people import split_name

TYPES = {Kind.ARTICLE: "article-journal", Kind.CONFERENCE_PAPER: "paper-conference", Kind.PREPRINT: "article"}


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write an array with one item for each paper.

    Args:
        papers: In the order of their numbers; see `CitationKeys`.
    """
    keys = CitationKeys()
    return render_list(_item(paper, keys.give(paper)) for paper in papers)


def _item(paper: Paper, key: str) -> dict[str, Any]:
    arxiv = paper.identifier("arxiv")
    facts: dict[str, Any] = {
        "id": key,
        "type": TYPES[kind_of(paper)],
        "title": paper.title,
        "author": [_author(name) for name in paper.authors],
        "issued": {"date-parts": [_parts(paper.published)]} if paper.published else None,
        "container-title": paper.venue,
        "publisher": "arXiv" if arxiv and not paper.venue else paper.organization,
        "abstract": paper.abstract.replace("\n", "\n\n"),  # where one newline is only a long line's end
        "DOI": paper.identifier("doi"),
        "PMID": paper.identifier("pmid"),
        "ISBN": paper.identifier("isbn"),
        "number": f"arXiv:{arxiv}" if arxiv else None,
        "URL": address_of(paper),
        "keyword": ", ".join(dict.fromkeys((*paper.keywords, *paper.tags))),
        "note": paper.note,
    }
    return {name: value for name, value in facts.items() if value}


def _author(name: str) -> dict[str, str]:
    person = split_name(name)
    if person.is_whole:
        return {"literal": person.family}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return {name: value for name, value in parts.items() if value}


def _parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]
