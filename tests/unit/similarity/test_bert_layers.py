"""Texts that are computed together have the vectors that each has alone, side by side or in one row."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from readinglist.similarity.bert import Bert, find_bert
from readinglist.similarity.bert_layers import BertLayers
from readinglist.similarity.bert_light import LightEncoder
from readinglist.similarity.bert_packed import PackedBert
from readinglist.similarity.bert_padded import PaddedBert
from readinglist.similarity.encoder import EncoderOptions
from tests.helpers.small_bert import WIDTH, make_small_bert

pytestmark = [pytest.mark.encoder]

TEXTS = ["a text", "", "another one that is longer. " * 9, "b", *(f"{'word ' * count}?" for count in range(1, 12))]
Make = Callable[[Any, Bert, Any], Any]


@pytest.fixture(scope="module", params=[True, False])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_small_bert(tmp_path_factory.mktemp("bert") / "model", takes_mean=request.param)


@pytest.fixture(params=[PackedBert, lambda torch, bert, dtype: PaddedBert(torch, bert, dtype, "cpu")])
def make(request: pytest.FixtureRequest) -> Make:
    found: Make = request.param
    return found


def model_of(make: Make, folder: Path, precision: str) -> Any:
    import torch

    bert = find_bert(folder)
    assert bert is not None
    threads = torch.get_num_threads()
    found = make(torch, bert, getattr(torch, precision))
    torch.set_num_threads(threads)
    return found


@pytest.mark.parametrize(("precision", "least"), [("float32", 0.99999), ("bfloat16", 0.995)])
@pytest.mark.parametrize("batch_size", [1, 3, 100])
def test_they_are_those_of_the_light_encoder(
    make: Make, folder: Path, precision: str, least: float, batch_size: int
) -> None:
    rows = model_of(make, folder, precision).encode(TEXTS, batch_size=batch_size)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    expected = LightEncoder(EncoderOptions(model=str(folder))).encode(TEXTS)
    assert unit.shape == expected.shape == (len(TEXTS), WIDTH)
    assert (unit * expected).sum(axis=1).min() > least


def test_what_fails_is_raised(make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Any:
        message = "can't allocate memory"
        raise RuntimeError(message)

    monkeypatch.setattr(BertLayers, "run", fail)
    model = model_of(make, folder, "float32")
    with pytest.raises(RuntimeError, match="can't allocate memory"):
        model.encode(TEXTS, batch_size=2)


def test_nothing_is_computed_of_no_texts(make: Make, folder: Path) -> None:
    assert model_of(make, folder, "float32").encode([], batch_size=8).shape == (0, WIDTH)
