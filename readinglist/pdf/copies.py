"""Writes a copy of a PDF with annotations that other programs show and edit; the given file is only read.

A sound file is copied byte for byte and the annotations are added behind it, so that signatures and whatever MuPDF
does not know survive. A repaired one is written anew.
"""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import pymupdf

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.errors import DataError, EnvironmentFault, PasswordNeeded, UserError
from readinglist.domain.pages import Point, Rect
from readinglist.pdf.annotations import COLOURS, TAGS_KEY, find_uid
from readinglist.pdf.directions import Directions
from readinglist.pdf.document import load_document
from readinglist.pdf.pages import is_out_of_memory

KEEP_ENCRYPTION, NO_ENCRYPTION = 0, 1  # PyMuPDF's PDF_ENCRYPT_KEEP and …_NONE, which it makes when it is imported
LINE_WIDTH = 1.5  # points
TYPE_SIZE = 11
INK = (0.1, 0.1, 0.1)  # of text written onto the page: the five colours are too light for it


def save_copy(source: Path, annotations: Sequence[Annotation], target: Path, *, password: str = "") -> None:
    """Write a copy of a file with these annotations; those in the file that have the same ids are replaced.

    Args:
        source: Is not changed.
        annotations: Of any pages that the file has.
        target: Appears only when it is whole; what was there before is replaced then.
        password: Opens the file; the copy wants the same.

    Raises:
        UserError: The target is the file itself.
        EnvironmentFault: A file cannot be read or written.
        PasswordNeeded: The file wants another password.
        DataError: It cannot be opened or written so that it can be read again, or an annotation stands on a page that
            it does not have.
    """
    if target.exists() and source.exists() and target.samefile(source):
        message = f"{target.name} is the file itself. Choose another name for the copy."
        raise UserError(message)
    part = target.with_name(f".{target.name}.part")
    try:
        _write(source, annotations, part, password)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        message = f"{target.name} cannot be written: {error.strerror or 'the disk refuses it'}. Choose another place."
        raise EnvironmentFault(message, detail=str(error)) from error
    finally:
        with suppress(OSError):  # it is there only if something went wrong, and that is what is told
            part.unlink(missing_ok=True)


def _write(source: Path, annotations: Sequence[Annotation], part: Path, password: str) -> None:
    with load_document(source, password=password) as document:
        is_sound = bool(document.inner.can_save_incrementally())
        count, name = document.page_count, document.name
    if beyond := [one.page for one in annotations if not 1 <= one.page <= count]:
        message = f"{name} has no page {beyond[0]}, where an annotation should stand."
        raise DataError(message)
    if is_sound:
        shutil.copyfile(source, part)
    with load_document(part if is_sound else source, password=password) as document:
        _annotate(document.inner, annotations, name)
        _save(document.inner, part, is_sound=is_sound)
    _check(part, password, count, name)


def _save(inner: Any, part: Path, *, is_sound: bool) -> None:
    # A new identity for a locked file that has none would change the key, and nobody could open it again.
    has_identity = inner.xref_get_key(-1, "ID")[0] == "array"
    # What is left of a lock that does not close is not carried over.
    keeps_lock = is_sound or bool((inner.metadata or {}).get("encryption"))
    how = {"incremental": True} if is_sound else {"garbage": 1, "deflate": True}
    try:
        inner.save(
            str(part),
            encryption=KEEP_ENCRYPTION if keeps_lock else NO_ENCRYPTION,
            no_new_id=not has_identity,
            **how,
        )
    except Exception as error:  # PyMuPDF reports what the disk refuses as an error of its own
        if is_out_of_memory(error):
            raise MemoryError from error
        raise OSError(str(error)) from error


def _check(part: Path, password: str, count: int, name: str) -> None:
    """See that what was written can be read again, before it becomes the copy."""
    try:
        with load_document(part, password=password) as document:
            if document.page_count == count:
                return
            detail = f"{document.page_count} pages instead of {count}"
    except (DataError, PasswordNeeded) as error:
        detail = error.message
    message = f"A copy of {name} would be damaged, and was not kept. The file itself is as it was."
    raise DataError(message, detail=detail)


def _annotate(inner: Any, annotations: Sequence[Annotation], name: str) -> None:
    for number in sorted({one.page for one in annotations}):
        here = [one for one in annotations if one.page == number]
        try:
            _annotate_page(inner[number - 1], here)
        except (UserError, EnvironmentFault, MemoryError):
            raise
        except Exception as error:  # whatever a broken page makes MuPDF say
            if is_out_of_memory(error):
                raise MemoryError from error
            message = f"Page {number} of {name} is damaged, and no annotation can be written onto it."
            raise DataError(message, detail=f"{type(error).__name__}: {error}") from error


