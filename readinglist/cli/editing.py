"""Commands that change what the reader decides about papers, and `undo`."""

from collections.abc import Callable, Sequence

from readinglist.cli.session import Session
from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.paper import PaperId
from readinglist.domain.wording import count_text
from readinglist.services.export import paper_to_json
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.undo import UndoReport

INITIATOR = "command line"


def set_status(session: Session) -> int:
    """Run `status`."""
    status = session.options.status
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.set_status(ids, status, initiator=INITIATOR),
        lambda count: f"{count}: {status.label}.",
    )


def set_star(session: Session) -> int:
    """Run `star`."""
    is_starred = not session.options.off
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.set_starred(ids, starred=is_starred, initiator=INITIATOR),
        lambda count: f"{count} {'starred' if is_starred else 'without star'}.",
    )


def set_priority(session: Session) -> int:
    """Run `priority`."""
    priority = session.options.priority
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.set_priority(ids, priority, initiator=INITIATOR),
        lambda count: f"{count}: {priority.name.lower()} priority.",
    )


def set_rating(session: Session) -> int:
    """Run `rate`."""
    rating = session.options.rating
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.set_rating(ids, rating, initiator=INITIATOR),
        lambda count: f"{count} rated {rating} of 5." if rating else f"{count} without rating.",
    )


def note(session: Session) -> int:
    """Run `note`: show it, or write it."""
    (paper_id,) = session.resolve([session.options.paper])
    text = session.options.text
    if text is None:
        return _show_note(session, paper_id)
    if text == "-":
        text = _piped_text(session)
    return change(
        session,
        [paper_id],
        lambda ids: session.workspace.edit.set_note(ids[0], text, initiator=INITIATOR),
        lambda _: "Note written." if text else "Note cleared.",
    )


def delete(session: Session) -> int:
    """Run `delete`."""
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.delete(ids, initiator=INITIATOR),
        lambda count: f"{count} moved to the bin. “readinglist undo” takes it back.",
    )


def undelete(session: Session) -> int:
    """Run `undelete`."""
    return change(
        session,
        session.resolve(session.options.papers),
        lambda ids: session.workspace.edit.restore(ids, initiator=INITIATOR),
        lambda count: f"{count} taken out of the bin.",
    )


def undo(session: Session) -> int:
    """Run `undo`."""
    report = _step(session, session.workspace.undo.undo, "Taking it back")
    return _say_history(session, "Undone", report.label if report else None, report.changes if report else None)


def redo(session: Session) -> int:
    """Run `redo`."""
    report = _step(session, session.workspace.undo.redo, "Doing it again")
    return _say_history(session, "Redone", report.label if report else None, report.changes if report else None)


def _step(session: Session, step: Callable[..., UndoReport | None], label: str) -> UndoReport | None:
    """Take a step, which may be an import of many papers, and show how far that is."""

    def work(context: JobContext) -> UndoReport | None:
        return step(initiator=INITIATOR, progress=context.progress)

    return session.run_job(work, lane=Lane.LIBRARY, label=label)


def change(
    session: Session,
    ids: Sequence[PaperId],
    edit: Callable[[Sequence[PaperId]], Changes],
    words: Callable[[str], str],
) -> int:
    """Make an edit and say what it did.

    Args:
        session: The running command.
        ids: The papers.
        edit: Makes it.
        words: Says it, given how many papers it was.

    Returns:
        The exit code.
    """
    changes = edit(ids)
    if session.terminal.is_json:
        session.terminal.print_json_list(map(paper_to_json, session.papers(ids)))
    elif changes:
        session.terminal.print(words(count_text(len(ids), "paper")))
    else:
        session.terminal.print("Nothing to change.")
    return 0


def _show_note(session: Session, paper_id: PaperId) -> int:
    text = session.workspace.catalog.get(paper_id).note
    if session.terminal.is_json:
        session.terminal.print_json({"id": paper_id, "note": text})
    elif text:
        session.terminal.print(text)
    else:
        session.terminal.say("The paper has no note.")
    return 0


def _piped_text(session: Session) -> str:
    try:
        return session.terminal.source.read().decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        message = "The note on standard input is not UTF-8 text."
        raise UserError(message, detail=str(error)) from error


def _say_history(session: Session, verb: str, label: str | None, changes: Changes | None) -> int:
    if session.terminal.is_json:
        ids = sorted(changes.ids) if changes else []
        session.terminal.print_json({"step": label, "papers": ids})
    elif label is None:
        session.terminal.print(f"There is nothing to be {verb.lower()}.")
    else:
        session.terminal.print(f"{verb}: {label}.")
    return 0
