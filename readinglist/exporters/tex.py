"""Unicode as TeX, for the values of a BibTeX entry."""

import re
import unicodedata
from functools import lru_cache

SPECIAL = re.compile(r"[^\sA-Za-z0-9.,:;!?()\[\]/'`\"@*+=|-]")
# Typewriter forms, which every reader of BibTeX understands and TeX sets as they should be.
TYPED = {
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "‐": "-",
    "–": "--",
    "—": "---",
    "…": r"{\ldots}",
    "\u00a0": "~",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
    # BibTeX counts braces, and a backslash before one does not keep it from being counted.
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
}
MATHEMATICAL = re.compile(r"\\ensuremath\{(.*)\}", re.DOTALL)


def render_tex(text: str) -> str:
    r"""Write a text so that TeX sets it as it stands; letters that TeX has no name for stay Unicode.

    >>> render_tex("Gödel & 100 % of α")
    'G{\\"o}del \\& 100 \\% of $\\alpha$'
    """
    return SPECIAL.sub(lambda found: _render(found.group()), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _render(character: str) -> str:
    if character in TYPED:
        return TYPED[character]
    if character in "&%$#_":
        return f"\\{character}"
    from pylatexenc.latexencode import UnicodeToLatexEncoder  # noqa: PLC0415 - only for what is not ASCII

    encoder = UnicodeToLatexEncoder(
        unknown_char_policy="keep", unknown_char_warning=False, replacement_latex_protection="braces"
    )
    written = str(encoder.unicode_to_latex(character))
    if found := MATHEMATICAL.fullmatch(written):
        return f"${found[1]}$"
    return f"{{{written}}}" if written.startswith("\\") else written
