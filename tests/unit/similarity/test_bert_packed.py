"""Texts that share a row of tokens have the vectors that each has alone."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from readinglist.similarity.bert import find_bert, packs
from readinglist.similarity.bert_light import LightEncoder
from readinglist.similarity.bert_packed import PackedBert
from readinglist.similarity.encoder import EncoderOptions
from tests.helpers.small_bert import WIDTH, make_small_bert

pytestmark = [pytest.mark.encoder]

TEXTS = ["a text", "", "another one that is longer. " * 9, "b", *(f"{'word ' * count}?" for count in range(1, 12))]


@pytest.fixture(scope="module", params=[True, False])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_bert(tmp_path_factory.mktemp("bert") / "model", takes_mean=request.param)


def packed(folder: Path, precision: str) -> PackedBert:
    import torch

    bert = find_bert(folder)
    assert bert is not None
    threads = torch.get_num_threads()
    found = PackedBert(torch, bert, getattr(torch, precision))
    torch.set_num_threads(threads)
    return found


def unit(rows: Any) -> Any:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(("precision", "least"), [("float32", 0.99999), ("bfloat16", 0.995)])
@pytest.mark.parametrize("batch_size", [1, 3, 100])
def test_they_are_those_of_the_light_encoder(folder: Path, precision: str, least: float, batch_size: int) -> None:
    rows = unit(packed(folder, precision).encode(TEXTS, batch_size=batch_size))
    expected = LightEncoder(EncoderOptions(model=str(folder))).encode(TEXTS)
    assert rows.shape == expected.shape == (len(TEXTS), WIDTH)
    assert (rows * expected).sum(axis=1).min() > least


def test_what_fails_on_a_core_is_raised(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_texts: list[list[int]]) -> Any:
        message = "DefaultCPUAllocator: can't allocate memory"
        raise RuntimeError(message)

    model = packed(folder, "float32")
    monkeypatch.setattr(model, "_run", fail)
    with pytest.raises(RuntimeError, match="can't allocate memory"):
        model.encode(TEXTS, batch_size=2)


def test_a_second_model_computes_on_as_many_cores(folder: Path) -> None:
    assert packed(folder, "bfloat16").handed_over == packed(folder, "float32").handed_over > 0


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([5, 5, 5], [[0, 1], [2]]),
        ([20, 1, 1], [[0], [1, 2]]),
        ([1] * 10, [list(range(10))]),
    ],
)
def test_packs_have_so_many_tokens_at_most(lengths: list[int], expected: list[list[int]]) -> None:
    assert list(packs(lengths, 10)) == expected
