"""Opening files that are PDFs, damaged ones, locked ones, and things that are none."""

from pathlib import Path

import pymupdf
import pytest

from readinglist.domain.errors import DataError, EnvironmentFault, PasswordNeeded
from readinglist.pdf.document import load_document, parse_document

AES_256 = 5  # PDF_ENCRYPT_AES_256
SESAME = "open sesame"


def made(*texts: str, title: str = "", rotation: int = 0) -> bytes:
    document = pymupdf.open()
    for text in texts:
        page = document.new_page()
        page.insert_text((72, 100), text, fontsize=14)
        page.set_rotation(rotation)
    document.set_metadata({"title": title})
    return bytes(document.tobytes())


def locked(password: str) -> bytes:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Secret words")
    return bytes(document.tobytes(encryption=AES_256, user_pw=password, owner_pw="owner"))


def test_the_type_of_a_page_comes_with_size_and_place() -> None:
    with parse_document(made("A Title of Words", title="A Hint"), "file.pdf") as document:
        assert document.page_count == 1
        assert document.hints["title"] == "A Hint"
        page = document.page(1)
    (line,) = page.lines
    assert (line.text, line.size, line.is_upright) == ("A Title of Words", 14.0, True)
    assert line.baseline == pytest.approx(100, abs=0.5)
    assert line.box.left == pytest.approx(72, abs=1)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_places_are_those_of_the_page_as_it_is_seen(rotation: int) -> None:
    with parse_document(made("Some words", rotation=rotation), "file.pdf") as document:
        page = document.page(1)
    (line,) = page.lines
    assert not line.is_upright
    assert 0 <= line.box.left < line.box.right <= page.width
    assert 0 <= line.box.top < line.box.bottom <= page.height


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(made("One", "Two"))
    with load_document(path) as document:
        assert [page.lines[0].text for page in document.pages()] == ["One", "Two"]
        assert [page.number for page in document.pages(2, 9)] == [2]


def test_a_locked_file_asks_for_its_password_and_opens_with_it() -> None:
    content = locked(SESAME)
    with pytest.raises(PasswordNeeded, match=r"A password is needed to open file\.pdf\."):
        parse_document(content, "file.pdf")
    with pytest.raises(PasswordNeeded, match="not the right one"):
        parse_document(content, "file.pdf", password=SESAME[1:])
    with parse_document(content, "file.pdf", password=SESAME) as document:
        assert document.page(1).lines[0].text == "Secret words"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "file.pdf is empty."),
        (b"<html><body>Please sign in</body></html>", "file.pdf is not a PDF."),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "file.pdf is not a PDF."),
        (b"%PDF-1.7\n", "file.pdf is damaged and cannot be opened."),
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj",
            "No page of",
        ),
    ],
)
def test_what_cannot_be_opened_is_named_with_the_reason(content: bytes, sentence: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_document(content, "file.pdf")
    assert caught.value.message.startswith(sentence)


def test_a_file_that_is_not_there_is_a_fault_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"gone\.pdf cannot be read"):
        load_document(tmp_path / "gone.pdf")


def test_a_file_without_its_end_is_repaired_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    content = made("Some words that stay")
    with parse_document(content[: content.rindex(b"xref")], "file.pdf") as document:
        assert document.page(1).lines[0].text == "Some words that stay"
    assert capfd.readouterr().err == ""


def test_a_page_that_is_not_there_is_no_page() -> None:
    with parse_document(made("One"), "file.pdf") as document, pytest.raises(DataError, match="no page 2"):
        document.page(2)


def test_a_page_whose_content_is_broken_is_empty() -> None:
    document = pymupdf.open()
    document.new_page().insert_text((72, 100), "Words")
    document.new_page()
    kids = document.xref_get_key(document.pdf_catalog(), "Pages")[1].split()[0]
    document.xref_set_key(int(kids), "Kids", f"[{document.page_xref(0)} 0 R {kids} 0 R]")
    with parse_document(bytes(document.tobytes()), "file.pdf") as broken:
        texts = [page.text for page in broken.pages()]
    assert texts[0] == "Words"
    assert not any(texts[1:])


def test_closing_twice_does_nothing() -> None:
    document = parse_document(made("One"), "file.pdf")
    document.close()
    document.close()
