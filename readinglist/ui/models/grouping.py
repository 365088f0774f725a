"""Ways of grouping papers under names that have levels, and the words in which the window speaks of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from readinglist.domain.paper import Tag
from readinglist.domain.tagging import normalise_tag
from readinglist.ui.models.scope import Scope, tag_scope

NO_COLOR = "gray"


class Group(Protocol):
    """A name, and how many papers it has."""

    @property
    def name(self) -> str:
        """The whole path, levels separated by `/`."""
        ...

    @property
    def count(self) -> int:
        """Papers outside the bin that have exactly this one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What the window has to know to offer one.

    Attributes:
        noun: What one is called.
        plural: What several are called, and the heading above them.
        example: A name with two levels.
        has_colors: Each has a colour.
        scope_of: Returns the list of one by its name.
        tidied: Returns a typed name as the library writes it; raises UserError if nothing is left of it.
        on: How a paper has one, for screen readers: it is `on` all of the chosen ones, or `in`.
    """

    noun: str
    plural: str
    example: str
    has_colors: bool
    scope_of: Callable[[str], Scope]
    tidied: Callable[[str], str]
    on: str

    @property
    def heading(self) -> str:
        """Above them in the sidebar."""
        return self.plural.capitalize()


def _tidied_tag(text: str) -> str:
    return normalise_tag(text.replace(",", " "))  # commas separate tags wherever several are written


TAGS = Grouping(
    noun="tag",
    plural="tags",
    example="ml/speech",
    has_colors=True,
    scope_of=tag_scope,
    tidied=_tidied_tag,
    on="on",
)


def color_of(group: Group) -> str:
    """Return the key of a tag colour."""
    return group.color if isinstance(group, Tag) else NO_COLOR
