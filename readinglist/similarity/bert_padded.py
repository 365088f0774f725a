"""A BERT model on a graphics card: texts of similar length side by side, filled up to the longest of them.

A card reads texts faster than all cores together can cut them into tokens, so the next texts are cut while it computes.
Nothing but torch is loaded.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.bert import Bert
from readinglist.similarity.bert_layers import BertLayers, Tensor

Places = list[int]
Tokens = NDArray[np.int64]


class PaddedBert(BertLayers):
    """Has the methods of a `SentenceTransformer` that are used.

    Args:
        torch: The package.
        bert: Shape of the model.
        dtype: As `BertLayers`.
        device: As `BertLayers`.

    Raises:
        ValueError: The weights are not those of this shape.
    """

    # Of these, the first part alone is cut while nothing is computed; a slow card still answers every few seconds.
    handed_over = 1024

    def __init__(self, torch: Any, bert: Bert, dtype: Any, device: str) -> None:
        super().__init__(torch, bert, dtype, device)
        self._counting = torch.arange(bert.longest, device=device)

    def encode(self, texts: Sequence[str], *, batch_size: int, show_progress_bar: bool = False) -> NDArray[np.float32]:  # noqa: ARG002
        """Return one row for each text.

        Args:
            texts: In any order.
            batch_size: How many are computed at once, at most.
            show_progress_bar: Never done.
        """
        rows = np.empty((len(texts), self.bert.width), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        with self.torch.inference_mode():
            # The card is asked for what it has computed last of all: until then it is handed one part after the other.
            found = [(places, self._run(*cut)) for places, cut in self._cut_ahead(texts, order, batch_size)]
            for places, part in found:
                rows[places] = part.cpu().numpy()
        return rows

    def _cut_ahead(
        self, texts: Sequence[str], order: Places, batch_size: int
    ) -> Iterator[tuple[Places, tuple[Tokens, Tokens]]]:
        """Yield parts as tokens; while one is worked on, the next is cut."""
        size = min(batch_size, max(1, self.handed_over // 4))
        parts = [order[start : start + size] for start in range(0, len(order), size)]
        with ThreadPoolExecutor(1, "tokens") as ahead:
            waiting = [ahead.submit(self._cut, [texts[place] for place in places]) for places in parts]
            for places, cut in zip(parts, waiting, strict=True):
                yield places, cut.result()

    def _cut(self, texts: list[str]) -> tuple[Tokens, Tokens]:
        """Return the tokens of texts, n × longest, filled up with 0, and how many each text has, n."""
        found = self.tokens_of(texts)
        lengths = np.array([len(one) for one in found], dtype=np.int64)
        words = np.zeros((len(found), int(lengths.max())), dtype=np.int64)
        for row, one in zip(words, found, strict=True):
            row[: len(one)] = one
        return words, lengths

    def _run(self, words: Tokens, lengths: Tokens) -> Tensor:
        torch = self.torch
        count, longest = words.shape
        places = self._counting[:longest]
        counted = torch.from_numpy(lengths).to(self._device)
        is_token = places < counted[:, None]
        state = self.run(
            torch.from_numpy(words).to(self._device).flatten(),
            places.repeat(count),
            lambda mixed: self._attend(mixed, is_token),
        ).view(count, longest, self.bert.width)
        if not self.bert.takes_mean:
            return state[:, 0].float()
        return (state.float() * is_token[:, :, None]).sum(1) / counted[:, None]

    def _attend(self, mixed: Tensor, is_token: Tensor) -> Tensor:
        heads, width = self.bert.heads, self.bert.width
        shape = (*is_token.shape, 3, heads, width // heads)
        query, key, value = mixed.view(shape).permute(2, 0, 3, 1, 4)
        attention = self.torch.nn.functional.scaled_dot_product_attention
        seen = attention(query, key, value, attn_mask=is_token[:, None, None], scale=1.0)
        return seen.transpose(1, 2).reshape(len(mixed), width)
