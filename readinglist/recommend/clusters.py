"""What a group of papers is about, in two or three words."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from readinglist.recommend.phrases import LINK, find_phrases, is_open, written
from readinglist.recommend.words import Keys

RULES = 2  # raised when names are found in another way: those of before then make way for them
TERMS = 2  # in a name
BETWEEN = " · "
LEAST_SHARE = 0.1  # of the members, that must have a word for it to name them
LEAST_SHARE_OF_PHRASE = 0.05
WEIGHTS = (0.0, 1.0, 1.7, 2.0, 2.1, 2.1, 2.1)  # by the number of words: several say more exactly what is meant
OPEN_WEIGHT = 0.5  # of what ends with an adjective
MOST_EASED = 1000  # papers, up to which a few may speak for all
EASED, FOR_COMPANY = 0.7, 0.5  # of these shares, where nobody else's name would do, and beside a word
ALONE = 0.4  # of the members, that must have a word for it to name them without company
COMPANY = 0.18  # of a word's papers, that must have it within a phrase for that to be the name
LEAST_COMPANY = 4  # papers: what fewer have in common with a word is an accident
PAIR = 0.2  # of the papers of the rarer of two words, that must have both side by side for these to be one name
ROOT = 6  # letters
SECOND, SECOND_TO_A_WORD = 0.45, 0.25  # of the strength of the first term, that a second one must have
LONGER, LONGER_IF_OPEN = 0.4, 0.12  # share of a term's papers, from which on a longer one that holds it is meant
STILL_FITS = 0.6  # of the strength of the best name, that one of before must have to be kept
SPELT_BY = 200  # titles, of which the usual spelling is taken


class Titles:
    """The titles of all papers, each of which is taken apart once.

    Args:
        titles: As they are written.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self.titles = list(titles)
        known: dict[Keys, Keys] = {}  # what many titles have is kept once
        self.terms = [
            tuple({known.setdefault(one.keys, one.keys): None for one in find_phrases(title)}) for title in self.titles
        ]
        self.papers = self.count(range(len(self.titles)))
        # Most phrases stand in one title only, and can name nothing.
        self.terms = [tuple(one for one in terms if self.papers[one] > 1) for terms in self.terms]

    def count(self, rows: Iterable[int]) -> Counter[Keys]:
        """Return how many of some papers have which phrases."""
        return Counter(chain.from_iterable(self.terms[row] for row in rows))

    def spelling(self, keys: Keys, rows: Sequence[int]) -> str:
        """Return how papers that have a phrase write it most often."""
        having = [self.titles[row] for row in rows if keys in self.terms[row]][:SPELT_BY]
        found = Counter(
            written(title, phrase) for title in having for phrase in find_phrases(title) if phrase.keys == keys
        )
        return found.most_common(1)[0][0]


def name_cluster(members: Sequence[int], everything: Titles, *, taken: Collection[Keys] = ()) -> tuple[Keys, ...]:
    """Name a cluster by the terms that its members have more often than others.

    Args:
        members: Rows of the cluster's papers.
        everything: All titles, those of the cluster included.
        taken: Terms that name other clusters already; parts of them name nothing new.

    Returns:
        One or two terms, the better first; none if no term holds the members together.
    """
    counts = everything.count(members)
    chosen: tuple[Keys, ...] = ()
    for ease in (1.0, EASED) if len(members) <= MOST_EASED else (1.0,):
        chosen = _choose(_strengths(counts, len(members), everything, ease), counts, taken) or chosen
        if chosen and not _is_open_word(chosen):
            break
    if len(chosen) == TERMS:
        return _side_by_side(chosen, counts, taken)
    if chosen and len(chosen[0]) == 1 and counts[chosen[0]] < ALONE * len(members):
        strengths = _strengths(counts, len(members), everything, FOR_COMPANY)
        return _in_company(chosen[0], strengths, counts, taken)
    return chosen


def still_fits(
    name: Sequence[Keys], members: Sequence[int], everything: Titles, *, taken: Collection[Keys] = ()
) -> bool:
    """Tell whether a name of before says nearly as well what members of a cluster share as the best one would now.

    Args:
        name: Its terms.
        members: Rows of the cluster's papers.
        everything: All titles.
        taken: Terms that name other clusters already.
    """
    if not name or any(_says(one, term) for one in taken for term in name):
        return False
    counts = everything.count(members)
    strengths = _strengths(counts, len(members), everything, FOR_COMPANY)
    best = name_cluster(members, everything, taken=taken)
    return all(term in strengths for term in name) and _strength(name, strengths) >= STILL_FITS * _strength(
        best, strengths
    )


def _strength(name: Sequence[Keys], strengths: Mapping[Keys, float]) -> float:
    """Return how strongly a cluster has a name: the strongest of its terms, or what is within them."""
    parts = (one for one in strengths if any(_holds(term, one) for term in name))
    return max((strengths[one] for one in parts), default=0.0)


