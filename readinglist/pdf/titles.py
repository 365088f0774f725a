"""Finds the title of a paper by how its first page is set: size, weight, place, and what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from readinglist.domain.pages import Rect
from readinglist.domain.pdf_facts import Finding
from readinglist.domain.titles import fold_title
from readinglist.pdf.banners import is_banner, is_institution, is_periodical, is_place
from readinglist.pdf.layout import CJK, Block, Line, Page, group_blocks, hull, is_same_size, merge_rows
from readinglist.pdf.people import is_name_line, may_be_names, parse_names

LONGEST = 350
MOST_TITLE_LINES = 8
MOST_BLOCKS = 150  # looked at, from the top
LETTER = re.compile(r"[^\W\d_]")
TRAILING_MARKS = re.compile(r"[\s*∗⁎†‡§¶⋆★✩☆#^~]+$")
RAISED_MARK = re.compile(r"[\d\W]{1,3}|[a-z]")
ABSTRACT = re.compile(
    r"\W*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|zusammenfassung|r[ée]sum[ée]|resumen|resumo|摘\s*要|要\s*旨|概\s*要|"
    r"(?:\d+\.?\s*|i\.\s*)?introduction)\b.*",
    re.IGNORECASE,
)
JUNK = re.compile(
    r"\W*(?:untitled|no\s+title|title|microsoft\s+word|powerpoint|slide\s*\d|document\d*|main|paper|article|manuscript|template|"
    r"proceedings\s+(?:template|of)|latex|pii|doi|sig-?alternate|layout\s*\d|acm|ieee|.*\.(?:docx?|tex|dvi|pdf|indd|qxd|ps|rtf|eps))\b.*"
    r"|[\W\d]*|\S{1,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TitlePlace:
    """The title with its place, from which the authors are looked for.

    Attributes:
        page: Where it stands.
        box: Of all its lines, a subtitle's included.
        size: Of its type.
    """

    finding: Finding[str]
    page: Page
    box: Rect
    size: float


def find_title(page: Page, body_size: float, hint: str = "") -> TitlePlace | None:
    """Return what is most likely the title on a page, None if nothing is like one.

    Args:
        page: The first page, or the first behind a cover.
        body_size: Type size of most text in the paper.
        hint: The title of the file's own description; supports a candidate that says the same.
    """
    lines = _candidates(page)
    blocks = [part for block in group_blocks(lines, large=1.15 * body_size) for part in _cut_at_names(block)][
        :MOST_BLOCKS
    ]
    texts = [line.text for line in page.upright]
    if hinted := _find_hinted(lines, hint, texts):
        return _place(hinted, [hinted], page, 1.0, hint)
    limit = next((line.box.top for line in lines if ABSTRACT.fullmatch(line.text)), page.height)
    scored = [
        (_score(block, blocks, page, body_size, fold_title(hint)) - (block.box.top > limit), -place, block)
        for place, block in enumerate(blocks)
        if _is_possible(block, body_size) and not is_periodical(block.text, texts)
    ]
    if not scored:
        return None
    scored.sort(key=lambda one: one[:2], reverse=True)
    best = scored[0][2]
    lead = scored[0][0] - scored[1][0] if len(scored) > 1 else 1.0
    return _place(best, blocks, page, lead, hint)


def is_junk(hint: str) -> bool:
    """Say whether the title in a file's description was put there by a program or a template.

    >>> is_junk("Microsoft Word - paper_final.docx"), is_junk("On Growth and Form")
    (True, False)
    """
    return JUNK.fullmatch(hint) is not None and not (CJK.search(hint) and len(hint) > 5)


def clean_title(text: str) -> str:
    """Take marks of footnotes and stray spaces from a title."""
    text = TRAILING_MARKS.sub("", " ".join(text.split()))
    text = re.sub(r"\s+([,;:?!.])(?=\s|$)", r"\1", text)
    return text if text.endswith("...") or text.count(".") != 1 else text.removesuffix(".")


def _candidates(page: Page) -> list[Line]:
    """Return the lines from top to bottom, without marks at their ends and without what is not type."""
    rows = merge_rows(page.upright)
    return [_without_marks(row) for row in rows if LETTER.search(row.text)]


def _without_marks(line: Line) -> Line:
    spans = list(line.spans)
    while len(spans) > 1 and (
        not spans[-1].text.strip()
        or ((spans[-1].is_raised or spans[-1].size < 0.8 * line.size) and RAISED_MARK.fullmatch(spans[-1].text.strip()))
    ):
        spans.pop()
    return replace(line, spans=tuple(spans))


def _find_hinted(lines: Sequence[Line], hint: str, texts: Sequence[str]) -> Block | None:
    """Return the lines that together say exactly what the file's description calls the title, however they are set."""
    key = fold_title(hint)
    is_usable = len(key.split()) >= 3 or (CJK.search(hint) is not None and len(key) >= 5)
    if not is_usable or is_junk(hint) or is_banner(hint) or is_periodical(hint, texts):
        return None
    for first, line in enumerate(lines):
        if not key.startswith(fold_title(line.text)[:20]):
            continue
        for last in range(first + 1, min(first + MOST_TITLE_LINES, len(lines)) + 1):
            block = Block(lines=tuple(lines[first:last]))
            if fold_title(block.text) == key:
                return block
    return None


