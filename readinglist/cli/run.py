"""The command line's front door: finds the command, runs it, and turns every ending into an exit code."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from readinglist.app.logs import OWN_LOGGER, start_logging, stop_logging
from readinglist.cli import (
    collecting,
    configuring,
    editing,
    evaluating,
    exporting,
    importing,
    indexing,
    listing,
    maintaining,
    merging,
    pdf,
    recommending,
    searching,
    tagging,
)
from readinglist.cli.session import Session
from readinglist.cli.terminal import Terminal
from readinglist.domain.errors import Cancelled, ReadingListError

if TYPE_CHECKING:
    from readinglist.app.workspace import Workspace

log = logging.getLogger(__name__)

FINE, BUG, INTERRUPTED = 0, 1, 130

COMMANDS: Mapping[str, Callable[[Session], int]] = {
    "import": importing.take_in,
    "list": listing.list_papers,
    "show": listing.show_paper,
    "search": searching.search,
    "similar": searching.find_similar,
    "recommend": recommending.recommend,
    "feedback": recommending.give_feedback,
    "status": editing.set_status,
    "tag": tagging.change_tags,
    "collection": collecting.change_collections,
    "star": editing.set_star,
    "priority": editing.set_priority,
    "rate": editing.set_rating,
    "note": editing.note,
    "merge": merging.merge,
    "delete": editing.delete,
    "undelete": editing.undelete,
    "undo": editing.undo,
    "redo": editing.redo,
    "export": exporting.export,
    "pdf": pdf.run_pdf,
    "index": indexing.index,
    "backup": maintaining.back_up,
    "restore": maintaining.restore,
    "check": maintaining.check,
    "doctor": maintaining.diagnose,
    "evaluate": evaluating.evaluate,
    "links": configuring.open_links,
    "config": configuring.configure,
}


def main(
    options: argparse.Namespace,
    open_workspace: "Callable[[argparse.Namespace], Workspace] | None" = None,
    terminal: Terminal | None = None,
) -> int:
    """Run a command.

    Args:
        options: What `parse_arguments` returned.
        open_workspace: Opens the library; None takes the program's own way.
        terminal: None takes the process's own streams.

    Returns:
        0 fine, 1 a bug, 3 the input, 4 the environment, 5 the data, 130 stopped by the user.
    """
    terminal = terminal or Terminal.of_process(is_json=options.json)
    session = Session(options, terminal, open_workspace or _open_workspace, os.environ)
    # What the log says before there is a file for it is not for the terminal.
    logging.getLogger(OWN_LOGGER).addHandler(logging.NullHandler())
    try:
        code = _run(session)
        terminal.out.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough, as `head` does. The interpreter must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    finally:
        stop_logging()
    return code


def _run(session: Session) -> int:
    terminal = session.terminal
    try:
        try:
            return COMMANDS[session.options.command](session)
        finally:
            session.close()
    except (KeyboardInterrupt, Cancelled):
        terminal.say("Stopped. What was not finished has not been stored.")
        return INTERRUPTED
    except ReadingListError as error:
        log.info("%s: %s %s", session.options.command, error.message, error.detail)
        terminal.say(f"readinglist: {error.message}")
        return error.exit_code
    except BrokenPipeError:
        raise
    except Exception as error:
        log.exception("a bug in the command %s", session.options.command)
        _show_bug(terminal, error)
        return BUG


def _show_bug(terminal: Terminal, error: Exception) -> None:
    from readinglist.app.crash import render_report  # noqa: PLC0415 - needed by nobody whose command works

    terminal.say(f"{render_report(error)}\nThis is a bug in Reading List; nothing half done was stored.")


def _open_workspace(options: argparse.Namespace) -> "Workspace":
    # Not every command needs them.
    from readinglist.app.bootstrap import find_places, open_workspace  # noqa: PLC0415
    from readinglist.services.jobs import InlineRunner  # noqa: PLC0415

    places = find_places(options.library)
    start_logging(places.paths.log_folder, role="command-line", is_verbose=options.verbose)
    return open_workspace(places, runner=InlineRunner)
