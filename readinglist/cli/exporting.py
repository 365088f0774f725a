"""`export`: papers in a format for other programs, to a file or to standard output."""

from pathlib import Path

from readinglist.cli.listing import say_problems
from readinglist.cli.session import Session
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.wording import count_text


def export(session: Session) -> int:
    """Run `export`."""
    options = session.options
    query = " ".join(options.query)
    answer = session.workspace.catalog.ids(query, Sort(SortKey.ADDED))
    say_problems(session, answer.problems, query)
    count = count_text(len(answer.ids), "paper")
    if options.output and options.output != "-":
        path = Path(options.output).expanduser().absolute()
        session.workspace.export.save(answer.ids, options.format, path)
        session.terminal.say(f"{count} written to {path}.")
    else:
        session.terminal.write(session.workspace.export.render(answer.ids, options.format))
        session.terminal.say(f"{count}.")
    return 0
