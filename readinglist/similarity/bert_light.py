"""An encoder for a search that somebody waits for: ready in half a second, for it loads numpy and nothing larger.

It computes what the model in `sentence_transformer` computes, from the same weights, in full precision on the
processor. For some texts that takes some milliseconds each; for thousands the other one is much faster.
"""

import logging
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.errors import UserError
from readinglist.similarity.bert import Bert, Weights, find_bert, open_tokenizer, open_weights, packs
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.weights import find_model

log = logging.getLogger(__name__)

# Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26: off by 1.5e-7 at most.
ERF_SHARE = np.float32(0.3275911)
ERF_FACTORS = tuple(map(np.float32, (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)))
PACK = 1024  # tokens read at once: the weights are fetched once for all of them
Numbers = NDArray[np.float32]


class LightEncoder:
    """Runs a BERT model with numpy; for one thread.

    Args:
        options: What the reader chose; device and precision are not its business.
    """

    light = None

    def __init__(self, options: EncoderOptions) -> None:
        self._options = options
        self._loaded: tuple[EncoderInfo, _Model] | None = None

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:  # noqa: ARG002 - does not wait
        """See `Encoder.load`; a model of another kind is a `UserError`."""
        return self._ready()[0]

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> Numbers:  # noqa: ARG002
        """See `Encoder.encode`."""
        info, model = self._ready()
        return model.encode(texts) if texts else np.zeros((0, info.dimensions), dtype=np.float32)

    def close(self) -> None:
        """See `Encoder.close`."""
        self._loaded = None

    def _ready(self) -> "tuple[EncoderInfo, _Model]":
        if self._loaded is None:
            files = find_model(self._options)
            bert = find_bert(files.folder)
            if bert is None:
                message = f"“{files.model}” is loaded by other means."
                raise UserError(message)
            try:
                model = _Model(bert, open_weights(bert))
            except (ValueError, KeyError) as error:
                message = f"“{files.model}” cannot be loaded by the quicker way."
                raise UserError(message, detail=str(error)) from error
            info = EncoderInfo(
                model=files.model,
                revision=files.revision,
                dimensions=bert.width,
                device="Processor",
                device_reason="one text is read at once",
                precision="float32",
                batch_size=1,
            )
            self._loaded = info, model
        return self._loaded


class _Model:
    """Reads the tokens of several texts in one row: nothing has to be filled up to the length of something else."""

    def __init__(self, bert: Bert, weights: Weights) -> None:
        self._bert = bert
        self._weights = weights
        self._tokenizer = open_tokenizer(bert)
        self._beginning = weights["embeddings.position_embeddings.weight"][: bert.longest]
        self._beginning = self._beginning + weights["embeddings.token_type_embeddings.weight"][0]

    def encode(self, texts: Sequence[str]) -> Numbers:
        """Return the vectors of texts, of length 1, one row for each."""
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        rows = np.empty((len(texts), self._bert.width), dtype=np.float32)
        for pack in packs([len(one) for one in tokens], PACK):
            rows[pack] = self._read([tokens[place] for place in pack])
        return rows

    def _read(self, texts: Sequence[list[int]]) -> Numbers:
        parts = _parts(texts)
        words = self._weights["embeddings.word_embeddings.weight"][[token for one in texts for token in one]]
        state: Numbers = words + np.concatenate([self._beginning[: len(one)] for one in texts])
        state = self._normalised(state, "embeddings.LayerNorm")
        for layer in range(self._bert.layers):
            name = f"encoder.layer.{layer}"
            seen = self._linear(self._attend(state, f"{name}.attention.self", parts), f"{name}.attention.output.dense")
            state = self._normalised(state + seen, f"{name}.attention.output.LayerNorm")
            thought = self._linear(state, f"{name}.intermediate.dense")
            for part in parts:  # one after the other they stay in the processor's memory
                thought[part] = _gelu(thought[part])
            state = self._normalised(state + self._linear(thought, f"{name}.output.dense"), f"{name}.output.LayerNorm")
        whole: Numbers = np.array(
            [
                state[part].mean(axis=0, dtype=np.float32) if self._bert.takes_mean else state[part.start]
                for part in parts
            ]
        )
        whole /= np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), np.finfo(np.float32).tiny)
        return whole

    def _attend(self, state: Numbers, name: str, parts: Sequence[slice]) -> Numbers:
        """Let each token look at the others of its text."""
        query, key, value = (
            self._linear(state, f"{name}.{kind}").reshape(len(state), self._bert.heads, -1).transpose(1, 0, 2)
            for kind in ("query", "key", "value")
        )
        found = np.empty_like(state)
        for part in parts:
            scores: Numbers = query[:, part] @ key[:, part].transpose(0, 2, 1) / np.float32(query.shape[2] ** 0.5)
            np.exp(scores - scores.max(axis=2, keepdims=True), out=scores)
            scores /= scores.sum(axis=2, keepdims=True)
            found[part] = (scores @ value[:, part]).transpose(1, 0, 2).reshape(scores.shape[1], -1)
        return found

    def _linear(self, state: Numbers, name: str) -> Numbers:
        product: Numbers = state @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]
        return product

    def _normalised(self, state: Numbers, name: str) -> Numbers:
        centred: Numbers = state - state.mean(axis=1, keepdims=True, dtype=np.float32)
        variance = np.square(centred).mean(axis=1, keepdims=True, dtype=np.float32)
        centred /= np.sqrt(variance + np.float32(self._bert.epsilon))
        centred *= self._weights[f"{name}.weight"]
        centred += self._weights[f"{name}.bias"]
        return centred


def _parts(texts: Sequence[list[int]]) -> list[slice]:
    """Return where each text stands in a row of all."""
    ends = np.cumsum([len(one) for one in texts]).tolist()
    return [slice(end - len(one), end) for one, end in zip(texts, ends, strict=True)]


def _gelu(numbers: Numbers) -> Numbers:
    """Return each number times the share of a normal distribution below it."""
    size = np.abs(numbers) * np.float32(0.5**0.5)
    part = 1 / (1 + ERF_SHARE * size)
    series = np.zeros_like(part)
    for factor in ERF_FACTORS:
        series = (series + factor) * part
    above = series * np.exp(-size * size) * np.float32(0.5)  # the share beyond that many on one side
    found: Numbers = numbers * np.where(numbers < 0, above, 1 - above)
    return found
