"""The layers of a BERT model with torch: what is computed for every token alone, on a processor or a card.

How the tokens of a text attend to each other is handed in, for that is done another way on each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.bert import Bert, Weights, open_tokenizer, open_weights

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


class BertLayers:
    """The part of `PackedBert` and `PaddedBert` that is the same.

    Args:
        torch: The package.
        bert: Shape of the model.
        dtype: Of torch: what is computed in. Beginning and end are computed in full precision, which costs nothing.
        device: Of torch: where.

    Raises:
        ValueError: The weights are not those of this shape.

    Attributes:
        torch: The package.
        bert: Shape of the model.
        max_seq_length: Tokens of the longest text.
    """

    def __init__(self, torch: Any, bert: Bert, dtype: Any, device: str) -> None:
        self.torch = torch
        self.bert = bert
        self.max_seq_length = bert.longest
        self._dtype = dtype
        self._device = device
        self._tokenizer = open_tokenizer(bert)
        weights = open_weights(bert)
        with torch.inference_mode():
            self._words = self._tensor(weights["embeddings.word_embeddings.weight"])
            kind = weights["embeddings.token_type_embeddings.weight"][0]
            self._places = self._tensor(weights["embeddings.position_embeddings.weight"] + kind)
            self._first_norm = self._linear(weights, "embeddings.LayerNorm", torch.float32)
            self._layers = [self._layer(weights, f"encoder.layer.{place}") for place in range(bert.layers)]

    def get_embedding_dimension(self) -> int:
        """As that of a `SentenceTransformer`."""
        return self.bert.width

    def tokens_of(self, texts: list[str]) -> list[list[int]]:
        """Cut texts into tokens, on all cores."""
        return [one.ids for one in self._tokenizer.encode_batch_fast(texts)]

    def run(self, words: Tensor, places: Tensor, attend: Callable[[Tensor], Tensor]) -> Tensor:
        """Return what stands for tokens in the end.

        Args:
            words: Tokens, n of them.
            places: Where each stands in its text, n of them.
            attend: Takes query, key and value of all tokens side by side, n × 3 widths, and returns what each token has
                seen of its text, n × width. The query is divided by what it must be already.
        """
        torch = self.torch
        state = self._normalised(self._words[words] + self._places[places], self._first_norm).to(self._dtype)
        for layer in self._layers:
            attended = _times(torch, attend(_times(torch, state, layer.attention)), layer.attended)
            state = self._normalised(attended.add_(state), layer.attended_norm)
            inner = torch.nn.functional.gelu(_times(torch, state, layer.inner))
            state = self._normalised(_times(torch, inner, layer.outer).add_(state), layer.outer_norm)
        return state

    def _normalised(self, state: Tensor, norm: _Linear) -> Tensor:
        shape = (self.bert.width,)
        return self.torch.nn.functional.layer_norm(state, shape, norm.weight, norm.bias, self.bert.epsilon)

    def _layer(self, weights: Weights, name: str) -> _Layer:
        # What scores are divided by is in the query already; the three products of a layer's beginning are one.
        scale = np.float32((self.bert.width // self.bert.heads) ** -0.5)
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
        # A copy: what is mapped cannot be written to.
        return self.torch.from_numpy(np.array(numbers)).to(self._device)


def _times(torch: Any, state: Tensor, linear: _Linear) -> Tensor:
    return torch.nn.functional.linear(state, linear.weight, linear.bias)
