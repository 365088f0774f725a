"""What `tag` and `collection` have in common: `+NAME` puts papers in, `-NAME` takes them out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from readinglist.cli.editing import INITIATOR, change
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId

Write = Callable[..., Changes]  # (papers, names, *, initiator)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedWords:
    """The words of such a command.

    Attributes:
        added: Names with a plus.
        removed: Names with a minus.
        papers: All others.
    """

    added: list[str]
    removed: list[str]
    papers: list[str]

    @override
    def __str__(self) -> str:
        return " ".join([*(f"+{name}" for name in self.added), *(f"-{name}" for name in self.removed)])


def read_words(words: Sequence[str], noun: str) -> SignedWords:
    """Tell names from papers.

    Args:
        words: As they were typed.
        noun: What is named: `tag`.

    Raises:
        UserError: A sign stands alone.
    """
    added = [word[1:].strip() for word in words if word.startswith("+")]
    removed = [word[1:].strip() for word in words if word.startswith("-")]
    if not all((*added, *removed)):
        message = f"A {noun} needs a name behind its + or -."
        raise UserError(message)
    papers = [word for word in words if not word.startswith(("+", "-"))]
    return SignedWords(added=added, removed=removed, papers=papers)


def change_groups(session: Session, said: SignedWords, *, put: Write, take: Write) -> int:
    """Put papers in and take them out, and report it."""

    def edit(ids: Sequence[PaperId]) -> Changes:
        done = Changes(initiator=INITIATOR)
        if said.added:
            done |= put(ids, said.added, initiator=INITIATOR)
        if said.removed:
            done |= take(ids, said.removed, initiator=INITIATOR)
        return done

    return change(session, session.resolve(said.papers), edit, lambda count: f"{count}: {said}.")


def print_groups(session: Session, columns: Sequence[Column], groups: Sequence[dict[str, Any]], empty: str) -> int:
    """Print what there is.

    Args:
        session: Where to.
        columns: Of the table for people.
        groups: One value for each column and group, by the names that scripts know.
        empty: Is said where there is none.
    """
    terminal = session.terminal
    if terminal.is_json:
        terminal.print_json(groups)
        return 0
    if not groups:
        terminal.say(empty)
        return 0
    heading, lines = render_table(columns, [tuple(map(str, one.values())) for one in groups], terminal.width)
    terminal.print(terminal.bold(heading))
    for line in lines:
        terminal.print(line)
    return 0
