"""The encoder in a process of its own, as everybody else uses it: started when first needed, started again if it dies.

The window must never hold the model's 600 MB nor share its interpreter's lock with it.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from readinglist.children.child import Child, ChildGoneError, Reply, child_command, wait_for
from readinglist.domain.errors import EnvironmentFault
from readinglist.similarity.encoder import Encoder, EncoderInfo, EncoderOptions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ATTEMPTS = 2  # a process that dies twice on the same question will die a third time
# Nothing is told to anybody, and progress bars are for terminals.
ENVIRONMENT = {
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TQDM_DISABLE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}


def start_encoders(options: EncoderOptions) -> "ProcessEncoder":
    """Return the encoder that reads papers, with the light one beside it; nothing is started before it is needed."""
    return ProcessEncoder(options, light=light_encoder(options))


def light_encoder(options: EncoderOptions) -> "ProcessEncoder":
    """Return the encoder for a few texts that somebody waits for, in a process of its own."""
    return ProcessEncoder(options, command=child_command("queries"))


class ProcessEncoder:
    """Asks the encoder's process; see `Encoder`. Questions of several threads are answered in turn.

    Args:
        options: What the reader chose.
        command: Starts the process; None starts this program's own.
        light: See `Encoder.light`.

    Attributes:
        light: See `Encoder.light`; closed by whoever uses it.
    """

    def __init__(
        self, options: EncoderOptions, *, command: Sequence[str] | None = None, light: Encoder | None = None
    ) -> None:
        self.light = light
        self._options = options
        self._command = tuple(command or child_command("encoder"))
        self._lock = threading.Lock()
        self._worker: Child | None = None

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        """See `Encoder.load`."""
        header, _ = self._ask({"do": "load"}, meanwhile)
        return EncoderInfo(**header["info"])

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> "NDArray[np.float32]":
        """See `Encoder.encode`."""
        import numpy as np  # noqa: PLC0415 - the window starts without it

        header, payload = self._ask({"do": "encode", "texts": list(texts)}, meanwhile)
        return np.frombuffer(payload, dtype=np.float32).reshape(len(texts), header["info"]["dimensions"])

    def close(self) -> None:
        """See `Encoder.close`; questions under way fail."""
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def _ask(self, request: dict[str, Any], meanwhile: Callable[[], None] | None) -> Reply:
        last: ChildGoneError | None = None
        for _ in range(ATTEMPTS):
            worker = self._running_worker()
            try:
                return wait_for(worker.ask({"options": asdict(self._options), **request}), meanwhile)
            except ChildGoneError as gone:
                last = gone
                if worker.is_ended:
                    break
        message = "The part of the program that compares papers ended unexpectedly. Try again; the log has the details."
        raise EnvironmentFault(message, detail=str(last), is_retryable=True)

    def _running_worker(self) -> Child:
        with self._lock:
            if self._worker is None or not self._worker.is_alive:
                self._worker = Child(self._command, purpose="compares papers", environment=ENVIRONMENT)
            return self._worker
