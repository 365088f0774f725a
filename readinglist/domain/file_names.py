"""Readable names for the files of papers and of lists, which every system and every cloud folder can keep."""

import re
import unicodedata
from collections.abc import Container, Iterator

from readinglist.domain.names import family_name
from readinglist.domain.paper import Paper, PaperDraft

MAX_TITLE = 80  # characters; a path of 260 must hold folder and all, on some systems
MAX_BYTES = 200  # of a name: 255 is the most, and a number may follow
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\ufeff]+')
# **Source:** https://learn.microsoft.com/windows/win32/fileio/naming-a-file ("Naming conventions").
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def file_name(described: Paper | PaperDraft, *, suffix: str = ".pdf") -> str:
    r"""Name a paper's file "Surname 2024 - Short title.pdf"; what is not known is left out.

    >>> file_name(PaperDraft(title="What? A/B: \u201cit\u201d", authors=("Ada van Byron", "Ben Li")))
    'Byron - What A B “it”.pdf'
    >>> file_name(PaperDraft(title="CON"))
    'CON_.pdf'
    """
    authors = described.authors
    surname = family_name(authors[0]) if authors else ""
    year = str(described.published.year) if described.published else ""
    head = " ".join(filter(None, (surname, year)))
    title = _shortened(_safe(described.title)) or "Untitled"
    stem = _safe(f"{head} - {title}" if head else title)
    return _whole(stem, suffix)


def list_file_name(title: str, *, suffix: str) -> str:
    """Name the file that a list of papers is written to.

    >>> list_file_name("Survey/What is attention?", suffix=".bib"), list_file_name("/", suffix=".csv")
    ('Survey - What is attention.bib', 'papers.csv')
    """
    levels = filter(None, map(_safe, title.split("/")))
    return _whole(_shortened(" - ".join(levels)) or "papers", suffix)


def free_name(name: str, taken: Container[str]) -> str:
    """Return the name, or the first numbered one like it that is free.

    Args:
        name: With its suffix.
        taken: Names as `fold_name` makes them.

    >>> free_name("A.pdf", {"a.pdf", "a 2.pdf"})
    'A 3.pdf'
    """
    return next(one for one in _numbered(name) if fold_name(one) not in taken)


def fold_name(name: str) -> str:
    """Reduce a name to what a system that ignores case and accents' spelling tells apart."""
    return unicodedata.normalize("NFC", name).casefold()


def title_of_name(name: str) -> str:
    """Make a title of a file's name, for a file that says nothing of itself.

    >>> title_of_name("smith_2019-final.PDF"), title_of_name(".pdf")
    ('smith 2019-final', 'pdf')
    """
    stem = re.sub(r"\.pdf$", "", name, flags=re.IGNORECASE) if not name.startswith(".") else name[1:]
    return " ".join(_safe(stem.replace("_", " ")).split()) or "Untitled"


def _numbered(name: str) -> Iterator[str]:
    yield name
    stem, dot, suffix = name.rpartition(".")
    number = 2
    while True:
        yield f"{stem} {number}{dot}{suffix}"
        number += 1


def _safe(text: str) -> str:
    """Leave out what some system refuses in a name, and dots and spaces at its ends."""
    plain = unicodedata.normalize("NFC", text).encode("utf-8", "ignore").decode()
    return " ".join(FORBIDDEN.sub(" ", plain).split()).strip(" .")


def _whole(stem: str, suffix: str) -> str:
    while len(stem.encode()) > MAX_BYTES:
        stem = stem[:-1].rstrip(" .")
    return f"{stem}_{suffix}" if RESERVED.fullmatch(stem) else f"{stem}{suffix}"


def _shortened(title: str) -> str:
    """Cut a long title after a whole word."""
    if len(title) <= MAX_TITLE:
        return title
    return title[: MAX_TITLE + 1].rpartition(" ")[0].rstrip(" ,.-–—") or title[:MAX_TITLE]
