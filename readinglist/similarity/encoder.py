"""What turns text into vectors: the choices, what came of them, and the protocol; loads nothing heavy.

There are four encoders: `sentence_transformer` reads papers and `bert_light` what somebody searches for, each in a
process of its own; `process` talks to them from everywhere else, `fake` stands in for all in tests.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
DEFAULT_REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """What the reader chose.

    Attributes:
        model: A folder, or a name on the Hugging Face hub; empty for the default model.
        revision: Full hash of a revision on the hub; empty for the newest when it is first fetched. Folders have none.
        device: `auto`, `cuda`, `mps` or `cpu`.
        precision: `auto`, `float32`, `bfloat16` or `float16`.
        idle_minutes: How long the model stays in memory without work.
    """

    model: str = ""
    revision: str = ""
    device: str = "auto"
    precision: str = "auto"
    idle_minutes: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderInfo:
    """What was loaded.

    Attributes:
        model: Name on the hub, or the folder.
        revision: Of the hub; for a folder a hash of what lies in it.
        dimensions: Numbers in a vector.
        device: The processor or the graphics card, in the reader's words.
        device_reason: Why it is this device, without a full stop.
        precision: Of the weights: `float32`, `bfloat16` or `float16`.
        batch_size: Texts that are best handed over at once.
    """

    model: str
    revision: str
    dimensions: int
    device: str
    device_reason: str
    precision: str
    batch_size: int = 32

    @property
    def key(self) -> str:
        """Names what can be compared with each other: vectors of different precision can, of two models cannot."""
        return f"{self.model}@{self.revision}"


class Encoder(Protocol):
    """Turns texts into vectors; every method may be called from any thread.

    `meanwhile` is called about ten times a second while there is something to wait for; what it raises ends the wait.
    """

    @property
    def light(self) -> "Encoder | None":
        """One that is ready at once and slow with many texts; None if there is none.

        It refuses models that it cannot run, with a `UserError`; its vectors can be compared with those of this one.
        """
        ...

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        """Load the model if it is not loaded, and say what runs where; takes seconds the first time.

        Raises:
            EnvironmentFault: The model is missing, or the computer cannot run it.
            UserError: What the reader named is no usable model.
        """
        ...

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> "NDArray[np.float32]":
        """Return one row of length 1 for each text, shape (texts, dimensions).

        Raises:
            EnvironmentFault: As `load`, or the encoder broke down.
            UserError: As `load`.
        """
        ...

    def close(self) -> None:
        """Give memory and processes back; the next use loads the model again."""
        ...


def encoder_text(title: str, abstract: str) -> str:
    r"""Return what the model reads of a paper.

    >>> encoder_text("A title", "What it says."), encoder_text("Only a title", "")
    ('A title\\nWhat it says.', 'Only a title')
    """
    return f"{title}\n{abstract}".strip()
