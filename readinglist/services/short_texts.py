"""Vectors of a few texts that somebody waits for: by an encoder that is ready at once, where the model can be run so.

The encoder that reads the library takes seconds to load and answers one batch after the other; a search must not wait
for either.
"""

import logging
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from readinglist.domain.errors import Cancelled, ReadingListError, UserError
from readinglist.similarity.encoder import Encoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

MOST = 32  # texts; more are read sooner by the other encoder


class ShortTexts:
    """Asks the light encoder as long as it can be asked; every method may be called from any thread.

    Args:
        encoder: The light one; None if there is none.
    """

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._is_usable = encoder is not None
        self._beginning: threading.Thread | None = None

    @property
    def is_usable(self) -> bool:
        """The model can be run so, as far as is known."""
        return self._is_usable

    def load(self) -> bool:
        """Get ready; returns whether it is."""
        try:
            return self._key() != ""
        except Cancelled:
            raise
        except ReadingListError as error:
            self._note(error)
            return False

    def begin(self) -> None:
        """Get ready beside what else is done before the first text; returns at once."""
        if self._beginning is None and self._encoder is not None:
            self._beginning = threading.Thread(target=self._begin, name="short-texts")
            self._beginning.start()

    def encode(self, texts: Sequence[str], key: str) -> "NDArray[np.float32] | None":
        """Return the vectors of texts, one row of length 1 for each; None if the other encoder is to be asked.

        Args:
            texts: Any number.
            key: As `EncoderInfo.key`: what the vectors are to be compared with; empty for anything.
        """
        if self._encoder is None or not self._is_usable or len(texts) > MOST:
            return None
        try:
            found = self._key()
            if key and found != key:  # a newer revision on this disk, say
                log.info("texts are not read by the light encoder: it has %s instead of %s", found, key)
                return None
            return self._encoder.encode(texts)
        except Cancelled:
            raise
        except ReadingListError as error:
            self._note(error)
            return None

    def close(self) -> None:
        """Give its process back."""
        if self._encoder is not None:
            self._encoder.close()
        if self._beginning is not None:
            self._beginning.join()

    def _begin(self) -> None:
        with suppress(Cancelled):
            self.load()

    def _key(self) -> str:
        return "" if self._encoder is None or not self._is_usable else self._encoder.load().key

    def _note(self, error: ReadingListError) -> None:
        """The other encoder is asked; it has the sentence for the reader if it fails as well."""
        log.info("texts are not read by the light encoder: %s %s", error.message, error.detail)
        if isinstance(error, UserError):
            self._is_usable = False
