"""Ways of grouping papers under names that have levels, and the words in which the window speaks of them."""

from collections.abc import Callable
from dataclasses import dataclass

from readinglist.domain.levels import tidy_name
from readinglist.domain.paper import Collection, Tag
from readinglist.domain.tagging import normalise_tag
from readinglist.ui.models.scope import Scope, collection_scope, collection_wish_scope, tag_scope, tag_wish_scope

NO_COLOR = "gray"
Group = Tag | Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """What the window has to know to offer one.

    Attributes:
        noun: What one is called.
        plural: What several are called, and the heading above them.
        example: A name with two levels.
        has_colors: Each has a colour.
        scope_of: Returns the list of one by its name.
        wish_scope_of: Returns what is recommended from it.
        tidied: Returns a typed name as the library writes it; raises UserError if nothing is left of it.
        on: How a paper has one, for screen readers: it is `on` all of the chosen ones, or `in`.
    """

    noun: str
    plural: str
    example: str
    has_colors: bool
    scope_of: Callable[[str], Scope]
    wish_scope_of: Callable[[str], Scope]
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
    wish_scope_of=tag_wish_scope,
    tidied=_tidied_tag,
    on="on",
)
COLLECTIONS = Grouping(
    noun="collection",
    plural="collections",
    example="Survey/Methods",
    has_colors=False,
    scope_of=collection_scope,
    wish_scope_of=collection_wish_scope,
    tidied=lambda text: tidy_name(text, "collection"),
    on="in",
)


def grouping_of(scope: Scope) -> Grouping | None:
    """Return what a list is one of; None for any other list."""
    if scope.tag is not None:
        return TAGS
    return COLLECTIONS if scope.collection is not None else None


def followed(scope: Scope, grouping: Grouping, old: str, new: str) -> Scope | None:
    """Return what a list becomes when a tag, say, is renamed, or one above it; None for a list that it is nothing to.

    >>> followed(collection_scope("survey/methods"), COLLECTIONS, "survey", "thesis").title
    'thesis/methods'
    >>> followed(tag_scope("survey"), COLLECTIONS, "survey", "thesis")
    """
    listed = scope.title if grouping_of(scope) is grouping else ""
    wish = scope.wish
    wished = "" if wish is None else wish.tag if grouping is TAGS else wish.collection
    for name, scope_of in ((listed, grouping.scope_of), (wished, grouping.wish_scope_of)):
        if name == old or name.startswith(f"{old}/"):
            return scope_of(new + name[len(old) :])
    return None


def color_of(group: Group) -> str:
    """Return the key of a tag colour."""
    return group.color if isinstance(group, Tag) else NO_COLOR
