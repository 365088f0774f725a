"""Looking into parsed HTML and XML without recursion, whatever its depth, and whatever its namespaces."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def all_text(element: "_Element | None") -> str:
    """Return the text of an element and all below it."""
    if element is None:
        return ""
    return "".join(str(piece) for piece in element.itertext())


def local_name(element: "_Element") -> str:
    """Return an element's name without its namespace; nothing for comments and the like."""
    tag: object = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: "_Element", *names: str) -> Iterator["_Element"]:
    """Yield the children that have one of the names, in any namespace."""
    return (child for child in element if local_name(child) in names)


def child_text(element: "_Element", *names: str) -> str:
    """Return the text of the first child that has one of the names and holds any."""
    return next((text for child in children(element, *names) if (text := all_text(child).strip())), "")


def has_class(element: "_Element", name: str) -> bool:
    """Tell whether an element of a page is of a class."""
    return name in (element.get("class") or "").split()