def _annotate_page(page: Any, annotations: Sequence[Annotation]) -> None:
    wanted = {one.uid for one in annotations}
    for raw in [raw for raw in page.annots() if find_uid(raw, page) in wanted]:
        page.delete_annot(raw)
    directions = Directions(page)
    for one in annotations:
        raw = _mark(page, one, directions) if one.kind.is_on_text else MAKERS[one.kind](page, one)
        raw.set_info(title=one.author, content=one.comment)
        raw.update()
        _tighten(page.parent, raw)
        _name(page.parent, raw.xref, one)


def _name(inner: Any, xref: int, one: Annotation) -> None:
    """Write what MuPDF leaves out or sets to the present."""
    inner.xref_set_key(xref, "NM", pymupdf.get_pdf_str(one.uid))
    for key, moment in (("CreationDate", one.created), ("M", one.modified or one.created)):
        if moment is not None:
            inner.xref_set_key(xref, key, pymupdf.get_pdf_str(render_date(moment)))
    if one.tags:
        inner.xref_set_key(xref, TAGS_KEY, pymupdf.get_pdf_str("\n".join(one.tags)))


def _tighten(inner: Any, raw: Any) -> None:
    """Draw the rectangle of a frame or of ink as near as the line allows: MuPDF leaves up to 8 points around it."""
    room = (raw.rect_delta or (0,))[0] - LINE_WIDTH / 2
    if room <= 0:
        return
    kind, drawing = inner.xref_get_key(raw.xref, "AP/N")
    places = [(raw.xref, "Rect")] + ([(int(drawing.split()[0]), "BBox")] if kind == "xref" else [])
    for xref, key in places:
        left, bottom, right, top = map(float, inner.xref_get_key(xref, key)[1].strip("[]").split())
        inner.xref_set_key(xref, key, f"[{left + room:.3f} {bottom + room:.3f} {right - room:.3f} {top - room:.3f}]")
    inner.xref_set_key(raw.xref, "RD", f"[{LINE_WIDTH / 2} {LINE_WIDTH / 2} {LINE_WIDTH / 2} {LINE_WIDTH / 2}]")


def render_date(moment: datetime) -> str:
    """Return a moment as PDF writes it.

    >>> from datetime import UTC
    >>> render_date(datetime(2024, 2, 29, 12, 34, 56, tzinfo=UTC))
    "D:20240229123456+00'00'"
    """
    zone = moment.strftime("%z")[:5] or "+0000"
    return f"D:{moment:%Y%m%d%H%M%S}{zone[:3]}'{zone[3:]}'"


def _mark(page: Any, one: Annotation, directions: Directions) -> Any:
    add = {
        AnnotationKind.HIGHLIGHT: page.add_highlight_annot,
        AnnotationKind.UNDERLINE: page.add_underline_annot,
        AnnotationKind.STRIKE_OUT: page.add_strikeout_annot,
    }[one.kind]
    raw = add(quads=[directions.quad(_rect(rect) * page.derotation_matrix) for rect in one.rects])
    raw.set_colors(stroke=COLOURS[one.colour])
    return raw


def _note(page: Any, one: Annotation) -> Any:
    corner = _rect(one.rects[0]).tl * page.derotation_matrix
    raw = page.add_text_annot(corner, one.comment, icon="Note")
    raw.set_colors(stroke=COLOURS[one.colour])
    return raw


def _area(page: Any, one: Annotation) -> Any:
    raw = page.add_rect_annot(_rect(one.rects[0]) * page.derotation_matrix)
    raw.set_border(width=LINE_WIDTH)
    raw.set_colors(stroke=COLOURS[one.colour])
    return raw


def _ink(page: Any, one: Annotation) -> Any:
    raw = page.add_ink_annot([[_turned(point, page) for point in stroke] for stroke in one.strokes])
    raw.set_border(width=LINE_WIDTH)
    raw.set_colors(stroke=COLOURS[one.colour])
    return raw


def _text(page: Any, one: Annotation) -> Any:
    rect = _rect(one.rects[0]) * page.derotation_matrix
    return page.add_freetext_annot(
        rect, one.comment, fontsize=TYPE_SIZE, text_color=INK, fill_color=COLOURS[one.colour], rotate=page.rotation
    )


def _rect(rect: Rect) -> Any:
    return pymupdf.Rect(rect.left, rect.top, rect.right, rect.bottom)


def _turned(point: Point, page: Any) -> tuple[float, float]:
    turned = pymupdf.Point(point.x, point.y) * page.derotation_matrix
    return turned.x, turned.y


MAKERS: Mapping[AnnotationKind, Callable[[Any, Annotation], Any]] = {
    AnnotationKind.NOTE: _note,
    AnnotationKind.AREA: _area,
    AnnotationKind.INK: _ink,
    AnnotationKind.TEXT: _text,
}
