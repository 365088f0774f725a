"""How papers use a word: as the name of a thing or only beside another word, small or with a capital, short for what.

For the reasons, which name words. By itself `normal` names nothing, nor does the `thought` of chain-of-thought; and who
was told of federated learning learns nothing from FL. No list of such words is kept: the papers themselves show it.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

from readinglist.domain.stop_words import STOP_WORDS
from readinglist.recommend.words import BEFORE_SENTENCE, CLOSE, HYPHENS, WORD, key_of, root_of

# A verb goes before some of these, and an attribute before others (labeled and unlabeled data), but the name of a thing
# before none.
GOES_ON = frozenset(
    "a an and another any both each either every her his its many more most neither or our several some that the their "
    "these this those".split()
)
LEAST_NAMING = 0.2  # share of the places where a word ends a phrase, for it to name something by itself
SELDOM_NAMING = 0.1  # the same of a word that nearly all papers have which are much like each other
AMOUNT = re.compile(r"\d+(?!d$)(?:[a-z]+|[BKMT]|[kMG]?Hz)$")  # 4B, 16k, 60fps; a dimension is none: 3D
ACRONYM = re.compile(r"[^\W_]*[A-Z][^\W_]*[A-Z][^\W_]*$")
DEFINED = re.compile(r"\(([^\W_]+)\)")
OWN = 2  # times as often with a capital as without, for the capital to be a part of the name
LINK = "of"
LONGEST = 8  # letters of an acronym
BETWEEN = 2  # words of its definition that it may leave out, as in chain of thought
LEAST_WORDS = 2  # of a definition
CLIPPED, LONGEST_CLIPPED = 2, 5  # letters of what one word is cut to, and of words that nobody cuts
DOERS = ("ion", "er", "or")
LEAST_ROOT = 4  # letters


@dataclass(slots=True)
class Uses:
    """How often some texts use a word in which way.

    Attributes:
        places: In all.
        alone: Outside of compounds.
        ending: At the end of a phrase, where it names something.
        small: Without a capital.
        capital: With one that is its own, not that of a title, of the beginning of a sentence, or of a Whole Phrase.
        forms: Written with capitals inside, in which ways and how often: RAG, LoRA.
    """

    places: int = 0
    alone: int = 0
    ending: int = 0
    small: int = 0
    capital: int = 0
    forms: dict[str, int] | None = None  # of most words there is nothing to count

    def add(self, other: "Uses") -> None:
        """Count what others have counted."""
        self.places += other.places
        self.alone += other.alone
        self.ending += other.ending
        self.small += other.small
        self.capital += other.capital
        for form, times in (other.forms or {}).items():
            self.add_form(form, times)

    def add_form(self, form: str, times: int = 1) -> None:
        """Count a way of writing it with capitals inside."""
        self.forms = self.forms or {}
        self.forms[form] = self.forms.get(form, 0) + times


Counted = Mapping[str, Uses]


def count_uses(title: str, abstract: str) -> Counted:
    """Return how a paper uses each of its words and pairs of words, by what their spellings share."""
    found: defaultdict[str, Uses] = defaultdict(Uses)
    for text, is_title in ((title, True), (abstract, False)):
        before: re.Match[str] | None = None
        linked: re.Match[str] | None = None  # the one before that, where an “of” stands between: Theory of Mind
        key_before, end_before = "", 0
        for word, after in pairwise(chain(WORD.finditer(text), [None])):
            if word is not None:  # only what comes after the last one is none
                key, (start, end) = _key(word.group()), word.span()
                ends = after is None or _ends_phrase(text[end : after.start()], after.group())
                uses = found[key]
                _count(uses, text, word, ends=ends)
                if not is_title and _has_outer_capital(word.group()):
                    uses.capital += _has_own_capital(text, word, (before, after, linked))
                if before is not None and text[end_before:start] in CLOSE:
                    pair = found[f"{key_before} {key}"]
                    pair.places += 1
                    pair.ending += ends
                linked = before if key == LINK else None
                before, key_before, end_before = word, key, end
    return found


class Usage:
    """How some papers together use their words.

    Args:
        counted: Of each of them.
        texts: Their abstracts, in which acronyms are explained.
    """

    def __init__(self, counted: Sequence[Counted], texts: Iterable[str]) -> None:
        self._counted = counted
        self._known: dict[str, Uses] = {}
        self._short_for: dict[str, frozenset[str]] = {}
        for text in texts:
            self._short_for.update(_definitions(text))

    def names_something(self, term: str) -> bool:
        """Tell whether a term says by itself what it is about: it is no attribute, verb, amount or part of a name."""
        words = WORD.findall(term)
        if any(map(is_amount, words)):
            return False
        if len(words) == 1 and ACRONYM.match(term):
            return True
        uses, pair = self._uses(words[-1]), self._uses(*words[-2:])
        if len(words) == 1 and not uses.alone:
            return False
        return all(one.ending >= one.places * LEAST_NAMING for one in (uses, pair))

    def may_name(self, word: str) -> bool:
        """Tell whether a word ends a phrase here and there: the privacy of privacy risk does, adversarial does not."""
        uses = self._uses(word)
        return uses.ending > 1 and uses.ending >= uses.places * SELDOM_NAMING

    def spelled(self, term: str) -> str:
        """Write a term as most of the papers write it within a sentence."""
        found = {word: self._uses(word) for word in WORD.findall(term)}
        written = {word: _form_of(word, one) for word, one in found.items() if _has_forms(word, one)}
        words = [word for word in found if word not in written and word[0].isalpha()]
        uses = {word: found[word] for word in words}
        own = {word for word in words if uses[word].capital > OWN * uses[word].small}
        # What stands nowhere but in phrases all of whose words have capitals keeps them, unless another word loses its.
        if all(word in own or not uses[word].small for word in words):
            own |= {word for word in words if word[0].isupper()}
        written |= {word: word.capitalize() if word in own else word.lower() for word in words}
        return WORD.sub(lambda found: written.get(found.group(), found.group()), term)

    def meant(self, term: str) -> frozenset[str]:
        """Return the roots of the words of a term, with those of what it is short for.

        Two terms that have one in common say the same twice.
        """
        words = WORD.findall(term)
        roots = {_said_root(word) for word in words if word.lower() not in STOP_WORDS}
        for word in words:
            roots |= self._short_for.get(_short(word), frozenset())
        return frozenset(roots)

    def _uses(self, *words: str) -> Uses:
        key = " ".join(map(_key, words))
        if key not in self._known:
            together = self._known[key] = Uses()
            for counted in self._counted:
                if key in counted:
                    together.add(counted[key])
        return self._known[key]


def is_short_for(acronym: str, term: str) -> bool:
    """Tell whether a word consists of the first letters of the words of a term, or is the first two of a long one.

    >>> is_short_for("FL", "federated learning"), is_short_for("LLMs", "large language model"), is_short_for("AI", "AI")
    (True, True, False)
    >>> is_short_for("ID", "identity"), is_short_for("CT", "cathedral")
    (True, False)
    """
    words, short = WORD.findall(term), _short(acronym)
    if len(words) < LEAST_WORDS:
        return len(short) == CLIPPED and len(term) > LONGEST_CLIPPED and term.lower().startswith(short)
    return short == "".join(word[0] for word in words).lower()


def is_amount(word: str) -> bool:
    """Tell whether a word is a number of something.

    >>> [is_amount(word) for word in ("4B", "60fps", "2x", "3D", "3DGS", "L2")]
    [True, True, True, False, False, False]
    """
    return AMOUNT.match(word) is not None


def _count(uses: Uses, text: str, word: "re.Match[str]", *, ends: bool) -> None:
    start, end = word.span()
    uses.places += 1
    uses.ending += ends
    uses.alone += not (text[end : end + 1] in HYPHENS or (start and text[start - 1] in HYPHENS))
    written = word.group()
    if written.islower():
        uses.small += 1
    elif _has_inner_capital(written):
        uses.add_form(written)
    else:
        uses.small += written[0].islower()


def _has_own_capital(text: str, word: "re.Match[str]", neighbours: "Iterable[re.Match[str] | None]") -> bool:
    if not word.group()[0].isupper() or text[max(0, word.start() - 2) : word.start()].strip()[-1:] in BEFORE_SENTENCE:
        return False
    return not any(one is not None and _is_capitalised(one.group()) for one in neighbours)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and word[1:].islower() and word.lower() not in STOP_WORDS


def _has_forms(word: str, uses: Uses) -> bool:
    """Tell whether most write a word with capitals inside; a title that is all in capitals does not make it so."""
    with_forms, without = sum((uses.forms or {}).values()), uses.small + uses.capital
    if _has_inner_capital(word):
        return not without or with_forms * OWN > without
    return with_forms > without


def _form_of(word: str, uses: Uses) -> str:
    """Return a word with the capitals that most give it who give it some inside, and with its own plural."""
    bare, end = (word[:-1], "s") if word.endswith("s") else (word, "")
    forms: Counter[str] = Counter()
    for form, times in (uses.forms or {}).items():
        forms[form.removesuffix("s") if form.lower() == f"{bare.lower()}s" else form] += times
    chosen = max(forms, key=lambda one: (forms[one], one), default=word)
    return chosen + end if chosen.lower() == bare.lower() else chosen


@lru_cache(maxsize=65_536)
def _has_inner_capital(word: str) -> bool:
    return any(map(str.isupper, word[1:]))


def _has_outer_capital(word: str) -> bool:
    return word[0].isupper() and not _has_inner_capital(word)


def _ends_phrase(gap: str, after: str) -> bool:
    if gap != " " and gap.strip():
        return gap not in HYPHENS
    return _is_after_phrase(after)


@lru_cache(maxsize=65_536)
def _is_after_phrase(word: str) -> bool:
    lower = word.lower()
    return word.isdecimal() or (lower in STOP_WORDS and lower not in GOES_ON)


def _definitions(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield acronyms that a text explains, in small letters, and the roots of the words that they are short for."""
    for found in DEFINED.finditer(text):
        short = _short(found.group(1))
        if LEAST_WORDS <= len(short) <= LONGEST and ACRONYM.match(found.group(1)):
            before = WORD.findall(text[: found.start()][-200:])[-len(short) - BETWEEN :]
            for first in range(len(before) - LEAST_WORDS, -1, -1):
                if before[first][0].lower() == short[0] and _are_letters_of(short, before[first:]):
                    words = [word for word in before[first:] if word.lower() not in STOP_WORDS]
                    yield short, frozenset(map(_said_root, words))
                    break


def _are_letters_of(short: str, words: Sequence[str]) -> bool:
    """Tell whether each word that may not be left out begins with the next letter."""
    letters = iter(short)
    return all(word.lower() in STOP_WORDS or word[0].lower() in letters for word in words)


def _said_root(word: str) -> str:
    """Return what a word has in common with the one for who does it, or for what is done: tracking and trackers.

    >>> [_said_root(word) for word in ("trackers", "tracking", "detection", "detectors", "layer", "models")]
    ['track', 'track', 'detect', 'detect', 'layer', 'model']
    """
    root = root_of(_key(word))
    ending = next((one for one in DOERS if root.endswith(one) and len(root) - len(one) >= LEAST_ROOT), "")
    return root.removesuffix(ending)


def _short(word: str) -> str:
    return word.removesuffix("s").lower() if ACRONYM.match(word) else ""


@lru_cache(maxsize=65_536)
def _key(word: str) -> str:
    return key_of(word)
