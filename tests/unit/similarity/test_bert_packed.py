"""What stands in one row is cut into packs; every core has some."""

from pathlib import Path

import pytest

from readinglist.similarity.bert import find_bert, packs
from readinglist.similarity.bert_packed import PackedBert
from tests.helpers.small_bert import make_small_bert


@pytest.mark.encoder
def test_a_second_model_computes_on_as_many_cores(tmp_path: Path) -> None:
    import torch

    bert = find_bert(make_small_bert(tmp_path / "model"))
    assert bert is not None
    threads = torch.get_num_threads()
    found = [PackedBert(torch, bert, dtype).handed_over for dtype in (torch.bfloat16, torch.float32)]
    torch.set_num_threads(threads)
    assert found[0] == found[1] > 0


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
