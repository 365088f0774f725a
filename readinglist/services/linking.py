"""Which stored paper a recognised PDF is: by its content, its identifiers, or its title where nothing contradicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readinglist.domain.matching import Candidate, Match, find_match
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.near_titles import are_strangers, find_near
from readinglist.domain.paper import PaperDraft, PaperId
from readinglist.domain.titles import fold_title
from readinglist.services.recognise import FoundPdf

if TYPE_CHECKING:
    from readinglist.library.unit import Reader, Writer

SAME_TITLE = "the same title"


@dataclass(frozen=True, slots=True)
class Linked:
    """The stored paper that a PDF is.

    Attributes:
        evidence: How it was known, for the reader.
        has_file: The paper has this very file already.
    """

    paper_id: PaperId
    evidence: str = ""
    has_file: bool = False


def find_papers(seen: "Reader | Writer", pdfs: Sequence[tuple[FoundPdf, PaperDraft]]) -> list[Linked | None]:
    """Return, for each PDF, the stored paper that it is, None if it is a new one.

    Args:
        seen: Sees the library.
        pdfs: Each with what its drop says of the paper, which may be more than the PDF does.
    """
    owners = seen.files.papers_with(found.content.sha256 for found, _ in pdfs)
    drafts = [sure_draft(found, draft) for found, draft in pdfs]
    near = seen.candidates.for_drafts(drafts)
    linked: list[Linked | None] = []
    for (found, _), draft, candidates in zip(pdfs, drafts, near, strict=True):
        if (ids := owners.get(found.content.sha256)) is not None:
            linked.append(Linked(ids[0], "the same file", has_file=True))
        else:
            linked.append(_by_record(seen, draft, candidates))
    return linked


def sure_draft(found: FoundPdf, draft: PaperDraft) -> PaperDraft:
    """Return what is sure enough to be compared with the library, and to fill in what it lacks.

    Args:
        found: The PDF.
        draft: What its drop says of the paper; where that is more than the PDF says, a record stands behind it.
    """
    return found.believed() if draft == found.draft() else draft


def _by_record(seen: "Reader | Writer", draft: PaperDraft, candidates: Sequence[Candidate]) -> Linked | None:
    trusted = [one for one in candidates if not _is_contradicted(draft, one)]
    match = find_match(draft, trusted)
    if match is not None:
        return Linked(match.paper_id, _words(match))
    if is_provisional_title(draft.title):
        return None
    like = [one for one in seen.candidates.with_like_title(draft.title) if not _has_other_arxiv(draft, one)]
    surnames = frozenset(map(fold_surname, draft.authors))
    year = draft.published.year if draft.published else None
    nearest = find_near(draft.title, surnames, year, like)
    if nearest is None:
        return None
    is_same = nearest.title_key == fold_title(draft.title)
    return Linked(nearest.paper_id, SAME_TITLE if is_same else "nearly the same title")


def _is_contradicted(draft: PaperDraft, candidate: Candidate) -> bool:
    """An identifier in a PDF may be that of a work it cites: then neither title nor authors agree."""
    if not set(draft.identifiers) & set(candidate.identifiers) or is_provisional_title(draft.title):
        return False
    if not candidate.title_key or not are_strangers(draft.title, candidate.title_key):
        return False
    return not set(map(fold_surname, draft.authors)) & set(candidate.surnames)


def _has_other_arxiv(draft: PaperDraft, candidate: Candidate) -> bool:
    mine = {one.value for one in draft.identifiers if one.scheme == "arxiv"}
    other = {one.value for one in candidate.identifiers if one.scheme == "arxiv"}
    return bool(mine and other and not mine & other)


def _words(match: Match) -> str:
    return "the same identifier" if match.evidence == "identifier" else SAME_TITLE
