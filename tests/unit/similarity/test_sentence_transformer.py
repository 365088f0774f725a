"""Trouble with memory, graphics card or precision makes the next attempt easier, and is told."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.errors import EnvironmentFault
from readinglist.similarity import sentence_transformer
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.hardware import Hardware
from readinglist.similarity.sentence_transformer import SentenceTransformerEncoder

CARD = Hardware(device="cuda", name="NVIDIA X1", reason="found")
CPU = Hardware(device="cpu", name="Processor", reason="nothing else")
Behaviour = Callable[[int, str], None]


class StandInModel:
    """Has the one method that is used; misbehaves as it is told."""

    def __init__(self, hardware: Hardware, precision: str, behave: Behaviour, sizes: list[int]) -> None:
        self._where = f"{hardware.device} {precision}"
        self._behave = behave
        self._sizes = sizes

    def encode(self, texts: list[str], *, batch_size: int, show_progress_bar: bool) -> NDArray[np.float32]:
        assert not show_progress_bar
        self._sizes.append(batch_size)
        self._behave(batch_size, self._where)
        rows = np.array([[3.0, 4.0]] * len(texts), dtype=np.float32)
        return rows * np.inf if self._where.endswith(" float16") else rows


@pytest.fixture
def sizes() -> list[int]:
    return []


@pytest.fixture
def make(monkeypatch: pytest.MonkeyPatch, sizes: list[int]) -> Callable[..., SentenceTransformerEncoder]:
    def make(behave: Behaviour, *, first: Hardware = CARD, precision: str = "bfloat16") -> SentenceTransformerEncoder:
        def load(
            _files: Any, options: EncoderOptions, *, hardware: Hardware | None = None, precision: str = ""
        ) -> sentence_transformer._Loaded:
            chosen = hardware or first
            kind = precision or options.precision
            info = EncoderInfo(
                model="m",
                revision="1",
                dimensions=2,
                device=chosen.name,
                device_reason=chosen.reason,
                precision=kind,
            )
            model: Any = StandInModel(chosen, kind, behave, sizes)
            return sentence_transformer._Loaded(model=model, hardware=chosen, info=info, batch_size=8)

        monkeypatch.setattr(sentence_transformer, "_load", load)
        monkeypatch.setattr(sentence_transformer, "find_model", lambda _: None)
        monkeypatch.setattr(sentence_transformer, "_empty_cache", lambda _: None)
        return SentenceTransformerEncoder(EncoderOptions(precision=precision))

    return make


def no_room_for_more_than(limit: int, message: str) -> Behaviour:
    def behave(batch_size: int, _where: str) -> None:
        if batch_size > limit:
            raise RuntimeError(message)

    return behave


@pytest.mark.parametrize(
    "message",
    [
        "CUDA out of memory. Tried to allocate 20 MiB",
        "MPS backend out of memory (MPS allocated: 5 GB)",
        "[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory",
    ],
)
def test_without_enough_memory_batches_are_halved_and_stay_so(
    make: Callable[..., SentenceTransformerEncoder], sizes: list[int], message: str
) -> None:
    encoder = make(no_room_for_more_than(2, message))
    rows = encoder.encode(["one", "two"])
    np.testing.assert_allclose(rows, [[0.6, 0.8]] * 2, atol=1e-6)
    encoder.encode(["three"])
    assert sizes == [8, 4, 2, 2]
    assert encoder.load().device == "NVIDIA X1"


@pytest.mark.expects_warnings
def test_a_card_that_fails_is_replaced_by_the_processor_and_said(
    make: Callable[..., SentenceTransformerEncoder],
) -> None:
    def behave(_batch_size: int, where: str) -> None:
        if where.startswith("cuda"):
            message = "CUDA error: unspecified launch failure.\nCompile with TORCH_USE_CUDA_DSA"
            raise RuntimeError(message)

    encoder = make(behave)
    assert encoder.encode(["one"]).shape == (1, 2)
    info = encoder.load()
    assert (info.device, info.device_reason) == (
        "Processor",
        "NVIDIA X1 failed: CUDA error: unspecified launch failure",
    )


@pytest.mark.expects_warnings
def test_a_card_without_room_for_one_text_is_given_up(
    make: Callable[..., SentenceTransformerEncoder], sizes: list[int]
) -> None:
    def behave(_batch_size: int, where: str) -> None:
        if where.startswith("cuda"):
            message = "CUDA out of memory."
            raise RuntimeError(message)

    encoder = make(behave)
    encoder.encode(["one"])
    assert sizes == [8, 4, 2, 1, 8]
    assert encoder.load().device == "Processor"


@pytest.mark.expects_warnings
@pytest.mark.parametrize("hardware", [CARD, CPU])
def test_numbers_that_run_over_are_computed_in_full_precision(
    make: Callable[..., SentenceTransformerEncoder], hardware: Hardware
) -> None:
    encoder = make(lambda _size, _where: None, first=hardware, precision="float16")
    np.testing.assert_allclose(encoder.encode(["one"]), [[0.6, 0.8]], atol=1e-6)
    info = encoder.load()
    assert (info.precision, info.device) == ("float32", hardware.name)


def test_when_nothing_is_easier_the_reader_gets_a_sentence(make: Callable[..., SentenceTransformerEncoder]) -> None:
    encoder = make(no_room_for_more_than(0, "not enough memory: you tried to allocate 9 GB"), first=CPU)
    with pytest.raises(EnvironmentFault, match="not enough memory to compare papers") as caught:
        encoder.encode(["one"])
    assert caught.value.is_retryable


def test_no_text_needs_no_work(make: Callable[..., SentenceTransformerEncoder], sizes: list[int]) -> None:
    assert make(no_room_for_more_than(0, "")).encode([]).shape == (0, 2)
    assert sizes == []
