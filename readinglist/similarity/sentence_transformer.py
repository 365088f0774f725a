"""The real encoder: a sentence-transformers model in this process. Loaded by `worker` only, never by the window.

Where the model is a BERT, `bert_packed` on a processor and `bert_padded` on an NVIDIA card take the place of the
package: they are several times as fast.
"""

import logging
import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from readinglist.domain.errors import EnvironmentFault, ReadingListError, UserError
from readinglist.similarity.bert import find_bert
from readinglist.similarity.bert_packed import PackedBert
from readinglist.similarity.bert_padded import PaddedBert
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.hardware import Hardware, choose_batch, choose_hardware, choose_precision, processor
from readinglist.similarity.weights import ModelFiles, find_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

USUAL_TOKENS = 512  # of the longest text, where a model does not say
HANDED_OVER = {"cpu": 64, "cuda": 512, "mps": 128}
OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


@dataclass(slots=True)
class _Loaded:
    model: "SentenceTransformer | PackedBert | PaddedBert"
    hardware: Hardware
    info: EncoderInfo
    batch_size: int


class SentenceTransformerEncoder:
    """Loads and runs a model; for one thread.

    Args:
        options: What the reader chose.
    """

    light = None

    def __init__(self, options: EncoderOptions) -> None:
        self._options = options
        self._loaded: _Loaded | None = None

    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:  # noqa: ARG002 - does not wait
        """See `Encoder.load`."""
        return self._ready().info

    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> NDArray[np.float32]:  # noqa: ARG002
        """See `Encoder.encode`."""
        loaded = self._ready()
        if not texts:
            return np.zeros((0, loaded.info.dimensions), dtype=np.float32)
        while True:
            try:
                return _unit_rows(self._run(list(texts)))
            except (RuntimeError, MemoryError, FloatingPointError) as error:
                self._give_way(error)

    def close(self) -> None:
        """See `Encoder.close`."""
        self._loaded = None

    def _ready(self) -> _Loaded:
        if self._loaded is None:
            files = find_model(self._options)
            self._loaded = _load(files, self._options)
        return self._loaded

    def _run(self, texts: list[str]) -> NDArray[np.float32]:
        loaded = self._ready()
        rows = loaded.model.encode(texts, batch_size=loaded.batch_size, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)

    def _give_way(self, error: Exception) -> None:
        """Make the next attempt an easier one: smaller batches, full precision, and in the end the processor.

        Raises:
            EnvironmentFault: There is nothing easier.
        """
        loaded = self._ready()
        if _is_memory(error) and loaded.batch_size > 1:
            loaded.batch_size //= 2
            log.info("memory ran out; batches have %d texts from now on", loaded.batch_size)
            _empty_cache(loaded.hardware.device)
        elif isinstance(error, FloatingPointError) and loaded.info.precision != "float32":
            log.warning("%s cannot hold this model's numbers; float32 from now on", loaded.info.precision)
            self._reload(loaded.hardware, "float32")
        elif loaded.hardware.device != "cpu":
            log.warning("the graphics card failed and the processor goes on: %s", error)
            self._reload(processor(f"{loaded.hardware.name} failed: {_first_line(error)}"), self._options.precision)
        else:
            message = "The model could not read the papers on this computer. Choose another device in the settings."
            if _is_memory(error):
                message = "There is not enough memory to compare papers. Close other programs and try again."
            raise EnvironmentFault(message, detail=str(error), is_retryable=_is_memory(error)) from error

    def _reload(self, hardware: Hardware, precision: str) -> None:
        self._loaded = None  # first give the memory back
        self._loaded = _load(find_model(self._options), self._options, hardware=hardware, precision=precision)


