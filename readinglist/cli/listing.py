"""`list` and `show`: papers as a table, one paper with everything."""

from collections.abc import Sequence

from readinglist.cli.attachments import annotation_to_json, file_to_json, print_annotations, print_files
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.paper import Paper, PaperId, PaperRow, Priority
from readinglist.domain.query import QueryProblem, Sort, SortKey
from readinglist.domain.wording import count_text
from readinglist.services.export import paper_to_json
from readinglist.services.files import FileView

UPWARDS = frozenset({SortKey.TITLE, SortKey.AUTHOR, SortKey.STATUS, SortKey.QUEUE})  # the others begin with the most

COLUMNS = (
    Column(heading="No.", is_right=True),
    Column(heading=""),
    Column(heading="Status"),
    Column(heading="Title", least=30),
    Column(heading="Authors", least=12),
    Column(heading="Date"),
    Column(heading="Up", is_right=True),
    Column(heading="Tags", least=8),
)


def list_papers(session: Session) -> int:
    """Run `list`."""
    options = session.options
    query = " ".join(options.query)
    key = SortKey(options.sort) if options.sort else SortKey.ADDED
    answer = session.workspace.catalog.ids(query, Sort(key, (key not in UPWARDS) != options.reverse))
    say_problems(session, answer.problems, query)
    ids = answer.ids[: options.limit] if options.limit else answer.ids
    if session.terminal.is_json:
        session.terminal.print_json_list(map(paper_to_json, session.papers(ids)))
        return 0
    print_rows(session, ids)
    shown = f"{len(ids):,} of " if len(ids) < len(answer.ids) else ""
    session.terminal.say(f"{shown}{count_text(len(answer.ids), 'paper')}." if ids else "No papers.")
    return 0


def show_paper(session: Session) -> int:
    """Run `show`."""
    workspace = session.workspace
    paper = workspace.catalog.get(workspace.catalog.resolve(session.options.paper))
    files, annotations = workspace.files.of(paper.id), workspace.annotate.of(paper.id)
    if session.terminal.is_json:
        more = {"files": list(map(file_to_json, files)), "annotations": list(map(annotation_to_json, annotations))}
        session.terminal.print_json({**paper_to_json(paper), **more})
        return 0
    _print_paper(session, paper, files)
    if annotations:
        session.terminal.print("")
        print_annotations(session, annotations)
    return 0


def print_rows(session: Session, ids: Sequence[PaperId]) -> None:
    """Print papers as a table."""
    rows = session.workspace.catalog.rows(ids)
    if not rows:
        return
    heading, lines = render_table(COLUMNS, [_cells(row) for row in rows], session.terminal.width)
    session.terminal.print(session.terminal.bold(heading))
    for line in lines:
        session.terminal.print(line)


def say_problems(session: Session, problems: Sequence[QueryProblem], query: str) -> None:
    """Name what is wrong with a query, and where; the rest of it was answered."""
    for problem in problems:
        place = query[problem.start : problem.end]
        session.terminal.say(f"{problem.message} (“{place}”, column {problem.start + 1})" if place else problem.message)


def authors_words(names: Sequence[str], count: int | None) -> str:
    """Name the first author, or say how many there are."""
    if names:
        total = count or len(names)
        if total == 1:
            return names[0]
        return f"{names[0]} and {names[1]}" if total == 2 and len(names) == 2 else f"{names[0]} et al."
    return count_text(count, "author") if count else ""


def _cells(row: PaperRow) -> tuple[str, ...]:
    return (
        str(row.id),
        "★" if row.is_starred else "",
        "Bin" if row.is_binned else row.status.label,
        row.title,
        authors_words(row.authors, row.author_count) or row.organization or "",
        str(row.published or ""),
        "" if row.upvotes is None else str(row.upvotes),
        ", ".join(row.tags),
    )


def _print_paper(session: Session, paper: Paper, files: Sequence[FileView]) -> None:
    terminal = session.terminal
    terminal.print(terminal.bold(terminal.wrap(paper.title)))
    names = ", ".join(paper.authors) or authors_words((), paper.author_count)
    for part in (names, paper.organization or ""):
        if part:
            terminal.print(terminal.wrap(part))
    terminal.print("")
    for label, value in _facts(paper):
        if value:
            terminal.print(f"{terminal.faint(f'{label:<12}')} {value}")
    print_files(session, files)
    for text in (paper.abstract, paper.note and f"Note:\n{paper.note}"):
        if text:
            terminal.print("")
            terminal.print(terminal.wrap(text))


def _facts(paper: Paper) -> list[tuple[str, str]]:
    marks = [
        "Bin" if paper.is_binned else paper.status.label,
        "★" if paper.is_starred else "",
        f"{paper.priority.name.lower()} priority" if paper.priority is not Priority.NONE else "",
        f"rated {paper.rating} of 5" if paper.rating else "",
    ]
    return [
        ("Number", str(paper.id)),
        ("Status", " · ".join(mark for mark in marks if mark)),
        ("Tags", ", ".join(paper.tags)),
        ("Collections", ", ".join(paper.collections)),
        ("Published", " · ".join(part for part in (str(paper.published or ""), paper.venue or "") if part)),
        ("Added", f"{paper.added.astimezone():%Y-%m-%d %H:%M}"),
        ("Finished", f"{paper.finished.astimezone():%Y-%m-%d}" if paper.finished else ""),
        *((one.scheme if one.scheme != "arxiv" else "arXiv", one.value) for one in paper.identifiers),
        ("Page", paper.url or ""),
        ("PDF", paper.pdf_url or ""),
        ("Code", paper.code_url or ""),
        ("Upvotes", "" if paper.upvotes is None else str(paper.upvotes)),
        ("Comments", "" if paper.comments is None else str(paper.comments)),
        *(("Listed", _mention_words(one.source, str(one.listed_on or ""), one.origin)) for one in paper.mentions),
    ]


def _mention_words(source: str, day: str, origin: str) -> str:
    return " · ".join(part for part in (source, day, origin) if part)
