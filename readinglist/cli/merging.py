"""`merge`: entries of one work become one paper."""

from typing import Any

from readinglist.cli.editing import INITIATOR
from readinglist.cli.session import Session
from readinglist.domain.joining import Joined
from readinglist.domain.joining_wording import lines_of
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.services.export import paper_to_json


def merge(session: Session) -> int:
    """Run `merge`."""
    options, terminal = session.options, session.terminal
    ids = session.resolve(options.papers)
    leading = session.resolve([options.lead])[0] if options.lead else None
    joined = session.workspace.merging.plan(ids, leading=leading)
    if not options.dry_run:
        session.workspace.merging.merge(ids, leading=leading, initiator=INITIATOR)
    if terminal.is_json:
        terminal.print_json(_to_json(session, joined))
        return 0
    for doubt in joined.doubts:
        terminal.say(doubt)
    if options.dry_run:
        _print_plan(session, joined)
    else:
        count = count_text(len(joined.entries), "paper")
        terminal.print(f"{count} merged into number {joined.paper.id}. “readinglist undo” takes it back.")
    return 0


def _print_plan(session: Session, joined: Joined) -> None:
    terminal = session.terminal
    gone = ", ".join(map(str, joined.gone))
    terminal.print(f"Number {joined.paper.id} would stay, and {gone} be merged into it:")
    for line in lines_of(joined):
        came = f"  (from {_numbers(line.papers)})" if line.papers else ""
        terminal.print(f"{terminal.faint(f'{line.label:<12}')} {line.text}{terminal.faint(came) if came else ''}")


def _numbers(papers: tuple[PaperId, ...]) -> str:
    return ", ".join(map(str, papers))


def _to_json(session: Session, joined: Joined) -> dict[str, Any]:
    """Return the paper as it is now, or would be, what is merged into it, and where its parts come from."""
    paper = joined.paper if session.options.dry_run else session.workspace.catalog.get(joined.paper.id)
    return {
        "paper": paper_to_json(paper),
        "gone": list(joined.gone),
        "from": {line.label.lower(): list(line.papers) for line in lines_of(joined) if line.papers},
        "doubts": list(joined.doubts),
    }
