"""The processes of the two encoders; `children.serving` has how it is asked and answers.

A request has `do` (`load` or `encode`), `options` and, to encode, `texts`. The answer has `info`, and the vectors as
float32 in its payload.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from readinglist.children.serving import Reply, serve
from readinglist.similarity.encoder import Encoder, EncoderOptions

NICENESS = 10  # the window comes first
BUG_MESSAGE = "Something went wrong while papers were compared. The log has the details."
MakeEncoder = Callable[[EncoderOptions], Encoder]


def main(make_encoder: MakeEncoder | None = None) -> int:
    """Serve until standard input closes or nothing is asked for some minutes.

    Args:
        make_encoder: None takes the real one.
    """
    return serve(_EncoderService(make_encoder or _real_encoder), niceness=NICENESS)


def main_light() -> int:
    """Serve with the encoder for a few texts; somebody is waiting for each, so it steps back behind nobody."""
    # Two threads of numpy's would mostly wait for each other while papers are read on all cores.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(name, "1")
    return serve(_EncoderService(_light_encoder))


class _EncoderService:
    """Makes the encoder when it is first asked, from the options of that request."""

    bug_message = BUG_MESSAGE

    def __init__(self, make_encoder: MakeEncoder) -> None:
        self._make_encoder = make_encoder
        self._options: EncoderOptions | None = None
        self._encoder: Encoder | None = None

    @property
    def idle_s(self) -> float | None:
        return None if self._options is None else self._options.idle_minutes * 60

    def answer(self, request: dict[str, Any]) -> Reply:
        if self._options is None:
            self._options = EncoderOptions(**request["options"])
        if self._encoder is None:
            self._encoder = self._make_encoder(self._options)
        payload = self._encoder.encode(request["texts"]).tobytes() if request["do"] == "encode" else b""
        return {"info": asdict(self._encoder.load())}, payload


def _real_encoder(options: EncoderOptions) -> Encoder:
    from readinglist.similarity.sentence_transformer import SentenceTransformerEncoder  # noqa: PLC0415 - loads numpy

    return SentenceTransformerEncoder(options)


def _light_encoder(options: EncoderOptions) -> Encoder:
    from readinglist.similarity.bert_light import LightEncoder  # noqa: PLC0415 - loads numpy

    return LightEncoder(options)


if __name__ == "__main__":
    sys.exit(main())
