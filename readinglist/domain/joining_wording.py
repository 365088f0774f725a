"""What entries become when they are merged, in words: line by line, and of which entry each line is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from readinglist.domain.feedback import Feedback
from readinglist.domain.joining import Entry, Joined
from readinglist.domain.paper import Paper, PaperId, Priority, Status
from readinglist.domain.wording import count_text, day_text

NAMES_SHOWN = 3
MOST_SHOWN = 160  # letters of an abstract or a note; the rest is known from the entry
SCHEMES = {
    "arxiv": "arXiv",
    "doi": "DOI",
    "acl": "ACL",
    "pmid": "PubMed",
    "openreview": "OpenReview",
    "s2": "Semantic Scholar",
    "openalex": "OpenAlex",
    "isbn": "ISBN",
}
SAID = {Feedback.MORE: "more like it", Feedback.LESS: "fewer like it", Feedback.HIDE: "hidden"}
SEPARATOR = " · "
NO_BREAK = "\u00a0"  # a name is not parted from its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing about the paper as it will be.

    Attributes:
        label: What it is.
        papers: The entries from which it comes; empty where all of them say the same.
    """

    label: str
    text: str
    papers: tuple[PaperId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """How a line is made.

    Attributes:
        text: Writes it of an entry; what has nothing of it is written as an empty text.
        gives: Tells whether the first entry, of those that become the second, is one that it comes from; None for those
            that are written alike.
    """

    label: str
    text: Callable[[Entry], str]
    gives: Callable[[Entry, Entry], bool] | None = None


def lines_of(joined: Joined) -> list[Line]:
    """Describe a paper as it will be; what it does not have is left out."""
    return [line for part in PARTS if (line := _line(part, joined)).text]


def facts_text(paper: Paper) -> str:
    """Say which version an entry is: where and when it appeared, and what it is identified by."""
    when = day_text(paper.published) if paper.published else ""
    named = [one for one in paper.identifiers if one.scheme in {"arxiv", "doi"}]
    names = [_identifier_text(one.scheme, one.value).replace(" ", NO_BREAK) for one in named]
    return SEPARATOR.join(filter(None, [paper.venue or "", when, *names])) or "Without date, venue or identifier"


def made_text(entry: Entry) -> str:
    """Say what the reader made of an entry: `Read · starred · 2 tags · a note · 3 annotations`."""
    paper = entry.paper
    made = [
        _marks_text(entry),
        count_text(len(paper.tags), "tag") if paper.tags else "",
        count_text(len(paper.collections), "collection") if paper.collections else "",
        "a note" if paper.note.strip() else "",
        _files_text(entry),
        _annotations_text(entry),
    ]
    return SEPARATOR.join(filter(None, made))


def _line(part: _Part, joined: Joined) -> Line:
    text = part.text(joined.whole)
    gives = part.gives or (lambda entry, _: part.text(entry) == text)
    giving = tuple(one.paper.id for one in joined.entries if gives(one, joined.whole))
    return Line(label=part.label, text=text, papers=() if len(giving) == len(joined.entries) else giving)


def _authors_text(entry: Entry) -> str:
    names, total = entry.paper.authors, entry.paper.author_count or len(entry.paper.authors)
    if not names:
        return count_text(total, "author") if total else ""
    shown = names if total <= NAMES_SHOWN + 1 else names[:NAMES_SHOWN]
    rest = total - len(shown)
    return ", ".join(shown) + (f" and {rest:,} more" if rest > 0 else "")


def _identifier_text(scheme: str, value: str) -> str:
    return f"{SCHEMES.get(scheme, scheme)} {value}"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN].rsplit(' ', 1)[0]}…"


def _abstract_text(entry: Entry) -> str:
    return _shortened(entry.paper.abstract)


def _marks_text(entry: Entry) -> str:
    return SEPARATOR.join(_marks(entry.paper))


def _marks(paper: Paper) -> Iterator[str]:
    yield paper.status.label
    if paper.is_starred:
        yield "starred"
    if paper.priority is not Priority.NONE:
        yield f"{paper.priority.name.lower()} priority"
    if paper.rating:
        yield f"rated {paper.rating} of 5"


def _gives_marks(one: Entry, whole: Entry) -> bool:
    paper, now = one.paper, whole.paper
    if now.status is not Status.INBOX and paper.status is now.status:
        return True
    return bool(
        paper.is_starred
        or (paper.priority and paper.priority == now.priority)
        or (paper.rating and paper.rating == now.rating)
    )


def _note_text(entry: Entry) -> str:
    return _shortened(entry.paper.note)


def _files_text(entry: Entry) -> str:
    return count_text(len(entry.files), "PDF") if entry.files else ""


def _annotations_text(entry: Entry) -> str:
    return count_text(len(entry.annotations), "annotation") if entry.annotations else ""


def _has(text: Callable[[Entry], object]) -> Callable[[Entry, Entry], bool]:
    """Have a line come from all entries that have something of it."""
    return lambda entry, _: bool(text(entry))


def _values(text: Callable[[Entry], Sequence[str]], label: str) -> _Part:
    return _Part(label=label, text=lambda entry: ", ".join(text(entry)), gives=_has(text))


PARTS = (
    _Part(label="Title", text=lambda entry: entry.paper.title),
    _Part(label="Authors", text=_authors_text),
    _Part(label="Published", text=lambda entry: day_text(entry.paper.published) if entry.paper.published else ""),
    _Part(label="Venue", text=lambda entry: entry.paper.venue or ""),
    _values(
        lambda entry: [_identifier_text(one.scheme, one.value) for one in entry.paper.identifiers],
        "Identifiers",
    ),
    _Part(label="Abstract", text=_abstract_text, gives=lambda one, whole: one.paper.abstract == whole.paper.abstract),
    _Part(label="Status", text=_marks_text, gives=_gives_marks),
    _values(lambda entry: entry.paper.tags, "Tags"),
    _values(lambda entry: entry.paper.collections, "Collections"),
    _Part(label="Note", text=_note_text, gives=_has(_note_text)),
    _Part(label="PDFs", text=_files_text, gives=_has(_files_text)),
    _Part(label="Annotations", text=_annotations_text, gives=_has(_annotations_text)),
    _values(lambda entry: [SAID[kind] for kind in sorted(entry.said)], "For you"),
)
