"""What a recommender answers: a paper, how near it is, and why."""

from dataclasses import dataclass

from readinglist.domain.paper import PaperId
from readinglist.domain.word_forms import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One similar or recommended paper.

    Attributes:
        paper_id: Never the paper asked about, nor its twin.
        score: 0 (unrelated) to 1 (the same text).
        reasons: At least one short text for the reader, the strongest first.
    """

    paper_id: PaperId
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfPdf:
    """A page of one of a paper's files, and what it says there.

    Attributes:
        sha256: Of the file's content.
        page: The first is 1.
        said: The part of the page's text that is meant; empty where it is the page.
        forms: What was looked for in it, and is to be marked; without any, all that is said.
    """

    sha256: str
    page: int
    said: str = ""
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyHere:
    """Why a paper stands in a list, in one line for the list itself.

    Attributes:
        text: Plain text, without a full stop.
        marks: The parts of it to be emphasised, (start, end) each, in order and apart.
        place: Where it can be read, if that is in a PDF.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    place: PageOfPdf | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarAnswer:
    """The papers nearest to a paper or a text.

    Attributes:
        items: Best first.
        method: `meaning` (vectors) or `words` (the text index, while vectors are missing).
        notice: A sentence for the reader when the answer is not the best possible; else empty.
    """

    items: tuple[Recommendation, ...]
    method: str
    notice: str = ""
