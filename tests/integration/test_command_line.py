"""Every command as a real process: what it prints, what it stores, how it ends."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import TITLES, Shell, write_listing
from tests.helpers.http_server import WebServer

PAPER_KEYS = {
    *("id", "title", "abstract", "authors", "author_count", "organization", "published", "added", "status", "starred"),
    *("priority", "rating", "tags", "arxiv_id", "doi", "url", "pdf", "upvotes", "comments", "sources"),
}
IMPORT_KEYS = {"added", "updated", "unchanged", "failed", "papers", "problems"}
ICE, FALL = "2610.00001", "2610.00002"


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that already holds the made-up listing; to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    shell = Shell(folder / "library", folder / "settings.toml")
    shell.run("import", write_listing(folder / "listing.json"))
    return folder / "library"


@pytest.fixture
def empty(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "library", tmp_path / "settings.toml")


@pytest.fixture
def shell(prepared: Path, empty: Shell) -> Shell:
    shutil.copytree(prepared, empty.folder)
    return empty


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    return write_listing(tmp_path / "listing.json")


def by_title(shell: Shell, *query: str) -> dict[str, dict[str, Any]]:
    return {paper["title"]: paper for paper in shell.json("list", *query)}


class TestImport:
    def test_a_file_is_taken_in_once(self, empty: Shell, listing: Path) -> None:
        first = empty.json("import", listing, "--tag", "daily", "--status", "to-read")
        assert set(first) == IMPORT_KEYS
        assert (first["added"], first["failed"], first["problems"]) == (len(TITLES), 0, [])
        again = empty.json("import", listing)
        assert (again["added"], again["unchanged"]) == (0, len(TITLES))
        assert again["papers"] == first["papers"]
        papers = empty.json("list", "tag:daily", "status:to-read")
        assert sorted(paper["title"] for paper in papers) == sorted(TITLES.values())

    def test_a_dry_run_says_what_would_happen_and_stores_nothing(self, empty: Shell, listing: Path) -> None:
        said = empty.run("import", listing, "--dry-run")
        assert TITLES[ICE] in said.out
        assert "Nothing was stored." in said.out
        assert empty.json("import", listing, "--dry-run")["added"] == len(TITLES)
        assert empty.json("list") == []

    def test_standard_input_is_read_in_any_encoding(self, empty: Shell, data: Path) -> None:
        page = (data / "daily_papers.txt").read_bytes()
        assert empty.json("import", "-", typed=page)["added"] == 7
        assert empty.json("import", "-", typed=page.decode().encode("utf-16"))["added"] == 0

    def test_a_folder_gives_what_can_be_read_and_names_the_rest(self, empty: Shell, tmp_path: Path) -> None:
        folder = tmp_path / "downloads"
        folder.mkdir()
        write_listing(folder / "listing.json")
        (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
        (folder / "empty.txt").write_bytes(b"")
        report = empty.json("import", folder)
        assert (report["added"], report["failed"]) == (len(TITLES), 2)
        assert [Path(one["where"]).name for one in report["problems"]] == ["empty.txt", "picture.png"]
        assert all(one["reason"].endswith(".") for one in report["problems"])

    def test_nothing_readable_is_the_fault_of_the_input(self, empty: Shell, tmp_path: Path) -> None:
        done = empty.run("import", tmp_path / "not there.txt", code=3)
        assert "There is no such file." in done.err
        (tmp_path / "prose.txt").write_text("Buy milk and bread.", encoding="utf-8")
        assert empty.json("import", tmp_path / "prose.txt", code=3)["failed"] == 1

    def test_an_address_is_asked_for(self, empty: Shell, listing: Path) -> None:
        with WebServer() as server:
            server.answer("/saved/listing.json", listing.read_bytes())
            assert empty.json("import", f"{server.base}/saved/listing.json")["added"] == len(TITLES)
            gone = empty.json("import", f"{server.base}/gone", code=3)
        assert gone["problems"][0]["where"].endswith("/gone")

    def test_an_identifier_is_kept_when_there_is_no_network(self, empty: Shell) -> None:
        assert empty.json("import", "2610.00009")["added"] == 1
        assert empty.json("list")[0]["arxiv_id"] == "2610.00009"

    def test_one_undo_takes_a_whole_import_back(self, empty: Shell, listing: Path) -> None:
        empty.run("import", listing)
        assert f"Import {len(TITLES)} papers" in empty.run("undo").out
        assert empty.json("list") == []
        empty.run("redo")
        assert len(empty.json("list")) == len(TITLES)


class TestLooking:
    def test_a_paper_has_every_promised_key(self, shell: Shell) -> None:
        paper = shell.json("show", ICE)
        assert set(paper) >= PAPER_KEYS
        assert (paper["title"], paper["arxiv_id"], paper["status"]) == (TITLES[ICE], ICE, "inbox")
        assert paper["authors"] == ["Ada Author", "Ben Writer"]
        assert (paper["starred"], paper["pdf"], paper["tags"], paper["published"][:4]) == (False, None, [], "2026")

    def test_lists_are_filtered_ordered_and_cut(self, shell: Shell) -> None:
        titles = [paper["title"] for paper in shell.json("list", "robots", "--sort", "title")]
        assert titles == [TITLES[ICE], TITLES[FALL]]
        assert [one["upvotes"] for one in shell.json("list", "--sort", "upvotes", "--limit", "3")] == [7, 6, 5]
        assert [one["upvotes"] for one in shell.json("list", "--sort", "upvotes", "--reverse", "--limit", "1")] == [0]
        assert {one["arxiv_id"] for one in shell.json("list", "robots", "-ice")} == {FALL}

    def test_a_wrong_query_says_where_and_the_rest_still_works(self, shell: Shell) -> None:
        done = shell.run("--json", "list", "robots", "colour:red")
        assert len(json.loads(done.out)) == 2
        assert "colour" in done.err
        assert "column 8" in done.err

    def test_people_get_a_table_and_the_count_apart_from_it(self, shell: Shell) -> None:
        done = shell.run("list", "robots")
        assert done.out.splitlines()[0].split() == ["No.", "Status", "Title", "Authors", "Date", "Up"]
        assert len(done.out.splitlines()) == 3
        assert done.err == "2 papers.\n"
        assert shell.run("list", "nothing-like-this").err == "No papers.\n"

    def test_search_ranks_by_words_and_gives_reasons(self, shell: Shell) -> None:
        found = shell.json("search", "graphs", "molecules", "--limit", "5")
        assert {row["arxiv_id"] for row in found} <= {"2610.00003", "2610.00004"}
        assert found
        assert all(0 <= row["score"] <= 1 and row["reasons"] and set(row) >= PAPER_KEYS for row in found)

    def test_similar_papers_never_hold_the_paper_itself(self, shell: Shell) -> None:
        found = shell.json("similar", ICE, "--limit", "3")
        assert 0 < len(found) <= 3
        assert found[0]["arxiv_id"] == FALL
        assert ICE not in {row["arxiv_id"] for row in found}
        assert shell.json("similar", "diffusion of long video", "--limit", "1")[0]["arxiv_id"] in {
            "2610.00005",
            "2610.00006",
        }


class TestChanging:
    def test_marks_are_set_by_number_arxiv_id_and_title(self, shell: Shell) -> None:
        number = str(shell.json("show", FALL)["id"])
        changed = shell.json("status", "read", number, ICE, "How Readers Choose")
        assert [paper["status"] for paper in changed] == ["read"] * 3
        assert shell.json("star", ICE)[0]["starred"]
        assert not shell.json("star", ICE, "--off")[0]["starred"]
        assert shell.json("priority", "high", ICE)[0]["priority"] == "high"
        assert shell.json("rate", "4", ICE)[0]["rating"] == 4

    def test_tags_are_added_removed_and_listed(self, shell: Shell) -> None:
        assert shell.json("tag", "+ml/robots", "+ice", ICE, FALL)[0]["tags"] == ["ice", "ml/robots"]
        assert shell.json("tag", "-ice", FALL)[0]["tags"] == ["ml/robots"]
        assert {tag["name"]: tag["count"] for tag in shell.json("tag")} == {"ice": 1, "ml/robots": 2}
        assert len(shell.json("list", "tag:ml")) == 2

    def test_collections_are_filled_asked_for_exported_and_taken_back(self, shell: Shell) -> None:
        assert shell.json("collection", "+Survey/Ice", ICE, FALL)[0]["collections"] == ["Survey/Ice"]
        assert shell.json("collection", "+Later") == [{"name": "Later", "count": 0}, {"name": "Survey/Ice", "count": 2}]
        assert len(shell.json("list", "collection:survey", "-collection:later")) == 2
        assert shell.run("export", "collection:Survey", "--format", "csv").out.count("Survey/Ice") == 2
        shell.run("collection", "--delete", "Survey")
        assert shell.run("undo").out == "Undone: Delete the collection Survey.\n"
        assert len(shell.json("list", "has:collection")) == 2

    def test_notes_are_written_read_and_cleared(self, shell: Shell) -> None:
        shell.run("note", ICE, "-", typed="# Thin ice\n\nRead the *proof*.\n")
        assert shell.json("note", ICE)["note"] == "# Thin ice\n\nRead the *proof*."
        assert shell.ids("has:note") == [shell.json("show", ICE)["id"]]
        shell.run("note", ICE, "")
        assert shell.run("note", ICE).err == "The paper has no note.\n"

    def test_deleted_papers_lie_in_the_bin_until_they_are_wanted(self, shell: Shell) -> None:
        shell.run("delete", ICE)
        assert len(shell.json("list")) == len(TITLES) - 1
        assert [paper["arxiv_id"] for paper in shell.json("list", "is:bin")] == [ICE]
        shell.run("undelete", ICE)
        assert len(shell.json("list")) == len(TITLES)

    def test_undo_and_redo_walk_through_the_steps_of_all_processes(self, shell: Shell) -> None:
        shell.run("status", "to-read", ICE)
        shell.run("tag", "+later", ICE)
        assert shell.run("undo").out == "Undone: Tag 1 paper.\n"
        assert shell.json("show", ICE)["tags"] == []
        step = shell.json("undo")
        assert step == {"step": step["step"], "papers": [shell.json("show", ICE)["id"]]}
        assert shell.json("show", ICE)["status"] == "inbox"
        shell.run("redo")
        assert shell.json("show", ICE)["status"] == "to-read"

    def test_nothing_to_take_back_is_said_and_is_no_failure(self, empty: Shell) -> None:
        assert empty.run("undo").out == "There is nothing to be undone.\n"
        assert empty.json("redo") == {"step": None, "papers": []}

    def test_an_unknown_paper_is_the_fault_of_the_input_and_changes_nothing(self, shell: Shell) -> None:
        done = shell.run("star", ICE, "no paper is called this", code=3)
        assert done.err.startswith("readinglist: ")
        assert shell.json("list", "is:starred") == []
        assert "9999" in shell.run("show", "9999", code=3).err
        assert "2610.99999" in shell.run("show", "2610.99999", code=3).err

    def test_an_ambiguous_title_names_the_papers_it_may_be(self, shell: Shell) -> None:
        done = shell.run("show", "Legged Robots", code=3)
        assert TITLES[ICE] in done.err
        assert TITLES[FALL] in done.err


class TestKeeping:
    @pytest.mark.parametrize(
        ("form", "sign"),
        [("bibtex", "@"), ("ris", "TY  - "), ("csl-json", "["), ("csv", "id"), ("markdown", "Thin Ice"), ("json", "[")],
    )
    def test_every_format_can_be_written(self, shell: Shell, form: str, sign: str) -> None:
        done = shell.run("export", "ice", "--format", form)
        assert sign in done.out
        assert "Gait Learning" in done.out
        assert done.err == "1 paper.\n"

    def test_the_name_of_a_file_says_which_format(self, shell: Shell, tmp_path: Path) -> None:
        target = tmp_path / "robots.bib"
        shell.run("export", "robots", "-o", target)
        assert target.read_text(encoding="utf-8").count("@") == 2
        assert "could not be written" in shell.run("export", "-o", tmp_path / "no" / "x.bib", code=4).err

    def test_what_was_exported_as_json_comes_back(self, shell: Shell, tmp_path: Path) -> None:
        shell.run("export", "--format", "csl-json", "-o", tmp_path / "all.json")
        other = Shell(tmp_path / "other", shell.settings)
        assert other.json("import", tmp_path / "all.json")["added"] == len(TITLES)
        assert set(by_title(other)) == set(TITLES.values())

    def test_a_library_that_was_exported_comes_back_with_what_the_reader_made_of_it(
        self, shell: Shell, tmp_path: Path
    ) -> None:
        shell.run("status", "read", ICE)
        shell.run("status", "to-read", FALL)
        shell.run("star", FALL)
        shell.run("rate", "4", ICE)
        shell.run("tag", "+ml/robots", ICE, FALL)
        shell.run("collection", "+Survey/Ice", FALL)
        shell.run("note", ICE, "-", typed="# Thin ice\n\nRead the *proof*.\n")
        shell.run("export", "--format", "json", "-o", tmp_path / "all.json")
        other = Shell(tmp_path / "other", shell.settings)
        assert "Read, rated 4, 1 tag, a note" in other.run("import", tmp_path / "all.json", "--dry-run").out
        assert other.json("import", tmp_path / "all.json")["added"] == len(TITLES)
        here, there = by_title(shell), by_title(other)
        for paper in (*here.values(), *there.values()):
            del paper["id"], paper["added"]
        assert there == here
        again = other.json("import", tmp_path / "all.json")
        assert (again["added"], again["unchanged"]) == (0, len(TITLES))
        assert other.run("undo").out == f"Undone: Import {len(TITLES)} papers.\n"

    def test_a_backup_is_restored_and_what_was_there_is_kept(self, shell: Shell, tmp_path: Path) -> None:
        kept = tmp_path / "kept.sqlite"
        assert shell.json("backup", kept)["path"] == str(kept)
        assert Path(shell.json("backup")["path"]).parent == shell.folder / "backups"
        shell.run("delete", ICE)
        restored = shell.json("restore", kept)
        assert restored["papers"] == len(TITLES)
        assert Path(restored["saved"]).is_file()
        assert len(shell.json("list")) == len(TITLES)
        assert "backup" in shell.run("restore", tmp_path / "none.sqlite", code=3).err

    def test_a_sound_library_is_called_sound(self, shell: Shell) -> None:
        assert shell.run("check").out == f"The library with {len(TITLES)} papers is sound.\n"
        report = shell.json("check")
        assert (report["papers"], report["damage"], report["is_sound"]) == (len(TITLES), [], True)

    def test_damage_ends_with_its_own_code(self, shell: Shell) -> None:
        file = shell.folder / "library.sqlite"
        with sqlite3.connect(file) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("INSERT INTO paper_tag (paper_id, tag_id) VALUES (999, 999)")
        connection.close()
        assert shell.json("check", code=5)["damage"]
        file.write_bytes(b"This is no database. " * 100)
        for side in shell.folder.glob("library.sqlite-*"):
            side.unlink()
        assert shell.run("list", code=5).err.startswith("readinglist: ")

    def test_a_folder_that_cannot_be_used_is_the_fault_of_the_environment(self, empty: Shell, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("", encoding="utf-8")
        done = empty.run("--library", tmp_path / "file", "list", code=4)
        assert str(tmp_path / "file") in done.err

    def test_settings_are_shown_changed_and_reset(self, empty: Shell) -> None:
        assert {one["key"] for one in empty.json("config")} >= {"look.theme", "similar.count"}
        assert empty.run("config", "look.theme", "dark").out == "dark\n"
        assert empty.json("config", "look.theme")["value"] == "dark"
        empty.run("config", "look.theme", "--reset")
        assert empty.json("config", "look.theme")["is_set"] is False
        assert "light" in empty.run("config", "look.theme", "pink", code=3).err
        assert not empty.folder.exists(), "settings need no library"

    def test_wrong_usage_ends_with_two(self, empty: Shell) -> None:
        assert "Did you mean “import”" in empty.run("imprt", code=2).err
        assert empty.run("status", "someday", "1", code=2).out == ""
        assert not empty.folder.exists()


def test_two_processes_write_to_one_library_at_once(shell: Shell) -> None:
    commands = [shell.command("tag", f"+tag{place}", ICE) for place in range(6)]
    running = [
        subprocess.Popen(command, env=shell.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for command in commands
    ]
    ended = [(process.communicate(timeout=100), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 6, ended
    assert shell.json("show", ICE)["tags"] == [f"tag{place}" for place in range(6)]
    assert shell.json("check")["is_sound"]


@pytest.mark.encoder
class TestMeaning:
    def test_papers_are_compared_by_meaning(self, shell: Shell) -> None:
        before = shell.json("index", "--status")
        assert (before["done"], before["total"]) == (0, len(TITLES))
        after = shell.json("index")
        assert (after["done"], after["total"], after["problem"]) == (len(TITLES), len(TITLES), "")
        assert shell.json("similar", ICE)[0]["arxiv_id"] == FALL
        found = shell.json("search", "--meaning", "walking machines", "--limit", "2")
        assert {row["arxiv_id"] for row in found} == {ICE, FALL}

    def test_the_doctor_names_model_and_library(self, shell: Shell) -> None:
        diagnosis = shell.json("doctor")
        assert diagnosis["problems"] == []
        assert diagnosis["facts"]["Library"] == str(shell.folder)
        assert "MiniLM" in diagnosis["facts"]["Model"]
