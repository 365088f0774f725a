"""How a setting is declared: key, values, and the words for it. Which settings there are stands in `app.settings`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from readinglist.domain.errors import UserError

T = TypeVar("T", bool, int, str)

TRUE_WORDS = frozenset({"on", "yes", "true", "1"})
FALSE_WORDS = frozenset({"off", "no", "false", "0"})


class Kind(StrEnum):
    """Which control fits a setting."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    FOLDER = "folder"


class Group(StrEnum):
    """A page of the settings dialog; the value is its heading."""

    LIBRARY = "Library"
    LOOK = "Look"
    IMPORT = "Import"
    READING = "Reading"
    SIMILAR = "Similar papers"
    FOR_YOU = "For you"
    NETWORK = "Network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Generic[T]):
    """One thing the reader can decide.

    Attributes:
        key: `section.name`, as in the settings file.
        default: Also says which type the value has.
        label: Beside the control; no full stop.
        help: What it changes, in sentences.
        group: Page of the dialog.
        kind: Control.
        choices: Values of a `CHOICE` and the words for them, in order.
        minimum: Smallest number.
        maximum: Largest number.
        unit: Word after a number, `minutes`; empty if it has none.
        needs_restart: Takes effect at the next start.
        since: Version that brought it.
    """

    key: str
    default: T
    label: str
    help: str
    group: Group
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    minimum: int = 0
    maximum: int = 0
    unit: str = ""
    needs_restart: bool = False
    since: str = "0.1"

    def check(self, value: object) -> T:
        """Return the value if it is one that the setting can have.

        Raises:
            UserError: It is not; the message says what it must be.
        """
        if type(value) is not type(self.default) or not self._fits(value):
            message = f"{self.key} cannot be {self.words(value)}: it is {self.range_words()}."
            raise UserError(message)
        return value

    def parse(self, text: str) -> T:
        """Read a value as people write it on a command line.

        Raises:
            UserError: It is none that the setting can have.
        """
        word = text.strip().lower()
        value: object = text
        if self.kind is Kind.SWITCH and word in TRUE_WORDS | FALSE_WORDS:
            value = word in TRUE_WORDS
        elif self.kind is Kind.NUMBER and word.removeprefix("-").isdecimal():
            value = int(word)
        elif self.kind is Kind.CHOICE:
            value = word
        return self.check(value)

    def words(self, value: object) -> str:
        """Write a value as people read it."""
        if isinstance(value, bool):
            return "on" if value else "off"
        return str(value) if value != "" else "empty"

    def range_words(self) -> str:
        """Say what the setting can be, to follow “it is”."""
        if self.kind is Kind.SWITCH:
            return "on or off"
        if self.kind is Kind.NUMBER:
            return f"a whole number from {self.minimum} to {self.maximum}"
        if self.kind is Kind.CHOICE:
            *most, last = (value for value, _ in self.choices)
            return f"{', '.join(most)} or {last}"
        return "the path of a folder" if self.kind is Kind.FOLDER else "a text on one line"

    def _fits(self, value: object) -> bool:
        if self.kind is Kind.NUMBER:
            return isinstance(value, int) and self.minimum <= value <= self.maximum
        if self.kind is Kind.CHOICE:
            return value in dict(self.choices)
        return not (isinstance(value, str) and set(value) & set("\r\n\0"))


AnySetting = Setting[Any]
