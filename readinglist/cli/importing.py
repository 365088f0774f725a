"""`import`: take papers in from files, folders, addresses, identifiers and standard input.

Ends with 0 when at least one paper was there to take in, be it already known; with 3 when there was none. What could
not be read is named on standard error either way.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from readinglist.app.settings import IMPORT_STATUS
from readinglist.cli.pdf import read_texts
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.levels import tidy_name
from readinglist.domain.paper import Status
from readinglist.domain.raw import Drop, Problem
from readinglist.domain.taking import Taking
from readinglist.domain.wording import count_text
from readinglist.services.ingest import ImportOptions, ImportPreview, Verdict
from readinglist.services.jobs import Lane

ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"(?:www\.)?(?:huggingface\.co|hf\.co|arxiv\.org|doi\.org)/\S+", re.IGNORECASE)
STANDARD_INPUT = "standard input"


def take_in(session: Session) -> int:
    """Run `import`."""
    options = session.options
    with _drops(session, options.what) as drops:
        preview = session.run_job(
            lambda context: session.workspace.ingest.preview(drops, context), lane=Lane.LIBRARY, label="Reading"
        )
        if options.dry_run:
            facts = _foreseen(preview)
            if not session.terminal.is_json:
                _print_preview(session, preview)
        else:
            facts = _stored(session, preview)
    if not options.dry_run and any(item.pdfs for item in preview.items):
        read_texts(session)
    _report(session, facts, preview, is_done=not options.dry_run)
    taken = facts["added"] + facts["updated"] + facts["unchanged"]
    return 0 if taken or not facts["failed"] else UserError.exit_code


def _stored(session: Session, preview: ImportPreview) -> dict[str, Any]:
    options = session.options
    usual = Status.INBOX if preview.has_marks else Status(session.workspace.settings.get(IMPORT_STATUS))
    status = options.status or usual
    # A file that came through standard input lies where it cannot stay.
    taking = Taking.COPY if "-" in options.what else None
    decided = ImportOptions(
        status=status,
        tags=tuple(options.tag),
        collections=tuple(options.collection),
        year=options.year,
        taking=taking,
    )
    report = session.run_job(
        lambda context: session.workspace.ingest.commit(preview, decided, context), lane=Lane.LIBRARY, label="Storing"
    )
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "failed": report.failed,
        "papers": list(report.papers),
        "problems": _problems(report.problems),
    }


def _foreseen(preview: ImportPreview) -> dict[str, Any]:
    return {
        "added": preview.count(Verdict.NEW),
        "updated": preview.count(Verdict.UPDATE),
        "unchanged": preview.count(Verdict.SAME),
        "failed": len(preview.problems),
        "papers": [item.paper_id for item in preview.items if item.paper_id is not None],
        "problems": _problems(preview.problems),
    }


def _problems(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"where": one.where, "reason": one.reason} for one in problems]


def _report(session: Session, facts: dict[str, Any], preview: ImportPreview, *, is_done: bool) -> None:
    terminal = session.terminal
    for problem in facts["problems"]:
        terminal.say(f"{problem['where']}: {problem['reason']}")
    if preview.assumed_year and not session.options.year:
        yearless = sum(item.draft.is_year_assumed for item in preview.items)
        dates = count_text(yearless, "date without a year is", "dates without a year are")
        terminal.say(f"{dates} taken to lie in {preview.assumed_year}. Another year: --year.")
    if is_done and session.options.collection and facts["papers"]:
        count = count_text(len(set(facts["papers"])), "paper")
        names = dict.fromkeys(tidy_name(name, "collection") for name in session.options.collection)
        terminal.say(f"{count} put into {', '.join(names)}.")
    if terminal.is_json:
        terminal.print_json(facts)
        return
    words = "{added:,} added, {updated:,} updated, {unchanged:,} unchanged, {failed:,} failed.".format_map(facts)
    terminal.print(words if is_done else f"It would be: {words} Nothing was stored.")


def _print_preview(session: Session, preview: ImportPreview) -> None:
    columns = (Column(heading=""), Column(heading="Title", least=30), Column(heading="", least=20))
    rows = [(item.verdict.value, item.draft.title or "(no title)", item.note) for item in preview.items]
    _, lines = render_table(columns, rows, session.terminal.width)
    for line in lines:
        session.terminal.print(line)


@contextmanager
def _drops(session: Session, words: Sequence[str]) -> Iterator[list[Drop]]:
    """Turn the command's words into drops; standard input stays on disk as long as they are needed."""
    with tempfile.TemporaryDirectory(prefix="readinglist-") as folder:
        yield [_piped(session, Path(folder)) if word == "-" else drop_of(word) for word in words]


def drop_of(word: str) -> Drop:
    """Say what a word stands for: a file that exists, an address, an identifier, or a file that should exist."""
    path = Path(word).expanduser()
    if path.exists():
        return Drop.of_path(path.absolute())
    if ADDRESS.fullmatch(word):
        return Drop("address", word)
    if BARE_ADDRESS.fullmatch(word):
        return Drop("address", f"https://{word}")
    if parse_identifier(word) is not None:
        return Drop("text", word)
    return Drop.of_path(path.absolute())


def _piped(session: Session, folder: Path) -> Drop:
    """Take standard input as text, or as a file of bytes where its encoding is for the importers to find out."""
    content = session.terminal.source.read()
    try:
        return Drop("text", content.decode("utf-8-sig"), STANDARD_INPUT)
    except UnicodeDecodeError:
        path = folder / STANDARD_INPUT
        path.write_bytes(content)
        return Drop("path", str(path), STANDARD_INPUT)
