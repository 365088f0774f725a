"""Where the papers lie on the map, kept on disk: derived from vectors, and made again when it is gone."""

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.disk.whole_file import write_whole
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.region import Region

log = logging.getLogger(__name__)

FORMAT = 1  # raised when the file's shape changes; older ones are then made anew
LATER = ("named", "unnamed", "rules")  # counts that older files lack


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The points of papers.

    Attributes:
        ids: Papers, each once, shape (papers,).
        digests: Of the texts that their vectors were made from; see `digest_of`.
        points: Where they lie, shape (papers, 2); larger is further right and further down.
        regions: Parts with a name.
        arranged: How many papers there were when all were arranged at once; the others were put in among them.
        named: How many papers there were when the parts were named.
        unnamed: How many were put in since.
        rules: By which rules the parts were named, a number that rises.
    """

    ids: NDArray[np.int64]
    digests: NDArray[np.uint64]
    points: NDArray[np.float32]
    regions: tuple[Region, ...] = ()
    arranged: int = 0
    named: int = 0
    unnamed: int = 0
    rules: int = 0


def digests_of(hashes: Iterable[str]) -> NDArray[np.uint64]:
    """Return numbers that tell the hashes of texts from each other."""
    made = [int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "little") for one in hashes]
    return np.array(made, dtype=np.uint64)


def layout_file(folder: Path, model_key: str) -> Path:
    """Return where the layout of a model's vectors lies."""
    return folder / f"{hashlib.sha256(model_key.encode()).hexdigest()[:16]}.map"


def load_layout(path: Path) -> Layout | None:
    """Read a layout; None if there is none that can be used."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as found:
            head = json.loads(bytes(found["head"]))
            if head["format"] != FORMAT:
                return None
            return Layout(
                ids=found["ids"],
                digests=found["digests"],
                points=found["points"],
                regions=tuple(Region(**one) for one in head["regions"]),
                arranged=head["arranged"],
                **{one: head.get(one, 0) for one in LATER},
            )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        log.info("the map is made anew, for %s cannot be read: %s", path.name, error)
        return None


def save_layout(path: Path, layout: Layout) -> None:
    """Write a layout in one step.

    Raises:
        EnvironmentFault: The folder cannot be written to.
    """
    head = {"format": FORMAT, "arranged": layout.arranged, "regions": [asdict(one) for one in layout.regions]}
    head |= {one: getattr(layout, one) for one in LATER}
    content = io.BytesIO()
    np.savez(
        content,
        head=np.frombuffer(json.dumps(head).encode(), dtype=np.uint8),
        ids=layout.ids,
        digests=layout.digests,
        points=layout.points,
    )
    try:
        write_whole(path, content.getvalue(), is_lasting=False)
    except OSError as error:
        message = f"The map cannot be kept in {path.parent}: {error.strerror or error}. Check that the disk has room."
        raise EnvironmentFault(message, detail=str(error)) from error
