"""The words of a text that can tell what it is about, by themselves and in pairs."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+")
CLOSE = frozenset({" ", "-", "\u2010", "\u2011", "\n"})  # what may stand between the words of a pair
LEAST_LETTERS = 3  # shorter words tell something only as acronyms: RL, 3D
# They say nothing anywhere, and no pair reaches across them.
STOP_WORDS = frozenset(
    "a about above across after again against all along also although always am among an and another any are around "
    "as at be because been before being below between both but by can cannot could did do does doing done down due "
    "during each either else etc even ever every few first for from further had has have having he hence her here him "
    "his how however i if in indeed into is it its itself just last least less let like made make makes making many "
    "may me might more moreover most much must my near neither never next no non nor not now of off often on once one "
    "only onto or other others our out over own per perhaps quite rather same second see several shall she should "
    "since so some still such than that the their them then there thereby therefore these they third this those "
    "though three through throughout thus to together too toward towards two under until up upon us use used uses "
    "using very via was we well were what when where whereas whether which while who whom whose why will with within "
    "without would yet you your".split()
)
# They stand in every abstract, whatever it is about; a pair with one of them is no more telling.
BOILERPLATE = frozenset(
    "ability able abstract accurate achieve achieved achieves achieving additional additionally address addresses "
    "addressing advance advanced advances aim aims allow allowing allows analysis analyze applied apply applying "
    "approach approaches art article author authors available average based baseline baselines benchmark benchmarks "
    "best better broad case cases challenge challenges challenging change code common comparable compare compared "
    "comparing competitive complex comprehensive conduct consider considerable consistent consistently contribution "
    "contributions current currently dataset datasets degree demonstrate demonstrated demonstrates demonstrating "
    "depend design designed despite detail detailed develop developed development different difficult directly "
    "diverse effective effectively effectiveness efficiency efficient efficiently empirical enable enables enabling "
    "enhance enhanced enhances enhancing ensure especially establish evaluate evaluated evaluating evaluation "
    "evaluations evidence example examples existing experiment experimental experiments explore exploring extensive "
    "extensively fail fails far finally find finding findings focus following framework frameworks fully fundamental "
    "furthermore future gain gains general generally give given good great greater help high higher highlight highly "
    "idea identify impact important improve improved improvement improvements improves improving include includes "
    "including increase increased increasing increasingly insight insights instead introduce introduced introduces "
    "introducing investigate issue issues key known lack large largely larger lead leading leads level leverage "
    "leverages leveraging limitation limitations limited low lower main mainly maintain maintaining major means "
    "method methods metric metrics minimal model models multiple named need needed needs new notable notably novel "
    "number numerous observe obtain offer offering offers open opensource original outperform outperforming "
    "outperforms overall overcome paper papers part particular particularly perform performance performs pipeline "
    "popular possible potential practical present presented presenting presents previous previously primarily prior "
    "problem problems produce promising propose proposed proposes proposing prove provide provided provides providing "
    "public publicly quality range real recent recently reduce reduced reduces reducing relevant reliable rely remain "
    "remains report require required requires research result resulting results reveal robust robustness role scale "
    "second seen set sets setting settings show showing shown shows significant significantly similar simple simply "
    "single small solution solutions solve solving source specific specifically standard state step strategy strong "
    "studies study suffer suggest suggests superior support surpass surpasses surpassing system systems tackle take "
    "task tasks technique techniques term test time traditional type types typically understand unified unlike useful "
    "value variety various version way ways wide widely work works world yield yields".split()
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or two that follow each other.

    Attributes:
        keys: What other spellings of it share; one or two.
        text: As it is written.
        words: As they are written, each by itself and in small letters.
    """

    keys: tuple[str, ...]
    text: str
    words: tuple[str, ...]


def find_terms(text: str) -> Iterator[Term]:
    """Yield the words of a text that may be telling, and the pairs of such words, in order of appearance."""
    last: re.Match[str] | None = None
    for found in WORD.finditer(text):
        if not is_telling(found.group()):
            last = None
            continue
        word = found.group()
        key = key_of(word)
        yield Term((key,), word, (word.lower(),))
        if last is not None and text[last.end() : found.start()] in CLOSE:
            first = last.group()
            pair = " ".join(text[last.start() : found.end()].split())
            yield Term((key_of(first), key), pair, (first.lower(), word.lower()))
        last = found


@lru_cache(maxsize=65_536)
def is_telling(word: str) -> bool:
    """Tell whether a word may say what a text is about: no stop word, boilerplate, number or single letter."""
    lower = word.lower()
    if word.isdecimal() or lower in STOP_WORDS or lower in BOILERPLATE:
        return False
    return len(word) >= LEAST_LETTERS or (len(word) == 2 and word.upper() == word and not word.isdecimal())


@lru_cache(maxsize=65_536)
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


def show_term(term: Term) -> str:
    """Write a term as it stands inside a sentence: small, but for acronyms and names with capitals inside.

    >>> show_term(Term(("kv", "cache"), "KV Cache", ("kv", "cache")))
    'KV cache'
    """
    return WORD.sub(
        lambda found: found.group() if any(map(str.isupper, found.group()[1:])) else found.group().lower(), term.text
    )
