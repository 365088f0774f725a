"""What papers share that can be named: whole names of what all of them are about, and nothing said in passing.

For every reason that names words, be it of a paper like another one or of a paper recommended from several: one set of
rules, so that the same words are told, and left out, in both places.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from readinglist.recommend.described import Described, Rarity
from readinglist.recommend.usage import ACRONYM, Usage, is_short_for
from readinglist.recommend.whole_names import whole_name
from readinglist.recommend.words import HYPHENS, Keys, Term

LOOKED_AT = 5  # papers at least, for a share of them to mean something
FADING = 0.85  # of what is shared with a paper beside what is shared with the one before it, which is nearer
TITLE_WEIGHT = 1.5  # what stands in a title is what the paper is about
PAIR_WEIGHT = 1.25  # two words say more exactly what is meant
PAIR_SHARE = 0.1  # of the papers that have the rarer word of a pair, above which it says nothing about one of them
NAME_SHARE = 0.06  # the same of an acronym or a name
PLAIN_SHARE = 0.03  # the same of any other word
RARE_SHARE = 0.01  # the same where one paper of several shares it
SELDOM_SHARE = 0.005  # the same of a word that both papers come back to, where they have nothing else in common
RARER_SHARE = 0.002  # the same of a word that titles speak of on both sides, though the paper does not come back to it
PAIR_TIMES, NAME_TIMES = 4, 12  # more often among the papers looked at, to be named though more papers have it
AGREED = 2  # papers that share it, or one that does and a title that speaks of it
MOST, NEARLY_ALL = 0.5, 0.8  # of those looked at
MENTIONED = 2  # times that a paper says what is no accident of its wording; the first may be the title
REPEATED = 3  # times that a paper says a plain word of which its title does not speak, for it to be its subject
REPEATED_BY_TWO = 4  # times that two papers together say a word of which neither title speaks
REPEATED_PAIR = 3  # the same of two words that follow each other, and neither of them stands in a title


@dataclass(frozen=True, slots=True)
class Company:
    """The papers that a paper is compared with: what nearly all say is what they are about, and in their own way.

    Attributes:
        counts: How many of them have a word or a pair of the paper.
        total: How many there are.
        usage: How all of them and the paper use their words.
    """

    counts: Mapping[Keys, int]
    total: int
    usage: Usage

    @classmethod
    def of(cls, paper: Described, others: Iterable[Described]) -> "Company":
        """Look at the papers."""
        others = list(others)
        counts = Counter(keys for other in others for keys in paper.keys & other.keys)
        together = [paper, *others]
        usage = Usage([one.uses for one in together], [one.abstract for one in together])
        return cls(counts, max(len(others), LOOKED_AT), usage)

    def share(self, keys: Keys) -> float:
        """Return which share of the papers has a word or a pair."""
        return self.counts.get(keys, 0) / self.total


def shared_terms(
    paper: Described, others: Sequence[Described], rarity: Rarity, most: int, company: Company | None = None
) -> list[str]:
    """Return the most telling words and pairs that a paper shares with others, as they write them.

    Args:
        paper: Or a text of the reader's: what is shared with it is what was asked for.
        others: The most alike first. Of one paper all that it is about is shared; of several, what some agree on.
        rarity: Knows `words_to_count` of them.
        most: At most so many.
        company: Of the paper, where it is compared with more than these; None counts these.
    """
    company = company or Company.of(paper, others)
    weights: defaultdict[Keys, float] = defaultdict(float)
    for place, other in enumerate(others):
        for keys, weight in term_weights(paper, other, rarity).items():
            weights[keys] += weight * FADING**place
    ordered = sorted(weights, key=lambda one: (-weights[one], one))
    telling = [paper.terms[keys] for keys in ordered if _is_telling(keys, paper, others, rarity, company)]
    own = {term.text for term in telling if _is_own(term, rarity, company)}
    chosen = _choose(telling, [paper, *others], most, own, company.usage)
    if chosen or paper.is_text:
        return chosen
    seldom = [paper.terms[keys] for keys in ordered if _is_seldom(keys, paper, others, rarity)]
    return _choose(seldom, [paper, *others], 1, (), company.usage)


def term_weights(paper: Described, other: Described, rarity: Rarity) -> dict[Keys, float]:
    """Return how much each of the words and pairs tells that two papers are both about."""
    weights: dict[Keys, float] = {}
    for keys in paper.keys & other.keys:
        words = paper.terms[keys].words
        is_in_title = keys in paper.title_keys or keys in other.title_keys
        if _is_subject(keys, paper, other) and any(map(rarity.is_rare, words)):
            often = math.log2(1 + min(paper.counts[keys], other.counts[keys]))
            weight = sum(map(rarity.of, words)) * often * (TITLE_WEIGHT if is_in_title else 1.0)
            weights[keys] = weight * (PAIR_WEIGHT if len(keys) > 1 else 1.0)
    return weights


def _choose(
    terms: Sequence[Term], together: Sequence[Described], most: int, own: Collection[str], usage: Usage
) -> list[str]:
    """Choose those that name something and do not repeat each other, whole names as they are usually written.

    Args:
        terms: Of the first paper, the most telling first.
        together: The papers that share them.
        most: At most so many.
        own: Those that name something in any case, if no longer one does that has them in it.
        usage: Of these papers and perhaps of others.
    """
    texts = [one.text for one in together]
    naming = [term for term in terms if usage.names_something(term.text) and _stands_alone(term, together)]
    longer = {key for term in naming for key in term.keys}
    fit = [term.text for term in terms if term in naming or (term.text in own and not longer & {*term.keys})]
    chosen: list[str] = []
    said: frozenset[str] = frozenset()
    for text in fit:
        if usage.meant(text) & said or any(is_short_for(text, other) for other in fit):
            continue
        whole = whole_name(text, texts[0], texts[1:])
        name = whole if usage.names_something(whole) else text
        if not usage.meant(name) & said:
            chosen.append(usage.spelled(name))
            said |= usage.meant(name)
        if len(chosen) == most:
            break
    return chosen


def _stands_alone(term: Term, together: Sequence[Described]) -> bool:
    """Tell whether the first paper and others have a word outside of compounds too: the device of on-device is none."""
    if len(term.keys) > 1 or ACRONYM.match(term.text):  # what LoRA-tuned says of LoRA is no less than LoRA says
        return True
    having = [bool(one.uses[term.keys[0]].alone) for one in together if term.keys in one.keys]
    return having[0] and any(having[1:])


def _is_subject(keys: Keys, paper: Described, other: Described) -> bool:
    """Tell whether two papers are about what both mention: a title says so, or they say it again and again."""
    titles = paper.title_keys | other.title_keys
    if keys in titles or (len(keys) > 1 and (paper.is_text or any((key,) in titles for key in keys))):
        return True
    return paper.counts[keys] + other.counts[keys] >= (REPEATED_BY_TWO if len(keys) == 1 else REPEATED_PAIR)


def _is_telling(keys: Keys, paper: Described, others: Sequence[Described], rarity: Rarity, company: Company) -> bool:
    """Tell whether a term says something of one paper beside others.

    Not too many papers may have it; and one thing in common is an accident, unless a title speaks of it or both papers
    come back to it.
    """
    if paper.is_text:
        return True
    term = paper.terms[keys]
    sharing = [other for other in others if keys in other.keys]
    titles = (keys in paper.title_keys) + any(keys in other.title_keys for other in sharing)
    share, among = min(map(rarity.share, term.words)), company.share(keys)
    is_usual_here = among >= MOST and company.total > LOOKED_AT
    is_agreed = len(others) == 1 or len(sharing) + titles >= AGREED or _come_back(keys, paper, sharing)
    if len(keys) > 1:
        is_often = is_usual_here or keys in paper.title_keys or paper.counts[keys] >= MENTIONED
        is_meant = is_often or share <= RARE_SHARE
        return is_meant and is_agreed and share <= max(PAIR_SHARE, among / PAIR_TIMES)
    if any(map(str.isupper, term.text)):
        return is_agreed and share <= max(NAME_SHARE, among / NAME_TIMES)
    if share <= RARER_SHARE and titles == AGREED:
        return True
    if len(others) == 1:
        return share <= max(PLAIN_SHARE, among / NAME_TIMES) and _share_subject(keys, paper, others[0])
    is_usual = share <= (PLAIN_SHARE if len(sharing) >= AGREED else RARE_SHARE) and len(sharing) + titles > AGREED
    return is_usual and _are_about(keys, paper, sharing)


def _is_seldom(keys: Keys, paper: Described, others: Iterable[Described], rarity: Rarity) -> bool:
    """Tell whether a rare word is all that can be named: a paper and one of the others come back to it."""
    share = min(map(rarity.share, paper.terms[keys].words))
    return share <= SELDOM_SHARE and _come_back(keys, paper, [other for other in others if keys in other.keys])


def _come_back(keys: Keys, paper: Described, others: Iterable[Described]) -> bool:
    """Tell whether a paper and one of some others say something more than once."""
    return paper.counts[keys] >= MENTIONED and any(other.counts[keys] >= MENTIONED for other in others)


def _share_subject(keys: Keys, paper: Described, other: Described) -> bool:
    """Tell whether a plain word is a subject of one of two papers at least, and the other one comes back to it too."""
    return (_is_about(keys, paper, REPEATED) and _is_about(keys, other, MENTIONED)) or (
        _is_about(keys, other, REPEATED) and _is_about(keys, paper, MENTIONED)
    )


def _is_about(keys: Keys, paper: Described, times: int) -> bool:
    """Tell whether a paper comes back to a plain word; a title is enough where that is all that is known."""
    if keys in paper.title_keys:
        return not paper.abstract or paper.counts[keys] >= MENTIONED
    return paper.counts[keys] >= times


def _are_about(keys: Keys, paper: Described, sharing: Sequence[Described]) -> bool:
    """Tell whether a plain word is a subject of a paper and of the reader's: what only stands there is none.

    Both have to come back to it. A title alone is enough where that is all that is known, and of the reader's papers.
    """
    is_in_title = keys in paper.title_keys
    if is_in_title and not paper.abstract:
        return True
    about = sum(keys in other.title_keys or other.counts[keys] >= REPEATED for other in sharing)
    least = MENTIONED if is_in_title or about >= AGREED else REPEATED
    return about > 0 and paper.counts[keys] >= least


def _is_own(term: Term, rarity: Rarity, company: Company) -> bool:
    """Tell whether words are what papers are about even where they are but attributes, as in quantum computing.

    A compound is an attribute in any case: few-shot.
    """
    if company.share(term.keys) < NEARLY_ALL or HYPHENS & {*term.text}:
        return False
    is_rare = len(term.keys) > 1 or rarity.share(term.words[0]) <= RARE_SHARE
    return is_rare or company.usage.may_name(term.text)
