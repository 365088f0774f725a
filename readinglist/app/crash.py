"""What happens when the program meets a bug: a report as text, shown once, kept on disk, sent nowhere.

Python errors that nobody caught come through the three hooks. A process that dies inside a library leaves the trace of
faulthandler in a file of its own, which the next start finds.
"""

import faulthandler
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO

from readinglist import __version__

log = logging.getLogger(__name__)

PREFIX = "fault-"


@dataclass(frozen=True, slots=True)
class _Hooks:
    main: Callable[[type[BaseException], BaseException, TracebackType | None], object]
    thread: Callable[[threading.ExceptHookArgs], object]
    unraisable: Callable[["sys.UnraisableHookArgs"], object]


class CrashWatch:
    """Catches what nobody else caught, from construction to `close`.

    Args:
        folder: Where the trace of a dying process is written; created if missing.
        show: Called with the report, on the thread that failed. Must not raise.
        recent_lines: Returns the last lines of the log.
        facts: Further lines for the report, such as the library's version.
    """

    def __init__(
        self,
        folder: Path,
        *,
        show: Callable[[str], None],
        recent_lines: Callable[[], str] = str,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        self._show = show
        self._recent_lines = recent_lines
        self._facts = dict(facts or {})
        self._before = _Hooks(sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._file = _open_trace(folder)
        self._was_enabled = faulthandler.is_enabled()
        if self._file is not None:
            faulthandler.enable(self._file, all_threads=True)
        sys.excepthook = self._in_main
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._in_destructor

    def close(self) -> None:
        """Give the hooks back and take away the trace file, which is empty now."""
        sys.excepthook = self._before.main
        threading.excepthook = self._before.thread
        sys.unraisablehook = self._before.unraisable
        if self._file is not None:
            faulthandler.disable()
            name = Path(self._file.name)
            self._file.close()
            name.unlink(missing_ok=True)
            self._file = None
            if self._was_enabled and sys.__stderr__ is not None:
                faulthandler.enable(sys.__stderr__)

    def _in_main(self, kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before.main(kind, error, place)
            return
        self._report(error)

    def _in_thread(self, failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            self._report(failed.exc_value, where=f"in thread {failed.thread.name if failed.thread else '?'}")

    def _in_destructor(self, failed: "sys.UnraisableHookArgs") -> None:
        if failed.exc_value is not None:
            self._report(failed.exc_value, where=f"{failed.err_msg or 'while ending'} {failed.object!r}"[:300])

    def _report(self, error: BaseException, *, where: str = "") -> None:
        text = render_report(error, where=where, recent=self._recent_lines(), facts=self._facts)
        log.error("a bug %s", where, exc_info=error)
        self._show(text)


def render_report(
    error: BaseException, *, where: str = "", recent: str = "", facts: Mapping[str, str] | None = None
) -> str:
    """Write a report that a developer can use; it names the program, the system and the trace, and no papers.

    Args:
        error: With its traceback.
        where: Which thread or object, if that says more than the trace.
        recent: Last lines of the log.
        facts: Further lines of the head.
    """
    trace = "".join(traceback.format_exception(error)).rstrip()
    parts = [render_facts(facts), f"{where}\n{trace}".strip(), f"Last lines of the log:\n{recent}" if recent else ""]
    return "\n\n".join(part for part in parts if part) + "\n"


def render_facts(facts: Mapping[str, str] | None = None) -> str:
    """Name program, system and whatever else is given, one a line."""
    known = {
        "Reading List": __version__,
        "System": platform.platform(),
        "Python": platform.python_version(),
        **(facts or {}),
    }
    return "\n".join(f"{name}: {value}" for name, value in known.items())


def find_earlier_crash(folder: Path) -> str | None:
    """Return the trace that a process left when it died, and take it away; None if none did.

    Files of processes that still run are left alone.
    """
    traces = []
    for path in sorted(folder.glob(f"{PREFIX}*.txt")):
        if _is_held(path):
            continue
        try:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            path.unlink()
        except OSError as error:
            log.info("the trace %s is left for later: %s", path.name, error)
            continue
        if text:
            traces.append(text)
    return "\n\n".join([render_facts(), *traces]) + "\n" if traces else None


def _open_trace(folder: Path) -> IO[str] | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / f"{PREFIX}{os.getpid()}.txt").open("w", encoding="utf-8")
    except OSError as error:
        log.info("no traces are written to %s: %s", folder, error)
        return None
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - absent on Windows

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:  # a home folder on a disk of the network may have no locks
            log.info("traces in %s cannot be told from those of programs that run: %s", folder, error)
    return file


def _is_held(path: Path) -> bool:
    """Tell whether the process that made the file lives: it holds a lock on it until its end, however that comes.

    On Windows an open file cannot be removed, which serves the same end.
    """
    if sys.platform == "win32":
        return False
    import fcntl  # noqa: PLC0415 - absent on Windows

    try:
        with path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
