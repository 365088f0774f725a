"""A folder of judged papers is measured, and what is wrong with its files is said at its place."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.errors import UserError
from readinglist.services.evaluate import Evaluation, evaluate_folder
from readinglist.services.events import EventHub
from readinglist.services.jobs import InlineRunner, Lane
from readinglist.similarity.fake import FakeEncoder

PAPERS = """\
{"id": "a", "title": "Gait recognition", "abstract": "How people walk is told by gait."}
{"id": "b", "title": "Gait of horses", "abstract": "How horses walk is told by gait.", "year": 2020}

{"id": "c", "title": "Dust of stars", "abstract": null}
{"id": 4, "title": "Stars and more stars"}
"""
JUDGEMENTS = "query\tpaper\tgrade\na\tb\t2\na\tc\t0\na\t4\t0\n"
FACETS = "query\tfacet\tpaper\tgrade\r\na\tmethod\tb\t3\r\na\tmethod\tc\t0\r\na\tresult\t4\t1\r\na\tresult\ta\t3\r\n"


def fill(folder: Path, papers: str = PAPERS, judgements: str = JUDGEMENTS, *, is_csfcube: bool = False) -> Path:
    folder.mkdir()
    (folder / ("docs.jsonl" if is_csfcube else "papers.jsonl")).write_text(papers, encoding="utf-8", newline="")
    (folder / ("qrels.tsv" if is_csfcube else "judgements.tsv")).write_text(judgements, encoding="utf-8", newline="")
    return folder


def measured(folder: Path) -> Evaluation:
    events = EventHub()
    encoder = FakeEncoder()

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        return encoder.encode(texts)

    job = InlineRunner(events).submit(lambda context: evaluate_folder(folder, encode, context), lane=Lane.COMPUTE)
    return job.future.result()


def test_every_method_is_measured_on_the_same_questions(tmp_path: Path) -> None:
    found = measured(fill(tmp_path / "judged"))
    assert (found.papers, found.questions) == (4, 1)
    assert list(found.methods) == ["TF-IDF", "BM25", "cosine", "ours"]
    assert all(one.ndcg_share.mean == 1 for one in found.methods.values())


def test_each_aspect_is_a_question_and_the_paper_itself_is_not_judged(tmp_path: Path) -> None:
    found = measured(fill(tmp_path / "judged", judgements=FACETS, is_csfcube=True))
    assert found.questions == 2


@pytest.mark.parametrize(
    ("papers", "judgements", "message"),
    [
        ("{}\n", JUDGEMENTS, "Line 1 of papers.jsonl is no JSON object with an id and a title"),
        (PAPERS + "nonsense\n", JUDGEMENTS, "Line 6 of papers.jsonl"),
        ("\n", JUDGEMENTS, "There are no papers"),
        (PAPERS, JUDGEMENTS + "a\tb\n", "Line 5 of judgements.tsv does not have two papers and a grade"),
        (PAPERS, JUDGEMENTS + "a\tb\tmuch\n", "Line 5 of judgements.tsv does not have"),
        (PAPERS, JUDGEMENTS + "a\tnobody\t1\n", "names the paper nobody, which is not among the papers"),
        (PAPERS, "query\tpaper\tgrade\n", "There are no judgements"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, papers: str, judgements: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        measured(fill(tmp_path / "judged", papers, judgements))


def test_a_folder_without_the_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no papers\.jsonl in"):
        measured(tmp_path)


def test_a_file_that_is_no_text_is_said(tmp_path: Path) -> None:
    folder = fill(tmp_path / "judged")
    (folder / "papers.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="cannot be read"):
        measured(folder)
