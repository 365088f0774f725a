"""Bytes become text, or the reason why they do not."""

import pytest

from readinglist.importers.decoding import NotText, decode

TEXT = "Übergrößenträger, naïve façades and “quotes” – über alles. " * 8 + "\nZweite Zeile: Žižek."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_carries_a_mark_or_is_utf8_is_read_as_such(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "iso-8859-2", "koi8-r", "gb18030", "shift_jis"])
def test_a_declared_encoding_is_believed_where_the_bytes_fit(encoding: str) -> None:
    words = {"koi8-r": "Чтение статей", "gb18030": "阅读清单", "shift_jis": "論文の一覧"}.get(encoding, "Größe äöü")
    page = f'<html><head><meta charset="{encoding}"></head><body>{words}</body></html>'
    assert words in decode(page.encode(encoding))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_undeclared_western_text_is_recognised(encoding: str) -> None:
    text = "Größere Übungen für müde Leser: wie man über Aufsätze schläft, ohne sie zu lesen. " * 5
    assert decode(text.encode(encoding)) == text


def test_a_wrongly_declared_encoding_does_not_matter() -> None:
    page = '<html><meta charset="no-such-thing"><body>café</body></html>'
    assert "caf" in decode(page.encode("latin-1"))
    assert "café" in decode(page.encode("utf-8"))


def test_utf8_that_ends_within_a_letter_is_still_utf8() -> None:
    assert decode("naïve façade".encode()[:4]).startswith("na")
    assert decode(("é" * 50).encode()[:-1]) == "é" * 49


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_lines_end_with_a_newline_whatever_the_system(ending: str) -> None:
    assert decode(f"one{ending}two{ending}".encode()) == "one\ntwo\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b" \r\n\t\x00\x00", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "This is a PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"SQLite format 3\x00", "a database"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (bytes(range(1, 32)) * 20, "no readable text"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, said: str) -> None:
    with pytest.raises(NotText, match=said):
        decode(content)
