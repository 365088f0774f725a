"""What the reader hands over becomes documents, or problems that name it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled
from readinglist.domain.identifiers import Identifier
from readinglist.domain.raw import Drop, Problem, RawDocument
from readinglist.services.drops import DroppedPdf, DropReader
from tests.helpers.importing import Answers

PAPER = Identifier("arxiv", "2405.00001")


def opened(*drops: Drop, network: Answers | None = None) -> Sequence[RawDocument | DroppedPdf | Problem]:
    return list(DropReader(network or Answers(), lambda: None).documents(drops))


def names(found: Sequence[RawDocument | DroppedPdf | Problem]) -> list[str]:
    return [one.name for one in found if isinstance(one, RawDocument)]


def reasons(found: Sequence[RawDocument | DroppedPdf | Problem]) -> list[str]:
    return [one.reason for one in found if isinstance(one, Problem)]


def test_a_folder_is_read_in_the_order_of_names_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "deep/c.txt", ".git/config", "deep/.x"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
    found = opened(Drop.of_path(tmp_path))
    assert names(found) == ["a.txt", "b.txt", "c.txt"]
    assert [one.content for one in found if isinstance(one, RawDocument)] == [b"a.txt", b"b.txt", b"deep/c.txt"]


def test_a_hidden_file_that_is_dropped_itself_is_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x", encoding="utf-8")
    assert names(opened(Drop.of_path(tmp_path / ".hidden.txt"))) == [".hidden.txt"]


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    assert reasons(opened(Drop.of_path(tmp_path))) == ["The folder has no files in it."]


def test_the_order_of_what_was_dropped_is_kept_across_kinds(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    network = Answers(pages={"https://example.org/page": b"a page"})
    found = opened(
        Drop("text", "some words", "clipping"),
        Drop("address", "https://example.org/page"),
        Drop.of_path(tmp_path / "file.txt"),
        network=network,
    )
    assert names(found) == ["clipping", "page", "file.txt"]


def test_text_of_nothing_but_addresses_stands_for_what_they_point_to() -> None:
    network = Answers(pages={"https://example.org/1": b"one", "https://example.org/2": b"two"})
    found = opened(Drop("text", "https://example.org/1\n\n  https://example.org/2\n"), network=network)
    assert [one.content for one in found if isinstance(one, RawDocument)] == [b"one", b"two"]


def test_text_that_only_contains_an_address_is_text() -> None:
    (document,) = opened(Drop("text", "Look at https://example.org/1 please"))
    assert isinstance(document, RawDocument)
    assert (document.name, document.origin, document.media_type) == ("Pasted text", "text", "text/plain")


def test_one_address_that_fails_does_not_sink_the_others() -> None:
    network = Answers(pages={"https://example.org/1": b"one"})
    found = opened(Drop("text", "https://example.org/0\nhttps://example.org/1"), network=network)
    assert reasons(found) == ["https://example.org/0 cannot be reached."]
    assert names(found) == ["1"]


@pytest.mark.parametrize("text", ["2405.00001", "arXiv:2405.00001v3", "  arxiv: 2405.00001\n"])
def test_a_bare_identifier_is_looked_up(text: str) -> None:
    network = Answers(records={PAPER: b"the record"})
    (document,) = opened(Drop("text", text), network=network)
    assert isinstance(document, RawDocument)
    assert document.content == b"the record"
    assert network.asked == [(PAPER,)]


def test_offline_a_bare_identifier_is_kept() -> None:
    (document,) = opened(Drop("text", "10.1000/ABC"))
    assert isinstance(document, RawDocument)
    assert (document.content, document.name) == (b"doi:10.1000/abc", "10.1000/abc")


def test_text_with_half_a_character_is_still_text() -> None:
    (document,) = opened(Drop("text", "half \ud83d of a smile"))
    assert isinstance(document, RawDocument)
    assert document.content == b"half ? of a smile"


@pytest.mark.parametrize("text", ["https://example.org/1", "2405.00001"])
def test_a_stop_is_a_stop_and_no_problem(text: str) -> None:
    def stop() -> None:
        message = "Stopped."
        raise Cancelled(message)

    with pytest.raises(Cancelled):
        list(DropReader(Answers(), stop).documents([Drop("text", text)]))
