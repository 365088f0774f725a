"""Where the model runs is chosen in the right order, and the reason is told."""

from types import SimpleNamespace
from typing import Any

import pytest

from readinglist.similarity.hardware import choose_batch, choose_hardware, choose_precision, processor


def make_torch(
    *,
    cuda: bool = False,
    mps: bool = False,
    capability: tuple[int, int] = (9, 0),
    built: str | None = "13.0",
    free_gb: float = 70.0,
    **able: bool,
) -> Any:
    """Stand in for the package on a computer that has this."""
    return SimpleNamespace(
        cuda=SimpleNamespace(
            is_available=lambda: cuda,
            get_device_name=lambda: "NVIDIA X1",
            get_device_capability=lambda: capability,
            mem_get_info=lambda: (int(free_gb * 1e9), int(80e9)),
        ),
        backends=SimpleNamespace(mps=SimpleNamespace(is_available=lambda: mps, is_built=lambda: mps)),
        version=SimpleNamespace(cuda=built, hip=None),
        cpu=SimpleNamespace(get_capabilities=lambda: able),
    )


@pytest.mark.parametrize(
    ("computer", "device"),
    [
        (make_torch(cuda=True, mps=True), "cuda"),
        (make_torch(mps=True), "mps"),
        (make_torch(), "cpu"),
    ],
)
def test_a_graphics_card_comes_before_apples_and_that_before_the_processor(computer: Any, device: str) -> None:
    assert choose_hardware(computer, "auto").device == device


def test_a_card_is_called_by_its_name() -> None:
    found = choose_hardware(make_torch(cuda=True), "auto")
    assert (found.name, found.reason) == ("NVIDIA X1", "found")


def test_the_readers_choice_counts() -> None:
    assert choose_hardware(make_torch(cuda=True), "cpu").device == "cpu"
    assert choose_hardware(make_torch(cuda=True, mps=True), "mps").device == "mps"


@pytest.mark.expects_warnings
def test_a_choice_that_is_not_there_is_replaced_and_said() -> None:
    found = choose_hardware(make_torch(), "cuda")
    assert found.device == "cpu"
    assert found.reason == (
        "an NVIDIA graphics card is chosen in the settings, but no graphics card that can be used was found"
    )


def test_a_package_for_processors_only_is_named_as_the_reason() -> None:
    assert choose_hardware(make_torch(built=None), "auto").reason == "the installed PyTorch is made for processors only"


@pytest.mark.parametrize(
    ("computer", "precision"),
    [
        (make_torch(cuda=True, capability=(8, 0)), "bfloat16"),
        (make_torch(cuda=True, capability=(7, 5)), "float32"),
        (make_torch(mps=True), "float32"),
        (make_torch(avx512_bf16=True), "bfloat16"),
        (make_torch(amx_bf16=True), "bfloat16"),
        (make_torch(avx512_f=True), "float32"),
    ],
)
def test_half_precision_is_taken_where_the_hardware_computes_in_it(computer: Any, precision: str) -> None:
    assert choose_precision(computer, choose_hardware(computer, "auto"), "auto") == precision


def test_the_readers_precision_counts() -> None:
    assert choose_precision(make_torch(), processor(""), "float16") == "float16"


@pytest.mark.parametrize(("free_gb", "least", "most"), [(70, 512, 512), (2, 60, 200), (0.01, 8, 8)])
def test_a_card_computes_as_many_texts_at_once_as_it_has_room_for(free_gb: float, least: int, most: int) -> None:
    torch = make_torch(cuda=True, free_gb=free_gb)
    hardware = choose_hardware(torch, "auto")
    half = choose_batch(torch, hardware, precision="bfloat16", tokens=256, width=384)
    full = choose_batch(torch, hardware, precision="float32", tokens=256, width=384)
    assert least <= half <= most
    assert full <= half


def test_a_larger_model_leaves_room_for_fewer_texts() -> None:
    torch = make_torch(cuda=True, free_gb=8)
    hardware = choose_hardware(torch, "auto")
    small = choose_batch(torch, hardware, precision="bfloat16", tokens=256, width=384)
    large = choose_batch(torch, hardware, precision="bfloat16", tokens=512, width=1024)
    assert large < small / 4


@pytest.mark.parametrize("device", ["cpu", "mps"])
def test_other_hardware_has_its_usual_size_of_batches(device: str) -> None:
    torch = make_torch(mps=True)
    hardware = choose_hardware(torch, device)
    assert choose_batch(torch, hardware, precision="float32", tokens=256, width=384) in range(4, 65)