def _cut_at_names(block: Block) -> list[Block]:
    """Part a title from authors who are set in the same type, and from a banner above it."""
    parts: list[list[Line]] = [[]]
    for line in block.lines:
        is_apart = is_banner(line.text) or (bool(parts[-1]) and is_name_line(line))
        if is_apart and parts[-1]:
            parts.append([])
        parts[-1].append(line)
        if is_apart:
            parts.append([])
    return [Block(lines=tuple(part)) for part in parts if part]


def _is_possible(block: Block, body_size: float) -> bool:
    text = block.text
    letters = len(LETTER.findall(text))
    enough = 4 if CJK.search(text) else 8
    if letters < enough or len(text) > LONGEST or letters < 0.5 * len(text.replace(" ", "")):
        return False
    if block.size < 0.95 * body_size and not block.is_bold:
        return False
    return not is_banner(text) and not all(is_banner(line.text) for line in block.lines)


def _score(block: Block, blocks: Sequence[Block], page: Page, body_size: float, hint: str) -> float:
    text = block.text
    words = len(text) / 3 if CJK.search(text) else len(text.split())
    score = 1.6 * min(block.size / body_size, 2.2) + 0.2 * block.is_bold
    score += 0.5 * min(words, 6) / 6 - 0.5 * (words <= 1) - 0.3 * (words <= 2 and text.islower())
    score -= 0.8 * block.box.top / max(page.height, 1)
    score += 0.5 * _has_people_below(block, blocks)
    score -= 0.7 * (is_institution(text) and words <= 9)
    score -= 0.6 * _is_people(block)
    key = fold_title(text)
    if hint and len(key) > 20 and (key in hint or hint in key):
        score += 0.3
    return score


def _has_people_below(block: Block, blocks: Sequence[Block]) -> bool:
    """Say whether names follow, at once or behind one block of smaller type that may be a subtitle."""
    below = _next_below(block, blocks)
    if below is None or below.size > 1.02 * block.size:
        return False
    after = _next_below(below, blocks)
    return _is_of_people(below) or (after is not None and below.size > 1.05 * after.size and _is_of_people(after))


def _next_below(block: Block, blocks: Sequence[Block]) -> Block | None:
    below = [one for one in blocks if one.box.top >= block.box.bottom - 0.3 * block.size and one is not block]
    near = [one for one in below if not is_banner(one.text)]
    return min(near, key=lambda one: one.box.top, default=None)


def _is_people(block: Block) -> bool:
    return all(is_name_line(line) for line in block.lines)


def _is_of_people(block: Block) -> bool:
    return is_name_line(block.lines[0]) or bool(parse_names(block.lines[:1]))


def _place(block: Block, blocks: Sequence[Block], page: Page, lead: float, hint: str) -> TitlePlace:
    parts = [block, *_subtitles(block, blocks)]
    text = clean_title(_joined([part.text for part in parts]))
    confidence = 0.6 + min(max(lead, 0.0), 0.6) / 2
    evidence = f"the largest type at the top of page {page.number}"
    if hint and not is_junk(hint) and fold_title(hint) == fold_title(text):
        text, confidence = _better_spelling(text, hint), 0.97
        evidence = f"set as a title on page {page.number}, and the file's description says the same"
    return TitlePlace(
        finding=Finding(value=text, evidence=evidence, confidence=round(confidence, 2)),
        page=page,
        box=hull(part.box for part in parts),
        size=block.size,
    )


def _subtitles(block: Block, blocks: Sequence[Block]) -> list[Block]:
    """Return the lines of smaller type that go on with the title; people and places end it."""
    found: list[Block] = []
    last = block
    for _ in range(2):
        below = _next_below(last, blocks)
        if below is None or not _goes_on(last, below, block):
            break
        after = _next_below(below, blocks)
        if after is None or below.size < 1.12 * after.size or below.size > block.size:
            break
        found.append(below)
        last = below
    return found


def _goes_on(above: Block, below: Block, title: Block) -> bool:
    gap = below.box.top - above.box.bottom
    is_near = gap <= 0.9 * title.size and above.box.overlaps_across(below.box)
    is_person = may_be_names(below.lines[0]) or is_place(below.text)
    is_same = is_same_size(above.size, below.size)  # another weight of the same size
    enough = len(LETTER.findall(below.text)) >= 8 and len(below.text) <= LONGEST
    return (
        is_near
        and not is_person
        and enough
        and not is_banner(below.text)
        and not ABSTRACT.fullmatch(below.text)
        and (not is_same or above.text.endswith(":"))
    )


def _joined(parts: Sequence[str]) -> str:
    text = parts[0]
    for part in parts[1:]:
        text = f"{text} {part}" if text[-1] in ":;-–—?!." else f"{text}: {part}"
    return text


def _better_spelling(text: str, hint: str) -> str:
    """Take the description's spelling where the page has capitals only."""
    is_shouted = text.isupper() and not hint.isupper()
    return hint if is_shouted else text
