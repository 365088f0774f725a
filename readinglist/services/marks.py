"""What a reader made of papers comes back with them, where an export of a library is imported into another one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from readinglist.domain.paper import Marks, PaperId, Priority, Status
from readinglist.domain.wording import count_text
from readinglist.library.times import render_time

if TYPE_CHECKING:
    from readinglist.library.unit import Writer


def marks_text(marks: Marks) -> str:
    """Say what a reader made of a paper: `Read, starred, 2 tags, a note`."""
    return ", ".join(_parts(marks))


def _parts(marks: Marks) -> Iterator[str]:
    if marks.status is not Status.INBOX:
        yield marks.status.label
    if marks.is_starred:
        yield "starred"
    if marks.priority is not Priority.NONE:
        yield f"{marks.priority.name.lower()} priority"
    if marks.rating:
        yield f"rated {marks.rating}"
    if marks.tags:
        yield count_text(len(marks.tags), "tag")
    if marks.collections:
        yield count_text(len(marks.collections), "collection")
    if marks.note:
        yield "a note"


def put_marks(writer: "Writer", marked: Mapping[PaperId, Marks], *, has_status: bool) -> None:
    """Give new papers what a reader made of them.

    Args:
        writer: Has just stored them, in the Inbox or with the status that they are to keep.
        marked: What was made of which.
        has_status: They have the status that they are to keep.
    """
    alike: defaultdict[tuple[tuple[str, Any], ...], list[PaperId]] = defaultdict(list)
    groups: tuple[defaultdict[str, list[PaperId]], ...] = (defaultdict(list), defaultdict(list))
    if not has_status:
        _put_statuses(writer, marked)
    for key, marks in marked.items():
        if values := _values(marks, has_status=has_status):
            alike[tuple(values.items())].append(key)
        for found, names in zip(groups, (marks.tags, marks.collections), strict=True):
            for name in names:
                found[name].append(key)
    writer.other_titles.add({key: marks.other_titles for key, marks in marked.items()})
    for values_of_all, ids in alike.items():
        writer.papers.set_values(ids, dict(values_of_all))
    for put, found in zip((writer.tags.put, writer.collections.put), groups, strict=True):
        for name, ids in found.items():
            put(ids, [name])


def _put_statuses(writer: "Writer", marked: Mapping[PaperId, Marks]) -> None:
    """Give statuses; what is to be read keeps its order."""
    of_status: defaultdict[Status, list[PaperId]] = defaultdict(list)
    last = float("inf")
    queue = sorted(marked, key=lambda key: last if (place := marked[key].queue_position) is None else place)
    for key in queue:
        of_status[marked[key].status].append(key)
    for status, ids in of_status.items():
        if status is not Status.INBOX:
            writer.papers.set_status(ids, status)


def _values(marks: Marks, *, has_status: bool) -> dict[str, Any]:
    """Return the columns of a paper that are other than those of a new one."""
    values: dict[str, Any] = {
        "is_starred": marks.is_starred,
        "priority": int(marks.priority),
        "rating": marks.rating,
        "note": marks.note,
    }
    if not has_status:
        moments = {"started": marks.started, "finished": marks.finished}
        values |= {name: render_time(moment) for name, moment in moments.items() if moment is not None}
    return {name: value for name, value in values.items() if value}
