r"""TeX in the text of listings, shown as Unicode where its meaning is certain; the rest stays as it stands.

Listings print TeX with holes (`T\"ULU`, `Fr\'echet`, `{\tau}`, `componentsx2013such`). Only whole, well-known pieces
are converted, by pylatexenc; a text that went through half a converter would be worse than the source.
"""

import re
from functools import lru_cache

GREEK = (
    "alpha|beta|gamma|delta|epsilon|varepsilon|zeta|eta|theta|vartheta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|"
    "upsilon|phi|varphi|chi|psi|omega|Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Upsilon|Phi|Psi|Omega"
)
SYMBOLS = (
    "times|leq|geq|neq|approx|sim|pm|infty|rightarrow|leftarrow|to|cdot|ldots|dots|in|subset|cup|cap|nabla|partial"
)
LETTERS = "ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j"
ACCENT = r"""\\(?:["'`^~=.]\s?(?:\{[A-Za-z]\}|[A-Za-z])|[cvHkur]\{[A-Za-z]\})"""
WORD = rf"\\(?:{GREEK}|{SYMBOLS}|{LETTERS})(?![A-Za-z])"
PIECE = re.compile(
    rf"""
    (?P<escape>\\[%&_\#$])                              # 7\%
    | (?P<possessive>(?<=[A-Za-z])\\'s(?![A-Za-z]))      # the model\'s: an escaped apostrophe
    | (?P<tex>\{{(?:{ACCENT}|{WORD})\s*\}} | {ACCENT} | {WORD}(?:\{{\}})?)
    | (?P<code>(?<!\d)x20(?:1[3489CcDd]|2[26]))          # componentsx2013such: a dash that lost its `&#`
    """,
    re.VERBOSE,
)


def render_tex(text: str) -> str:
    r"""Show a text of a listing as Unicode.

    >>> render_tex(r"T\"ULU 3 and the Fr\'echet mean, {\tau} = 7\%, mathcal{S^p}")
    'TÜLU 3 and the Fréchet mean, τ = 7%, mathcal{S^p}'
    """
    if "\\" not in text and "x20" not in text:
        return text
    return PIECE.sub(_unicode, text)


def _unicode(piece: "re.Match[str]") -> str:
    source = piece.group()
    if piece["escape"]:
        return source[1]
    if piece["possessive"]:
        return "'s"
    if piece["code"]:
        return chr(int(source[1:], 16))
    return _converted(source)


@lru_cache(maxsize=2048)  # the same few pieces come again and again, and each conversion takes a fifth of a millisecond
def _converted(source: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - only texts with TeX in them need it

    shown = str(LatexNodes2Text().latex_to_text(source)).strip()
    return shown if shown and "\\" not in shown else source
