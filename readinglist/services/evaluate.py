"""How good similar papers are, measured on a folder of papers that people judged; a developer's use case.

The folder has two files:

- `papers.jsonl` (or `docs.jsonl`): a paper on each line, a JSON object with `id`, `title` and `abstract`; other keys
  are passed over.
- `judgements.tsv` (or `qrels.tsv`): a head line, then on each line the id of the paper asked about, the id of a judged
  paper and its grade, separated by tabs; 0 does not fit, more fits better. A fourth column before the judged paper may
  name the aspect that was asked for: each aspect is a question of its own. The collection CSFCube comes like this.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from readinglist.domain.errors import UserError
from readinglist.recommend.evaluate import Judgements, Quality
from readinglist.recommend.judged import Judged, compare_methods
from readinglist.services.jobs import JobContext
from readinglist.similarity.encoder import encoder_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAPERS = ("papers.jsonl", "docs.jsonl")
JUDGEMENTS = ("judgements.tsv", "qrels.tsv")
BATCH = 256  # texts of similar length that the model reads at once
Encode = Callable[[Sequence[str]], "NDArray[np.float32]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured.

    Attributes:
        papers: How many there are.
        questions: How many were asked.
        methods: How good each is, by its name.
    """

    papers: int
    questions: int
    methods: dict[str, Quality]


def evaluate_folder(folder: Path, encode: Encode, context: JobContext) -> Evaluation:
    """Compare the methods.

    Args:
        folder: Has the two files described above.
        encode: Returns the vectors of texts.
        context: Told how far the reading is.

    Raises:
        UserError: The files are missing, cannot be read, or are not as described.
        EnvironmentFault: The model cannot be loaded.
        Cancelled: The reader stopped it.
    """
    numbers, texts = _read_papers(_find(folder, PAPERS))
    questions = _read_judgements(_find(folder, JUDGEMENTS), numbers)
    matrix = _encode_all(texts, encode, context)
    methods = compare_methods(Judged(texts=texts, matrix=matrix, questions=questions))
    return Evaluation(papers=len(texts), questions=len(questions), methods=methods)


def _encode_all(texts: Sequence[str], encode: Encode, context: JobContext) -> "NDArray[np.float32]":
    order = sorted(range(len(texts)), key=lambda one: len(texts[one]))
    rows: list[tuple[list[int], NDArray[np.float32]]] = []
    for start in range(0, len(order), BATCH):
        context.check_cancelled()
        context.progress(start, len(order), "reading papers")
        part = order[start : start + BATCH]
        rows.append((part, encode([texts[one] for one in part])))
    matrix = np.zeros((len(texts), rows[0][1].shape[1]), dtype=np.float32)
    for part, vectors in rows:
        matrix[part] = vectors
    return matrix


def _read_papers(path: Path) -> tuple[dict[str, int], list[str]]:
    numbers: dict[str, int] = {}
    texts: list[str] = []
    for number, line in _lines(path):
        paper: Any = None
        with suppress(ValueError):
            paper = json.loads(line)
        if not isinstance(paper, dict) or "id" not in paper or not paper.get("title"):
            message = f"Line {number} of {path.name} is no JSON object with an id and a title."
            raise UserError(message)
        numbers[str(paper["id"])] = len(texts)
        texts.append(encoder_text(str(paper["title"]), str(paper.get("abstract") or "")))
    if not texts:
        message = f"There are no papers in {path.name}."
        raise UserError(message)
    return numbers, texts


def _read_judgements(path: Path, numbers: dict[str, int]) -> list[Judgements]:
    grades: dict[tuple[str, ...], dict[int, float]] = defaultdict(dict)
    for number, line in _lines(path, skipped=1):
        *question, paper, grade = line.split("\t")
        try:
            value = float(grade)
        except ValueError:
            value = -1.0
        if len(question) not in (1, 2) or value < 0:
            message = f"Line {number} of {path.name} does not have two papers and a grade, separated by tabs."
            raise UserError(message)
        if unknown := next((one for one in (question[0], paper) if one not in numbers), None):
            message = f"Line {number} of {path.name} names the paper {unknown}, which is not among the papers."
            raise UserError(message)
        if paper != question[0]:
            grades[tuple(question)][numbers[paper]] = value
    if not grades:
        message = f"There are no judgements in {path.name}."
        raise UserError(message)
    return [Judgements(query=numbers[question[0]], grades=found) for question, found in grades.items()]


def _lines(path: Path, *, skipped: int = 0) -> Iterator[tuple[int, str]]:
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read."
        raise UserError(message, detail=str(error)) from error
    for number, line in enumerate(content.split("\n"), start=1):
        if number > skipped and line.strip():
            yield number, line.rstrip("\r")


def _find(folder: Path, names: Sequence[str]) -> Path:
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found is None:
        message = f"There is no {names[0]} in {folder}."
        raise UserError(message)
    return found
