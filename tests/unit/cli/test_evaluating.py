"""`evaluate` prints the methods side by side, for people and for scripts."""

import json
from pathlib import Path

import pytest

from tests.helpers.console import Console

PAPERS = [
    {"id": "a", "title": "Gait recognition", "abstract": "How people walk."},
    {"id": "b", "title": "Gait of horses", "abstract": "How horses walk."},
    {"id": "c", "title": "Dust of stars", "abstract": "Far away."},
]


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    folder = tmp_path / "judged"
    folder.mkdir()
    (folder / "papers.jsonl").write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    (folder / "judgements.tsv").write_text("query\tpaper\tgrade\na\tb\t1\na\tc\t0\n", encoding="utf-8")
    return folder


def evaluate(library: Path, *words: str) -> tuple[int, str, str]:
    console = Console(library)
    code = console("evaluate", *words)
    return code, console.out, console.err


def test_a_table_shows_each_method_and_says_what_the_columns_are(tmp_path: Path, judged: Path) -> None:
    code, out, _ = evaluate(tmp_path / "library", str(judged))
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "3 papers, 1 question."
    assert [line.split("  ")[0] for line in lines[1:6]] == ["method", "TF-IDF", "BM25", "cosine", "ours"]
    assert "1.000 [1.000, 1.000]" in lines[5]
    assert "Mean over the questions" in out


def test_scripts_get_one_document(tmp_path: Path, judged: Path) -> None:
    code, out, _ = evaluate(tmp_path / "library", str(judged), "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["papers"], found["questions"]) == (3, 1)
    assert found["methods"][3]["method"] == "ours"
    assert found["methods"][3]["ndcg_share"] == {"mean": 1.0, "low": 1.0, "high": 1.0}


def test_a_folder_without_the_files_is_the_input_that_is_wrong(tmp_path: Path) -> None:
    code, out, err = evaluate(tmp_path / "library", str(tmp_path))
    assert (code, out) == (3, "")
    assert "There is no papers.jsonl" in err
