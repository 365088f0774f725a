"""`pdf attach`, `pdf fetch`, `pdf annotations`: the files of papers, and what is written on them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from readinglist.cli.attachments import annotation_to_json, file_to_json, print_annotations
from readinglist.cli.listing import say_problems
from readinglist.cli.session import Session
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.query import Sort
from readinglist.domain.taking import Taking
from readinglist.domain.wording import count_text
from readinglist.services.fetch import FetchReport
from readinglist.services.jobs import JobContext, Lane
from readinglist.services.page_texts import LABEL


def run_pdf(session: Session) -> int:
    """Run `pdf` and the command that follows it."""
    return ACTIONS[session.options.action](session)


def read_texts(session: Session) -> None:
    """Read the texts of new PDFs, so that the next search finds them."""
    session.run_job(session.workspace.page_texts.build, lane=Lane.FILES, label=LABEL)


def _attach(session: Session) -> int:
    options = session.options
    workspace = session.workspace
    paper_id = workspace.catalog.resolve(options.paper)
    path = Path(options.file).expanduser().absolute()
    if not path.exists():
        message = f"There is no file {path}."
        raise UserError(message)
    how = Taking(options.how) if options.how else None

    def attach(context: JobContext) -> None:
        workspace.files.attach(paper_id, path, how=how, check_cancelled=context.check_cancelled)

    session.run_job(attach, lane=Lane.LIBRARY, label="Attaching")
    read_texts(session)
    view = workspace.files.of(paper_id)[-1]
    if session.terminal.is_json:
        session.terminal.print_json({"id": paper_id, **file_to_json(view)})
    else:
        session.terminal.print(f"Paper {paper_id} has {view.path}.")
    return 0


def _fetch(session: Session) -> int:
    """End with 4 if the network is away, with 3 if no PDF of the papers could be had."""
    query = " ".join(session.options.query)
    workspace = session.workspace
    answer = workspace.catalog.ids(query, Sort())
    say_problems(session, answer.problems, query)
    report = session.run_job(
        lambda context: workspace.fetch.fetch(answer.ids, context), lane=Lane.NETWORK, label="Fetching PDFs"
    )
    if report.fetched:
        read_texts(session)
    _say_fetched(session, report)
    if report.problem and not report.fetched:
        return EnvironmentFault.exit_code
    return UserError.exit_code if report.problems and not report.fetched else 0


def _say_fetched(session: Session, report: FetchReport) -> None:
    terminal = session.terminal
    for problem in report.problems:
        terminal.say(f"{problem.where}: {problem.reason}")
    if report.problem:
        terminal.say(report.problem)
    if terminal.is_json:
        terminal.print_json(
            {
                "fetched": list(report.fetched),
                "known": list(report.known),
                "problems": [{"where": one.where, "reason": one.reason} for one in report.problems],
                "problem": report.problem,
            }
        )
        return
    known = f", {count_text(len(report.known), 'paper')} had one already" if report.known else ""
    terminal.print(f"{count_text(len(report.fetched), 'PDF')} fetched{known}.")


def _annotations(session: Session) -> int:
    annotate = session.workspace.annotate
    paper_id = session.workspace.catalog.resolve(session.options.paper)
    found = annotate.of(paper_id)
    if session.terminal.is_json:
        session.terminal.print_json([annotation_to_json(one) for one in found])
    elif session.options.markdown:
        session.terminal.write(annotate.render_markdown([paper_id]))
    else:
        print_annotations(session, found)
        session.terminal.say(f"{count_text(len(found), 'annotation')}." if found else "No annotations.")
    return 0


ACTIONS: Mapping[str, Callable[[Session], int]] = {"attach": _attach, "fetch": _fetch, "annotations": _annotations}
