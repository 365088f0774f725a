"""Finds the DOI of the paper itself on its first pages, and leaves alone the DOIs of what it cites, uses or offers.

A wrong identifier does more harm than none: where two DOIs have equal claims, neither is taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readinglist.domain.identifiers import DOI, parse_identifier
from readinglist.domain.pdf_facts import Finding
from readinglist.domain.titles import fold_title
from readinglist.pdf.layout import Line, Page

LABEL = re.compile(r"(?:\bdoi\b\s*[:.]?\s*|doi\.org/|digital\s+object\s+identifier\W*)$", re.IGNORECASE)
BROKEN = re.compile(r"(10\.\d{4,9}/)\s+(?=\S)|(10\.)\s(?=\d{4,9}/)")
# What is published beside papers: data, code, and parts of an article.
OTHER_WORK = re.compile(r"10\.(?:5281|6084|5061|17632|7910|17605|5067|48550)/", re.IGNORECASE)
PART = re.compile(r"[./](?:s|g|t|e|f|fig|table|suppl?|sup)-?\d{1,4}$", re.IGNORECASE)
ELSEWHERE = re.compile(
    r"data\s?sets?\b|data\s+(?:availability|are|is|can|have)|deposited|supplement|supporting\s+information|software\b|source\s+code|"
    r"\bcode\s+(?:is|availab)|repositor|archived|zenodo|figshare|dryad|erratum\s+to|correction\s+to|correct(?:s|ion\s+of)|comment\s+on|"
    r"reply\s+to|response\s+to|original\s+(?:article|paper|version)|extended\s+version\s+of|(?:companion|related|accompanying)\s+(?:article|paper)|"
    r"\bsee\s+(?:also|ref|https?)|retract|previous(?:ly)?\s+(?:version|published)|\bet\s+al\.,?\s+\(?\d{4}",
    re.IGNORECASE,
)
REFERENCES = re.compile(
    r"\W*(?:\d+\.?\s*|[ivx]+\.\s*)?(?:references?(?:\s+and\s+notes)?|bibliography|literature(?:\s+cited)?|literatur(?:verzeichnis)?|"
    r"bibliographie|référence[s]?|referencias|bibliografía|参考文献)\W*",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"^\s*(?:\[\w{1,8}\]|\(?\d{1,3}[.)])\s+\D")
OF_ITSELF = re.compile(r"reference\s+format|cite\s+this|cited?\s+as|citation", re.IGNORECASE)
EDGE = 0.12
BEFORE = 3  # lines above a DOI that say what it is of
ENOUGH = 1.5


@dataclass(frozen=True, slots=True)
class _Seen:
    doi: str
    claim: float
    page: int
    place: str


def find_doi(pages: Sequence[Page], title: str, body_size: float) -> Finding[str] | None:
    """Return the paper's own DOI, None if the pages have none or leave doubt.

    Args:
        pages: The first pages.
        title: As far as it is known; a DOI that stands with it belongs to it.
        body_size: Type size of running text; what stands in running text is cited.
    """
    claims: dict[str, list[_Seen]] = {}
    for page in pages:
        for seen in _seen_on(page, fold_title(title), body_size):
            claims.setdefault(seen.doi, []).append(seen)
    ranked = sorted(
        ((_claim(all_seen), all_seen) for all_seen in claims.values()), key=lambda one: one[0], reverse=True
    )
    if not ranked or ranked[0][0] < ENOUGH:
        return None
    if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.3:
        return None
    best = max(ranked[0][1], key=lambda one: one.claim)
    evidence = f"DOI {best.place} page {best.page}"
    return Finding(value=best.doi, evidence=evidence, confidence=round(min(0.98, 0.6 + ranked[0][0] / 8), 2))


def _claim(seen: Sequence[_Seen]) -> float:
    """Add up: a DOI that stands on several pages is printed by the publisher."""
    return max(one.claim for one in seen) + 0.5 * (len({one.page for one in seen}) - 1)


def _seen_on(page: Page, title: str, body_size: float) -> Iterator[_Seen]:
    lines = [line for line in page.lines if line.text]
    is_cited = False
    for place, line in enumerate(lines):
        is_cited = is_cited or REFERENCES.fullmatch(line.text) is not None
        text = BROKEN.sub(lambda hit: hit[1] or hit[2], _with_number(line, lines[place + 1 : place + 2]))
        for hit in DOI.finditer(text):
            whole = _continued(hit.group(), lines[place + 1 : place + 2] if hit.end() == len(text) else ())
            found = parse_identifier(whole)
            if found is None or found.scheme != "doi" or is_cited or PART.search(found.value):
                continue
            context = " ".join(one.text for one in lines[max(0, place - BEFORE) : place]) + " " + text[: hit.start()]
            where = _place(line, page)
            claim = _weigh(line, text, hit, context, where) + _title_bonus(lines, place, title)
            claim -= _running_text(line, where, body_size, text, hit)
            yield _Seen(found.value, claim - 2 * bool(OTHER_WORK.match(found.value)), page.number, where)


def _with_number(line: Line, following: Sequence[Line]) -> str:
    """Return a line with the number of a DOI of which only the publisher's part stands at its end."""
    is_cut = following and re.search(r"(?:^|[^\d.])10\.\d{4,9}/$", line.text)
    return line.text + following[0].text.split(" ", 1)[0] if is_cut else line.text


def _continued(doi: str, following: Sequence[Line]) -> str:
    """Go on in the next line where the end of this one cut a DOI in two."""
    if not (following and doi[-1] in "/.-_("):
        return doi
    more = following[0].text.split()
    return doi + more[0] if more and re.fullmatch(r"[\w./()-]*\d[\w./()-]*", more[0]) else doi


def _place(line: Line, page: Page) -> str:
    if not line.is_upright:
        return "in the margin of"
    if line.box.bottom < EDGE * page.height:
        return "at the top of"
    if line.box.top > (1 - EDGE) * page.height:
        return "at the foot of"
    return "on"


def _weigh(line: Line, text: str, hit: "re.Match[str]", context: str, where: str) -> float:
    claim = 1.0
    claim += 0.8 * (where != "on")
    claim += 0.6 * (LABEL.search(text[: hit.start()]) is not None)
    claim += 0.5 * (len(hit.group()) > 0.45 * len(text))
    claim += 0.6 * (OF_ITSELF.search(context) is not None)
    own_line = text[: hit.start()]
    claim -= 2.0 * (ELSEWHERE.search(own_line if where != "on" else context) is not None)
    claim -= 2.0 * (NUMBERED.match(text) is not None and len(text) > 40)
    first = line.spans[0]
    claim -= 1.0 * (first.is_raised and len(first.text.strip()) <= 2)
    return claim


def _title_bonus(lines: Sequence[Line], place: int, title: str) -> float:
    """Believe a DOI that ends a reference to the paper's own title."""
    words = title.split()
    if len(words) < 3:
        return 0.0
    near = fold_title(" ".join(line.text for line in lines[max(0, place - 8) : place + 1]))
    return 0.8 if " ".join(words[:4]) in near else 0.0


def _running_text(line: Line, where: str, body_size: float, text: str, hit: "re.Match[str]") -> float:
    is_body = where == "on" and abs(line.size - body_size) < 0.3
    others = len(text) - len(hit.group())
    return 1.0 if is_body and others > 30 else 0.0
