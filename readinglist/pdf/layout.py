"""A page as type on paper: spans, lines and blocks with their places, for the parts that recognise a paper.

Knows nothing of PyMuPDF, so that layouts can be made up. Places are in points from the top left corner of the page as
it is seen, whatever rotation the file asks for.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from readinglist.domain.pages import Rect

SAME_SIZE = 0.06  # sizes this close are one size; scans that were read by a machine vary by a few per cent
WIDE_GAP = 0.6  # of the type size: no space between two words of a centred line is as wide
WORD_GAP = 0.18
TORN_GAP = 0.4
LONGEST_WORD = 60
ROW_TOLERANCE = 0.3
LINE_GAP = 1.0  # of the type size, between the lines of one block
DOUBLE_GAP = 1.6  # the same in type with double spacing, where both lines begin or are centred alike
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
SPLIT = "\x1f"  # stands between what the page keeps apart: wide gaps, raised marks
MARKS = re.compile(r"[\W\d_]*(?:[a-zα-ω](?:[,;\s]*[a-zα-ω])*)?[\W\d_]*")  # what is raised behind a name: 1,2 * † a,b


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of a line in one type.

    Attributes:
        size: Of the type.
        is_raised: Above the line, as a footnote's mark.
    """

    text: str
    size: float
    box: Rect
    is_bold: bool = False
    is_raised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of type.

    Attributes:
        baseline: Where the letters stand, from the top of the page.
        is_upright: It is read from left to right; stamps in the margin are not.
        text: The words with single spaces.
        size: Type size of most letters; of the capitals in a line of small capitals.
        is_bold: Most of it is.
    """

    spans: tuple[Span, ...]
    box: Rect
    baseline: float
    is_upright: bool = True
    text: str = field(init=False)
    size: float = field(init=False)
    is_bold: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for again and again."""
        object.__setattr__(self, "text", " ".join(join_spans(self.spans).split()))
        object.__setattr__(self, "size", _main_size(self.spans))
        letters = sum(len(span.text.strip()) for span in self.spans)
        bold = sum(len(span.text.strip()) for span in self.spans if span.is_bold)
        object.__setattr__(self, "is_bold", 2 * bold > letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of type.

    Attributes:
        number: The first is 1.
        lines: In the file's order, which mostly is the order of reading.
        picture_share: Largest part of the page that one picture covers, 0 to 1.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    picture_share: float = 0.0

    @property
    def upright(self) -> list[Line]:
        """The lines that are read from left to right and say something."""
        return [line for line in self.lines if line.is_upright and line.text]

    @property
    def text(self) -> str:
        """All lines, one below the other."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of one type close below each other, such as a title of three lines.

    Attributes:
        text: The lines joined, words broken at their ends made whole.
        size: Type size.
        is_bold: The first line is.
        box: What all lines cover.
    """

    lines: tuple[Line, ...]
    text: str = field(init=False)
    size: float = field(init=False)
    is_bold: bool = field(init=False)
    box: Rect = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for again and again."""
        object.__setattr__(self, "text", join_lines(line.text for line in self.lines))
        object.__setattr__(self, "size", max(line.size for line in self.lines))
        object.__setattr__(self, "is_bold", self.lines[0].is_bold)
        object.__setattr__(self, "box", hull(line.box for line in self.lines))


def hull(boxes: Iterable[Rect]) -> Rect:
    """Return the smallest box around all."""
    all_boxes = list(boxes)
    return Rect(
        min(box.left for box in all_boxes),
        min(box.top for box in all_boxes),
        max(box.right for box in all_boxes),
        max(box.bottom for box in all_boxes),
    )


def join_spans(spans: Sequence[Span]) -> str:
    """Join the pieces of a line: a space where the page leaves one, none between a capital and its small capitals."""
    text = ""
    last: Span | None = None
    for span in spans:
        if not span.text.strip():
            text += " "
            continue
        if last is not None and _is_small_capital_joint(last, span):
            text = text.rstrip() + span.text.lstrip()
        elif last is not None and span.box.left - last.box.right > WORD_GAP * min(span.size, last.size):
            text += " " + span.text
        else:
            text += span.text
        last = span
    return text


def split_spans(line: Line) -> str:
    """Join a line with `SPLIT` where the page keeps names apart: at raised marks, smaller marks and wide gaps."""
    size = line.size
    text = ""
    last: Span | None = None
    for span in line.spans:
        if not span.text.strip():
            text += " "
            continue
        is_small = span.is_raised or span.size < 0.85 * size
        is_mark = is_small and MARKS.fullmatch(span.text.strip()) is not None
        if last is not None and span.box.left - last.box.right > WIDE_GAP * size:
            text += SPLIT
        elif last is not None and not text.endswith((" ", SPLIT)) and span.box.left - last.box.right > WORD_GAP * size:
            text += " "
        text += SPLIT if is_mark else span.text
        last = span
    return re.sub(r"\s{3,}", SPLIT, text)


def join_lines(lines: Iterable[str]) -> str:
    """Make one line of several: words broken by a hyphen made whole, no spaces between Chinese or Japanese lines."""
    text = ""
    for line in filter(None, (one.strip() for one in lines)):
        if not text:
            text = line
        elif _is_broken(text, line):
            text = text[:-1] + line
        elif _is_close(text, line):
            text += line
        else:
            text += " " + line
    return text


def merge_rows(lines: Sequence[Line]) -> list[Line]:
    """Join lines that stand on one baseline close to each other; justified type is torn apart by its spaces."""
    rows: list[Line] = []
    for line in sort_rows(lines):
        last = next((row for row in reversed(rows[-4:]) if _continues(row, line)), None)
        if last is None:
            rows.append(line)
            continue
        place = rows.index(last)
        rows[place] = Line(spans=(*last.spans, *line.spans), box=hull((last.box, line.box)), baseline=last.baseline)
    return rows


def join_torn(lines: Iterable[Line]) -> list[Line]:
    """Join lines that follow each other in the file and on the page without a gap: some writers tear words apart."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if last is None or not (last.is_upright and line.is_upright and _touches(last, line)):
            whole.append(line)
            continue
        box = hull((last.box, line.box))
        whole[-1] = Line(spans=(*last.spans, *line.spans), box=box, baseline=last.baseline)
    return whole


def sort_rows(lines: Iterable[Line]) -> list[Line]:
    """Return lines from top to bottom, and from left to right where they stand on one baseline."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: one.baseline):
        if rows and line.baseline - rows[-1][0].baseline <= ROW_TOLERANCE * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box.left)]


def group_blocks(lines: Sequence[Line], *, large: float = 1000.0) -> list[Block]:
    """Put lines of one size and weight that follow each other closely together, from top to bottom.

    Args:
        lines: From top to bottom.
        large: Type of this size and above may be set with double spacing.
    """
    blocks: list[list[Line]] = []
    for line in lines:
        limit = DOUBLE_GAP if line.size >= large else LINE_GAP
        block = next((one for one in reversed(blocks[-6:]) if _follows(one[-1], line, limit)), None)
        if block is None:
            blocks.append([line])
        else:
            block.append(line)
    return [Block(lines=tuple(block)) for block in blocks]


def find_body_size(pages: Iterable[Page]) -> float:
    """Return the type size of most letters; 10 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            for span in line.spans:
                sizes[round(span.size * 2) / 2] += len(span.text.strip())
    return max(sizes, key=lambda size: sizes[size]) if sizes else 10.0


def is_same_size(one: float, other: float) -> bool:
    """Say whether two sizes are meant to be one."""
    return abs(one - other) <= SAME_SIZE * max(one, other)


def _main_size(spans: Sequence[Span]) -> float:
    sizes: Counter[float] = Counter()
    for span in spans:
        sizes[span.size] += len(span.text.strip())
    if not sizes:
        return 0.0
    most = max(sizes, key=lambda size: (sizes[size], size))
    larger = [span.size for span in spans if most * 1.1 < span.size < most * 1.5 and span.text.strip().isupper()]
    return max(larger) if larger and "".join(span.text for span in spans).isupper() else most


def _is_small_capital_joint(last: Span, span: Span) -> bool:
    is_smaller = 1.1 * span.size < last.size < 1.5 * span.size
    head = re.search(r"(?:^|\W)[A-ZÀ-Þ]$", last.text.rstrip())
    return is_smaller and head is not None and span.text.strip().isupper() and not span.is_raised


def _is_broken(text: str, line: str) -> bool:
    """Tell `arti-|facts` from `self-|supervised`, `fact-|based` and `state-|of-the-art`."""
    if not text.endswith("-"):
        return False
    head = re.search(r"(?P<before>-?)(?P<head>[^\W\d_]{2,})-$", text[-LONGEST_WORD:])
    tail = re.match(r"[^\W\d_]+-?", line)
    if head is None or tail is None or not line[0].islower():
        return False
    is_compound = head["head"].lower() in COMPOUND_HEADS and tail[0] not in SUFFIXES
    return not (head["before"] or tail[0].endswith("-") or is_compound or tail[0] in COMPOUND_TAILS)


def _is_close(text: str, line: str) -> bool:
    """Say whether two lines join without a space."""
    is_hyphened = text.endswith(("-", "/", "–")) and not text.endswith((" -", " –")) and line[:1].isalnum()
    return is_hyphened or (CJK.match(text[-1]) is not None and CJK.match(line[0]) is not None)


# Parts of compounds that keep their hyphen at the end of a line more often than not.
COMPOUND_HEADS = frozenset(
    "self multi cross non semi high low large long short few one two three zero real open fine coarse full half single "
    "double quasi pseudo human machine cost energy meaning pre".split()
)
COMPOUND_TAILS = frozenset(
    "based driven free aware level wise specific oriented agnostic like supervised trained training tuning tuned scale "
    "dimensional agent modal lingual shot grained guided augmented dependent independent invariant efficient order "
    "term world time domain".split()
)
# What follows a hyphen within a word: `high-|er`, `pre-|cisely`.
SUFFIXES = frozenset(
    "er est ing ly ize ized ity ness ism ed en ful less ment sent sented sents vious viously cise cisely cision dict "
    "dicted diction dictions dictive fer ferred ference pare pared sence sume sumed vent vented serve served "
    "scribed".split()
)


def _continues(row: Line, line: Line) -> bool:
    size = max(row.size, line.size)
    gap = line.box.left - row.box.right
    is_level = abs(row.baseline - line.baseline) <= 0.25 * size
    return is_level and is_same_size(row.size, line.size) and -0.5 * size <= gap <= 1.5 * size


def _touches(last: Line, line: Line) -> bool:
    size = max(last.size, line.size)
    gap = line.box.left - last.box.right
    return abs(line.baseline - last.baseline) <= 0.1 * size and -0.2 * size <= gap <= TORN_GAP * size


def _follows(above: Line, line: Line, limit: float) -> bool:
    gap = line.box.top - above.box.bottom
    is_aligned = abs(above.box.left - line.box.left) < 2 or abs(above.box.centre.x - line.box.centre.x) < 3
    limit = limit if is_aligned else LINE_GAP
    return (
        is_same_size(above.size, line.size)
        and above.is_bold == line.is_bold
        and -1.2 * line.size <= gap <= limit * line.size
        and line.baseline > above.baseline + 0.5 * line.size
        and above.box.overlaps_across(line.box)
    )
