"""`index`: read the texts of PDFs, prepare papers for comparison by meaning, and say how far that is."""

from dataclasses import asdict

from readinglist.app.settings import PASSAGES
from readinglist.cli.pdf import read_texts
from readinglist.cli.session import Session
from readinglist.domain.wording import count_text
from readinglist.services.index_state import IndexState, PassagesState, why_empty
from readinglist.services.jobs import Lane
from readinglist.services.passage_cost import PassageCost


def index(session: Session) -> int:
    """Run `index`."""
    indexing = session.workspace.indexing
    if not session.options.status:
        read_texts(session)
        work = indexing.rebuild if session.options.rebuild else indexing.build
        session.run_job(work, lane=Lane.COMPUTE, label="Comparing papers")
    state = indexing.state()
    passages = state.passages
    is_told = not passages.is_wanted or passages.is_empty
    cost = session.workspace.passage_costs.survey() if is_told else None
    if session.terminal.is_json:
        session.terminal.print_json({**asdict(state), "passage_cost": None if cost is None else asdict(cost)})
    else:
        session.terminal.print("\n".join((_words(state), _passages(passages, cost))))
    return 0


def _passages(passages: PassagesState, cost: PassageCost | None) -> str:
    """Say how many passages of PDFs can be compared; where there are none, why; where they are not wanted, their cost.

    Args:
        passages: How far they are.
        cost: What they come to; None where enough of them are known.
    """
    if cost is not None and passages.is_wanted:
        return why_empty(cost)
    if cost is not None:
        turning_on = f" “readinglist config {PASSAGES.key} on” turns it on." if cost.pdfs else ""
        return f"Passages of PDFs are not read. {cost.words()}{turning_on}"
    waiting = f" {count_text(passages.waiting, 'PDF')} still to be looked through." if passages.waiting else ""
    return f"{passages.done:,} of {count_text(passages.total, 'passage')} of PDFs can be compared by meaning.{waiting}"


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
