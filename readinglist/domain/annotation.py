"""What a reader draws and writes on the pages of a PDF: marks, notes, areas, ink and text.

Annotations live in the library; the file is not changed. Places are those of `domain.pages`.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from readinglist.domain.pages import Point, Rect


class AnnotationKind(StrEnum):
    """What an annotation looks like; the values are stored."""

    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKE_OUT = "strike-out"
    NOTE = "note"  # a small sign with a comment behind it
    AREA = "area"  # a frame around a figure or a formula
    INK = "ink"  # drawn by hand
    TEXT = "text"  # written onto the page

    @property
    def is_on_text(self) -> bool:
        """It marks words, and so has a quote."""
        return self in {AnnotationKind.HIGHLIGHT, AnnotationKind.UNDERLINE, AnnotationKind.STRIKE_OUT}


class AnnotationColour(StrEnum):
    """The five colours, by name; each theme has its own shade of them."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    PURPLE = "purple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotation.

    Attributes:
        uid: Its name for ever and in every copy; also that of the annotation in the file it was taken from.
        page: Number of the page; the first is 1.
        rects: At least one: for marks one for each line, else one around all of it. A note's sign hangs at the top
            left corner.
        strokes: The lines of ink, at least one, each of at least one point; empty for other kinds.
        quote: The words under a mark, on one line; empty for other kinds.
        comment: What the reader wrote, of several lines; for `TEXT` what stands on the page.
        tags: Without `#`.
        author: Who made it; empty if nobody says.
        created: With time zone; None if the file does not say.
        modified: With time zone; None if the file does not say.
    """

    uid: str
    kind: AnnotationKind
    page: int
    rects: tuple[Rect, ...]
    colour: AnnotationColour = AnnotationColour.YELLOW
    strokes: tuple[tuple[Point, ...], ...] = ()
    quote: str = ""
    comment: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    created: datetime | None = None
    modified: datetime | None = None

    def __post_init__(self) -> None:
        """Reject what stands nowhere.

        Raises:
            ValueError: It has no place.
        """
        if not self.rects or (self.kind is AnnotationKind.INK and not self.strokes):
            message = f"the {self.kind} {self.uid} has no place on its page"
            raise ValueError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationPart:
    """The annotations that some pages of a file have; ask again for the rest, from `next_page` on.

    Attributes:
        annotations: Page by page, in the order of the file.
        next_page: The first page that was not looked at; None at the end.
    """

    annotations: tuple[Annotation, ...]
    next_page: int | None
