"""`tag`: `+T` adds, `-T` removes, everything else is a paper; alone it lists the tags."""

from readinglist.cli.grouping import change_groups, print_groups, read_words
from readinglist.cli.session import Session
from readinglist.cli.tables import Column
from readinglist.domain.errors import UserError

COLUMNS = (Column(heading="Tag", least=20), Column(heading="Papers", is_right=True), Column(heading="Colour"))


def change_tags(session: Session) -> int:
    """Run `tag`."""
    words = session.options.words
    if not words:
        return _list_tags(session)
    said = read_words(words, "tag")
    if not said.papers or not (said.added or said.removed):
        message = "Say which tags and which papers, as in “readinglist tag +ml -old 12 15”."
        raise UserError(message)
    edit = session.workspace.edit
    return change_groups(session, said, put=edit.add_tags, take=edit.remove_tags)


def _list_tags(session: Session) -> int:
    tags = session.workspace.catalog.tags()
    rows = [{"name": tag.name, "count": tag.count, "color": tag.color} for tag in tags]
    return print_groups(session, COLUMNS, rows, "No tags yet. “readinglist tag +NAME PAPER” makes one.")
