"""Pictures of pages for the view: asked for in the order in which they are needed, kept as long as there is room.

A page has one picture of all of it and, where that would have too many pixels, sharp tiles of what is on the screen.
Until the right picture is there, the best one that is stands in for it.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from readinglist.domain.pages import DarkColours, PagePicture, PageSize, PictureWanted, Rect
from readinglist.ui.bridge import Bridge, sentence_of
from readinglist.ui.reader.arrangement import turned, turned_back
from readinglist.ui.reader.foreseeing import First, picture_scale, whole_scale
from readinglist.ui.reader.needs import Document
from readinglist.ui.theme.palette import load_palette

SMALL_SIDE = 320  # pixels of the picture that comes first
SMALL_PAYS_OFF = 3.0  # how many times longer the sharp picture must be
TILE = 1024  # pixels
KEPT_BYTES = 256_000_000
UNDER_WAY = 2  # questions at a time, and as many for what is not on the screen: what comes after can still change


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """How all pages are drawn.

    Attributes:
        rotation: Beyond what the file asks for.
        dark: Colours of dark pages; None for pages as they are.
    """

    rotation: int = 0
    dark: DarkColours | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharp:
    """A picture that the view needs.

    Attributes:
        scale: Pixels of the screen for each point.
        part: For a tile its column and row; None for all of the page.
    """

    page: int
    scale: float
    part: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is there.

    Attributes:
        wanted: What was asked for.
        image: As it is painted.
        picture: As it came; the image has no memory of its own.
    """

    wanted: PictureWanted
    image: QImage
    picture: PagePicture

    @property
    def scale(self) -> float:
        """Pixels for each point, as it came out."""
        return self.picture.scale


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question under way."""

    future: Future[PagePicture]
    is_urgent: bool


class Pictures(QObject):
    """Asks for pictures and keeps them.

    Args:
        document: Makes them.
        bridge: Brings them to the main thread.
        parent: Owner.
    """

    arrived = Signal(int)  # page
    ready = Signal()  # everything on the screen is sharp, or cannot be had

    def __init__(self, document: Document, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._bridge = bridge
        self._kept: OrderedDict[PictureWanted, Kept] = OrderedDict()
        self._bytes = 0
        self._wishes: list[PictureWanted] = []
        self._urgent: frozenset[PictureWanted] = frozenset()  # for what is on the screen
        self._seen: tuple[Sharp, ...] = ()
        self._near: tuple[Sharp, ...] = ()
        self._beside: tuple[Sharp, ...] = ()
        self._under_way: dict[PictureWanted, _Asked] = {}
        self._failed: dict[PictureWanted, str] = {}
        self._without: dict[int, tuple[str, ...]] = {}
        self._small_ones: frozenset[PictureWanted] = frozenset()  # that come first
        self._has_begun = False  # what is on the screen was there once: now there is time for the rest
        self._is_closed = False
        self.pen = Pen()

    @property
    def is_idle(self) -> bool:
        """Everything that was asked for has come."""
        return not self._under_way and not self._wishes

    @property
    def is_ready(self) -> bool:
        """What is on the screen is sharp, or cannot be had."""
        return bool(self._seen) and all(
            one in self._kept or one in self._failed for one in map(self._wanted, self._seen)
        )

    def expect(self, first: First) -> None:
        """Take over a picture that somebody else has asked for."""
        self._take_over(first.wanted, first.coming, is_urgent=True)

    def leave_out(self, without: dict[int, tuple[str, ...]]) -> None:
        """Draw pages without these annotations of the file, by page, because the library has them."""
        self._without = without

    def wish(self, seen: Iterable[Sharp], near: Iterable[Sharp]) -> None:
        """Say which pictures are needed now; what was wished for before and is not any more is forgotten.

        Args:
            seen: On the screen: a small picture comes first where there is none yet.
            near: Before and behind that.
        """
        self._seen, self._near = tuple(seen), tuple(near)
        self._order()

    def wish_beside(self, pages: Iterable[int]) -> None:
        """Say which pages are to be seen in small beside the view; they come last."""
        self._beside = tuple(self.small(page) for page in pages)
        self._order()

    def small(self, page: int) -> Sharp:
        """Return the wish for a small picture of a page."""
        size = self._document.info.pages[page - 1]
        return Sharp(page=page, scale=SMALL_SIDE / max(size.width, size.height))

    def best(self, page: int, scale: float) -> Kept | None:
        """Return the picture of a whole page that is nearest to a scale; None if there is none."""
        whole = [
            one
            for one in self._kept.values()
            if one.wanted.page == page
            and one.wanted.clip is None
            and one.wanted.rotation == self.pen.rotation
            and one.wanted.dark == self.pen.dark
        ]
        found = min(whole, key=lambda one: self._badness(one, scale), default=None)
        if found is not None:
            self._kept.move_to_end(found.wanted)
        return found

    def tile(self, sharp: Sharp) -> QImage | None:
        """Return a tile if it is there."""
        kept = self._kept.get(self._wanted(sharp))
        return kept.image if kept is not None else None

    def problem(self, page: int) -> str:
        """Say why a page has no picture; empty if nothing is known against it."""
        return next((text for one, text in self._failed.items() if one.page == page), "")

    def forget_problems(self) -> None:
        """Try again what failed."""
        self._failed.clear()

    def close(self) -> None:
        """Ask for nothing more, take nothing more, and give the memory back."""
        self._is_closed = True
        self._wishes = []
        self._kept.clear()
        for asked in tuple(self._under_way.values()):
            asked.future.cancel()

    def _wanted(self, sharp: Sharp) -> PictureWanted:
        size = self._document.info.pages[sharp.page - 1]
        return PictureWanted(
            page=sharp.page,
            scale=picture_scale(size, sharp.scale) if sharp.part is None else round(sharp.scale, 4),
            rotation=self.pen.rotation,
            clip=None if sharp.part is None else tile_rect(size, sharp.part, sharp.scale, self.pen.rotation),
            dark=self.pen.dark,
            without=self._without.get(sharp.page, ()),
        )

    def _small_first(self, sharp: Sharp) -> PictureWanted | None:
        if sharp.part is not None or self.best(sharp.page, sharp.scale) is not None:
            return None
        small = self.small(sharp.page)
        return None if sharp.scale < small.scale * SMALL_PAYS_OFF else self._wanted(small)

    def _badness(self, kept: Kept, scale: float) -> tuple[bool, float]:
        is_old = kept.wanted.without != self._without.get(kept.wanted.page, ())
        return is_old, abs(kept.scale - min(scale, whole_scale(self._document.info.pages[kept.wanted.page - 1])))

    def _order(self) -> None:
        """Put the wishes into their order, each once, and leave out what is there."""
        first = [one for sharp in self._seen if (one := self._small_first(sharp)) is not None]
        urgent = list(map(self._wanted, self._seen))
        wishes = dict.fromkeys([*first, *urgent, *map(self._wanted, (*self._near, *self._beside))])
        self._wishes = [one for one in wishes if one not in self._kept and one not in self._failed]
        self._urgent, self._small_ones = frozenset(urgent), frozenset(first)
        is_there_already = not self._has_begun and self.is_ready  # it was expected, and came before it was wished for
        self._has_begun = self._has_begun or is_there_already
        self._ask()
        if is_there_already:
            self.ready.emit()

    def _ask(self) -> None:
        """Ask for what comes next; what is on the screen never waits for what is not."""
        counts = Counter(asked.is_urgent for asked in self._under_way.values())
        left = []
        for wanted in self._wishes:
            # A small picture that comes first is none of the urgent ones: where the process is busy, the sharp one goes
            # before it, and the two do not take each other's place.
            is_urgent = wanted in self._urgent
            if not (self._has_begun or is_urgent or wanted in self._small_ones):
                left.append(wanted)
                continue
            asked = self._under_way.get(wanted)
            if asked is not None:
                # The reader has come to a page that was in no hurry: it must not go on waiting in that queue.
                if not is_urgent or asked.is_urgent or not asked.future.cancel():
                    continue
                counts[False] -= 1
            if counts[is_urgent] == UNDER_WAY:
                left.append(wanted)
                continue
            counts[is_urgent] += 1
            self._take_over(wanted, self._document.picture(wanted, is_urgent=is_urgent), is_urgent=is_urgent)
        self._wishes = left

    def _take_over(self, wanted: PictureWanted, future: Future[PagePicture], *, is_urgent: bool) -> None:
        self._under_way[wanted] = _Asked(future, is_urgent)
        future.add_done_callback(partial(self._hear, wanted))

    def _hear(self, wanted: PictureWanted, future: Future[PagePicture]) -> None:
        """Go on in the main thread; this one must not hold it up."""
        if future.cancelled():
            self._bridge.post(lambda: self._settle(future, wanted, None, ""))
            return
        error = future.exception()
        if error is not None:
            sentence = sentence_of(error)
            self._bridge.post(lambda: self._settle(future, wanted, None, sentence))
            return
        picture = future.result()
        kept = Kept(wanted, image_of(picture), picture)
        self._bridge.post(lambda: self._settle(future, wanted, kept, ""))

    def _settle(self, future: Future[PagePicture], wanted: PictureWanted, kept: Kept | None, problem: str) -> None:
        asked = self._under_way.get(wanted)
        if self._is_closed or asked is None or asked.future is not future:
            return  # asked again, in more of a hurry
        del self._under_way[wanted]
        if kept is not None:
            self._keep(kept)
        elif problem:
            self._failed[wanted] = problem
        else:
            self._order()  # a newer question made it needless; it may be needed again by now
        self._has_begun = self._has_begun or self.is_ready
        self._ask()
        if kept is not None or problem:
            self.arrived.emit(wanted.page)
            if wanted in self._urgent and self.is_ready:
                self.ready.emit()

    def _keep(self, kept: Kept) -> None:
        self._kept[kept.wanted] = kept
        self._bytes += kept.image.sizeInBytes()
        while self._bytes > KEPT_BYTES and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= gone.image.sizeInBytes()


def make_pen(rotation: int, *, is_dark: bool) -> Pen:
    """Return a pen for pages as they are, or for dark ones, whatever the window is."""
    if not is_dark:
        return Pen(rotation=rotation)
    paper, ink = (load_palette("dark")[role].rgb() & 0xFFFFFF for role in ("paper", "ink"))
    return Pen(rotation=rotation, dark=DarkColours(paper, ink))


def image_of(picture: PagePicture) -> QImage:
    """Return a picture as Qt paints it; nothing is copied, so that whoever keeps it keeps the picture too.

    To copy or to convert all these pixels in any thread of the window would hold up all of its threads.
    """
    return QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)


def tiles_of(size: PageSize, scale: float, rotation: int, seen: Rect) -> Sequence[tuple[int, int]]:
    """Return the tiles, as column and row, that cover a part of a page.

    Args:
        size: Of the page.
        scale: Pixels for each point.
        rotation: Of the view.
        seen: In pixels from the upper left corner of the page as it is turned.
    """
    width, height = (side * scale for side in turned(size, rotation))
    columns = range(max(0, int(seen.left // TILE)), int(min(seen.right, width - 1) // TILE) + 1)
    rows = range(max(0, int(seen.top // TILE)), int(min(seen.bottom, height - 1) // TILE) + 1)
    return [(column, row) for row in rows for column in columns]


def tile_rect(size: PageSize, part: tuple[int, int], scale: float, rotation: int) -> Rect:
    """Return the part of a page, in points before the view turns it, that a tile shows."""
    column, row = part
    width, height = turned(size, rotation)
    seen = Rect(
        column * TILE / scale,
        row * TILE / scale,
        min(width, (column + 1) * TILE / scale),
        min(height, (row + 1) * TILE / scale),
    )
    return turned_back(seen, size, rotation)
