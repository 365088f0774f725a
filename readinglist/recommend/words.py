"""The words of a text that can tell what it is about, by themselves and in pairs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from readinglist.domain.stop_words import STOP_WORDS

WORD = re.compile(r"[^\W_]+")
HYPHENS = frozenset({"-", "\u2010", "\u2011"})
CLOSE = frozenset({" ", "\n", *HYPHENS})  # what may stand between the words of a pair
BEFORE_SENTENCE = ("", ".", "!", "?", ":")
LEAST_LETTERS = 3  # shorter words tell something only as acronyms: RL, 3D
# They stand in every abstract, whatever it is about; a pair with one of them is no more telling. One form of each.
BOILERPLATE = frozenset(
    "abilities ability able abstract account accurate achieve additional address addresses advance advantage aim "
    "allow analyze applied apply approach art article aspect author available average based baseline benefit best "
    "better bring broad capabilities capability capable case challenge change come common comparable compare "
    "competitive complex comprehensive conduct consider considerable consist consistent contain contribution cost "
    "critical crucial current degree demonstrate depend design despite detail develop development different difficult "
    "directly diverse ease effective effectiveness efficiency efficient empirical enable enhance enough ensure "
    "especially essential establish estimate evaluate evidence example exhibit existing experiment experimental "
    "explain explore extend extension extensive extra face facilitate fail far finally find focus following formulate "
    "fully fundamental furthermore future gain general generalize give given good great greater growing hand help "
    "high higher highlight hold hope idea identify impact important improve improvement include incorporate increase "
    "increasingly inherent initial insight inspire instead integrate interesting introduce investigate involve issue "
    "key known lack large larger lead leverage limitation limited little long low lower main maintain major manner "
    "matter means medium method metric minimal motivate multiple named naturally necessary need new notable notably "
    "novel number numerous observe obtain offer open opensource operate original outcome outperform overall overcome "
    "paper paradigm part particular perform perspective pipeline popular possible potential practical present "
    "preserve previous primarily prior produce progress promise promising propose prove provide public quality range "
    "rapid real recent reduce release relevant reliable rely remain remarkable remarkably report require respect "
    "respectively result reveal robust robustness role round seen serve share short show shown significant similar "
    "simple simply single small solution solve sota source specific specifically stand standard strategy strong "
    "studies study substantial success successful suffer sufficient suggest superior support surpass surpasses "
    "surprising surprisingly tackle take technique tend term trade traditional true type typical understand unified "
    "unlike useful usually valuable value variety various vary version view way wide widespread work worse worst "
    "yield".split()
)
# They tell something only together with another word: world model, state space, code generation, time series.
GENERIC = frozenset(
    "analysis benchmark class code data dataset domain evaluation event feature framework function general "
    "human inference input large learning level model multi network object output parameter people performance "
    "physical problem process program report representation research scale sequence set setting space state step "
    "structure system task technical test time training user word world".split()
)
ENDINGS = ("ing", "ed", "es", "ly", "s", "e")


class Weight(IntEnum):
    """What a word can tell."""

    NOTHING = 0
    IN_PAIRS = 1
    BY_ITSELF = 2


COMMAND = ("", Weight.NOTHING)  # of TeX, as in \\emph{word}
Keys = tuple[str, ...]  # what the spellings of a word share; two for a pair of words, three with a compound in it
Found = tuple[str, Weight, int, int]  # key, weight, and where a word begins and ends


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or two that follow each other; where the first of the two is a compound, all of it: test-time scaling.

    Attributes:
        keys: What other spellings of it share.
        text: As it is written.
        words: As they are written, each by itself and in small letters.
    """

    keys: Keys
    text: str
    words: tuple[str, ...]


def find_terms(text: str, *, is_title: bool = False) -> Iterator[Term]:
    """Yield the words of a text that may be telling, and the pairs of such words, in order of appearance.

    Args:
        text: One paragraph or several.
        is_title: Words begin with a capital that is not their own, as at the beginning of a sentence.
    """
    for keys, start, end in _places(text):
        found = list(WORD.finditer(text, start, end))
        written = [
            _lowered(word.group()) if is_title or _begins_sentence(text, word.start()) else word.group()
            for word in found
        ]
        joints = ["-" if text[one.end() : other.start()] in HYPHENS else " " for one, other in pairwise(found)]
        whole = written[0] + "".join(joint + word for joint, word in zip(joints, written[1:], strict=True))
        yield Term(keys, whole, tuple(word.lower() for word in written))


