"""What reasons are found in: a paper as its words tell of it, and how rare words are."""

import math
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from readinglist.domain.paper import Paper
from readinglist.recommend.usage import Counted, count_uses
from readinglist.recommend.words import WORD, Keys, Term, Weight, count_keys, find_terms, known_word

COMMON_SHARE = 0.2  # a word in a larger share of the papers tells nothing about two of them
FEW = 3  # papers that may have a word in any case: in a small library shares mean little


@dataclass(frozen=True)
class Described:
    """What reasons are found in: a paper, or a text of the reader's.

    Attributes:
        tags: Names.
        collections: Names.
        is_text: Not a paper; only words can be shared with it.
    """

    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    organization: str | None = None
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    is_text: bool = False

    @classmethod
    def of_paper(cls, paper: Paper) -> "Described":
        """Take what a stored paper says."""
        return cls(paper.title, paper.abstract, paper.authors, paper.organization, paper.tags, paper.collections)

    @classmethod
    def of_text(cls, text: str) -> "Described":
        """Take a text."""
        return cls("", text, is_text=True)

    @cached_property
    def counts(self) -> Mapping[Keys, int]:
        """How often it has each of the words and pairs that may be telling, by what their spellings share."""
        return count_keys(self.title) + count_keys(self.abstract)

    @property
    def text(self) -> str:
        """All that it says."""
        return f"{self.title}. {self.abstract}"

    @cached_property
    def uses(self) -> Counted:
        """How it uses each of its words."""
        return count_uses(self.title, self.abstract)

    @property
    def keys(self) -> AbstractSet[Keys]:
        """Those words and pairs."""
        return self.counts.keys()

    @cached_property
    def title_keys(self) -> frozenset[Keys]:
        """Those of the title."""
        return frozenset(count_keys(self.title))

    @cached_property
    def plain_words(self) -> Mapping[str, tuple[str, bool]]:
        """Its words that may tell anything, by key: in small letters, and whether the title has them."""
        found: dict[str, tuple[str, bool]] = {}
        for text, is_in_title in ((self.abstract, False), (self.title, True)):
            for word in WORD.findall(text):
                key, weight = known_word(word)
                if weight > Weight.NOTHING:
                    found[key] = (word.lower(), is_in_title)
        return found

    @cached_property
    def terms(self) -> Mapping[Keys, Term]:
        """The same words and pairs, each as it is written with the fewest capitals."""
        found: dict[Keys, Term] = {}
        for term in (*find_terms(self.title, is_title=True), *find_terms(self.abstract)):
            known = found.setdefault(term.keys, term)
            if known.text != term.text and _capitals(term.text) < _capitals(known.text):
                found[term.keys] = term
        return found


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many papers of the library have which words.

    Attributes:
        counts: By word in small letters; one that is missing counts as very rare.
        total: All papers.
    """

    counts: Mapping[str, int]
    total: int

    def of(self, word: str) -> float:
        """Return how much a word tells; always more than 0."""
        return math.log(1 + self.total / max(1, self.counts.get(word, 0)))

    def share(self, word: str) -> float:
        """Return which share of the papers has a word; 0 in a library of so few that it means nothing."""
        counted = self.counts.get(word, 0)
        return counted / self.total if counted > FEW else 0.0

    def is_rare(self, word: str) -> bool:
        """Tell whether few enough papers have a word for it to tell something of one."""
        return self.counts.get(word, 0) <= max(FEW, self.total * COMMON_SHARE)


def words_of(subject: Described) -> list[str]:
    """Return the words that may be telling, as an index of words has them, in order of appearance."""
    return list(dict.fromkeys(word for term in subject.terms.values() for word in term.words))


def shared_share(subject: Described, other: Described, rarity: Rarity) -> float:
    """Return which part of a subject's telling words another paper has, from 0 to 1; a rare word counts for more.

    Args:
        subject: What is compared.
        other: With what.
        rarity: Knows `words_of` the subject.
    """
    weights = {keys: rarity.of(term.words[0]) for keys, term in subject.terms.items() if len(keys) == 1}
    total = sum(weights.values())
    return sum(weights[keys] for keys in weights.keys() & other.keys) / total if total else 0.0


def words_to_count(subject: Described, others: Iterable[Described]) -> list[str]:
    """Return the words whose rarity the reasons depend on, in alphabetical order."""
    shared: set[Keys] = set()
    for other in others:
        shared |= subject.keys & other.keys
    return sorted({word for keys in shared for word in subject.terms[keys].words})


def _capitals(text: str) -> int:
    return sum(map(str.isupper, text))
