"""Where a PDF is opened: the page, how much of it, and the first picture of it."""

from typing import TYPE_CHECKING

from readinglist.domain.files import ReadingPosition
from readinglist.services.reading import OpenPaper
from readinglist.ui.reader.viewing import Place

if TYPE_CHECKING:
    from readinglist.ui.reader.foreseeing import First, Foreseen


def ask_first(opened: OpenPaper, place: Place, foreseen: "Foreseen") -> "First | None":
    """Ask for the first picture of a tab; called by a worker."""
    from readinglist.ui.reader.foreseeing import First, first_wanted

    wanted = first_wanted(opened.info, place, foreseen)
    return None if wanted is None else First(foreseen=foreseen, wanted=wanted, coming=opened.picture(wanted))


def place_of(opened: OpenPaper, page: int | None) -> Place:
    """Return where to begin: at a page that was asked for, else where the reader stopped."""
    position, last = opened.position, len(opened.info.pages)
    if page is not None:
        return Place(page=page_in(page, last), zoom=position.zoom if position else Place().zoom)
    if position is None:
        return Place()
    return Place(page=page_in(position.page, last), offset=position.offset, zoom=position.zoom)


def page_in(page: int, last: int) -> int:
    """Return the page of a PDF that is nearest to a number."""
    return max(1, min(page, last))


def pages_of(position: ReadingPosition | None) -> set[int]:
    """Return the pages that were read before."""
    ranges = position.pages_read if position is not None else ()
    return {page for first, last in ranges for page in range(first, last + 1)}
