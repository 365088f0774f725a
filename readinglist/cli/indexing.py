"""`index`: read the texts of PDFs, prepare papers for comparison by meaning, and say how far that is."""

from dataclasses import asdict

from readinglist.cli.pdf import read_texts
from readinglist.cli.session import Session
from readinglist.domain.wording import count_text
from readinglist.services.index_state import IndexState
from readinglist.services.jobs import Lane


def index(session: Session) -> int:
    """Run `index`."""
    indexing = session.workspace.indexing
    if not session.options.status:
        read_texts(session)
        work = indexing.rebuild if session.options.rebuild else indexing.build
        session.run_job(work, lane=Lane.COMPUTE, label="Comparing papers")
    state = indexing.state()
    if session.terminal.is_json:
        session.terminal.print_json(asdict(state))
    else:
        session.terminal.print(_words(state))
    return 0


def _words(state: IndexState) -> str:
    lines = [f"{state.done:,} of {count_text(state.total, 'paper')} can be compared by meaning."]
    if state.stale:
        lines.append(f"{count_text(state.stale, 'paper')} changed since and will be read anew.")
    lines.append(f"Model: {state.model}")
    device = state.device or "what fits best when the model is first used"
    lines.append(f"Runs on: {device} ({state.device_reason})" if state.device_reason else f"Runs on: {device}")
    if state.problem:
        lines.append(state.problem)
    return "\n".join(lines)
