"""The command line in this process, on one library; the language model is one that counts words."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

from readinglist.app.arguments import parse_arguments
from readinglist.app.bootstrap import find_places, open_workspace
from readinglist.app.workspace import Workspace
from readinglist.cli import run
from readinglist.cli.terminal import Terminal
from readinglist.services.jobs import InlineRunner
from readinglist.similarity.fake import FakeEncoder


class Console:
    """Runs commands and keeps what the last one printed.

    Args:
        folder: Of the library.

    Attributes:
        out: For people or scripts.
        err: For people, beside it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.out = self.err = ""

    def __call__(self, *words: str) -> int:
        options = parse_arguments(["--library", str(self.folder), *words])
        out, err = io.StringIO(), io.StringIO()
        terminal = Terminal(out=out, err=err, source=io.BytesIO(), is_json=options.json)
        code = run.main(options, _open, terminal)
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    @property
    def value(self) -> Any:
        """The JSON document that was printed."""
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON list that was printed."""
        found = self.value
        assert isinstance(found, list)
        return found

    def json(self, *words: str) -> Any:
        """Run a command that succeeds, and return its JSON document."""
        assert self(*words, "--json") == 0
        return self.value


def _open(options: argparse.Namespace) -> Workspace:
    return open_workspace(find_places(options.library), runner=InlineRunner, encoder=lambda _: FakeEncoder())
