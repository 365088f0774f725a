"""`tag`: `+T` adds, `-T` removes, everything else is a paper; alone it lists the tags."""

from collections.abc import Sequence

from readinglist.cli.editing import INITIATOR, change
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId

COLUMNS = (Column(heading="Tag", least=20), Column(heading="Papers", is_right=True), Column(heading="Colour"))


def change_tags(session: Session) -> int:
    """Run `tag`."""
    words = session.options.words
    if not words:
        return _list_tags(session)
    added = [word[1:].strip() for word in words if word.startswith("+")]
    removed = [word[1:].strip() for word in words if word.startswith("-")]
    papers = [word for word in words if not word.startswith(("+", "-"))]
    if not all((*added, *removed)):
        message = "A tag needs a name behind its + or -."
        raise UserError(message)
    if not papers or not (added or removed):
        message = "Say which tags and which papers, as in “readinglist tag +ml -old 12 15”."
        raise UserError(message)

    def edit(ids: Sequence[PaperId]) -> Changes:
        done = Changes(initiator=INITIATOR)
        if added:
            done |= session.workspace.edit.add_tags(ids, added, initiator=INITIATOR)
        if removed:
            done |= session.workspace.edit.remove_tags(ids, removed, initiator=INITIATOR)
        return done

    signs = " ".join([*(f"+{name}" for name in added), *(f"-{name}" for name in removed)])
    return change(session, session.resolve(papers), edit, lambda count: f"{count}: {signs}.")


def _list_tags(session: Session) -> int:
    terminal = session.terminal
    tags = session.workspace.catalog.tags()
    if terminal.is_json:
        terminal.print_json([{"name": tag.name, "color": tag.color, "count": tag.count} for tag in tags])
        return 0
    if not tags:
        terminal.say("No tags yet. “readinglist tag +NAME PAPER” makes one.")
        return 0
    heading, lines = render_table(COLUMNS, [(tag.name, str(tag.count), tag.color) for tag in tags], terminal.width)
    terminal.print(terminal.bold(heading))
    for line in lines:
        terminal.print(line)
    return 0
