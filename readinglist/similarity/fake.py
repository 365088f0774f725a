"""An encoder without a neural network: texts that share words are near each other. For tests and demonstrations."""

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.encoder import Encoder, EncoderInfo

WORD = re.compile(r"\w+")
WORDS_KEPT = 20_000  # texts repeat their words, and a direction takes longer than all else


class FakeEncoder:
    """Adds up a fixed random direction for each word.

    Args:
        model: Name; another one gives vectors that cannot be compared with these.
        dimensions: Numbers in a vector.

    Attributes:
        encoded: Every text so far, in order.
    """

    light: Encoder | None = None

    def __init__(self, *, model: str = "fake", revision: str = "1", dimensions: int = 64, batch_size: int = 32) -> None:
        self.encoded: list[str] = []
        self._info = EncoderInfo(
            model=model,
            revision=revision,
            dimensions=dimensions,
            device="Processor",
            device_reason="nothing else is needed",
            precision="float32",
            batch_size=batch_size,
        )

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:  # noqa: ARG002
        """See `Encoder.load`."""
        return self._info

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> NDArray[np.float32]:
        """See `Encoder.encode`."""
        if meanwhile is not None:
            meanwhile()
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), self._info.dimensions), dtype=np.float32)
        for place, text in enumerate(texts):
            for word in WORD.findall(text.lower()) or [""]:
                rows[place] += _direction(self._info.key, word, self._info.dimensions)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def close(self) -> None:
        """See `Encoder.close`."""


@lru_cache(maxsize=WORDS_KEPT)
def _direction(key: str, word: str, dimensions: int) -> NDArray[np.float32]:
    digest = hashlib.sha256(f"{key} {word}".encode()).digest()
    random = np.random.default_rng(int.from_bytes(digest[:8], "big"))
    return random.standard_normal(dimensions, dtype=np.float32)
