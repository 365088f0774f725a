"""The one way in: a raw document goes to the importer that knows its format, told from the content.

A new format is one file beside this one and one line in `IMPORTERS`. The window imports this module when it starts, so
nothing here or in the importers loads a parser before there is something to parse.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import ImportResult, Problem, RawDocument
from readinglist.domain.titles import fold_title
from readinglist.importers import (
    arxiv_atom,
    arxiv_html,
    csl_json,
    daily_papers_text,
    feed,
    huggingface_html,
    huggingface_json,
    identifiers_text,
    openalex,
    reading_list_json,
    semantic_scholar,
)
from readinglist.importers.decoding import NotText
from readinglist.importers.document import Document, Shape, open_document


@dataclass(frozen=True, slots=True)
class Importer:
    """One format.

    Attributes:
        score: How surely a document is of it, 0 to 1; looks at the content.
        parse: Reads it; content that is wrong becomes problems.
    """

    score: Callable[[Document], float]
    parse: Callable[[Document], ImportResult]


IMPORTERS = (
    Importer(reading_list_json.score, reading_list_json.parse),
    Importer(huggingface_html.score, huggingface_html.parse),
    Importer(huggingface_json.score, huggingface_json.parse),
    Importer(openalex.score, openalex.parse),
    Importer(semantic_scholar.score, semantic_scholar.parse),
    Importer(csl_json.score, csl_json.parse),
    Importer(arxiv_atom.score, arxiv_atom.parse),
    Importer(arxiv_html.score, arxiv_html.parse),
    Importer(feed.score, feed.parse),
    Importer(daily_papers_text.score, daily_papers_text.parse),
    Importer(identifiers_text.score, identifiers_text.parse),
)
NOTHING = {
    Shape.JSON: "This JSON is of no kind that lists papers, and no arXiv id or DOI stands in it.",
    Shape.XML: "This XML is of no kind that lists papers, and no arXiv id or DOI stands in it.",
    Shape.HTML: "No papers are recognised on this page: it is no known listing, and no arXiv id or DOI stands in it.",
    Shape.TEXT: "No papers are recognised in this text: it is no known listing, and no arXiv id or DOI stands in it.",
}
EMPTY = "The listing is empty: it holds no papers."
ENVELOPES = ("dailyPapers", "searchResults", "papers", "message", "items", "references", "results", "data")
CHALLENGES = ("Automated Access Detected", "Just a moment...", "verify you are human", "Rate exceeded.")


def parse(raw: RawDocument) -> ImportResult:
    """Read a document of any kind; bad content never raises, it becomes a problem that names the document."""
    try:
        document = open_document(raw)
    except NotText as reason:
        return _failure(raw, str(reason))
    scored = sorted(((one.score(document), -place, one) for place, one in enumerate(IMPORTERS)), reverse=True)
    for likelihood, _, importer in scored:
        if likelihood <= 0:
            break
        result = importer.parse(document)
        if result.drafts:
            return _with_damage(_without_shared_dois(result), document)
        if result.problems:
            return result
    return _failure(raw, _why_nothing(document))


def _failure(raw: RawDocument, reason: str) -> ImportResult:
    return ImportResult(format="", problems=(Problem(where=raw.name or raw.origin, reason=reason),))


def _without_shared_dois(result: ImportResult) -> ImportResult:
    """Take a DOI off records of several works: it is the one of their journal, book or proceedings.

    As an identifier it would make one paper of all of them.
    """
    titles: dict[Identifier, set[str]] = {}
    for draft in result.drafts:
        for one in draft.identifiers:
            if one.scheme == "doi" and draft.title:
                titles.setdefault(one, set()).add(fold_title(draft.title))
    shared = {one for one, said in titles.items() if len(said) > 1 and not _is_one_title(said)}
    if not shared:
        return result
    drafts = (
        replace(draft, identifiers=tuple(one for one in draft.identifiers if one not in shared))
        if draft.title
        else draft
        for draft in result.drafts
    )
    return replace(result, drafts=tuple(drafts))


def _is_one_title(titles: set[str]) -> bool:
    """Tell whether titles are the same one, cut or with a subtitle."""
    shortest = min(titles, key=len)
    return all(title.startswith(shortest) for title in titles)


def _with_damage(result: ImportResult, document: Document) -> ImportResult:
    """Say so if the document is not whole."""
    damage = _damage(document)
    if not damage:
        return result
    count = len(result.drafts)
    kept = f"{count} papers were" if count > 1 else "One paper was"
    reason = f"{damage} {kept} complete enough to import."
    where = document.raw.name or document.raw.origin
    return replace(result, problems=(*result.problems, Problem(where=where, reason=reason)))


def _damage(document: Document) -> str:
    if document.shape is Shape.JSON:
        return document.json.problem
    if document.shape in (Shape.HTML, Shape.XML) and document.is_cut_off:
        return "The file ends in the middle."
    return ""


def _why_nothing(document: Document) -> str:
    if any(challenge in document.text[:20_000] for challenge in CHALLENGES):
        return "The site asked for proof that a person is reading, and this page is that question, not a listing."
    if document.shape is Shape.JSON and not document.json.problem and _is_empty(document.json.value):
        return EMPTY
    return _damage(document) or NOTHING[document.shape]


def _is_empty(value: object) -> bool:
    """Tell whether an answer is a listing that happens to have nothing in it."""
    while isinstance(value, dict) and value:
        inner = [value[name] for name in ENVELOPES if isinstance(value.get(name), dict | list)]
        if not inner:
            return False
        value = next((one for one in inner if one), None) or inner[0]
    return value in ([], {})
