"""Where the program starts: read the arguments, choose the front end, import nothing heavy before that."""

import sys
from collections.abc import Sequence


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
        from readinglist.ui import application  # noqa: PLC0415

        return application.run(options)
    from readinglist import cli  # noqa: PLC0415

    return cli.main(options)


if __name__ == "__main__":
    sys.exit(main())
