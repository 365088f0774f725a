"""What the reader made of several entries of one work, as that of one paper: all of it, each once."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from readinglist.domain.annotation import Annotation
from readinglist.domain.feedback import Feedback
from readinglist.domain.files import FiledAnnotation
from readinglist.domain.paper import Marks, Paper, Priority, Status

BETWEEN = "\n\n"  # paragraphs of a note
NEVER = datetime.min.replace(tzinfo=UTC)
# What counts among several, the most first. Read is read, as whichever entry it was; wanting it in one place counts
# more than having tidied its double away in another; and any decision counts more than none.
STATUSES = (Status.READ, Status.READING, Status.TO_READ, Status.SKIPPED, Status.INBOX)


def join_made(ones: Sequence[Paper | Marks]) -> dict[str, Any]:
    """Return what was made of any, by name, the one that leads first."""
    status = min((one.status for one in ones), key=STATUSES.index)
    places = [one.queue_position for one in ones if one.status is status and one.queue_position is not None]
    return {
        "started": min((one.started for one in ones if one.started), default=None),
        "finished": max((one.finished for one in ones if one.finished), default=None),
        "status": status,
        "queue_position": min(places, default=None),
        "is_starred": any(one.is_starred for one in ones),
        "priority": Priority(max(one.priority for one in ones)),
        "rating": max(one.rating for one in ones),
        "tags": tuple(sorted({name for one in ones for name in one.tags})),
        "collections": tuple(sorted({name for one in ones for name in one.collections})),
        "note": join_notes(one.note for one in ones),
    }


def join_marks(first: Marks | None, second: Marks | None) -> Marks | None:
    """Return what was made of two records of one work."""
    if first is None or second is None:
        return first or second
    titles = tuple(dict.fromkeys((*first.other_titles, *second.other_titles)))
    return Marks(**join_made([first, second]), other_titles=titles)


def join_notes(notes: Iterable[str]) -> str:
    r"""Put notes below each other; one that is another, or some paragraphs of it, is not said again.

    >>> join_notes(["Twice the same.", "", "Read again.", "Twice the same."])
    'Twice the same.\n\nRead again.'
    """
    found: list[str] = []
    for text in (note.strip("\n") for note in notes if note.strip()):
        if not any(_has(one, text) for one in found):
            found = [*(one for one in found if not _has(text, one)), text]
    return BETWEEN.join(found)


def _has(whole: str, part: str) -> bool:
    return f"{BETWEEN}{part.strip()}{BETWEEN}" in f"{BETWEEN}{whole.strip()}{BETWEEN}"


def join_said(said: Iterable[Mapping[Feedback, datetime]]) -> dict[Feedback, datetime]:
    """Return what was said of any; of what cannot hold at once, what was said last."""
    newest: dict[Feedback, datetime] = {}
    for one in said:
        for kind, given in one.items():
            newest[kind] = max(given, newest.get(kind, given))
    lost = {
        min(kind, opposite, key=lambda one: (newest[one], one))
        for kind in newest
        if (opposite := kind.opposite) is not None and opposite in newest
    }
    return {kind: given for kind, given in newest.items() if kind not in lost}


def join_annotations(groups: Sequence[Sequence[FiledAnnotation]]) -> tuple[FiledAnnotation, ...]:
    """Return the annotations of all; the names are different from each other.

    Of a mark that two have, both made of the same one of a file, there is one: as it was changed last, with the
    comments and tags of both. Where one was moved or made anew under the same name, both stay.

    Args:
        groups: One for each entry, the one that stays first.
    """
    found: dict[str, FiledAnnotation] = {}
    for one in (one for group in groups for one in group):
        uid = one.annotation.uid
        known = found.get(uid)
        if known is None:
            found[uid] = one
        elif _is_one_mark(known, one):
            found[uid] = replace(known, annotation=_join_mark(known.annotation, one.annotation))
        else:
            renamed = _another_name(uid, one, found)
            found[renamed.annotation.uid] = renamed
    return tuple(found.values())


def _is_one_mark(one: FiledAnnotation, other: FiledAnnotation) -> bool:
    """Tell whether two of one name are on the same place of the same page."""
    names = ("kind", "page", "rects", "strokes")
    return one.sha256 == other.sha256 and all(
        getattr(one.annotation, name) == getattr(other.annotation, name) for name in names
    )


def _join_mark(one: Annotation, other: Annotation) -> Annotation:
    older, newer = sorted((one, other), key=_last_change)
    return replace(
        newer,
        comment=join_notes([newer.comment, older.comment]),
        tags=tuple(dict.fromkeys((*newer.tags, *older.tags))),
        created=min(filter(None, (one.created, other.created)), default=None),
    )


def _last_change(one: Annotation) -> tuple[datetime, str, str]:
    return one.modified or one.created or NEVER, one.comment, one.colour


def _another_name(uid: str, one: FiledAnnotation, taken: Mapping[str, FiledAnnotation]) -> FiledAnnotation:
    """Give an annotation a name of its own, the same whenever it is done again."""
    name, number = "", 0
    while not name or name in taken:
        number += 1
        name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{uid} {one.sha256} {one.paper_id} {number}"))
    return replace(one, annotation=replace(one.annotation, uid=name))
