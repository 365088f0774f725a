"""How the window's process and a child of it talk: frames of a JSON header and raw bytes, each with its length before.

A frame is `>II` (bytes of the header, bytes of the payload), the header in UTF-8, the payload.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
LONGEST_HEADER = 2**28  # bytes; what a library prints would be taken for the length of a longer one


def write_frame(stream: BinaryIO, header: Mapping[str, Any], payload: bytes = b"") -> None:
    """Write a frame and push it out."""
    text = json.dumps(header).encode()
    stream.write(LENGTHS.pack(len(text), len(payload)) + text)
    stream.write(payload)  # apart, for a picture of a page would take its time to be copied
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """Read the next frame.

    Returns:
        Header and payload; None if the other side is gone, also in the middle of a frame.

    Raises:
        ValueError: What the other side says is no frame.
    """
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header_bytes, payload_bytes = LENGTHS.unpack(lengths)
    if header_bytes > LONGEST_HEADER:
        message = f"{lengths!r} are no lengths"
        raise ValueError(message)
    header, payload = stream.read(header_bytes), stream.read(payload_bytes)
    if len(header) < header_bytes or len(payload) < payload_bytes:
        return None
    facts = json.loads(header)
    if not isinstance(facts, dict):
        message = f"{header[:80]!r} is no header"
        raise ValueError(message)  # noqa: TRY004 - it is the text that is wrong
    return facts, payload
