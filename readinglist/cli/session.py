"""What every command gets: the options, the terminal, and the workspace once it is asked for."""

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from readinglist.cli.terminal import Terminal
from readinglist.domain.paper import Paper, PaperId
from readinglist.services.events import Event, JobProgress, Notice
from readinglist.services.jobs import JobContext, Lane

if TYPE_CHECKING:
    from readinglist.app.workspace import Workspace

T = TypeVar("T")
AT_ONCE = 200  # papers that are loaded together


@dataclass(slots=True)
class Session:
    """One run of one command.

    Attributes:
        options: As parsed; each command knows its own.
        open_workspace: Opens the library; called at most once, and not at all by commands that need none.
        environment: Variables of the process.
    """

    options: argparse.Namespace
    terminal: Terminal
    open_workspace: "Callable[[argparse.Namespace], Workspace]"
    environment: Mapping[str, str]
    _workspace: "Workspace | None" = field(default=None, init=False)

    @property
    def workspace(self) -> "Workspace":
        """The opened library."""
        if self._workspace is None:
            self._workspace = self.open_workspace(self.options)
            self._workspace.events.subscribe(self._hear)
        return self._workspace

    def close(self) -> None:
        """Close the library, if it was opened."""
        if self._workspace is not None:
            self._workspace.close()
            self._workspace = None

    def run_job(self, function: Callable[[JobContext], T], *, lane: Lane, label: str) -> T:
        """Do work that takes time, showing how far it is.

        Raises:
            ReadingListError: What the work raised.
        """
        try:
            return self.workspace.jobs.submit(function, lane=lane, label=label).future.result()
        finally:
            self.terminal.clear_progress()

    def resolve(self, words: Sequence[str]) -> list[PaperId]:
        """Find the papers that the words stand for, each once.

        Raises:
            UserError: A word stands for none or for several.
        """
        return list(dict.fromkeys(self.workspace.catalog.resolve(word) for word in words))

    def papers(self, ids: Sequence[PaperId]) -> Iterator[Paper]:
        """Load whole papers, some at a time; those that are gone meanwhile are left out."""
        for start in range(0, len(ids), AT_ONCE):
            yield from self.workspace.catalog.get_many(ids[start : start + AT_ONCE])

    def _hear(self, event: Event) -> None:
        if isinstance(event, JobProgress) and not event.state.is_final:
            self.terminal.show_progress(progress_words(event))
        elif isinstance(event, Notice):
            self.terminal.say(event.message)


def progress_words(event: JobProgress) -> str:
    """Say on one line how far a job is."""
    if event.total:
        count = f"{event.done:,} of {event.total:,} ({event.done * 100 // event.total} %)"
    else:
        count = f"{event.done:,}" if event.done else ""
    return " · ".join(part for part in (event.label, count, event.text) if part)
