"""Reads the names of people from the lines below a title, and tells them from places, marks and addresses."""

import re
from collections.abc import Sequence

from readinglist.domain.names import PARTICLES
from readinglist.domain.pages import Rect
from readinglist.pdf.banners import is_banner, is_place
from readinglist.pdf.layout import CJK, SPLIT, Line, split_spans

MOST_NAMES = 3000
SEPARATOR = re.compile(
    rf"[{SPLIT};·•∙⋅|/]|,|，|、|\s&\s|\s+(?:and|AND|und|et|y|e|och|og)(?:\s+|$)|^(?:and|AND|und|et|y|&)\s+|\s{{3,}}"
)
LEAD = re.compile(
    r"^\W*(?:by|authors?|written\s+by|von|vorgelegt\s+von|eingereicht\s+von|par|por|作者|著者|姓名)\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
MARK = r"[*∗⁎†‡§¶‖#⋆★✩☆♣♠♦♥♯♮♭◦⊥✉⇤\d\u00b9\u00b2\u00b3\u2070-\u2079]"
MARKS = re.compile(MARK)
EMAIL = re.compile(r"<?(?:\{[^{}]*\}|\([^()]*\)|[\w.+-]+)\s?@\s?[\w-]+(?:\.[\w-]+)+>?")
DEGREES = re.compile(
    r"^\W*(?:(?:Prof|Dr|Drs|Mr|Mrs|Ms|Sir|Herr|Frau)\b\.?\s*)+|\bDipl\.?\s?-?\s?\w+\.|\b(?:apl\.\s)?Prof\.|\bDr\.(?:-\w+\.)?|\bhabil\."
    r"|\b(?:Ph\.?\s?D|M\.D|MD|M\.?\s?Sc|B\.?\s?Sc|MSc|MPH|MBA|FRCP|RN)\b\.?(?=\W*$|\s*,)"
    r"|\b(?:and\s+)?(?:(?:Senior|Student|Life|Associate|Graduate)\s+)*(?:Members?|Fellow)\b|\bIEEE\b|\bACM\b",
)
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[’'‘`´.\-‐‑–])*")
CJK_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3}[ \u3000][\u4e00-\u9fff\u3040-\u30ff]{1,4}|[\uac00-\ud7a3]{2,4}"
)
TURNED = re.compile(r"\s*(?P<family>(?:[^\W\dA-Z_]+ )*[^\s,]+)\s*,\s*(?P<given>[^,]{1,40})")  # Doe, Jane
GROUP = re.compile(
    r"\b(?:collaborations?|consortium|team|working\s+group|study\s+group|investigators|task\s+force)\b\W*$",
    re.IGNORECASE,
)
# Words that begin with a capital in titles, headings and affiliations, and are no names.
NO_NAMES = frozenset(
    "the a an of for in on with from to by as at is are and or via using towards toward abstract introduction keywords "
    "index "
    "terms email contents figure received accepted published revised submitted available online volume "
    "article research paper review letter open access journal conference proceedings international workshop symposium "
    "annual "
    "meeting corresponding editor editors supervisor examiner reviewer advisor department university institute "
    "school science sciences engineering technology computer information systems physics chemistry biology medicine "
    "mathematics learning networks network neural models model data analysis theory method methods approach language "
    "large new novel study system based health group library press preprint draft version report technical notice "
    "copyright license rights reserved manuscript format anonymous".split()
)
# As short as names.
CJK_WORDS = frozenset(
    "教授 副教授 博士 硕士 先生 老师 导师 讲师 院士 学生 姓名 作者 高工 "
    "摘要 关键词 引言 目录 论文 原稿 要旨 内部 北京 上海 东京".split()
)
LOWER_PARTICLES = PARTICLES | frozenset(
    "dos das de' y e i af av zum zur vom vander vande d' l' 't in ’t abu bint ul ur".split()
)


def find_authors(lines: Sequence[Line], title: Rect) -> tuple[str, ...]:
    """Return the names of the authors among the lines around a title, in order.

    The first line with names settles the type that authors are set in; lines in another type are of other things, and
    running text ends the search.

    Args:
        lines: From top to bottom.
        title: Its place; the first author stands below or above it, not in a column of notes beside it.
    """
    named = [line for line in lines if parse_names([line])]
    model = next((line for line in named if line.box.overlaps_across(title)), named[0] if named else None)
    placed = next((line for line in lines if _names_before_place(line)), None)
    if placed is not None and (model is None or placed.baseline < model.baseline):
        alike = _lines_alike(lines, placed)
        return tuple(dict.fromkeys(name for line in alike for name in _names_before_place(line) or parse_names([line])))
    return parse_names(_lines_alike(lines, model)) if model is not None else ()


