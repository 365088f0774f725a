"""Ten thousand annotations in a library: listing, searching, opening and adding one stay quicker than a blink."""

import random
from collections.abc import Callable
from contextlib import closing
from time import perf_counter

from readinglist.domain.annotation import Annotation, AnnotationKind
from readinglist.domain.files import NewFile
from readinglist.domain.pages import Rect
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort, SortKey
from readinglist.domain.query_text import parse_query
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.annotate import Annotate
from readinglist.services.catalog import Catalog
from readinglist.services.events import EventHub
from readinglist.services.explaining import explain_words
from readinglist.services.files import Files
from readinglist.services.undo import Undo
from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most
from tests.helpers.library_factory import PaperFactory

PAPERS = 5000
ANNOTATED = 400
IN_ONE = 1000  # a thesis that was read with the pen in the hand
ANNOTATIONS = 10_000
LONGEST_MS = 100
REPEATS = 7


def measure() -> list[Row]:
    """Measure."""
    folder = scenery.copy_of(scenery.filled_library(PAPERS), "annotated")
    with closing(Library(folder)) as library:
        thesis = _annotate(library)
        events = EventHub()
        catalog = Catalog(library)
        files = Files(library, events, taking=lambda: Taking.LINK)
        annotate = Annotate(library, events, files=files, in_files=None)  # type: ignore[arg-type]  # no file is asked
        undo = Undo(library, events)
        added = iter(range(1000))

        def add_one() -> None:
            annotate.add(thesis, "0", [_annotation(f"new {next(added)}", random.Random(1), "a remark")])  # noqa: S311

        measured: dict[str, Callable[[], object]] = {
            f"all {IN_ONE:,} annotations of one paper": lambda: annotate.of(thesis),
            "papers with annotations": lambda: catalog.ids("has:annotation", Sort()),
            "papers by a word of annotations": lambda: catalog.ids("quotedword", Sort(SortKey.RELEVANCE)),
            "where 50 papers have that word": lambda: _snippets(library),
            "a paper with its annotations": lambda: (catalog.get(thesis), annotate.of(thesis), files.of(thesis)),
            "adding one": add_one,
            "taking it back": undo.undo,
            f"Markdown of {IN_ONE:,}": lambda: annotate.render_markdown([thesis]),
        }
        return [
            at_most(f"{what}, of {ANNOTATIONS:,}", _median_ms(question), LONGEST_MS, "ms")
            for what, question in measured.items()
        ]


def _annotate(library: Library) -> PaperId:
    """Spread annotations over some papers; returns the one that has the most."""
    chance = random.Random(3)  # noqa: S311 - made-up text, no secret
    texts = PaperFactory(seed=4).drafts(ANNOTATIONS)
    with library.read() as reader:
        ids = sorted(reader.papers.outside_bin())[:ANNOTATED]
    counts = [IN_ONE, *([(ANNOTATIONS - IN_ONE) // (ANNOTATED - 1)] * (ANNOTATED - 1))]
    counts[-1] += ANNOTATIONS - sum(counts)
    with library.write("Annotate") as writer:
        for place, (paper_id, count) in enumerate(zip(ids, counts, strict=True)):
            writer.files.attach(
                paper_id, NewFile(path=f"/away/{place}.pdf", sha256=str(place), size_bytes=1, is_linked=True)
            )
            some = [_annotation(f"{place} {number}", chance, next(texts).title) for number in range(count)]
            writer.annotations.add(paper_id, str(place), some)
    return ids[0]


def _annotation(uid: str, chance: random.Random, text: str) -> Annotation:
    top = chance.uniform(50, 700)
    return Annotation(
        uid=uid,
        kind=AnnotationKind.HIGHLIGHT,
        page=chance.randint(1, 30),
        rects=tuple(Rect(72, top + 12 * line, 300, top + 12 * line + 11) for line in range(3)),
        quote=f"{text} quotedword",
        comment=text,
    )


def _snippets(library: Library) -> object:
    query = parse_query("quotedword")
    with library.read() as reader:
        return explain_words(reader, query, reader.search.ids(query, Sort())[:50])


def _median_ms(question: Callable[[], object]) -> float:
    def once() -> float:
        began = perf_counter()
        question()
        return (perf_counter() - began) * 1000

    return scenery.median_of(once, REPEATS)
