"""The first picture of a tab that is about to be made: asked for while the file is still being looked up.

Everything here may be called by any thread; what only the main thread knows is in `Foreseen`.
"""

from concurrent.futures import Future
from dataclasses import dataclass

from readinglist.domain.pages import DarkColours, PagePicture, PageSize, PdfInfo, PictureWanted
from readinglist.ui.reader.arrangement import bounded_zoom, fitting_zoom
from readinglist.ui.reader.viewing import Fit, Place

SIDE_WIDTH = 260
HANDLE_WIDTH = 1
SIDE_FROM = 900  # px; a narrower tab begins without the panel
MOST_PIXELS = 8_000_000  # of one picture; more takes the process so long that the reader would notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """How a tab will begin.

    Attributes:
        width: Of the tab, px.
        bar_width: Of its scroll bar, px.
        ratio: Pixels of the screen for each logical pixel.
        dark: Colours of dark pages; None for pages as they are.
    """

    width: int
    bar_width: int
    ratio: float
    dark: DarkColours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The first picture, on its way.

    Attributes:
        foreseen: What it was asked for by.
        wanted: What was asked for; a wrong guess costs one picture.
        coming: The promise.
    """

    foreseen: Foreseen
    wanted: PictureWanted
    coming: "Future[PagePicture]"


def first_wanted(info: PdfInfo, place: Place, foreseen: Foreseen) -> PictureWanted | None:
    """Return the picture that a tab will ask for first; None if that depends on its height."""
    size = info.pages[place.page - 1]
    if place.zoom == Fit.PAGE:
        return None
    if place.zoom == Fit.WIDTH:
        side = SIDE_WIDTH + HANDLE_WIDTH if foreseen.width >= SIDE_FROM else 0
        zoom = fitting_zoom([size], 0, (foreseen.width - side - foreseen.bar_width, 1), is_whole=False)
    else:
        zoom = bounded_zoom(float(place.zoom), info.pages)
    return PictureWanted(page=place.page, scale=picture_scale(size, zoom * foreseen.ratio), dark=foreseen.dark)


def picture_scale(size: PageSize, scale: float) -> float:
    """Return the scale of the picture of a whole page that is to be shown at some scale."""
    return round(min(scale, whole_scale(size)), 4)


def whole_scale(size: PageSize) -> float:
    """Return the largest scale at which a page is one picture."""
    return float((MOST_PIXELS / (size.width * size.height)) ** 0.5)
