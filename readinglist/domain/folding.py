"""Several drafts of one paper in one drop become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from readinglist.domain.identifiers import Identifier
from readinglist.domain.matching import UNIQUE_SCHEMES, Candidate, are_twins, candidate_of
from readinglist.domain.merging import combine
from readinglist.domain.paper import Mention, PaperDraft, PaperId

COMPARED = 20  # namesakes ("Introduction") that a draft is compared with; more would make a long drop slow


@dataclass(slots=True, kw_only=True)
class Folded:
    """One paper of a drop.

    Attributes:
        draft: What all its drafts say; the mention is the first one's.
        place: Of its first draft.
        places: Of all its drafts.
        mentions: Those of the other drafts, where they speak of another listing.
    """

    draft: PaperDraft
    place: int
    places: tuple[int, ...]
    mentions: tuple[Mention, ...] = ()


def fold_twins(drafts: Sequence[PaperDraft]) -> list[Folded]:
    """Put the drafts of the same paper together, in the order of first appearance; about linear in their number.

    No two papers of the outcome share an identifier, whatever the drafts say.
    """
    pile = _Pile()
    for place, draft in enumerate(drafts):
        pile.take(place, draft)
    return [one for one in pile.papers if one is not None]


class _Pile:
    """The papers of a drop so far; None where one has turned out to be an earlier one."""

    def __init__(self) -> None:
        self.papers: list[Folded | None] = []
        self._candidates: list[Candidate] = []
        self._owners: dict[Identifier, int] = {}
        self._namesakes: dict[str, list[int]] = {}

    def take(self, place: int, draft: PaperDraft) -> None:
        """Put a draft to the paper that it describes, or begin a new one."""
        owners = sorted({self._owners[one] for one in draft.identifiers if one in self._owners})
        number = owners[0] if owners else self._find_namesake(draft)
        if number is None:
            number = len(self.papers)
            self.papers.append(Folded(draft=draft, place=place, places=(place,)))
            self._candidates.append(candidate_of(draft, PaperId(number)))
            self._remember(number, draft)
            return
        for other in owners[1:]:
            self._absorb(number, other)
        if (paper := self.papers[number]) is not None:
            paper.places = (*paper.places, place)
        free = tuple(one for one in draft.identifiers if self._owners.get(one, number) == number)
        self._add(number, replace(draft, identifiers=free))

    def _find_namesake(self, draft: PaperDraft) -> int | None:
        mine = candidate_of(draft, PaperId(len(self.papers)))
        known = self._namesakes.get(mine.title_key, ())[-COMPARED:] if mine.title_key else ()
        return next((one for one in known if self.papers[one] and are_twins(mine, self._candidates[one])), None)

    def _absorb(self, number: int, other: int) -> None:
        """Take a paper over that a later draft shows to be the same, unless both have an identifier of their own."""
        absorbed = self.papers[other]
        if absorbed is None or _are_rivals(self._candidates[number], self._candidates[other]):
            return
        self.papers[other] = None
        if (paper := self.papers[number]) is not None:
            paper.places = (*paper.places, *absorbed.places)
        self._add(number, absorbed.draft)
        for mention in absorbed.mentions:
            self._add(number, PaperDraft(title="", mention=mention))

    def _add(self, number: int, draft: PaperDraft) -> None:
        paper = self.papers[number]
        if paper is not None:
            _add(paper, draft)
            self._candidates[number] = candidate_of(paper.draft, PaperId(number))
            self._remember(number, draft)

    def _remember(self, number: int, draft: PaperDraft) -> None:
        self._owners |= dict.fromkeys(draft.identifiers, number)
        key = candidate_of(draft, PaperId(number)).title_key
        if key and (known := self._namesakes.setdefault(key, []))[-1:] != [number]:
            known.append(number)


def _are_rivals(one: Candidate, other: Candidate) -> bool:
    schemes = {named.scheme for named in one.identifiers} & {named.scheme for named in other.identifiers}
    return bool(schemes & UNIQUE_SCHEMES)


def _add(folded: Folded, draft: PaperDraft) -> None:
    said = [one for one in (folded.draft.mention, *folded.mentions) if one]
    folded.draft = combine(folded.draft, draft)
    if draft.mention and all(_listing(one) != _listing(draft.mention) for one in said) and said:
        folded.mentions = (*folded.mentions, draft.mention)


def _listing(mention: Mention) -> tuple[object, ...]:
    return mention.source, mention.listed_on
