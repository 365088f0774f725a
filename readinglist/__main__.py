"""Where the program starts: read the arguments, choose the front end, import nothing heavy before that."""

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: Arguments without the program's name; None takes those of the process.

    Returns:
        The exit code: 0 fine, 1 bug, 2 usage, 3 the input, 4 the environment, 5 the data.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    # Each front end is imported only when chosen: the window must not pay for the command line, nor a worker for it.
    if arguments[:1] == ["--worker"]:
        from readinglist.app.workers import run_worker  # noqa: PLC0415

        return run_worker(arguments[1])
    from readinglist.app.arguments import parse_arguments  # noqa: PLC0415

    options = parse_arguments(arguments)
    if options.command == "gui":
        with _without_collection():
            from readinglist.ui import application  # noqa: PLC0415
        return application.run(options)
    with _without_collection():
        from readinglist import cli  # noqa: PLC0415
    return cli.main(options)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Import without looking for garbage: what is imported stays, and the search takes a sixth of the start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
