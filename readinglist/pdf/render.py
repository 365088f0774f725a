"""Makes pictures of pages: at any scale, turned, of a part only, light or dark, and never too large for the memory."""

import math
from collections.abc import Iterable
from functools import cache
from typing import Any

import pymupdf

from readinglist.domain.pages import DarkColours, PagePicture, PageSize, PictureWanted, Rect
from readinglist.pdf.pages import OpenPages

MOST_PIXELS = 25_000_000  # 100 MB; pages of 18,000 × 36,000 points exist
LONGEST_SIDE = 16_000  # pixels; a picture on the screen cannot have more than 32,767
WHOLE_PAGE = 0.8  # a picture that covers more is a scan: the page itself, and no picture on it


def render_picture(pages: OpenPages, wanted: PictureWanted) -> PagePicture:
    """Make a picture.

    Raises:
        DataError: There is no such page, or it is damaged.
        MemoryError: It needs more than there is.
        ValueError: The part that is wanted lies outside the page, or the scale is no scale.
    """
    if not (math.isfinite(wanted.scale) and wanted.scale > 0):
        message = f"no scale: {wanted.scale}"
        raise ValueError(message)
    drawing = pages.display_list(wanted.page, wanted.without)
    size = pages.sizes[wanted.page - 1]
    clip = _clip(wanted.clip, size)
    scale = _bounded(wanted.scale, clip)
    matrix = pymupdf.Matrix(scale, scale).prerotate(wanted.rotation)
    with pages.page(wanted.page):
        pixmap = _drawn(drawing, matrix, pymupdf.Rect(clip.left, clip.top, clip.right, clip.bottom))
        if wanted.dark is not None:
            kept = _pictures(pages.picture_areas(wanted.page), size)
            _darken(pixmap, wanted.dark, [_pixels(rect, matrix) for rect in kept])
        return PagePicture(
            width=pixmap.width, height=pixmap.height, stride=pixmap.stride, scale=scale, pixels=pixmap.samples
        )


def _drawn(drawing: Any, matrix: Any, part: Any) -> Any:
    """Draw a part of a page onto white, in the byte order in which screens have their pixels.

    PyMuPDF's own method knows red, green and blue only; to turn the order round afterwards takes the window longer than
    to draw most pages takes MuPDF.
    """
    mupdf = pymupdf.mupdf
    place = (part * matrix).irect
    blue_first = mupdf.FzColorspace(mupdf.FzColorspace.Fixed_BGR)
    found = mupdf.fz_new_pixmap_with_bbox(blue_first, mupdf.FzIrect(*place), mupdf.FzSeparations(), 1)
    mupdf.fz_clear_pixmap_with_value(found, 0xFF)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(*matrix), found)
    everywhere = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    mupdf.fz_run_display_list(drawing.this, device, mupdf.FzMatrix(), everywhere, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return pymupdf.Pixmap("raw", found)


def _clip(clip: Rect | None, size: PageSize) -> Rect:
    whole = Rect(0, 0, size.width, size.height)
    if clip is None:
        return whole
    found = Rect(
        max(clip.left, whole.left),
        max(clip.top, whole.top),
        min(clip.right, whole.right),
        min(clip.bottom, whole.bottom),
    )
    if found.width <= 0 or found.height <= 0:
        message = f"nothing of {clip} is on the page"
        raise ValueError(message)
    return found


def _bounded(scale: float, clip: Rect) -> float:
    """Return the largest scale up to the one asked for that keeps the picture within bounds."""
    by_area = math.sqrt(MOST_PIXELS / (clip.width * clip.height))
    return min(scale, by_area, LONGEST_SIDE / max(clip.width, clip.height))


def _pictures(areas: Iterable[Rect], size: PageSize) -> list[Rect]:
    whole = size.width * size.height
    return [rect for rect in areas if rect.width * rect.height < WHOLE_PAGE * whole]


def _pixels(rect: Rect, matrix: Any) -> Any:
    return (pymupdf.Rect(rect.left, rect.top, rect.right, rect.bottom) * matrix).irect


@cache
def _below(colours: DarkColours) -> int:
    """Return the colour to tint black with so that paper comes out right: MuPDF turns white into nearly black only."""
    sample = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 1, 1), 0)
    sample.set_rect(sample.irect, (255, 255, 255))
    pymupdf.mupdf.fz_invert_pixmap_luminance(sample.this)
    found = 0
    for shift, left in zip((16, 8, 0), sample.samples, strict=True):
        paper, ink = colours.paper >> shift & 255, colours.ink >> shift & 255
        found |= max(0, round((255 * paper - left * ink) / (255 - left))) << shift
    return found


def _darken(pixmap: Any, colours: DarkColours, kept: Iterable[Any]) -> None:
    """Turn light into dark in place, keeping hues, and put the pictures back as they were."""
    parts = [part for one in kept if not (part := one & pixmap.irect).is_empty]
    light = pymupdf.Pixmap(pixmap, 1) if parts else None
    pymupdf.mupdf.fz_invert_pixmap_luminance(pixmap.this)
    pixmap.tint_with(_below(colours), colours.ink)
    for part in parts:
        pixmap.copy(light, part)
