"""What a group of papers is about, in two or three words."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from readinglist.recommend.words import Keys, Term, find_terms

TERMS = 2  # in a name
LEAST_SHARE = 0.1  # of the members, that must have a term for it to name them
PAIR_WEIGHT = 1.6  # two words say more exactly what is meant


class TermCounts:
    """How many of some papers have which words and pairs; built once for all, and once for each cluster."""

    def __init__(self, titles: Iterable[str]) -> None:
        self.total = 0
        self.papers: Counter[Keys] = Counter()
        self.spellings: dict[Keys, Counter[str]] = {}
        for title in titles:
            self.total += 1
            terms: dict[Keys, Term] = {term.keys: term for term in find_terms(title, is_title=True)}
            self.papers.update(terms.keys())
            for keys, term in terms.items():
                self.spellings.setdefault(keys, Counter())[term.text] += 1


def name_cluster(members: TermCounts, everything: TermCounts, *, taken: Iterable[str] = ()) -> str:
    """Name a cluster by the terms that its members have more often than others.

    Args:
        members: Of the titles of the cluster's papers.
        everything: Of all titles, those of the cluster included.
        taken: Names that other clusters have already.

    Returns:
        One or two terms, such as `diffusion models · video`; empty if no term holds the members together.
    """
    strengths = _strengths(members, everything)
    used = {word for name in taken for word in name.lower().split(" · ")}
    chosen: list[Keys] = []
    for keys in sorted(strengths, key=lambda one: (-strengths[one], one)):
        if any(set(keys) & set(other) for other in chosen) or _spelled(members, keys).lower() in used:
            continue
        chosen.append(keys)
        if len(chosen) == TERMS:
            break
    return " · ".join(_spelled(members, keys) for keys in chosen)


def _strengths(members: TermCounts, everything: TermCounts) -> Mapping[Keys, float]:
    least = max(2, math.ceil(LEAST_SHARE * members.total))
    found = {}
    for keys, count in members.papers.items():
        if count < least:
            continue
        inside = count / members.total
        outside = (max(everything.papers[keys] - count, 0) + 0.5) / (max(everything.total - members.total, 0) + 1)
        lift = math.log(inside / outside)
        if lift > 0:
            found[keys] = inside * lift * (PAIR_WEIGHT if len(keys) > 1 else 1.0)
    return found


def _spelled(members: TermCounts, keys: Keys) -> str:
    return members.spellings[keys].most_common(1)[0][0]