def parse_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """Read the names in lines of authors, each once; nothing where a line speaks of something else."""
    names: list[str] = []
    pending = ""
    for line in lines:
        text, plain = _without_addresses(line)
        if "," not in plain and GROUP.search(MARKS.sub("", plain).strip()) and not is_banner(plain):
            names.append(" ".join(MARKS.sub(" ", plain).strip("() ").split()))
            continue
        pieces = [] if _is_other(plain) else _pieces(text)
        if pending and pieces and clean_name(f"{pending} {pieces[0]}"):
            pieces[0] = f"{pending} {pieces[0]}"
        elif pending:
            names.append(clean_name(pending))
        pending = ""
        if len(pieces) == 2 and len(pieces[1].split()) == 1 and SPLIT not in text and not CJK.search(text):
            continue  # San Diego, California
        if 2 * sum(bool(clean_name(piece)) for piece in pieces) < len(pieces) and len(pieces) > 1:
            continue
        if pieces and _is_torn(pieces[-1]) and not re.search(rf"[,;{SPLIT}]\s*$", text):
            pending = pieces.pop()
        names += (clean_name(piece) for piece in pieces)
    names.append(clean_name(pending))
    return _reordered(tuple(dict.fromkeys(filter(None, names)))[:MOST_NAMES])


def may_be_names(line: Line) -> bool:
    """Say whether a line may hold names and nothing else; "Quantum Computation" may."""
    text, plain = _without_addresses(line)
    pieces = [] if _is_other(plain) else _pieces(text)
    return bool(pieces) and all(map(clean_name, pieces))


def is_name_line(line: Line) -> bool:
    """Say whether a line holds names and nothing else; one name alone must be beyond doubt."""
    if not may_be_names(line):
        return False
    good = _pieces(_without_addresses(line)[0])
    has_initials = re.search(r"\b[A-Z]\.", line.text) is not None
    return (
        len(good) > 1
        or has_initials
        or bool(MARKS.search(line.text))
        or CJK_NAME.fullmatch(clean_name(good[0])) is not None
    )


def clean_name(text: str) -> str:
    """Return the name of a person or a consortium without marks and degrees; empty if it cannot be one.

    >>> clean_name("Ross G. DOUGLAS∗"), clean_name("van Zuylen"), clean_name("Department of Physics")
    ('Ross G. Douglas', '', '')
    """
    if GROUP.search(text.strip(" .,;")):
        return " ".join(MARKS.sub(" ", text).strip(" .,;").split())
    bare = DEGREES.sub(" ", MARKS.sub(" ", text)) if not CJK.search(text) else MARKS.sub("", text)
    bare = " ".join(bare.strip(" .,;:()[]{}-–—+~^_\"'").split())
    if CJK.search(bare):
        return bare.replace(" ", "") if CJK_NAME.fullmatch(bare) and bare not in CJK_WORDS else ""
    words = bare.split()
    if bare and re.search(r"(?:^|\s)[A-Z]$", bare) and text.rstrip().endswith("."):
        bare, words = f"{bare}.", [*words[:-1], f"{words[-1]}."]
    if not 2 <= len(words) <= 6 or not all(WORD.fullmatch(word) for word in words):
        return ""
    return " ".join(_recased(words)) if _are_name_words(words) else ""


def _without_addresses(line: Line) -> tuple[str, str]:
    """Return a line's text with what parts names marked, and as it stands, both without mail addresses."""
    return EMAIL.sub(SPLIT, LEAD.sub("", split_spans(line))).strip(" "), EMAIL.sub(" ", line.text)


def _names_before_place(line: Line) -> tuple[str, ...]:
    """Return the names that begin a line which goes on with a place: "Jane Doe, University of Somewhere"."""
    text, plain = _without_addresses(line)
    if not is_place(plain) or is_banner(plain):
        return ()
    pieces = _pieces(text)
    end = next((place for place, piece in enumerate(pieces) if is_place(piece)), 0)
    names = tuple(clean_name(piece) for piece in pieces[:end])
    return names if all(names) else ()


def _lines_alike(lines: Sequence[Line], model: Line) -> list[Line]:
    """Return the lines in the type of one of them, from its row on, up to running text."""
    alike = []
    for line in lines:
        is_alike = abs(line.size - model.size) <= 0.04 * model.size and line.is_bold == model.is_bold
        if not is_alike or line.baseline < model.baseline - 0.5 * model.size:
            continue
        if _is_prose(line.text):
            break
        alike.append(line)
    return alike


