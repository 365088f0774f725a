"""What a title is about, in whole phrases: words, compounds, and up to four of these that follow each other.

For names of groups of papers. A name has to stand by itself: half a compound (“shot learning”), a dangling adjective
(“remote”), or the verb that a title begins with (“mitigating”) is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from readinglist.recommend.words import HYPHENS, LEAST_LETTERS, WORD, Keys, Weight, key_of, weight_of

UNITS = 4  # words or compounds in a phrase
MOST_WORDS = 6
LINK = "of"  # in the middle of a phrase: chain of thought, mixture of experts
BETWEEN = re.compile(r"[ \n]+")
# A compound that begins with one of them is one word: few-shot, multi-agent, super-resolution.
PREFIXES = frozenset(
    "anti auto bi bio co cross de electro few geo high hyper in inter intra long low meta mid mono multi neuro non "
    "omni on one open over post pre psycho quasi re self semi single socio spatio sub super trans tri two ultra un "
    "under uni weakly zero".split()
)
# With these it is an adjective: low-resource, zero-shot.
OF_ADJECTIVES = frozenset("cross few fine high large long low mid multi non one open semi single two zero".split())
# What ends with one of them says how something is done and not what: LLM-based, training-free.
OPEN_ENDS = frozenset(
    "agnostic assisted augmented aware based centric conditioned driven efficient enabled enhanced free friendly "
    "grained guided inspired level oriented powered scale specific supervised tuned wise".split()
)
# What ends with one of them is one noun: try-on, plug-in, wake-up.
PARTICLES = frozenset("by down in off on out over up".split())
# What titles begin with, or are put together by, and nobody calls a subject.
EMPTY = frozenset(
    "accelerating adapting aligning assessing automating balancing benchmarking beyond boosting bridging building "
    "can capturing closing combining comparing constructing controlling correcting creating decoding detecting "
    "discovering disentangling distilling does eliciting empowering enabling estimating evaluating exploiting "
    "exploring finding forecasting fostering generating guiding harnessing incentivizing inferring integrating "
    "investigating kind learn leveraging making measuring mitigating modelling modeling navigating optimizing "
    "overcoming predicting preventing probing quantifying reconstructing recovering rethinking revealing revisiting "
    "scaling shaping simulating solving sort steering streamlining synthesizing tackling taming teaching towards "
    "tracing training transforming unifying unleashing unlocking unraveling unveiling unpacking using via when "
    "why".split()
)
ADJECTIVES = ("al", "ar", "able", "ible", "ic", "ive", "ous", "ary", "ed", "ful", "less", "ish")
NOUNS = frozenset(
    "animal approval archive arousal calendar capital car chemical collective crystal dialogue dictionary electronic "
    "ethic feed grammar goal hospital incentive individual interval jar journal library logic material metal "
    "mineral music narrative objective optic pedal portal proposal radar referral rehearsal removal retrieval "
    "rival scholar seminar signal speed star summary survival topic traffic trial tutorial vocabulary war weed".split()
)

Word = tuple[str, str, Weight]  # key, small letters, what it can tell
COMMAND: Word = ("", "", Weight.NOTHING)  # of TeX, as in \\emph{word}
Unit = tuple[tuple[Word, ...], int, int]  # words, and where they begin and end in the title


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a title.

    Attributes:
        keys: What other spellings of it share; one for each word.
        start: Where it begins.
        end: Where it ends.
    """

    keys: Keys
    start: int
    end: int


def find_phrases(title: str) -> Iterator[Phrase]:
    """Yield what a title may be about, in order of appearance, shorter phrases before longer ones."""
    units = _units(title)
    for place, unit in enumerate(units):
        yield from _words_of(title, unit)
        row = [unit]
        if _is_name(row):
            yield _phrase(row)
        for before, after in pairwise(units[place : place + UNITS]):
            if BETWEEN.fullmatch(title, before[2], after[1]) is None:
                break
            row.append(after)
            if _is_name(row):
                yield _phrase(row)


def is_open(keys: Keys) -> bool:
    """Tell whether a phrase is or ends with what looks like an adjective, and wants a noun."""
    last = keys[-1]
    if len(keys) == 2 and keys[0] in OF_ADJECTIVES and last != "agent":
        return True
    return len(last) > LEAST_LETTERS and last not in NOUNS and last.endswith(ADJECTIVES)


def written(title: str, phrase: Phrase) -> str:
    """Return a phrase as a title has it, but with small letters where they are not its own."""
    text = title[phrase.start : phrase.end]
    return WORD.sub(lambda found: _lowered(found.group()), text)


def _lowered(word: str) -> str:
    return word if any(map(str.isupper, word[1:])) else word.lower()


def _units(title: str) -> list[Unit]:
    units: list[Unit] = []
    for found in WORD.finditer(title):
        word = _word(found.group()) if title[found.start() - 1 : found.start()] != "\\" else COMMAND
        if units and title[units[-1][2] : found.start()] in HYPHENS:
            words, start, _ = units.pop()
            units.append(((*words, word), start, found.end()))
        else:
            units.append(((word,), found.start(), found.end()))
    return units


@lru_cache(maxsize=65_536)
def _word(text: str) -> Word:
    lower = text.lower()
    return key_of(text), lower, Weight.NOTHING if lower in EMPTY else weight_of(text)


def _words_of(title: str, unit: Unit) -> Iterator[Phrase]:
    """Yield the words of a unit that can stand by themselves."""
    words, start, end = unit
    if len(words) > 1 and (words[0][1] in PREFIXES or words[-1][1] in PARTICLES):
        return
    found = WORD.finditer(title, start, end)
    for (key, lower, weight), place in zip(words, found, strict=True):
        is_short = len(words) > 1 and len(lower) < LEAST_LETTERS
        if weight is Weight.BY_ITSELF and not is_short and lower not in OPEN_ENDS and lower not in PREFIXES:
            yield Phrase((key,), place.start(), place.end())


def _is_name(row: Sequence[Unit]) -> bool:
    """Tell whether units that follow each other could name something together, other than one word alone."""
    words = [word for unit in row for word in unit[0]]
    if not 1 < len(words) <= MOST_WORDS:
        return False
    _, first, begins = words[0]
    _, last, ends = words[-1]
    is_begun = begins > Weight.NOTHING or (first in PREFIXES and len(row[0][0]) > 1)
    is_ended = ends > Weight.NOTHING or (last in PARTICLES and len(row[-1][0]) > 1)
    if not is_begun or not is_ended or last in OPEN_ENDS:
        return False
    empty = [unit[0][0][1] for unit in row[1:-1] if all(one[2] is Weight.NOTHING for one in unit[0])]
    if empty and (empty != [LINK] or len(row) > 3):
        return False
    return sum(one[2] for one in words) > Weight.BY_ITSELF or (first in PREFIXES and ends is Weight.BY_ITSELF)


def _phrase(row: Sequence[Unit]) -> Phrase:
    return Phrase(tuple(word[0] for unit in row for word in unit[0]), row[0][1], row[-1][2])