def _load(
    files: ModelFiles, options: EncoderOptions, *, hardware: Hardware | None = None, precision: str = ""
) -> _Loaded:
    import torch

    hardware = hardware or choose_hardware(torch, options.device)
    precision = choose_precision(torch, hardware, precision or options.precision)
    try:
        dtype = getattr(torch, precision)
        model = _build_bert(torch, files, hardware.device, dtype) or _build(files, hardware.device, dtype)
    except ReadingListError:
        raise
    except Exception as error:  # noqa: BLE001 - three packages and a driver, each with errors of its own
        return _load_elsewhere(files, options, hardware, error)
    dimensions = int(model.get_embedding_dimension() or len(model.encode(["one"], batch_size=1)[0]))
    tokens = int(getattr(model, "max_seq_length", None) or USUAL_TOKENS)
    info = EncoderInfo(
        model=files.model,
        revision=files.revision,
        dimensions=dimensions,
        device=hardware.name,
        device_reason=hardware.reason,
        precision=precision,
        batch_size=model.handed_over if isinstance(model, PackedBert | PaddedBert) else HANDED_OVER[hardware.device],
    )
    log.info("loaded %s on %s in %s: %s", info.key, info.device, info.precision, info.device_reason)
    size = choose_batch(torch, hardware, precision=precision, tokens=tokens, width=dimensions)
    return _Loaded(model=model, hardware=hardware, info=info, batch_size=size)


def _build_bert(torch: Any, files: ModelFiles, device: str, dtype: Any) -> PackedBert | PaddedBert | None:
    bert = find_bert(files.folder)
    if bert is None or device == "mps":  # LIMIT: not measured on Apple's graphics
        return None
    try:
        return PackedBert(torch, bert, dtype) if device == "cpu" else PaddedBert(torch, bert, dtype, device)
    except (ValueError, KeyError) as error:
        log.info("%s is loaded as a model of any kind: %s", files.model, error)
        return None


def _build(files: ModelFiles, device: str, dtype: Any) -> "SentenceTransformer":
    _stay_offline()
    from sentence_transformers import SentenceTransformer

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecations between these packages are not the reader's
        model = SentenceTransformer(
            str(files.folder),
            device=device,
            local_files_only=True,
            trust_remote_code=False,
            model_kwargs={"dtype": dtype, "use_safetensors": True},
        )
    model.eval()
    # Means and lengths are taken in full precision; that costs nothing and half of what half precision loses.
    model[0].register_forward_hook(_widen)
    return model


def _widen(_module: Any, _inputs: Any, features: dict[str, Any]) -> dict[str, Any]:
    tokens = features.get("token_embeddings")
    if tokens is not None:
        features["token_embeddings"] = tokens.float()
    return features


def _load_elsewhere(files: ModelFiles, options: EncoderOptions, hardware: Hardware, error: Exception) -> _Loaded:
    """Load on the processor what a graphics card refused; there is no way out if that was the processor."""
    if hardware.device == "cpu" or isinstance(error, ValueError | OSError | KeyError):
        message = f"“{files.model}” is no model that can compare papers. Choose another one in the settings."
        raise UserError(message, detail=f"{type(error).__name__}: {error}") from error
    log.warning("the graphics card cannot be used and the processor is: %s", error)
    return _load(files, options, hardware=processor(f"{hardware.name} failed: {_first_line(error)}"))


def _unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    if not np.isfinite(lengths).all():
        message = "not every number of the vectors is finite"
        raise FloatingPointError(message)
    unit: NDArray[np.float32] = rows / np.maximum(lengths, np.finfo(np.float32).tiny)
    return unit


def _is_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or any(words in str(error).lower() for words in OUT_OF_MEMORY)


def _empty_cache(device: str) -> None:
    if device == "cpu":
        return
    import torch

    (torch.cuda if device == "cuda" else torch.mps).empty_cache()


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__


def _stay_offline() -> None:
    """From here on everything is on this disk: loading a model must not ask the hub about it."""
    os.environ["HF_HUB_OFFLINE"] = os.environ["TRANSFORMERS_OFFLINE"] = "1"
    from huggingface_hub import constants  # noqa: PLC0415 - may be loaded already, and then has read the variable

    constants.HF_HUB_OFFLINE = True
