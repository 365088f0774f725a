"""Why two papers are similar, in a few words for the reader.

Similarity itself is measured elsewhere; what is said here is only what can be checked by looking at both papers.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from readinglist.domain.paper import Paper
from readinglist.domain.stop_words import STOP_WORDS
from readinglist.domain.titles import fold_title
from readinglist.recommend.usage import Counted, Usage, count_uses, is_short_for
from readinglist.recommend.whole_names import whole_name
from readinglist.recommend.words import WORD, Keys, Term, count_keys, find_terms, key_of

TERMS = 3  # named in a reason
NAMES = 2  # authors or tags named in a reason
COMMON_SHARE = 0.2  # a word in a larger share of the papers tells nothing about two of them
FEW = 3  # papers that may have a word in any case: in a small library shares mean little
TITLE_WEIGHT = 1.5  # what stands in a title is what the paper is about
PAIR_WEIGHT = 1.25  # two words say more exactly what is meant
REPEATED = 4  # times that two papers together say a word of which neither title speaks, for it to be their subject
REPEATED_PAIR = 3  # the same of two words that follow each other, and neither of them stands in a title
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])|\n+")
SENTENCE_CHARACTERS = 140
LEAST_SENTENCE = 5  # words: less of a text is a heading, or what stands between two full stops
OTHER_WORDS = "Near in meaning, in other words"
SOME_WORDS = "Has some of the same words"
UNLIKE = "Little in common"
NEAR = 0.4  # score from which on it is true that two papers are near in meaning
NEAR_TO_TEXT = 0.25  # the same of a paper and a few words


@dataclass(frozen=True)
class Described:
    """What reasons are found in: a paper, or a text of the reader's.

    Attributes:
        tags: Names.
        is_text: Not a paper; only words can be shared with it.
    """

    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    organization: str | None = None
    tags: tuple[str, ...] = ()
    is_text: bool = False

    @classmethod
    def of_paper(cls, paper: Paper) -> "Described":
        """Take what a stored paper says."""
        return cls(paper.title, paper.abstract, paper.authors, paper.organization, paper.tags)

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


def reasons_for(
    subject: Described, other: Described, rarity: Rarity, *, score: float = 1.0, is_by_words: bool = False
) -> tuple[str, ...]:
    """Say why a paper is similar.

    Args:
        subject: What it is similar to.
        other: The paper.
        rarity: Knows at least `words_to_count` of these two.
        score: From 0 to 1; in a small library the nearest paper may be far away.
        is_by_words: The paper was found by words, so there are shared ones even if none of them is telling.

    Returns:
        At least one reason, the strongest first; without full stops.
    """
    terms = shared_terms(subject, other, rarity)
    facts = [*_same_authors(subject, other), *_same_tags(subject, other), *_same_organization(subject, other)]
    words = [f"{'Mentions' if subject.is_text else 'Both mention'} {_listed(terms)}"] if terms else []
    # One plain word in common is a weak reason: the sentence that comes nearest shows more.
    sentence = [] if len(terms) > 1 or (terms and " " in terms[0]) else _nearest_sentence(subject, other, rarity)
    found = [*words, *facts, *sentence] if terms else [*facts, *sentence]
    if is_by_words:
        return tuple(found or [SOME_WORDS])
    is_near = score >= (NEAR_TO_TEXT if subject.is_text else NEAR)
    return tuple(found or [OTHER_WORDS if is_near else UNLIKE])


def shared_terms(subject: Described, other: Described, rarity: Rarity) -> list[str]:
    """Return the most telling words and pairs that both have, as they write them, at most `TERMS`."""
    weights = term_weights(subject, other, rarity)
    ordered = sorted(weights, key=lambda one: (-weights[one], one))
    return choose_terms([subject.terms[keys] for keys in ordered], [subject, other], TERMS)


def term_weights(subject: Described, other: Described, rarity: Rarity) -> dict[Keys, float]:
    """Return how much each of the words and pairs tells that two papers are both about."""
    weights: dict[Keys, float] = {}
    for keys in subject.keys & other.keys:
        words = subject.terms[keys].words
        is_in_title = keys in subject.title_keys or keys in other.title_keys
        if _is_subject(keys, subject, other) and any(map(rarity.is_rare, words)):
            often = math.log2(1 + min(subject.counts[keys], other.counts[keys]))
            weight = sum(map(rarity.of, words)) * often * (TITLE_WEIGHT if is_in_title else 1.0)
            weights[keys] = weight * (PAIR_WEIGHT if len(keys) > 1 else 1.0)
    return weights


def choose_terms(
    terms: Iterable[Term], together: Sequence[Described], most: int, own: Collection[str] = ()
) -> list[str]:
    """Choose those that name something and do not repeat each other, whole names as they are usually written.

    Args:
        terms: Of the first paper, the most telling first.
        together: The papers that share them.
        most: At most so many.
        own: Those that name something in any case, if no longer one does that has them in it.
    """
    terms = list(terms)
    usage = Usage([one.uses for one in together], [one.abstract for one in together])
    texts = [one.text for one in together]
    naming = [term for term in terms if usage.names_something(term.text)]
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


def _is_subject(keys: Keys, subject: Described, other: Described) -> bool:
    """Tell whether two papers are about what both mention: a title says so, or they say it again and again."""
    titles = subject.title_keys | other.title_keys
    if keys in titles or (len(keys) > 1 and (subject.is_text or any((key,) in titles for key in keys))):
        return True
    return subject.counts[keys] + other.counts[keys] >= (REPEATED if len(keys) == 1 else REPEATED_PAIR)


def _nearest_sentence(subject: Described, other: Described, rarity: Rarity) -> list[str]:
    """Quote the sentence of the other paper that shares the most with the subject for its length."""
    known = {key_of(word) for text in (subject.title, subject.abstract) for word in _plain_words(text)}
    best, quoted = 0.0, ""
    for sentence in (one.strip() for one in SENTENCE_END.split(other.abstract)):
        if len(sentence.split()) < LEAST_SENTENCE:
            continue
        words = _plain_words(sentence)
        shared = {word.lower() for word in words if key_of(word) in known}
        score = sum(1 + (rarity.of(word) if word in rarity.counts else 0) for word in shared)
        score /= math.sqrt(len(words) or 1)
        if score > best:
            best, quoted = score, sentence
    return [f"“{_cut(quoted)}”"] if quoted else []


def _capitals(text: str) -> int:
    return sum(map(str.isupper, text))


def _plain_words(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if word.lower() not in STOP_WORDS and not word.isdecimal()]


def _cut(sentence: str) -> str:
    if len(sentence) <= SENTENCE_CHARACTERS:
        return sentence.rstrip(".")
    return f"{sentence[: sentence.rfind(' ', 0, SENTENCE_CHARACTERS)] or sentence[:SENTENCE_CHARACTERS]}…"


def _same_authors(subject: Described, other: Described) -> list[str]:
    """Compare whole names: an initial and a family name may be many people."""
    known = set(map(fold_title, subject.authors))
    same = [name for name in other.authors if fold_title(name) in known]
    return [f"Also by {_listed(same[:NAMES], len(same))}"] if same else []


def _same_tags(subject: Described, other: Described) -> list[str]:
    same = [tag for tag in subject.tags if tag in other.tags]
    return [f"Both tagged {_listed(same[:NAMES], len(same))}"] if same else []


def _same_organization(subject: Described, other: Described) -> list[str]:
    mine, theirs = subject.organization, other.organization
    return [f"Also from {theirs}"] if mine and theirs and fold_title(mine) == fold_title(theirs) else []


def _listed(names: Sequence[str], total: int = 0) -> str:
    """Join names for a sentence; `total` says how many there are with those that are not named.

    >>> _listed(["a"]), _listed(["a", "b", "c"]), _listed(["a", "b"], 5)
    ('a', 'a, b and c', 'a, b and 3 more')
    """
    more = max(0, total - len(names))
    parts = [*names, f"{more} more"] if more else list(names)
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
