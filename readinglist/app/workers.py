"""The processes that this program starts of itself, by the name that follows `--worker` on the command line.

They hold what the window must not: models of hundreds of megabytes, and files that may bring a library down.
"""


def run_worker(name: str) -> int:
    """Be one of them until its work is over.

    Returns:
        The exit code of the process.
    """
    # Each loads what it needs and nothing else.
    if name == "encoder":
        from readinglist.similarity import worker  # noqa: PLC0415

        return worker.main()
    if name == "queries":
        from readinglist.similarity import worker as query_worker  # noqa: PLC0415

        return query_worker.main_light()
    if name == "pdf":
        from readinglist.pdf import worker as pdf_worker  # noqa: PLC0415

        return pdf_worker.main()
    if name == "map":
        from readinglist.services import map_worker  # noqa: PLC0415

        return map_worker.main()
    message = f"there is no worker {name}"
    raise ValueError(message)