def _choose(
    strengths: Mapping[Keys, float], counts: Mapping[Keys, int], taken: Collection[Keys], first: Keys = ()
) -> tuple[Keys, ...]:
    """Choose the strongest terms that say something new, after a given one."""
    chosen = [first] if first else []
    least = SECOND_TO_A_WORD * strengths[first] if first else 0.0
    for keys in sorted(strengths, key=lambda one: (-strengths[one], one)):
        if chosen and strengths[keys] < least:
            break
        whole = _whole(keys, counts)
        if any(_says(one, whole) for one in (*taken, *chosen)) or any(_is_akin(one, whole) for one in chosen):
            continue
        least = SECOND * strengths[keys]
        chosen.append(whole)
        if len(chosen) == TERMS or len(whole) > 1:
            break
    return tuple(chosen)


def _is_open_word(chosen: Sequence[Keys]) -> bool:
    return len(chosen) == 1 and len(chosen[0]) == 1 and is_open(chosen[0])


def _in_company(
    word: Keys, strengths: Mapping[Keys, float], counts: Mapping[Keys, int], taken: Collection[Keys]
) -> tuple[Keys, ...]:
    """Return a phrase with a word that few of the members have, or else the word and the term next to it."""
    known = {
        one: strength
        for one, strength in strengths.items()
        if one == word or (counts[one] >= LEAST_COMPANY and not is_open(one) and LINK not in one)
    }
    usual = COMPANY * counts[word]
    phrases = [one for one in known if len(one) > 1 and _holds(one, word) and counts[one] >= usual]
    for phrase in sorted(phrases, key=lambda one: (-known[one], one)):
        if not any(_says(one, phrase) for one in taken):
            return (phrase,)
    return _choose(known, counts, taken, first=word)


def _side_by_side(chosen: tuple[Keys, ...], counts: Mapping[Keys, int], taken: Collection[Keys]) -> tuple[Keys, ...]:
    """Return the phrase that two terms make, where many papers have them so: brain MRI for MRI and brain."""
    one, other = chosen
    for phrase in (one + other, other + one):
        is_usual = counts.get(phrase, 0) >= max(2, PAIR * min(counts[one], counts[other]))
        if is_usual and not any(_says(name, phrase) for name in taken):
            return (phrase,)
    return chosen


def write_name(name: Sequence[Keys], everything: Titles, members: Sequence[int]) -> str:
    """Write a name, such as `Diffusion models · video`; empty without terms."""
    text = BETWEEN.join(everything.spelling(keys, members) for keys in name)
    return text[:1].upper() + text[1:]


def read_name(text: str) -> tuple[Keys, ...]:
    """Return the terms of a name that was written.

    >>> read_name("Diffusion models · video")
    (('diffusion', 'model'), ('video',))
    """
    terms = ([one.keys for one in find_phrases(part)] for part in text.split(BETWEEN))
    return tuple(max(found, key=len) for found in terms if found)


def _strengths(counts: Mapping[Keys, int], total: int, everything: Titles, ease: float) -> Mapping[Keys, float]:
    least = [max(2, math.ceil(ease * share * total)) for share in (LEAST_SHARE, LEAST_SHARE_OF_PHRASE)]
    others = len(everything.titles) - total
    found = {}
    for keys, count in counts.items():
        if count < least[len(keys) > 1]:
            continue
        inside = count / total
        outside = (everything.papers[keys] - count + 0.5) / (others + 1)
        lift = math.log(inside / outside)
        if lift > 0:
            found[keys] = inside * lift * WEIGHTS[len(keys)] * (OPEN_WEIGHT if is_open(keys) else 1.0)
    return found


def _whole(keys: Keys, counts: Mapping[Keys, int]) -> Keys:
    """Return the longer term that is meant where most papers that have a term have it within that."""
    longer = [one for one in counts if len(one) > len(keys) and _holds(one, keys) and not is_open(one)]
    best = max(longer, key=lambda one: (counts[one], one), default=None)
    share = LONGER_IF_OPEN if is_open(keys) else LONGER
    if best is None or counts[best] < max(2, share * counts[keys]):
        return keys
    return _whole(best, counts)


def _is_akin(one: Keys, other: Keys) -> bool:
    """Tell whether two terms have a word in common, or words that begin alike."""
    return not {key[:ROOT] for key in one}.isdisjoint(key[:ROOT] for key in other)


def _says(one: Keys, other: Keys) -> bool:
    """Tell whether a term says all that another one does: it has its words, or is what an acronym stands for."""
    initials = "".join(key[0] for key in one)
    return set(one).issuperset(other) or (len(one) > 1 and other in {(initials,), (f"l{initials}",)})  # l: large


def _holds(longer: Keys, keys: Keys) -> bool:
    return any(longer[start : start + len(keys)] == keys for start in range(len(longer) - len(keys) + 1))
