"""Bytes of unknown origin as text, or the reason why they are none."""

import codecs
import re

# What other kinds of files begin with, in the reader's words.
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, video or WebP file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"%!PS", "a PostScript document"),
    (b"ID3", "a sound file"),
    (b"\x00\x00\x00\x18ftyp", "a video"),
    (b"\x00\x00\x00\x20ftyp", "a video"),
)
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"""(?:charset\s*=\s*["']?|encoding\s*=\s*["'])([\w.:-]{2,40})""", re.IGNORECASE)
PDF = "This is a PDF; a paper cannot be imported from its PDF yet. Import its arXiv id, its DOI or its address instead."
LOOKED_AT = 65_536
SHARE_OF_CONTROLS = 0.02  # more control characters than this are no text


class NotText(Exception):  # noqa: N818 - an answer, raised only inside this package
    """The bytes are no text; the message is a sentence for the reader."""


def decode(content: bytes) -> str:
    """Turn bytes into text whose lines end with a newline.

    A byte order mark decides, then UTF-8 if the bytes are valid UTF-8, then what the document declares, then what the
    bytes look like.

    Raises:
        NotText: The file is empty or of another kind; the message names which.
    """
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        message = "The file is empty."
        raise NotText(message)
    for signature, kind in SIGNATURES:
        if content.startswith(signature):
            message = PDF if signature == b"%PDF-" else f"This is {kind}, not a listing of papers."
            raise NotText(message)
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    head = text[:LOOKED_AT]
    controls = sum((character < " " and character not in "\n\t\f") or character == "\ufffd" for character in head)
    if controls > SHARE_OF_CONTROLS * len(head):
        message = "The file holds no readable text."
        raise NotText(message)
    return text.replace("\x00", "")


def _decoded(content: bytes) -> str:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_utf8_cut_off(content):
        return content.decode("utf-8", errors="ignore")
    declared = DECLARED.search(content[:4096])
    if declared:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return _guessed(content)


def _is_utf8_cut_off(content: bytes) -> bool:
    """A download that ended within a character is still UTF-8."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(content, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _guessed(content: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for what is not UTF-8

    best = from_bytes(content[:LOOKED_AT]).best()
    # Every byte means something in Windows-1252, the usual encoding of what is neither declared nor recognised.
    return content.decode(best.encoding if best else "cp1252", errors="replace")
