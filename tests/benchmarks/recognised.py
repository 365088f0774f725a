"""What somebody says of a PDF, and how much of it is right: for this program and for others alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from readinglist.domain.names import fold_surname
from readinglist.domain.titles import fold_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody says of one file; empty where nothing."""

    title: str = ""
    first_author: str = ""
    year: int | None = None
    arxiv: str = ""
    doi: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How one field of many answers compares with the truth.

    Attributes:
        of: Files that have one.
        right: Of these, how many were told rightly.
        wrong: Answers that are not right, also where there is nothing to tell.
        none: Files that have one and got no answer.
    """

    of: int
    right: int
    wrong: int
    none: int

    def is_ahead_of(self, other: "Score") -> bool:
        """Tell whether more is right, or as much with less that is wrong; nobody is ahead of what is all right."""
        is_perfect = self.right == self.of and not self.wrong
        return is_perfect or (self.right, -self.wrong) > (other.right, -other.wrong)

    def words(self) -> str:
        """Return the figures as they stand in a table."""
        return f"{self.right} right, {self.wrong} wrong, {self.none} none"


Judge = Callable[[Answer, Mapping[str, Any]], tuple[bool, bool, bool]]  # there is one, an answer, and it is right


def score(field: str, answers: Mapping[str, Answer], truth: Mapping[str, Any]) -> Score:
    """Compare one field of all files that the truth names."""
    judged = [JUDGES[field](answers[name], known) for name, known in truth.items()]
    return Score(
        of=sum(has_one for has_one, _, _ in judged),
        right=sum(has_one and is_right for has_one, _, is_right in judged),
        wrong=sum(has_answer and not is_right for _, has_answer, is_right in judged),
        none=sum(has_one and not has_answer for has_one, has_answer, _ in judged),
    )


def _judge_title(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = fold_title(known["title"] or "")
    return bool(wanted), bool(answer.title), fold_title(answer.title) == wanted


def _judge_author(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = fold_surname(known["first_author"] or "")
    return bool(wanted), bool(answer.first_author), fold_surname(answer.first_author) == wanted


def _judge_year(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = known["years_accepted"]
    return bool(wanted), bool(answer.year and wanted), answer.year in wanted


def _judge_arxiv(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = known["arxiv"] or ""
    return bool(wanted), bool(answer.arxiv), answer.arxiv == wanted


def _judge_doi(answer: Answer, known: Mapping[str, Any]) -> tuple[bool, bool, bool]:
    wanted = (known["doi"] or "").lower()
    return bool(wanted), bool(answer.doi), answer.doi == wanted


JUDGES: Mapping[str, Judge] = {
    "title": _judge_title,
    "first author": _judge_author,
    "year": _judge_year,
    "arxiv": _judge_arxiv,
    "doi": _judge_doi,
}
