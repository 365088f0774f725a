"""Mends the text of a PDF: ligatures, accents drawn beside their letter, hidden characters, shifted alphabets."""

import re
import unicodedata
from collections.abc import Iterable

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# TeX draws an accent and then the letter; what is left in the text is a spacing accent and a bare letter.
ACCENTS = {
    "´": "\u0301",
    "`": "\u0300",
    "¨": "\u0308",
    "ˆ": "\u0302",
    "˜": "\u0303",
    "ˇ": "\u030c",
    "˘": "\u0306",
    "˙": "\u0307",
    "˝": "\u030b",
    "˚": "\u030a",
    "¯": "\u0304",
    "¸": "\u0327",
    "˛": "\u0328",
}
DRAWN_ABOVE = "".join(mark for mark in ACCENTS if mark not in "`¸˛")
BEFORE = re.compile(
    rf"([{DRAWN_ABOVE}])([a-zıȷ])|(?<![^\W\d_])([{DRAWN_ABOVE}])([A-Z])"
)  # l´Homme keeps its apostrophe
GRAVE = re.compile(r"(?<=[A-Za-z])(`)([a-z])(?=[A-Za-z])")
BELOW = re.compile(r"((?<!¸)[cCsStT](?=¸)|[aeiuAEIU](?=˛))([¸˛])|([¸˛])([cCsStTaeiuAEIU])")
HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
COPYRIGHT = re.compile(r"[cC]\s?\u20dd|\u24d2|[cC]\s?\u25ef|[cC]⃝|\(c\)(?=\s*\d{4})")
COMMON = frozenset(
    "the of and to in a is for that we on with as are by this be from an our "
    "der die und das den von zu mit ist für des im le la les et des du que dans en el los de una y para o da do".split()
)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
LOOKED_AT = 8000  # letters
ENOUGH = 150
READABLE = 0.12  # share of common words in any prose of the languages above
UNREADABLE = 0.04


def mend(text: str) -> str:
    """Return a piece of text as it is seen.

    >>> mend("signiﬁcant M¨uller, Vall`es, co\u00adoperate")
    'significant Müller, Vallès, cooperate'
    """
    if text.isascii() and "`" not in text and text.isprintable():
        return text
    for ligature, letters in LIGATURES.items():
        text = text.replace(ligature, letters)
    text = COPYRIGHT.sub("©", text)
    text = HIDDEN.sub("", text).replace("\u00a0", " ").replace("\t", " ")
    text = BEFORE.sub(lambda hit: _accented(hit[2] or hit[4], hit[1] or hit[3]), text)
    text = GRAVE.sub(lambda hit: _accented(hit[2], hit[1]), text)
    text = BELOW.sub(lambda hit: _accented(hit[1] or hit[4], hit[2] or hit[3]), text)
    return unicodedata.normalize("NFC", text)


def find_shift(text: str) -> dict[int, str] | None:
    """Return the table that turns a shifted alphabet back, None where the text is fine or nothing helps.

    Some writers number the letters of a font and forget to say what the numbers mean; every letter of the text is then
    its neighbour in the alphabet, or a fixed number of places away.
    """
    sample = text[:LOOKED_AT]
    if len(sample) < ENOUGH or _share(sample) >= UNREADABLE or not _is_latin(sample):
        return None
    best = max(_tables(), key=lambda table: _share(sample.translate(table)))
    return best if _share(sample.translate(best)) >= READABLE else None


def _accented(letter: str, mark: str) -> str:
    base = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    whole = unicodedata.normalize("NFC", base + ACCENTS[mark])
    return whole if len(whole) == 1 else mark + letter


def _tables() -> Iterable[dict[int, str]]:
    for step in (1, -1, 2, -2, 3, -3):
        table = {
            ord(letter): LETTERS[place + step]
            for place, letter in enumerate(LETTERS)
            if 0 <= place + step < len(LETTERS)
        }
        yield table | {ord(digit): DIGITS[(place + step) % 10] for place, digit in enumerate(DIGITS)}
    for step in (29, 28, 30, 31):  # the distance between a TrueType font's glyphs and ASCII, mostly
        yield {code: chr(code + step) for code in range(1, 127) if code != ord(" ") and code + step < 127}


def _share(text: str) -> float:
    words = text.split()
    known = sum(word.strip(".,;:()").lower() in COMMON for word in words)
    return known / len(words) if words else 0.0


def _is_latin(text: str) -> bool:
    letters = [one for one in text[:4000] if not one.isspace()]
    return sum(one.isascii() for one in letters) > 0.8 * len(letters)
