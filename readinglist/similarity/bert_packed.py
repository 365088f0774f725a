"""A BERT model on the processor, for many texts: their tokens stand in one row, and nothing is filled up.

What is computed is the same for every token alone, except that it attends to the tokens of its own text; so only that
is done text by text. Every core has packs of texts of its own: cores that share one product wait for each other after
each, and for whatever else the slower one has to do. Nothing but torch is loaded.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.similarity.bert import Bert, packs
from readinglist.similarity.bert_layers import BertLayers, Tensor

MOST_CORES = 16  # of more, some would wait for the interpreter
TEXTS_A_CORE = 32


class PackedBert(BertLayers):
    """Has the methods of a `SentenceTransformer` that are used.

    Args:
        torch: The package; from here on each of its calls computes on one core.
        bert: Shape of the model.
        dtype: As `BertLayers`.

    Raises:
        ValueError: The weights are not those of this shape.
    """

    def __init__(self, torch: Any, bert: Bert, dtype: Any) -> None:
        super().__init__(torch, bert, dtype, "cpu")
        self._cores = _count_cores(torch)
        torch.set_num_threads(1)

    @property
    def handed_over(self) -> int:
        """Texts that are best handed over at once: enough that no core is idle for long at the end."""
        return TEXTS_A_CORE * self._cores

    def encode(self, texts: Sequence[str], *, batch_size: int, show_progress_bar: bool = False) -> NDArray[np.float32]:  # noqa: ARG002
        """Return one row for each text.

        Args:
            texts: In any order.
            batch_size: How many of the longest are computed at once.
            show_progress_bar: Never done.
        """
        tokens = self.tokens_of(list(texts))
        rows = np.empty((len(texts), self.bert.width), dtype=np.float32)

        def read(places: list[int]) -> None:
            with self.torch.inference_mode():
                rows[places] = self._run([tokens[place] for place in places]).numpy()

        found = packs([len(one) for one in tokens], batch_size * self.bert.longest)
        with ThreadPoolExecutor(self._cores, "core", initializer=lambda: self.torch.set_num_threads(1)) as cores:
            for _ in cores.map(read, found):
                pass  # what failed is raised here
        return rows

    def _run(self, texts: list[list[int]]) -> Tensor:
        torch = self.torch
        lengths = [len(one) for one in texts]
        words = torch.tensor([token for one in texts for token in one])
        places = torch.cat([torch.arange(length) for length in lengths])
        parts = self.run(words, places, lambda mixed: self._attend(mixed, lengths)).split(lengths)
        return torch.stack([one.float().mean(0) if self.bert.takes_mean else one[0].float() for one in parts])

    def _attend(self, mixed: Tensor, lengths: list[int]) -> Tensor:
        torch, heads, width = self.torch, self.bert.heads, self.bert.width
        found = torch.empty((len(mixed), width), dtype=mixed.dtype)
        size = width // heads
        for one, into in zip(mixed.split(lengths), found.split(lengths), strict=True):
            query, key, value = one.view(len(one), 3, heads, size).permute(1, 2, 0, 3)
            into.view(len(one), heads, size).copy_(self._seen(query, key, value).transpose(0, 1))
        return found

    def _seen(self, query: Tensor, key: Tensor, value: Tensor) -> Tensor:
        torch = self.torch
        if self._dtype == torch.float32:
            attention = torch.nn.functional.scaled_dot_product_attention
            return attention(query[None], key[None], value[None], scale=1.0)[0]
        # Measured: in half precision two products one after the other take three quarters of the time of the above.
        scores = torch.bmm(query.contiguous(), key.contiguous().transpose(1, 2))
        return torch.bmm(torch.softmax(scores, -1), value.contiguous())


@cache
def _count_cores(torch: Any) -> int:
    """Return how many cores torch would use; kept, for it cannot be asked any more when it was told to use one."""
    return min(int(torch.get_num_threads()), MOST_CORES)
