"""Which processor the encoder runs on, in which precision, and why: the sentence the reader gets with it.

`torch` is handed in, so that this file loads nothing.
"""

import logging
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)

NAMES = {"cuda": "an NVIDIA graphics card", "mps": "Apple graphics"}
# Measured on processors: small batches stay in the cache. A graphics card takes as many as it has room for.
USUAL_BATCH = {"cpu": 8, "mps": 32}
LEAST_BATCH, LARGEST_BATCH = 8, 512
NUMBERS_PER_TOKEN = 40  # times the width: what a layer keeps of a token on its way, roughly
SHARE_OF_MEMORY = 0.5  # the screen and other programs use the card as well
BFLOAT16_CAPABILITY = (8, 0)  # NVIDIA cards from here on compute in bfloat16


@dataclass(frozen=True, slots=True, kw_only=True)
class Hardware:
    """What was chosen.

    Attributes:
        device: As torch calls it: `cuda`, `mps` or `cpu`.
        name: As `EncoderInfo.device`.
        reason: As `EncoderInfo.device_reason`.
    """

    device: str
    name: str
    reason: str


def choose_hardware(torch: Any, wanted: str) -> Hardware:
    """Choose where to compute.

    Args:
        torch: The package.
        wanted: As `EncoderOptions.device`. What is not there is replaced by the processor, which the reason says.
    """
    usable = [device for device in ("cuda", "mps") if _is_usable(torch, device)]
    if wanted == "cpu":
        return processor("chosen in the settings")
    if wanted == "auto":
        return _graphics(torch, usable[0], "found") if usable else processor(_why_none(torch))
    if wanted in usable:
        return _graphics(torch, wanted, "chosen in the settings")
    log.warning("%s was asked for and is not usable: %s", wanted, _why_none(torch))
    return processor(f"{NAMES.get(wanted, wanted)} is chosen in the settings, but {_why_none(torch)}")


def processor(reason: str) -> Hardware:
    """Return the hardware that is always there."""
    return Hardware(device="cpu", name="Processor", reason=reason)


def choose_precision(torch: Any, hardware: Hardware, wanted: str) -> str:
    """Choose how numbers are kept.

    Half precision by itself only where the hardware computes in bfloat16, whose range is that of float32: with float16
    some models run over.

    Args:
        torch: The package.
        hardware: As chosen.
        wanted: As `EncoderOptions.precision`.
    """
    if wanted != "auto":
        return wanted
    if hardware.device == "cuda":
        has_half = torch.cuda.get_device_capability() >= BFLOAT16_CAPABILITY
    elif hardware.device == "cpu":
        able = torch.cpu.get_capabilities()
        has_half = bool(able.get("avx512_bf16") or able.get("amx_bf16"))
    else:
        has_half = False  # LIMIT: not measured on Apple's graphics
    return "bfloat16" if has_half else "float32"


def choose_batch(torch: Any, hardware: Hardware, *, precision: str, tokens: int, width: int) -> int:
    """Choose how many texts are computed at once; where it turns out too many, they are halved.

    Args:
        torch: The package.
        hardware: As chosen; a card is asked how much memory it has left, so the model is to be there already.
        precision: As chosen.
        tokens: Of the longest text.
        width: Numbers that stand for a token.
    """
    if hardware.device != "cuda":
        return USUAL_BATCH[hardware.device]
    free_bytes, _ = torch.cuda.mem_get_info()
    bytes_per_text = tokens * width * NUMBERS_PER_TOKEN * (4 if precision == "float32" else 2)
    return max(LEAST_BATCH, min(LARGEST_BATCH, int(free_bytes * SHARE_OF_MEMORY) // bytes_per_text))


def _is_usable(torch: Any, device: str) -> bool:
    return bool(torch.cuda.is_available() if device == "cuda" else torch.backends.mps.is_available())


def _graphics(torch: Any, device: str, reason: str) -> Hardware:
    name = str(torch.cuda.get_device_name()) if device == "cuda" else NAMES["mps"]
    return Hardware(device=device, name=name, reason=reason)


def _why_none(torch: Any) -> str:
    has_support = torch.version.cuda is not None or torch.version.hip is not None or torch.backends.mps.is_built()
    if has_support:
        return "no graphics card that can be used was found"
    return "the installed PyTorch is made for processors only"
