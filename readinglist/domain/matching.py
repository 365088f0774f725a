"""When two records are the same work.

An identifier decides; without one the folded titles must agree and nothing that both know may contradict.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import is_provisional_title
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import PaperDraft, PaperId
from readinglist.domain.titles import fold_title

YEARS_APART = 2  # a preprint and its journal version
TELLING_WORDS = 4  # shorter titles ("Introduction", "Editorial") name many works
# Two works never share these, and one work never has two of one of them.
UNIQUE_SCHEMES = frozenset({"arxiv"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What matching needs to know of a stored paper.

    Attributes:
        title_key: As `titles.fold_title` makes it.
        surnames: Folded family names, in order.
    """

    paper_id: PaperId
    identifiers: tuple[Identifier, ...]
    title_key: str
    surnames: tuple[str, ...]
    year: int | None
    author_count: int | None
    organization: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """The stored paper that a draft is, and what showed it: `identifier` or `title`."""

    paper_id: PaperId
    evidence: str


def candidate_of(draft: PaperDraft, paper_id: PaperId) -> Candidate:
    """Describe a draft as if it were stored."""
    return Candidate(
        paper_id=paper_id,
        identifiers=draft.identifiers,
        title_key="" if is_provisional_title(draft.title) else fold_title(draft.title),
        surnames=tuple(fold_surname(name) for name in draft.authors),
        year=draft.published.year if draft.published and not draft.is_year_assumed else None,
        author_count=draft.author_count or len(draft.authors) or None,
        organization=draft.organization,
    )


def find_match(draft: PaperDraft, candidates: Sequence[Candidate]) -> Match | None:
    """Return the candidate that the draft is, None if there is none."""
    mine = candidate_of(draft, PaperId(0))
    for other in candidates:
        if set(mine.identifiers) & set(other.identifiers):
            return Match(other.paper_id, "identifier")
    for other in candidates:
        if are_twins(mine, other):
            return Match(other.paper_id, "title")
    return None


def are_twins(one: Candidate, other: Candidate) -> bool:
    """Tell whether two records describe one work; symmetric."""
    if set(one.identifiers) & set(other.identifiers):
        return True
    if not one.title_key or one.title_key != other.title_key:
        return False
    if _contradict(one, other):
        return False
    return len(one.title_key.split()) >= TELLING_WORDS or _agree(one, other)


def _contradict(one: Candidate, other: Candidate) -> bool:
    schemes = _values(one.identifiers), _values(other.identifiers)
    if any(scheme in schemes[0] and scheme in schemes[1] for scheme in UNIQUE_SCHEMES):
        return True  # both are known, and they did not match
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        return True
    if one.surnames and other.surnames:
        return not set(one.surnames) & set(other.surnames)
    return _differ(one.author_count, other.author_count) or _differ(one.organization, other.organization)


def _agree(one: Candidate, other: Candidate) -> bool:
    """A short title needs an author, or the same year and number of authors."""
    if one.surnames and other.surnames:
        return bool(set(one.surnames) & set(other.surnames))
    return one.year is not None and one.year == other.year and one.author_count == other.author_count


def _differ(one: object, other: object) -> bool:
    return bool(one) and bool(other) and one != other


def _values(identifiers: Iterable[Identifier]) -> dict[str, str]:
    return {one.scheme: one.value for one in identifiers}
