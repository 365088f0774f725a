"""Several drafts of one paper in one drop become one."""

from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.domain.matching import Candidate, are_twins, candidate_of
from readinglist.domain.merging import combine
from readinglist.domain.paper import Mention, PaperDraft, PaperId

COMPARED = 20  # namesakes ("Introduction") that a draft is compared with; more would make a long drop slow


@dataclass(slots=True, kw_only=True)
class Folded:
    """One paper of a drop.

    Attributes:
        draft: What all its drafts say; the mention is the first one's.
        place: Of its first draft.
        mentions: Those of the other drafts, where they speak of another listing.
    """

    draft: PaperDraft
    place: int
    mentions: tuple[Mention, ...] = ()


def fold_twins(drafts: Sequence[PaperDraft]) -> list[Folded]:
    """Put the drafts of the same paper together, in the order of first appearance; about linear in their number."""
    folded: list[Folded] = []
    candidates: list[Candidate] = []
    known: dict[object, list[int]] = {}
    for place, draft in enumerate(drafts):
        mine = candidate_of(draft, PaperId(len(folded)))
        keys = (*mine.identifiers, *([mine.title_key] if mine.title_key else []))
        namesakes = dict.fromkeys(number for key in keys for number in known.get(key, [])[-COMPARED:])
        number = next((one for one in namesakes if are_twins(mine, candidates[one])), len(folded))
        if number == len(folded):
            folded.append(Folded(draft=draft, place=place))
            candidates.append(mine)
        else:
            _add(folded[number], draft)
            candidates[number] = candidate_of(folded[number].draft, PaperId(number))
        for key in keys:
            if number not in (found := known.setdefault(key, [])):
                found.append(number)
    return folded


def _add(folded: Folded, draft: PaperDraft) -> None:
    said = [one for one in (folded.draft.mention, *folded.mentions) if one]
    folded.draft = combine(folded.draft, draft)
    if draft.mention and all(_listing(one) != _listing(draft.mention) for one in said) and said:
        folded.mentions = (*folded.mentions, draft.mention)


def _listing(mention: Mention) -> tuple[object, ...]:
    return mention.source, mention.listed_on
