r"""The forms in which a text may have a word that a reader searches for, and where it has them.

The text index has words as they are written; so a search asks for a word's other forms too. Only endings that English
gives to plurals and verbs are exchanged, and only of plain words: `GPT-4`, `Wav2Vec`, `C++` and `ω` are what they are.
What goes further (generate, generation) is left to the search by meaning.

The index is given the same forms as `pattern_of`, so that whatever it finds can be shown.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

PLAIN = re.compile(r"[A-Z]?[a-z]{4,}")
ACRONYMS = re.compile(r"[A-Z]{2,}s")
HYPHENED = re.compile(r"[A-Za-z]{2,}(?:[-\u2010\u2011][A-Za-z]{2,}){1,2}")
VOWEL = re.compile(r"[aeiouy]")
SHORT_STEM = re.compile(r"[bcdfghjklmnpqrstvwxz]{0,2}[aeiou][bcdfghklmnprstvz]")  # cod-ing, tun-ed, shap-ing
DOUBLED = re.compile(r"([bdfgkmnprtv])\1")  # embedd-ing, mapp-ed; but not process-ing, pool-ing
LEAST_STEM = 4
NO_PLURAL = ("ss", "us", "is", "as")
SIBILANT = ("ch", "sh", "x", "ss", "zz")
# Their other forms would find every paper, or there are none.
AS_WRITTEN = frozenset(
    "based used being doing during nothing something anything everything hundred indeed series species".split()
)
# Thai, Lao, Burmese, Khmer; kana; Chinese characters.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
SIGNED = re.compile(r"[^\W_]{1,3}[+#*]{1,2}")
LEAST_BEGINNING = 2  # a single letter is a word of its own (R, C): as a beginning it would mean every paper
NOT_IN_WORDS = r"[\W_]"
FOREIGN = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a text may have a word.

    Attributes:
        text: A word, or several that follow each other; signs between them do not matter.
        is_beginning: Longer words count that begin with it.
    """

    text: str
    is_beginning: bool


def forms_of(word: str) -> tuple[Form, ...]:
    """Return the forms to look for, that which was asked for first.

    >>> [form.text for form in forms_of("networks")], [form.text for form in forms_of("coding")]
    (['network'], ['code', 'coding'])
    >>> [form.text for form in forms_of("pre-trained")], [form.text for form in forms_of("Wav2Vec")]
    (['pre-train', 'pretrain'], ['Wav2Vec'])
    """
    if HYPHENED.fullmatch(word):
        *before, last = re.split("[-\u2010\u2011]", word)
        forms = [Form("-".join([*before, form.text]), form.is_beginning) for form in forms_of(last)]
        return (*forms, *forms_of("".join([*before, last]).lower()))
    if ACRONYMS.fullmatch(word):
        return Form(word, is_beginning=True), Form(word[:-1], is_beginning=False)
    if not PLAIN.fullmatch(word) or word.lower() in AS_WRITTEN:
        return (_as_written(word),)
    texts = _inflected(word.lower())
    return tuple(Form(text, is_beginning=True) for text in dict.fromkeys(texts))


def phrase_of(text: str) -> Form:
    """Return the only form of what stands in quotes."""
    return Form(text, is_beginning=False)


def is_signed(word: str) -> bool:
    """Tell whether a word is told from others by its signs alone, which the text index does not have.

    >>> is_signed("C++"), is_signed("A*"), is_signed("GPT-4")
    (True, True, False)
    """
    return SIGNED.fullmatch(word) is not None


def pattern_of(forms: Iterable[Form]) -> re.Pattern[str]:
    """Return what finds the forms in a text that `fold_letters` has been through; a beginning takes its whole word.

    >>> [found.group() for found in pattern_of(forms_of("networks")).finditer("networked networks; subnetworks")]
    ['networked', 'networks']
    """
    return re.compile("|".join(filter(None, map(_pattern, forms))) or r"(?!)")


def beginnings_of(forms: Iterable[Form]) -> tuple[str, ...]:
    """Return what a text must have, after `fold_letters`, for a form to be in it: quicker to look for than the form."""
    parts = (re.split(NOT_IN_WORDS + "+", fold_letters(form.text).strip()) for form in forms)
    return tuple(dict.fromkeys(next(filter(None, words), "") for words in parts))


def fold_letters(text: str) -> str:
    """Write a text in small letters without accents, every character at its place.

    >>> fold_letters("Poincaré’s ΩMEGA")
    'poincare’s ωmega'
    """
    return (text if text.isascii() else FOREIGN.sub(lambda found: _fold(found[0]), text)).lower()


def _fold(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[:1].lower()
    return bare if len(bare) == 1 else letter


def _as_written(word: str) -> Form:
    letters = sum(map(str.isalnum, word))
    is_word = bool(word) and word[-1].isalnum() and not UNSPACED.match(word[-1])
    return Form(word, is_beginning=is_word and letters >= LEAST_BEGINNING)


def _inflected(word: str) -> list[str]:
    """Return beginnings that the forms of a word have in common, as few as will do."""
    if word.endswith("ies"):
        return [f"{word[:-3]}i", f"{word[:-3]}y"] if len(word) > LEAST_STEM + 1 else [word]
    if word.endswith("s") and not word.endswith(NO_PLURAL):
        stem = word[:-2] if word.endswith("es") and word[:-2].endswith(SIBILANT) else word[:-1]
        return [stem] if len(stem) >= LEAST_STEM else [word, stem]
    if word.endswith("y") and not VOWEL.match(word[-2]):
        return [word, f"{word[:-1]}i"]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and VOWEL.search(word[: -len(ending)]):
            return _of_verb(word, word[: -len(ending)])
    return [word, f"{word[:-1]}ing"] if word.endswith("e") and not word.endswith("ee") else [word]


def _of_verb(word: str, stem: str) -> list[str]:
    if DOUBLED.search(stem[-2:]):
        return [stem[:-1]] if len(stem) > LEAST_STEM else [word, stem[:-1]]
    if stem.endswith("ll") and len(stem) > LEAST_STEM + 1:  # modelling and modeling, but filling
        return [stem[:-1]]
    if len(stem) >= LEAST_STEM:
        return [stem]
    return [f"{stem}e", f"{stem}ing"] if SHORT_STEM.fullmatch(stem) else [word]


def _pattern(form: Form) -> str:
    """Words of scripts without spaces are found inside others, as the index has each of their letters by itself."""
    parts = [re.escape(part) for part in re.split(NOT_IN_WORDS + "+", fold_letters(form.text)) if part]
    if not parts:
        return re.escape(form.text.strip())
    before = "" if UNSPACED.match(parts[0]) else r"(?<![^\W_])"
    after = r"[^\W_]*" if form.is_beginning else r"(?![^\W_])"
    if is_signed(form.text):
        after = re.escape(form.text[len(form.text.rstrip("+#*")) :])
    elif UNSPACED.match(parts[-1][-1]):
        after = ""
    return before + (NOT_IN_WORDS + "+").join(parts) + after
