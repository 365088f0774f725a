"""The errors a use case may end in, and what each means for the person in front of it.

Everything the program raises on purpose is a `ReadingListError`; any other exception is a bug. Low levels raise with
facts, the package edge translates once, the front end shows it once.
"""


class ReadingListError(Exception):
    """The root of all expected failures.

    Args:
        message: One sentence for the reader: what happened and what to do.
        detail: Facts for the log; never shown unasked.
    """

    exit_code = 1

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail


class UserError(ReadingListError):
    """What was given cannot be used as it is: a wrong query, an unknown paper, an unreadable format."""

    exit_code = 3


class PasswordNeeded(UserError):  # noqa: N818 - the reader knows the answer
    """The file opens with a password only, and the one that was given, if any, is not it."""


class EnvironmentFault(ReadingListError):  # noqa: N818 - a fault of the surroundings, not of the program
    """Disk, network, permission or service; the same request may work later if `is_retryable`."""

    exit_code = 4

    def __init__(self, message: str, *, detail: str = "", is_retryable: bool = False) -> None:
        super().__init__(message, detail=detail)
        self.is_retryable = is_retryable


class DataError(ReadingListError):
    """The library's or a file's content is not what it must be."""

    exit_code = 5


class HarmfulFileError(DataError):
    """A file ends whatever reads it, or wants more time or memory than a document may have; set aside, not lost."""


class LibraryTooNewError(DataError):
    """The library was written by a newer version of the program; it is left untouched."""


class Cancelled(ReadingListError):  # noqa: N818 - a decision of the reader, not an error
    """The reader stopped the work; nothing of it was stored."""
