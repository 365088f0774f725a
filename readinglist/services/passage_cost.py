"""What it takes to read the passages of all PDFs: said before the reader decides about it.

Some PDFs are cut into passages to see how many a library has; how fast they are read is what the model's last work on
this computer showed.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from readinglist.domain.errors import ReadingListError
from readinglist.domain.passages import cut_passages
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.jobs import JobContext, Lane, Runner
from readinglist.similarity.build import time_words
from readinglist.similarity.encoder import EncoderInfo
from readinglist.similarity.speeds import Speeds, usual_speed

log = logging.getLogger(__name__)

SAMPLED = 24  # PDFs that are cut to see how many passages the others have: a third of a second
USUAL_PER_PAGE = 3.8  # passages, where no text was read yet
USUAL_LETTERS = 1000  # of a passage
USUAL_DIMENSIONS = 384
ROW_BYTES = 160  # of a passage beside its numbers: its record, its place, and their indexes
NUMBER_BYTES = 4 + 1  # exact, and in short


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageCost:
    """What all passages of a library come to.

    Attributes:
        pdfs: Files that papers have, each content once.
        unread: Those whose text was not read yet.
        pages: Of all.
        passages: About how many there are.
        seconds: About how long the model takes for all of them.
        is_measured: The model's speed was measured on this computer, and is not just usual.
        disk_bytes: About how much room they take.
    """

    pdfs: int
    unread: int
    pages: int
    passages: int
    seconds: float
    is_measured: bool
    disk_bytes: int

    def words(self) -> str:
        r"""Say it in one or two sentences.

        >>> cost = PassageCost(
        ...     pdfs=2, unread=0, pages=30, passages=123, seconds=40, is_measured=True, disk_bytes=2_400_000
        ... )
        >>> print(cost.words().replace(". ", ".\n"))
        In 2 PDFs with 30 pages there are about 120 passages.
        Reading them takes less than a minute and 2.4 MB of disk.
        """
        if not self.pdfs:
            return "No paper has a PDF yet, so there is nothing to read."
        pages = f" with {count_text(self.pages, 'page')}" if self.pages else ""
        where = f"In {count_text(self.pdfs, 'PDF')}{pages}"
        if not self.passages:
            return f"{where} there is no text to read."
        number = f"there {'is' if self.passages == 1 else 'are'} about {count_text(_rounded(self.passages), 'passage')}"
        how = "" if self.is_measured else ", if this computer is a usual one"
        return (
            f"{where} {number}. Reading them takes {_duration(self.seconds)} and {_size(self.disk_bytes)} of disk{how}."
        )


class PassageCosts:
    """Works it out; every method may be called from any thread.

    Args:
        library: The PDFs.
        runner: Looks at them where somebody must not wait.
        info: Says what the model in use is; None if it was never loaded.
    """

    def __init__(self, library: Library, runner: Runner, *, info: Callable[[], EncoderInfo | None]) -> None:
        self._library = library
        self._runner = runner
        self._info = info
        self._speeds = Speeds(library.folder / "derived" / "vectors")
        self._lock = threading.Lock()
        self._known: PassageCost | None = None
        self._is_asked = False

    def known(self) -> PassageCost | None:
        """Return what was worked out last; None while that is under way for the first time."""
        with self._lock:
            is_first, self._is_asked = not self._is_asked, True
        if is_first:
            self._runner.submit(self._look, lane=Lane.INTERACTIVE)
        return self._known

    def look_again(self) -> None:
        """Forget what was worked out: PDFs may have come, and the model may be another."""
        with self._lock:
            self._is_asked = False

    def survey(self) -> PassageCost:
        """Look at the library now; takes up to a second.

        Raises:
            EnvironmentFault: The texts cannot be read.
        """
        with self._library.read() as reader:
            pages_of = reader.files.page_counts()
        sizes = self._library.page_texts.sizes()
        read = [one for one in pages_of if one in sizes]
        passages, letters = self._sample(read, sizes)
        pages_read = sum(pages_of[one] for one in read)
        pages = sum(pages_of.values())
        passages += (passages / pages_read if pages_read else USUAL_PER_PAGE) * (pages - pages_read)
        number = round(passages)
        info = self._info()
        measured = self._speeds.find(info) if info else None
        dimensions = info.dimensions if info else USUAL_DIMENSIONS
        return PassageCost(
            pdfs=len(pages_of),
            unread=len(pages_of) - len(read),
            pages=pages,
            passages=number,
            seconds=number * letters / (measured or usual_speed(info)),
            is_measured=measured is not None,
            disk_bytes=number * (ROW_BYTES + NUMBER_BYTES * dimensions),
        )

    def _sample(self, contents: Sequence[str], sizes: dict[str, int]) -> tuple[float, float]:
        """Return how many passages texts have, and how many letters a passage, from some of them."""
        chosen = contents[:: max(1, len(contents) // SAMPLED)][:SAMPLED]
        passages = letters = 0
        for sha256 in chosen:
            found = cut_passages(self._library.page_texts.pages(sha256) or [])
            passages += len(found)
            letters += sum(one.stop - one.start for one in found)
        # A long text has more of them: what was seen is carried over by size, not by number.
        seen = sum(sizes[one] for one in chosen)
        scale = sum(sizes[one] for one in contents) / seen if seen else 0.0
        return passages * scale, letters / passages if passages else USUAL_LETTERS

    def _look(self, _context: JobContext) -> None:
        try:
            self._known = self.survey()
        except ReadingListError as error:
            log.info("what passages take cannot be said: %s", error.detail)


def _rounded(number: int) -> int:
    """Round to two digits: it is an estimate.

    >>> _rounded(7), _rounded(123), _rounded(48_766)
    (7, 120, 49000)
    """
    return round(number, 2 - len(str(number)))


def _duration(seconds: float) -> str:
    words = time_words(seconds)
    return words if seconds < 60 else f"about {words}"


def _size(number: float) -> str:
    """Return a size in words.

    >>> _size(400), _size(2_400_000), _size(31_000_000), _size(2_340_000_000)
    ('0.1 MB', '2.4 MB', '31 MB', '2.3 GB')
    """
    if number >= 1e9:
        return f"{number / 1e9:.1f} GB"
    return f"{number / 1e6:.0f} MB" if number >= 1e7 else f"{max(number / 1e6, 0.1):.1f} MB"
