"""`evaluate`: how good similar papers are, measured on papers that people judged; for developers."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.cli.session import Session
from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane

if TYPE_CHECKING:
    from readinglist.services.evaluate import Evaluation

LABEL = "Comparing methods"
COLUMNS = (("ndcg_share", "nDCG%20"), ("ndcg_20", "nDCG@20"), ("recall_share", "recall%20"))
NOTE = (
    "Mean over the questions [95 % interval]. %20: among the first fifth of each question's judged papers; "
    "@20: among the first 20."
)


def evaluate(session: Session) -> int:
    """Run `evaluate`."""
    from readinglist.services.evaluate import evaluate_folder  # noqa: PLC0415 - loads numpy

    folder = Path(session.options.folder)
    indexing = session.workspace.indexing
    found = session.run_job(
        lambda context: evaluate_folder(folder, indexing.encode, context), lane=Lane.COMPUTE, label=LABEL
    )
    if session.terminal.is_json:
        session.terminal.print_json(_as_data(found))
    else:
        session.terminal.print(_as_table(found))
    return 0


def _as_data(found: "Evaluation") -> dict[str, object]:
    return {
        "papers": found.papers,
        "questions": found.questions,
        "methods": [
            {
                "method": name,
                **{
                    key: {"mean": one.mean, "low": one.low, "high": one.high}
                    for key, one in ((key, getattr(quality, key)) for key, _ in COLUMNS)
                },
            }
            for name, quality in found.methods.items()
        ],
    }


def _as_table(found: "Evaluation") -> str:
    head = ["method", *(title for _, title in COLUMNS)]
    lines = [[name, *(str(getattr(quality, key)) for key, _ in COLUMNS)] for name, quality in found.methods.items()]
    count = f"{count_text(found.papers, 'paper')}, {count_text(found.questions, 'question')}."
    return "\n".join([count, *_aligned([head, *lines]), NOTE])


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
