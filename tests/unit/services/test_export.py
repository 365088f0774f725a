"""Exporting from a real library: what is written, and that a file is whole or not there."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest

from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.paper import PaperId, Status
from readinglist.exporters import registry
from readinglist.library.library import Library
from readinglist.services.export import BLOCK, Export
from tests.helpers.drafts import make_draft


@pytest.fixture
def ids(library: Library) -> list[PaperId]:
    with library.write(None) as writer:
        return writer.papers.add_many([make_draft(number) for number in range(1, 5)], status=Status.INBOX)


@pytest.fixture
def export(library: Library) -> Export:
    return Export(library)


def test_the_order_asked_for_is_kept_and_papers_that_are_gone_are_left_out(export: Export, ids: list[PaperId]) -> None:
    wanted = [ids[2], PaperId(99), ids[0]]
    assert [one["id"] for one in json.loads(export.render(wanted, "json"))] == [ids[2], ids[0]]


def test_citation_keys_do_not_depend_on_the_order_asked_for(
    export: Export, library: Library, ids: list[PaperId]
) -> None:
    with library.write(None) as writer:
        ids += writer.papers.add_many(
            [make_draft(number, title="The same", authors=("Ada Author",)) for number in (6, 7)], status=Status.INBOX
        )
    for name in ("bibtex", "csl-json"):
        assert export.render(ids, name) == export.render(ids[::-1], name)
    assert export.render(ids, "ris") != export.render(ids[::-1], "ris")


def test_a_large_export_is_one_piece(export: Export, library: Library) -> None:
    count = BLOCK * 2 + 1
    with library.write(None) as writer:
        drafts = [make_draft(number, mention=None) for number in range(count)]
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
    assert [one["id"] for one in json.loads(export.render(ids, "json"))] == ids


def test_an_unknown_format_is_named_with_the_known_ones(export: Export, ids: list[PaperId], tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"“docx”.*bibtex"):
        export.render(ids, "docx")
    with pytest.raises(UserError):
        export.save(ids, "docx", tmp_path / "papers.docx")
    assert not (tmp_path / "papers.docx").exists()


@pytest.mark.parametrize("name", registry.FORMATS)
def test_a_file_has_what_is_rendered(name: str, export: Export, ids: list[PaperId], tmp_path: Path) -> None:
    path = tmp_path / "papers"
    export.save(ids, name, path)
    content = path.read_bytes().decode("utf-8")
    assert content.removeprefix("\ufeff") == export.render(ids, name)
    assert content.startswith("\ufeff") == (name == "csv")  # by which Excel knows that it is Unicode
    assert [one.name for one in tmp_path.iterdir() if one.name != "library"] == ["papers"]


def test_a_new_file_has_the_usual_permissions(export: Export, ids: list[PaperId], tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    export.save(ids, "ris", tmp_path / "papers.ris")
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("usual", "papers.ris")]
    assert modes[0] == modes[1]


def test_a_file_that_cannot_be_written_is_named(export: Export, ids: list[PaperId], tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match=r"missing/papers\.ris could not be written: No such file"):
        export.save(ids, "ris", tmp_path / "missing" / "papers.ris")
    with pytest.raises(EnvironmentFault, match="library could not be written"):
        export.save(ids, "ris", tmp_path / "library")


def test_an_export_that_fails_halfway_leaves_the_old_file(
    export: Export, ids: list[PaperId], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "papers.ris"
    path.write_text("old")
    full = OSError(28, "No space left on device")

    def fail(_: int) -> None:
        raise full

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentFault, match="No space left"):
        export.save(ids, "ris", path)
    assert path.read_text() == "old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["library", "papers.ris"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_written_to_and_stays_a_pipe(export: Export, ids: list[PaperId], tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    export.save(ids, "bibtex", pipe)
    reader.join(timeout=10)
    assert read == [export.render(ids, "bibtex")]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
