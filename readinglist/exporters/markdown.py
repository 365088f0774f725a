"""Markdown: a reading list for people, with links, marks and notes."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from readinglist.domain.identifiers import identifier_url
from readinglist.domain.paper import Paper, Priority
from readinglist.domain.wording import count_text
from readinglist.exporters.citing import address_of

NAMED = 6  # authors; more are a number
SYNTAX = re.compile(r"([\\`*_{}\[\]<>|~$])")
LINE_SYNTAX = re.compile(r"^(\s*)([#+>=-]|\d+[.)])(?=\s|$|=|-)")
LABELS = {"arxiv": "arXiv", "doi": "DOI", "acl": "ACL", "pmid": "PubMed", "openreview": "OpenReview"}


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write one section for each paper."""
    yield "# Reading list\n"
    for paper in papers:
        yield "\n" + "\n\n".join(filter(None, _blocks(paper))) + "\n"


def _blocks(paper: Paper) -> Iterator[str]:
    address = address_of(paper)
    title = escape(paper.title)
    yield f"## [{title}]({_address(address)})" if address else f"## {title}"
    yield _joined(_authors(paper), escape(paper.venue or paper.organization or ""), str(paper.published or ""))
    yield _joined(
        f"**{paper.status.label}**",
        "★" if paper.is_starred else "",
        f"{paper.priority.name.lower()} priority" if paper.priority is not Priority.NONE else "",
        f"rated {paper.rating} of 5" if paper.rating else "",
        *(f"#{escape(tag)}" for tag in paper.tags),
        f"in {', '.join(map(escape, paper.collections))}" if paper.collections else "",
    )
    yield _joined(*_links(paper))
    yield "\n".join(f"> {line}".rstrip() for line in paper.note.strip().splitlines())


def _authors(paper: Paper) -> str:
    if not paper.authors:
        return count_text(paper.author_count, "author") if paper.author_count else ""
    total = max(paper.author_count or 0, len(paper.authors))
    names = ", ".join(map(escape, paper.authors[:NAMED]))
    others = total - min(len(paper.authors), NAMED)
    return f"{names} and {count_text(others, 'other')}" if others else names


def _links(paper: Paper) -> Iterator[str]:
    for one in paper.identifiers:
        yield f"[{LABELS.get(one.scheme, one.scheme)}: {escape(one.value)}]({_address(identifier_url(one))})"
    for label, address in (("PDF", paper.pdf_url), ("Code", paper.code_url)):
        if address:
            yield f"[{label}]({_address(address)})"


def escape(text: str) -> str:
    r"""Write a text on one line so that Markdown shows it as it stands.

    >>> escape("1. A*_x_ [sic]")
    '1\\. A\\*\\_x\\_ \\[sic\\]'
    """
    escaped = SYNTAX.sub(r"\\\1", " ".join(text.split()))
    return LINE_SYNTAX.sub(_break, escaped)


def _break(found: "re.Match[str]") -> str:
    mark = found[2]
    return f"{found[1]}{mark[:-1]}\\{mark[-1]}"


def _address(address: str) -> str:
    """Keep an address from ending its link early."""
    return quote(address, safe="/:?#@!$&'*+,;=%~-._")


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
