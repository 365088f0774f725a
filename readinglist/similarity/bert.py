"""What a BERT model in a folder is: its shape, its weights where they lie, and how its texts are cut into tokens.

Most models that compare texts are of this kind. Knowing the shape, they can be run without the packages that know every
kind, which take seconds to load. Whatever is not certain makes a model none of these: it is then run by those packages.

Source: BERT: Pre-training of Deep Bidirectional Transformers (Devlin et al., 2018); the files of a model as
sentence-transformers 6.2 and safetensors 0.8 describe them in their documentation (2026).
"""

import json
import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS_FILE = "model.safetensors"
LAST_PARTS = (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"])
NUMBERS = {"F32": "<f4", "F16": "<f2", "BF16": "<u2"}
PREFIX = "bert."
Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bert:
    """The shape of a model.

    Attributes:
        folder: Where its files are.
        layers: How many there are.
        heads: Of a layer.
        width: Numbers that stand for a token, and for a text.
        epsilon: Keeps lengths from being divided by nothing.
        longest: Tokens of a text that are read.
        takes_mean: Of all tokens; else the first one stands for the text.
    """

    folder: Path
    layers: int
    heads: int
    width: int
    epsilon: float
    longest: int
    takes_mean: bool


def find_bert(folder: Path) -> Bert | None:
    """Return the shape of the model in a folder; None if it is not certain to be such a model."""
    shape = _load(folder / "config.json")
    cut = _load(folder / "sentence_bert_config.json")
    prompts = _load(folder / "config_sentence_transformers.json")
    is_plain = (
        shape.get("model_type") == "bert"
        and shape.get("hidden_act") == "gelu"
        and shape.get("position_embedding_type", "absolute") == "absolute"
        and not shape.get("is_decoder")
        and not cut.get("do_lower_case")
        and not prompts.get("default_prompt_name")
    )
    takes_mean = _find_pooling(folder)
    has_files = (folder / WEIGHTS_FILE).is_file() and (folder / "tokenizer.json").is_file()
    if not is_plain or takes_mean is None or not has_files:
        return None
    try:
        return Bert(
            folder=folder,
            layers=int(shape["num_hidden_layers"]),
            heads=int(shape["num_attention_heads"]),
            width=int(shape["hidden_size"]),
            epsilon=float(shape.get("layer_norm_eps", 1e-12)),
            longest=min(int(cut["max_seq_length"]), int(shape["max_position_embeddings"])),
            takes_mean=takes_mean,
        )
    except (KeyError, TypeError, ValueError):
        return None


def open_weights(bert: Bert) -> Weights:
    """Map the weights; only what is used gets into memory.

    Raises:
        ValueError: The file has not what a model of this shape needs.
    """
    with (bert.folder / WEIGHTS_FILE).open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    start = 8 + int.from_bytes(mapped[:8], "little")
    try:
        described = json.loads(mapped[8:start])
        described.pop("__metadata__", None)
        weights = {name.removeprefix(PREFIX): _numbers(mapped, start, **one) for name, one in described.items()}
    except (KeyError, TypeError, AttributeError) as error:
        message = f"the weights in {bert.folder} cannot be read: {error!r}"
        raise ValueError(message) from error
    _check(weights, bert)
    return weights


def open_tokenizer(bert: Bert) -> Any:
    """Return what cuts texts into tokens as this model wants them, a `tokenizers.Tokenizer`."""
    from tokenizers import Tokenizer  # noqa: PLC0415 - loaded by a process that needs it

    tokenizer = Tokenizer.from_file(str(bert.folder / "tokenizer.json"))
    tokenizer.enable_truncation(bert.longest)
    tokenizer.no_padding()
    return tokenizer


def packs(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Cut places into packs of so many tokens at most; one that is longer than that has a pack of its own."""
    pack: list[int] = []
    size = 0
    for place, length in enumerate(lengths):
        if pack and size + length > most:
            yield pack
            pack, size = [], 0
        pack.append(place)
        size += length
    if pack:
        yield pack


def _find_pooling(folder: Path) -> bool | None:
    """Tell whether a text is the mean of its tokens or its first one; None for anything else."""
    parts = _load(folder / "modules.json")
    if not isinstance(parts, list) or not all(isinstance(one, dict) for one in parts):
        return None
    if [str(one.get("type")).rpartition(".")[2] for one in parts] not in LAST_PARTS:
        return None
    pooling = _load(folder / str(parts[1].get("path")) / "config.json")
    ways = {name.removeprefix("pooling_mode_") for name, is_on in pooling.items() if is_on is True and "mode" in name}
    ways |= {str(pooling["pooling_mode"])} if "pooling_mode" in pooling else set()
    if len(ways) != 1:
        return None
    return {"mean_tokens": True, "mean": True, "cls_token": False, "cls": False}.get(ways.pop())


def _numbers(
    mapped: mmap.mmap, start: int, *, dtype: str, shape: list[int], data_offsets: list[int]
) -> NDArray[np.float32]:
    first, last = data_offsets
    kind = np.dtype(NUMBERS.get(dtype, "u1"))
    found = np.frombuffer(mapped, dtype=kind, count=(last - first) // kind.itemsize, offset=start + first)
    if dtype == "BF16":  # the upper half of the number in single precision
        return (found.astype(np.uint32) << 16).view(np.float32).reshape(shape)
    if dtype not in NUMBERS:  # numbers of places, which some models bring and none needs
        return np.zeros(0, dtype=np.float32)
    return found.astype(np.float32, copy=False).reshape(shape)


def _check(weights: Weights, bert: Bert) -> None:
    for layer in range(bert.layers):
        for name in ("attention.self.query", "attention.output.dense", "intermediate.dense", "output.dense"):
            found = weights.get(f"encoder.layer.{layer}.{name}.weight")
            if found is None or bert.width not in found.shape:
                message = f"the weights in {bert.folder} lack {name} of layer {layer}"
                raise ValueError(message)


def _load(path: Path) -> Any:
    """Return what a file of JSON has, an empty dictionary if there is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
