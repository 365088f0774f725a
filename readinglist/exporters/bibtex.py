"""BibTeX, for LaTeX and for reference managers.

**Source:** Oren Patashnik, "BibTeXing" (1988), for entries, fields and names; https://info.arxiv.org/help/hypertex/
bibstyles/index.html for `eprint`, `archivePrefix` and `primaryClass`.
"""

import re
from collections.abc import Iterable, Iterator

from readinglist.domain.paper import Paper
from readinglist.exporters.citing import CitationKeys, Kind, address_of, kind_of
from readinglist.exporters.people import split_name
from readinglist.exporters.tex import render_tex

ENTRIES = {Kind.ARTICLE: "article", Kind.CONFERENCE_PAPER: "inproceedings", Kind.PREPRINT: "misc"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORD = re.compile(r"[^\W_]+(?:[^\W_]|[-'’.](?=[^\W_]))*")
SUBJECT = re.compile(r"[a-z-]+\.[A-Za-z-]{2,}|(?:gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)")


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write one entry for each paper.

    Args:
        papers: In the order of their numbers; see `CitationKeys`.
    """
    keys = CitationKeys()
    for number, paper in enumerate(papers):
        fields = "".join(f"  {name:<13} = {value},\n" for name, value in _fields(paper))
        gap = "\n" if number else ""
        yield f"{gap}@{ENTRIES[kind_of(paper)]}{{{keys.give(paper)},\n{fields}}}\n"


def _fields(paper: Paper) -> Iterator[tuple[str, str]]:
    """Name the fields in the order in which people read an entry; those without a value are left out."""
    kind = kind_of(paper)
    yield "title", f"{{{protect_capitals(paper.title)}}}"
    venue = paper.venue or ""
    texts = {
        "author": " and ".join(map(_author, paper.authors)) or _whole(paper.organization or ""),
        "journal": render_tex(venue) if kind is Kind.ARTICLE else "",
        "booktitle": render_tex(venue) if kind is Kind.CONFERENCE_PAPER else "",
        "howpublished": render_tex(venue) if kind is Kind.PREPRINT and not paper.identifier("arxiv") else "",
        "year": str(paper.published.year) if paper.published else "",
    }
    yield from _braced(texts)
    if paper.published and paper.published.month:
        yield "month", MONTHS[paper.published.month - 1]
    yield from _braced(_identifiers(paper))
    yield from _braced(
        {
            "url": _verbatim(address_of(paper) or ""),
            "abstract": render_tex(paper.abstract.replace("\n", "\n\n")),  # TeX's way to begin a paragraph
            "keywords": render_tex(", ".join(dict.fromkeys((*paper.keywords, *paper.tags)))),
            "annote": render_tex(paper.note),  # not `note`: that is printed in every bibliography
        }
    )


def _identifiers(paper: Paper) -> dict[str, str]:
    arxiv = paper.identifier("arxiv") or ""
    subject = next((one for one in paper.keywords if SUBJECT.fullmatch(one)), "") if arxiv and "/" not in arxiv else ""
    return {
        "eprint": arxiv,
        "archivePrefix": "arXiv" if arxiv else "",
        "primaryClass": subject,
        "doi": _verbatim(paper.identifier("doi") or ""),
        "pmid": paper.identifier("pmid") or "",
        "isbn": paper.identifier("isbn") or "",
    }


def _braced(values: dict[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, f"{{{value}}}") for name, value in values.items() if value)


def _author(name: str) -> str:
    """Write a name as "von Last, Jr, First", in which no part can be taken for another."""
    person = split_name(name)
    if person.is_whole:
        return _whole(person.family)
    last = " ".join(filter(None, (person.particle, person.family)))
    return ", ".join(render_tex(part) for part in (last, person.suffix, person.given) if part)


def _whole(name: str) -> str:
    """Keep a name from being taken apart at its spaces, commas or “and”."""
    return f"{{{render_tex(name)}}}" if name else ""


def protect_capitals(title: str) -> str:
    """Write a title as TeX, with braces around words that bibliography styles must not write small.

    >>> protect_capitals("BERT and a GPT-4 Model of A in Paris")
    '{BERT} and a {GPT-4} Model of A in Paris'
    """
    parts: list[str] = []
    end = 0
    for word in WORD.finditer(title):
        text = render_tex(word.group())
        parts += [render_tex(title[end : word.start()]), f"{{{text}}}" if _is_protected(word.group()) else text]
        end = word.end()
    return "".join((*parts, render_tex(title[end:])))


def _is_protected(word: str) -> bool:
    """Acronyms, mixed case and single letters; hyphenated words in title case are ordinary."""
    return any(
        any(map(str.isupper, part[1:])) or (len(part) == 1 and part.isupper() and part != "A")
        for part in re.split(r"[-.]", word)
    )


def _verbatim(text: str) -> str:
    """Write what is no running text: only braces that do not pair would hurt, and an address may write them so."""
    return text.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
