"""The log: a rotating file, and the last lines in memory for crash reports."""

import logging
import sys
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

from typing_extensions import override

FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"
FILE_BYTES = 1_000_000
FILES_KEPT = 3
LINES_KEPT = 200
OWN_LOGGER = "readinglist"


class RecentLines(logging.Handler):
    """Keeps the last lines in memory."""

    def __init__(self, count: int = LINES_KEPT) -> None:
        super().__init__()
        self._lines: deque[str] = deque(maxlen=count)

    def text(self) -> str:
        """Return the lines, oldest first."""
        self.acquire()
        try:
            return "\n".join(self._lines)
        finally:
            self.release()

    @override
    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(self.format(record))


def start_logging(folder: Path, *, role: str, is_verbose: bool = False) -> RecentLines:
    """Write the log from now on; called once by each process, again only in tests.

    A folder that cannot be written costs the file, not the start: the lines in memory remain.

    Args:
        folder: Created if it is missing.
        role: Name of the file. Each kind of process has its own, because a file that another process holds open
            cannot be rotated on every system.
        is_verbose: Also show everything from INFO on standard error.

    Returns:
        The lines in memory.
    """
    root = logging.getLogger()
    stop_logging()
    recent = RecentLines()
    handlers: list[logging.Handler] = [recent]
    problem = ""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handlers.append(_file_handler(folder / f"{role}.log"))
    except OSError as error:
        problem = f"no log is written to {folder}: {error}"
    if is_verbose:
        shown = logging.StreamHandler(sys.stderr)
        shown.setLevel(logging.INFO)
        handlers.append(shown)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(FORMAT))
        handler.set_name(OWN_LOGGER)
        root.addHandler(handler)
    root.setLevel(logging.WARNING)  # other people's libraries speak only when something is wrong
    logging.getLogger(OWN_LOGGER).setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    if problem:
        logging.getLogger(__name__).warning(problem)
    return recent


def stop_logging() -> None:
    """Take the handlers of `start_logging` away and close their files."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if one.get_name() == OWN_LOGGER]:
        root.removeHandler(handler)
        handler.close()
    logging.captureWarnings(capture=False)


def _file_handler(path: Path) -> RotatingFileHandler:
    with path.open("a", encoding="utf-8"):  # find out now whether it can be written
        pass
    return RotatingFileHandler(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
