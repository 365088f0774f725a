"""`backup`, `restore`, `check`, `doctor`: keeping the library safe and the program in order."""

from dataclasses import asdict
from pathlib import Path

from readinglist.cli.session import Session
from readinglist.domain.errors import DataError, EnvironmentFault
from readinglist.domain.wording import count_text
from readinglist.services.jobs import Lane


def back_up(session: Session) -> int:
    """Run `backup`."""
    target = Path(session.options.file).expanduser().absolute() if session.options.file else None
    path = session.run_job(
        lambda _: session.workspace.maintenance.backup(target), lane=Lane.LIBRARY, label="Backing up"
    )
    if session.terminal.is_json:
        session.terminal.print_json({"path": str(path), "size_bytes": path.stat().st_size})
    else:
        session.terminal.print(f"Backed up to {path}.")
    return 0


def restore(session: Session) -> int:
    """Run `restore`."""
    path = Path(session.options.file).expanduser().absolute()
    content = session.workspace.maintenance.inspect(path)
    saved = session.run_job(lambda _: session.workspace.maintenance.restore(path), lane=Lane.LIBRARY, label="Restoring")
    if session.terminal.is_json:
        session.terminal.print_json({"papers": content.papers, "saved": str(saved)})
    else:
        session.terminal.print(f"{count_text(content.papers, 'paper')} restored. What was here before: {saved}")
    return 0


def check(session: Session) -> int:
    """Run `check`; ends with 5 when something is damaged."""
    report = session.run_job(
        lambda _: session.workspace.maintenance.check(), lane=Lane.LIBRARY, label="Looking for damage"
    )
    if session.terminal.is_json:
        session.terminal.print_json({**asdict(report), "is_sound": report.is_sound})
    else:
        for line in (*report.done, *report.damage, *report.derived):
            session.terminal.print(line)
        state = "is sound" if report.is_sound else "has the faults above"
        session.terminal.print(f"The library with {count_text(report.papers, 'paper')} {state}.")
    return DataError.exit_code if report.damage else 0


def diagnose(session: Session) -> int:
    """Run `doctor`; ends with 4 when something is wrong."""
    diagnosis = session.run_job(lambda _: session.workspace.doctor.examine(), lane=Lane.COMPUTE, label="Looking around")
    terminal = session.terminal
    if terminal.is_json:
        terminal.print_json({"facts": dict(diagnosis.facts), "problems": list(diagnosis.problems)})
    else:
        width = max(map(len, diagnosis.facts))
        for name, value in diagnosis.facts.items():
            terminal.print(f"{terminal.faint(name.ljust(width))}  {value}")
        for problem in diagnosis.problems:
            terminal.print(f"Wrong: {problem}")
        if not diagnosis.problems:
            terminal.print("Nothing is wrong.")
    return EnvironmentFault.exit_code if diagnosis.problems else 0
