"""How a paper is cited: what kind of work it is, where it leads to, and the key by which texts refer to it."""

import re
from collections import Counter
from enum import Enum, auto

from readinglist.domain.identifiers import identifier_url
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import Paper
from readinglist.domain.titles import fold_title
from readinglist.domain.versions import is_preprint_venue

MEETING = re.compile(r"\b(?:proceedings|proc\.|conference|workshop|symposium|meeting)", re.IGNORECASE)
# The meetings that listings name by their letters; with a year or a track behind them.
MEETING_NAMES = re.compile(
    r"(?:AAAI|ACL|AISTATS|CHI|CIKM|COLING|COLM|COLT|CoRL|CVPR|EACL|ECCV|EMNLP|FAccT|ICASSP|ICCV|ICLR|ICML|ICRA|IJCAI|"
    r"Interspeech|IROS|KDD|MICCAI|NAACL|NeurIPS|NIPS|OSDI|RSS|SIGGRAPH|SIGIR|UAI|USENIX|WACV|WSDM|WWW)\b(?!\s*journal)",
    re.IGNORECASE,
)
EMPTY_WORDS = frozenset(
    "a an and are as at by can do does for from how in is it not of on or the to what why with".split()
)
# Letters that are no other letter with an accent.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
NOT_IN_KEY = re.compile(r"[^a-z0-9]+")


class Kind(Enum):
    """What kind of work a paper is, as far as the library knows."""

    ARTICLE = auto()
    CONFERENCE_PAPER = auto()
    PREPRINT = auto()


def kind_of(paper: Paper) -> Kind:
    """Tell from the venue what kind of work a paper is; without one it is a preprint."""
    venue = paper.venue or ""
    if is_preprint_venue(venue):
        return Kind.PREPRINT
    if MEETING.search(venue) or MEETING_NAMES.match(venue.strip()):
        return Kind.CONFERENCE_PAPER
    return Kind.ARTICLE


def address_of(paper: Paper) -> str | None:
    """Return the address of a paper's page, else of what its first identifier leads to; None if there is neither."""
    return paper.url or next(map(identifier_url, paper.identifiers), None)


class CitationKeys:
    """Gives each paper of an export its key: `lovelace1843notes`, and `lovelace1843notesb` for the next of that name.

    Papers must come in the order of their numbers. A paper's key then never changes because others are added later.
    """

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()
        self._used: set[str] = set()

    def give(self, paper: Paper) -> str:
        """Return the key of the next paper."""
        base = key_of(paper)
        key = base
        while key in self._used:
            self._given[base] += 1
            key = f"{base}{_suffix(self._given[base])}"
        self._used.add(key)
        return key


def key_of(paper: Paper) -> str:
    """Return the key that a paper has by itself: family name, year and the first telling word of its title."""
    name = _letters(fold_surname(paper.authors[0])) if paper.authors else _letters(paper.organization or "")
    words = [_letters(word) for word in fold_title(paper.title).split() if word not in EMPTY_WORDS]
    word = next(filter(None, words), "")
    year = str(paper.published.year) if paper.published else ""
    return f"{name or 'anonymous'}{year}{word}" if name or word else f"paper{paper.id}"


def _letters(text: str) -> str:
    return NOT_IN_KEY.sub("", fold_title(text).translate(LETTERS))


def _suffix(number: int) -> str:
    return chr(ord("a") + number) if number < 26 else f"-{number + 1}"
