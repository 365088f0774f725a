"""Finds the abstract where a heading announces it, and where it begins in any case."""

import re
from collections.abc import Sequence

from readinglist.domain.pdf_facts import Finding
from readinglist.pdf.layout import Line, Page, join_lines

HEADING = re.compile(
    r"\W*(?:abstract|a\s?b\s?s\s?t\s?r\s?a\s?c\s?t|summary|zusammenfassung|r[ée]sum[ée]|resumen|resumo|riassunto|摘\s*要|要\s*旨|概\s*要)"
    r"(?P<rest>$|\s*[.:：—–-]+\s*(?P<text>.*)|\s*$)",
    re.IGNORECASE,
)
END = re.compile(
    r"\W*(?:key\s?-?(?:words?|terms?|phrases?)\b|index\s+terms|categories\s+and\s+subject|ccs\s+concepts|general\s+terms|(?:\d+|i)?\s*[.:]?\s*introduction"
    r"|acm\s+reference|mots[\s-]cl|schlüsselwörter|palabras\s+clave|关\s*键\s*词|キーワード|jel\b|pacs\b|msc\b|abbreviations|©|correspond"
    r"|(?:received|accepted|submitted|to\s+appear|published|subjects?)\b[^.]{0,80}$)",
    re.IGNORECASE,
)
SHORTEST = 120
LONGEST = 4000
GAP = 1.9  # of the type size: a wider gap ends it


def find_heading(page: Page) -> Line | None:
    """Return the line that announces the abstract, None if there is none."""
    return next((line for line in page.upright if HEADING.fullmatch(line.text)), None)


def find_abstract(page: Page) -> Finding[str] | None:
    """Return the abstract of a first page, if a heading announces it and its end is plain."""
    heading = find_heading(page)
    if heading is None:
        return None
    lines = page.upright
    after = lines[lines.index(heading) + 1 :]
    hit = HEADING.fullmatch(heading.text)
    begun = (hit["text"] or "").strip() if hit else ""
    model = heading if begun else _first_below(heading, after)
    if model is None:
        return None
    parts = [begun] if begun else []
    text = join_lines(parts + [line.text for line in _run(model, after, is_model_included=not begun)])
    if not SHORTEST <= len(text) <= LONGEST:
        return None
    return Finding(value=text, evidence=f"below its heading on page {page.number}", confidence=0.75)


def _first_below(heading: Line, after: Sequence[Line]) -> Line | None:
    return next(
        (
            line
            for line in after
            if line.box.top >= heading.box.top + 0.3 * heading.size
            and line.box.overlaps_across(heading.box)
            and len(line.text) > 10
        ),
        None,
    )


def _run(model: Line, after: Sequence[Line], *, is_model_included: bool) -> list[Line]:
    """Return the lines that go on from the first one, in its column and type."""
    run = [model] if is_model_included else []
    last = model
    for line in after[after.index(model) + 1 :] if is_model_included else after:
        if END.match(line.text):
            break
        is_small = line.size < 0.85 * model.size
        if is_small or line.box.right <= model.box.left or line.box.left >= model.box.right:
            continue
        gap = line.box.top - last.box.bottom
        if line.size > 1.12 * model.size or gap > GAP * model.size or gap < -6 * model.size:
            break
        run.append(line)
        last = line
    return run