def _pieces(text: str) -> list[str]:
    turned = [TURNED.fullmatch(part) for part in text.split(";")]
    if len(turned) > 1 and all(turned):
        text = SPLIT.join(f"{one['given']} {one['family']}" for one in turned if one)
    text = re.sub(r"\(([^()]*)\)|\{[^{}]*\}|\[[^\[\]]*\]", SPLIT, text)
    text = re.sub(rf"(?<=[^\W\d_.]){MARK}(?:\s?,?\s?{MARK})*", SPLIT, text)
    pieces = [piece.strip(" .*") if CJK.search(piece) else piece.strip() for piece in SEPARATOR.split(text)]
    bare = [piece for piece in pieces if re.search(r"[^\W\d_]", DEGREES.sub("", MARKS.sub("", piece)))]
    return _suffixes_attached(_spread_joined([piece for piece in bare if piece.strip(" .") != "al"]))


def _spread_joined(pieces: list[str]) -> list[str]:
    """Join single Chinese characters that a name of two was spread into."""
    joined: list[str] = []
    for piece in pieces:
        if joined and len(piece) == len(joined[-1]) == 1 and CJK.match(piece) and CJK.match(joined[-1]):
            joined[-1] += piece
        else:
            joined.append(piece)
    return joined


def _suffixes_attached(pieces: list[str]) -> list[str]:
    kept: list[str] = []
    for piece in pieces:
        if kept and re.fullmatch(r"(?:jr|sr|i{2,3}|iv)\.?", piece, re.IGNORECASE):
            kept[-1] += f" {piece}"
        else:
            kept.append(piece)
    return kept


def _is_other(plain: str) -> bool:
    plain = re.sub(r"\[[^\[\]]*\]", "", plain)  # the number that ORCID gives an author
    return (
        "@" in plain
        or is_banner(plain)
        or is_place(plain)
        or re.search(r"\d{4,}", plain) is not None
        or len(plain) > 400
    )


def _is_torn(piece: str) -> bool:
    """Say whether a name at the end of a line lacks its family name, which then begins the next line."""
    return not clean_name(piece) or re.search(r"\b[A-Z]\.$", piece.strip()) is not None


def _is_prose(text: str) -> bool:
    words = [word for word in text.split() if word[0].isalpha()]
    lower = sum(word[0].islower() and word.lower() not in LOWER_PARTICLES for word in words)
    return lower >= 5 and 2 * lower > len(words)


def _are_name_words(words: Sequence[str]) -> bool:
    lower = [word for word in words if word[0].islower() and word.lower() not in LOWER_PARTICLES]
    if lower or words[-1] in PARTICLES:  # Caifan Du, Quoc Le
        return False
    if any(word.lower().strip(".") in NO_NAMES for word in words if len(word.strip(".")) > 1):
        return False
    full = [word for word in words if len(word.strip(".")) > 1 and word.lower() not in LOWER_PARTICLES]
    capitals = [word for word in words if word[0].isupper() or not word[0].islower()]
    return bool(full) and len(capitals) >= 2


def _recased(words: Sequence[str]) -> list[str]:
    """Spell out DOUGLAS as Douglas, and leave initials and McDONALD alone."""
    words = [f"{word}." if len(word) == 1 and word.isupper() else word for word in words[:-1]] + [words[-1]]
    are_all_shouted = all(word.isupper() for word in words)
    return [word.title() if _is_shouted(word, are_all=are_all_shouted) else word for word in words]


def _is_shouted(word: str, *, are_all: bool) -> bool:
    """Tell DOUGLAS, and LI in a name of capitals, from initials such as JD."""
    is_sounded = len(word) > 1 and re.search("[AEIOUY]", word) is not None
    return word.isupper() and "." not in word and (len(word) > 3 or (are_all and (is_sounded or len(word) > 2)))


def _reordered(names: tuple[str, ...]) -> tuple[str, ...]:
    """Turn "Smith JA" round where all names are written so."""
    forms = [
        re.fullmatch(r"(?P<family>[^\W\d_][\w’'-]+(?: [\w’'-]{3,})?) (?P<given>[A-Z]{1,3})", name) for name in names
    ]
    if not names or not all(forms):
        return names
    return tuple(f"{'. '.join(form['given'])}. {form['family']}" for form in forms if form)
