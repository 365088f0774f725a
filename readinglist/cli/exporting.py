"""`export`: papers in a format for other programs, to a file or to standard output."""

import os
import tempfile
from pathlib import Path

from readinglist.cli.listing import say_problems
from readinglist.cli.session import Session
from readinglist.domain.errors import EnvironmentFault
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.wording import count_text


def export(session: Session) -> int:
    """Run `export`."""
    options = session.options
    query = " ".join(options.query)
    answer = session.workspace.catalog.ids(query, Sort(SortKey.ADDED))
    say_problems(session, answer.problems, query)
    text = session.workspace.export.render(answer.ids, options.format)
    count = count_text(len(answer.ids), "paper")
    if options.output and options.output != "-":
        path = Path(options.output).expanduser().absolute()
        _write(path, text)
        session.terminal.say(f"{count} written to {path}.")
    else:
        session.terminal.write(text)
        session.terminal.say(f"{count}.")
    return 0


def _write(path: Path, text: str) -> None:
    """Write the whole file or leave what was there."""
    try:
        if path.exists() and not path.is_file():  # a pipe or a device takes text and cannot be replaced
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o666 & ~_umask())
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path} could not be written: {error.strerror or error}."
        raise EnvironmentFault(message, detail=repr(error)) from error


def _umask() -> int:
    """Return the process's umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
