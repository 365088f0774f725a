"""Texts side by side: none is computed with one that is much longer, and the next are cut meanwhile."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from readinglist.similarity.bert import find_bert
from readinglist.similarity.bert_padded import PaddedBert
from tests.helpers.small_bert import make_small_bert

pytestmark = [pytest.mark.encoder]


@pytest.fixture
def model(tmp_path: Path) -> PaddedBert:
    import torch

    bert = find_bert(make_small_bert(tmp_path / "model"))
    assert bert is not None
    return PaddedBert(torch, bert, torch.float32, "cpu")


def test_short_texts_are_filled_up_to_the_longest_beside_them_alone(
    model: PaddedBert, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes = []
    run = PaddedBert._run

    def note(self: PaddedBert, words: Any, lengths: Any) -> Any:
        shapes.append((*words.shape, int(lengths.min())))
        return run(self, words, lengths)

    monkeypatch.setattr(PaddedBert, "_run", note)
    model.encode(["word " * 20, "a", "word " * 20, "a"], batch_size=2)
    (short, length, least), (long, longer, least_of_long) = shapes
    assert short == long == 2
    assert length == least < longer == least_of_long


def test_what_a_text_is_filled_up_with_changes_nothing(model: PaddedBert) -> None:
    texts = ["a", "a text", "word " * 12]
    together = model.encode(texts, batch_size=3)
    alone = np.vstack([model.encode([text], batch_size=1) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-5)
