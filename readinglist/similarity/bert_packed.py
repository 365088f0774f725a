"""A BERT model with torch on the processor, for many texts: their tokens stand in one row, and nothing is filled up.

What is computed is the same for every token alone, except that it attends to the tokens of its own text; so only that
is done text by text. Every core has packs of texts of its own: cores that share one product wait for each other after
each, and for whatever else the slower one has to do. Nothing but torch is loaded.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.bert import Bert, Weights, open_tokenizer, open_weights, packs

MOST_CORES = 16  # of more, some would wait for the interpreter
TEXTS_A_CORE = 32
Tensor = Any  # torch is not loaded by whoever reads this


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linear:
    weight: Tensor
    bias: Tensor


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    attention: _Linear
    attended: _Linear
    attended_norm: _Linear
    inner: _Linear
    outer: _Linear
    outer_norm: _Linear


class PackedBert:
    """Has the one method of a `SentenceTransformer` that is used.

    Args:
        torch: The package; from here on each of its calls computes on one core.
        bert: Shape of the model.
        dtype: Of torch: what is computed in. Beginning and end are computed in full precision, which costs nothing.

    Raises:
        ValueError: The weights are not those of this shape.
    """

    def __init__(self, torch: Any, bert: Bert, dtype: Any) -> None:
        self._torch = torch
        self._bert = bert
        self._dtype = dtype
        self._tokenizer = open_tokenizer(bert)
        weights = open_weights(bert)
        with torch.inference_mode():
            self._words = self._tensor(weights["embeddings.word_embeddings.weight"])
            kind = weights["embeddings.token_type_embeddings.weight"][0]
            self._places = self._tensor(weights["embeddings.position_embeddings.weight"] + kind)
            self._first_norm = self._linear(weights, "embeddings.LayerNorm", torch.float32)
            self._layers = [self._layer(weights, f"encoder.layer.{place}") for place in range(bert.layers)]
        self._cores = _count_cores(torch)
        torch.set_num_threads(1)

    @property
    def handed_over(self) -> int:
        """Texts that are best handed over at once: enough that no core is idle for long at the end."""
        return TEXTS_A_CORE * self._cores

    def get_embedding_dimension(self) -> int:
        """As that of a `SentenceTransformer`."""
        return self._bert.width

    def encode(self, texts: Sequence[str], *, batch_size: int, show_progress_bar: bool = False) -> NDArray[np.float32]:  # noqa: ARG002
        """Return one row for each text.

        Args:
            texts: In any order.
            batch_size: How many of the longest are computed at once.
            show_progress_bar: Never done.
        """
        tokens = [one.ids for one in self._tokenizer.encode_batch(list(texts))]
        rows = np.empty((len(texts), self._bert.width), dtype=np.float32)

        def read(places: list[int]) -> None:
            with self._torch.inference_mode():
                rows[places] = self._run([tokens[place] for place in places]).numpy()

        found = packs([len(one) for one in tokens], batch_size * self._bert.longest)
        with ThreadPoolExecutor(self._cores, "core", initializer=lambda: self._torch.set_num_threads(1)) as cores:
            for _ in cores.map(read, found):
                pass  # what failed is raised here
        return rows

    def _run(self, texts: list[list[int]]) -> Tensor:
        torch = self._torch
        lengths = [len(one) for one in texts]
        words = torch.tensor([token for one in texts for token in one])
        places = torch.cat([torch.arange(length) for length in lengths])
        state = self._normalised(self._words[words] + self._places[places], self._first_norm).to(self._dtype)
        for layer in self._layers:
            attended = _times(torch, self._attend(_times(torch, state, layer.attention), lengths), layer.attended)
            state = self._normalised(attended.add_(state), layer.attended_norm)
            inner = torch.nn.functional.gelu(_times(torch, state, layer.inner))
            state = self._normalised(_times(torch, inner, layer.outer).add_(state), layer.outer_norm)
        parts = state.split(lengths)
        return torch.stack([one.float().mean(0) if self._bert.takes_mean else one[0].float() for one in parts])

    def _attend(self, mixed: Tensor, lengths: list[int]) -> Tensor:
        torch, heads, width = self._torch, self._bert.heads, self._bert.width
        found = torch.empty((len(mixed), width), dtype=mixed.dtype)
        size = width // heads
        for one, into in zip(mixed.split(lengths), found.split(lengths), strict=True):
            query, key, value = one.view(len(one), 3, heads, size).permute(1, 2, 0, 3)
            into.view(len(one), heads, size).copy_(self._seen(query, key, value).transpose(0, 1))
        return found

    def _seen(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        torch = self._torch
        if self._dtype == torch.float32:
            attention = torch.nn.functional.scaled_dot_product_attention
            return attention(query[None], key[None], value[None], scale=1.0)[0]
        # Measured: in half precision two products one after the other take three quarters of the time of the above.
        scores = torch.bmm(query.contiguous(), key.contiguous().transpose(1, 2))
        return torch.bmm(torch.softmax(scores, -1), value.contiguous())

    def _normalised(self, state: Tensor, norm: _Linear) -> Tensor:
        shape = (self._bert.width,)
        return self._torch.nn.functional.layer_norm(state, shape, norm.weight, norm.bias, self._bert.epsilon)

    def _layer(self, weights: Weights, name: str) -> _Layer:
        # What scores are divided by is in the query already; the three products of a layer's beginning are one.
        scale = np.float32((self._bert.width // self._bert.heads) ** -0.5)
        parts = (("query", scale), ("key", np.float32(1)), ("value", np.float32(1)))
        mixed = {
            kind: np.concatenate([weights[f"{name}.attention.self.{part}.{kind}"] * factor for part, factor in parts])
            for kind in ("weight", "bias")
        }
        return _Layer(
            attention=_Linear(**{kind: self._tensor(one).to(self._dtype) for kind, one in mixed.items()}),
            attended=self._linear(weights, f"{name}.attention.output.dense", self._dtype),
            attended_norm=self._linear(weights, f"{name}.attention.output.LayerNorm", self._dtype),
            inner=self._linear(weights, f"{name}.intermediate.dense", self._dtype),
            outer=self._linear(weights, f"{name}.output.dense", self._dtype),
            outer_norm=self._linear(weights, f"{name}.output.LayerNorm", self._dtype),
        )

    def _linear(self, weights: Weights, name: str, dtype: Any) -> _Linear:
        return _Linear(**{kind: self._tensor(weights[f"{name}.{kind}"]).to(dtype) for kind in ("weight", "bias")})

    def _tensor(self, numbers: NDArray[np.float32]) -> Tensor:
        return self._torch.from_numpy(np.array(numbers))  # a copy: what is mapped cannot be written to


@cache
def _count_cores(torch: Any) -> int:
    """Return how many cores torch would use; kept, for it cannot be asked any more when it was told to use one."""
    return min(int(torch.get_num_threads()), MOST_CORES)


def _times(torch: Any, state: Tensor, linear: _Linear) -> Tensor:
    return torch.nn.functional.linear(state, linear.weight, linear.bias)
