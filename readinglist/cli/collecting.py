"""`collection`: `+NAME` puts papers in, `-NAME` takes them out; alone it lists the collections."""

from readinglist.cli.editing import INITIATOR
from readinglist.cli.grouping import SignedWords, change_groups, print_groups, read_words
from readinglist.cli.session import Session
from readinglist.cli.tables import Column
from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.levels import tidy_name

COLUMNS = (Column(heading="Collection", least=20), Column(heading="Papers", is_right=True))
USAGE = "Say which collections and which papers, as in “readinglist collection +Survey -Later 12 15”."


def change_collections(session: Session) -> int:
    """Run `collection`."""
    options = session.options
    if options.rename is not None or options.delete is not None:
        return _change_one(session)
    if not options.words:
        return _list_collections(session)
    said = read_words(options.words, "collection")
    if said.added and not (said.removed or said.papers):
        return _make(session, said)
    if not said.papers or not (said.added or said.removed):
        raise UserError(USAGE)
    collections = session.workspace.collections
    return change_groups(session, said, put=collections.put, take=collections.take)


def _change_one(session: Session) -> int:
    options, collections = session.options, session.workspace.collections
    if options.words or None not in (options.rename, options.delete):
        message = "Say --rename or --delete alone: each is about one collection and those below it."
        raise UserError(message)
    if options.rename is not None:
        old, new = options.rename
        collections.rename(old, new, initiator=INITIATOR)
        return _report(session, f"“{_tidy(old)}” is now “{_tidy(new)}”.")
    collections.delete(options.delete, initiator=INITIATOR)
    return _report(session, f"“{_tidy(options.delete)}” deleted; its papers stay. “readinglist undo” takes it back.")


def _tidy(name: str) -> str:
    return tidy_name(name, "collection")


def _make(session: Session, said: SignedWords) -> int:
    made = Changes(initiator=INITIATOR)
    for name in said.added:
        made |= session.workspace.collections.make(name, initiator=INITIATOR)
    return _report(session, f"{said}." if made else "Nothing to change.")


def _report(session: Session, sentence: str) -> int:
    """Say what was done to collections; scripts are told which there are now."""
    if session.terminal.is_json:
        return _list_collections(session)
    session.terminal.print(sentence)
    return 0


def _list_collections(session: Session) -> int:
    rows = [{"name": one.name, "count": one.count} for one in session.workspace.catalog.collections()]
    return print_groups(session, COLUMNS, rows, "No collections yet. “readinglist collection +NAME PAPER” makes one.")