def count_keys(text: str) -> Counter[Keys]:
    """Return the keys of all that `find_terms` yields, and how often each stands there; many times faster."""
    return Counter(keys for keys, _, _ in _places(text))


def _places(text: str) -> Iterator[tuple[Keys, int, int]]:
    """Yield the keys of each word and pair, and where it begins and ends."""
    before = last = ("", Weight.NOTHING, 0, 0)
    for found in WORD.finditer(text):
        start, end = found.span()
        key, weight = known_word(found.group()) if text[start - 1 : start] != "\\" else COMMAND
        present = (key, weight, start, end)
        if weight == Weight.BY_ITSELF and not (end - start < LEAST_LETTERS and _is_compound(text, last, present)):
            yield (key,), start, end
        if weight + last[1] > Weight.BY_ITSELF and text[last[3] : start] in CLOSE:
            yield from _pair(text, before, last, present)
        before, last = last, present


def _pair(text: str, before: Found, last: Found, present: Found) -> Iterator[tuple[Keys, int, int]]:
    """Yield a pair, together with what makes a compound of its first word; half a compound is no word of a pair."""
    end = present[3]
    if _is_compound(text, last, present):
        yield (last[0], present[0]), last[2], end
    elif text[end : end + 1] in HYPHENS and text[end + 1 : end + 2].isalnum():
        return
    elif not _is_compound(text, before, last):
        yield (last[0], present[0]), last[2], end
    elif before[1] > Weight.NOTHING:
        yield (before[0], last[0], present[0]), before[2], end


def _is_compound(text: str, one: Found, other: Found) -> bool:
    return text[one[3] : other[2]] in HYPHENS


def _begins_sentence(text: str, start: int) -> bool:
    return text[max(0, start - 2) : start].strip()[-1:] in BEFORE_SENTENCE


def _lowered(word: str) -> str:
    """Write a word small, but for acronyms and names with capitals inside."""
    return word if any(map(str.isupper, word[1:])) else word.lower()


@lru_cache(maxsize=65_536)
def known_word(word: str) -> tuple[str, Weight]:
    """Return what the spellings of a word share, and what it can tell; remembered, for most words come again."""
    return key_of(word), weight_of(word)


def weight_of(word: str) -> Weight:
    """Tell whether a word may say what a text is about: no stop word, boilerplate, number or single letter does."""
    lower = word.lower()
    is_acronym = len(word) == 2 and any(map(str.isupper, word)) and word.upper() == word
    if word.isdecimal() or lower in STOP_WORDS or not (len(word) >= LEAST_LETTERS or is_acronym):
        return Weight.NOTHING
    root = root_of(lower)
    if root in ROOTS_OF_BOILERPLATE:
        return Weight.NOTHING
    return Weight.IN_PAIRS if root in ROOTS_OF_GENERIC else Weight.BY_ITSELF


def root_of(word: str) -> str:
    """Cut off the endings of English verbs, plurals and adverbs; good enough to tell forms of known words."""
    for _ in range(2):
        ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= 3), "")
        word = word.removesuffix(ending)
    return word


ROOTS_OF_BOILERPLATE = frozenset(map(root_of, BOILERPLATE))
ROOTS_OF_GENERIC = frozenset(map(root_of, GENERIC))


def key_of(word: str) -> str:
    """Reduce a word to what its spellings share: small letters, no accents, no plural.

    >>> key_of("Policies"), key_of("models"), key_of("Bias"), key_of("Poincaré")
    ('policy', 'model', 'bias', 'poincare')
    """
    lower = word.lower()
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower)
        lower = "".join(one for one in decomposed if not unicodedata.combining(one))
    if len(lower) > 4 and lower.endswith("ies"):
        return f"{lower[:-3]}y"
    if len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "as")):
        return lower[:-1]
    return lower
