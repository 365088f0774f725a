"""The texts of PDFs are read in the background: all of them, once, whatever some files do."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path

import pytest
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import (
    Cancelled,
    DataError,
    EnvironmentFault,
    HarmfulFileError,
    PasswordNeeded,
    ReadingListError,
)
from readinglist.domain.pages import TextPart
from readinglist.domain.paper import PaperId
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.domain.taking import Taking
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import Event, EventHub, JobProgress, JobState
from readinglist.services.files import Files
from readinglist.services.jobs import InlineRunner, Job, JobContext, JobRunner
from readinglist.services.page_texts import LABEL, PageTextReading
from tests.helpers.attached import add_papers, make_pdf
from tests.helpers.importing import job_context

Pages = tuple[str, ...]


class Texts:
    """Reads recorded texts, two pages at a time."""

    def __init__(self, known: Mapping[str, Pages | ReadingListError]) -> None:
        self.known = dict(known)
        self.asked: list[str] = []

    def text(self, path: Path, *, page: int = 1) -> "Future[TextPart]":
        """Promise two pages, or the recorded error."""
        self.asked.append(f"{path.name} {page}")
        answer: Future[TextPart] = Future()
        found = self.known[path.name]
        if isinstance(found, ReadingListError):
            answer.set_exception(found)
        else:
            next_page = page + 2 if page + 2 <= len(found) else None
            answer.set_result(TextPart(first_page=page, pages=found[page - 1 : page + 1], next_page=next_page))
        return answer


def give(library: Library, folder: Path, *names: str) -> list[PaperId]:
    ids = add_papers(library, *range(1, len(names) + 1))
    files = Files(library, EventHub(), taking=lambda: Taking.LINK)
    for one, name in zip(ids, names, strict=True):
        files.attach(one, make_pdf(folder / name, name))
    return ids


def reading(library: Library, texts: Texts) -> PageTextReading:
    events = EventHub()
    return PageTextReading(library, events, InlineRunner(events), reader=texts)


def found(library: Library, query: str) -> list[PaperId]:
    with library.read() as reader:
        return reader.search.ids(parse_query(query), Sort())


def test_all_pages_are_read_once_and_found(library: Library, tmp_path: Path) -> None:
    first, second = give(library, tmp_path, "a.pdf", "b.pdf")
    texts = Texts({"a.pdf": ("one", "two", "wombats"), "b.pdf": ("", "")})
    use = reading(library, texts)
    use.build(job_context())
    use.build(job_context())
    assert texts.asked == ["a.pdf 1", "a.pdf 3", "b.pdf 1"]
    assert found(library, "wombats") == [first]
    state = use.state()
    assert (state.total, state.done, state.set_aside, state.is_running) == (2, 2, (), False)
    with library.read() as reader:
        facts = [reader.files.of(one)[0].facts for one in (first, second)]
    assert [(one.page_count, one.has_text) for one in facts] == [(3, True), (2, False)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (HarmfulFileError("b.pdf ends whatever reads it."), "b.pdf ends whatever reads it."),
        (DataError("b.pdf is damaged."), "b.pdf is damaged."),
        (PasswordNeeded("A password, please."), "It opens with a password only."),
    ],
)
def test_a_file_that_cannot_be_read_is_set_aside_until_somebody_asks(
    library: Library, tmp_path: Path, error: ReadingListError, reason: str
) -> None:
    _, second, third = give(library, tmp_path, "a.pdf", "b.pdf", "c.pdf")
    texts = Texts({"a.pdf": ("one",), "b.pdf": error, "c.pdf": ("wombats",)})
    use = reading(library, texts)
    use.build(job_context())
    use.build(job_context())
    assert found(library, "wombats") == [third]
    (aside,) = use.state().set_aside
    assert (aside.papers, aside.reason) == ((second,), reason)
    assert texts.asked.count("b.pdf 1") == 1
    texts.known["b.pdf"] = ("wallabies",)
    use.retry([aside.sha256])
    use.build(job_context())
    assert (found(library, "wallabies"), use.state().set_aside) == ([second], ())


def test_what_is_away_today_is_read_another_day(library: Library, tmp_path: Path) -> None:
    ids = give(library, tmp_path, "a.pdf", "b.pdf")
    texts = Texts({"a.pdf": EnvironmentFault("The drive is away."), "b.pdf": ("wombats",)})
    use = reading(library, texts)
    use.build(job_context())
    assert (use.state().done, use.state().set_aside) == (1, ())
    texts.known["a.pdf"] = ("wombats",)
    (tmp_path / "a.pdf").rename(tmp_path / "away")
    use.build(job_context())
    assert use.state().done == 1
    (tmp_path / "away").rename(tmp_path / "a.pdf")
    use.build(job_context())
    assert found(library, "wombats") == ids


def test_a_stop_keeps_what_was_read_and_the_next_run_goes_on(library: Library, tmp_path: Path) -> None:
    give(library, tmp_path, "a.pdf", "b.pdf", "c.pdf")
    job: Job[None] = Job(job_id=0, label="", events=EventHub())

    class Stopping(Texts):
        @override
        def text(self, path: Path, *, page: int = 1) -> "Future[TextPart]":
            if path.name == "b.pdf":
                job.cancel()
            return super().text(path, page=page)

    known = dict.fromkeys(("a.pdf", "b.pdf", "c.pdf"), ("wombats",))
    with pytest.raises(Cancelled):
        reading(library, Stopping(known)).build(JobContext(job))
    texts = Texts(known)
    reading(library, texts).build(job_context())
    assert texts.asked in (["b.pdf 1", "c.pdf 1"], ["c.pdf 1"])
    assert len(found(library, "wombats")) == 3


def test_texts_of_files_that_no_paper_has_are_forgotten(library: Library, tmp_path: Path) -> None:
    give(library, tmp_path, "a.pdf")
    use = reading(library, Texts({"a.pdf": ("wombats",)}))
    use.build(job_context())
    library.step_back()
    use.build(job_context())
    assert library.page_texts.states() == {}


def test_the_text_of_a_file_goes_soon_after_its_last_paper_has_gone_for_good(library: Library, tmp_path: Path) -> None:
    first, second = give(library, tmp_path, "a.pdf", "b.pdf")
    events = EventHub()
    is_tidied = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, Changes) and event.initiator == LABEL and ChangeKind.FILES in event.kinds:
            is_tidied.set()

    runner = JobRunner(events)
    use = PageTextReading(library, events, runner, reader=Texts({"a.pdf": ("wombats",), "b.pdf": ("wallabies",)}))
    use.tidying.quiet_s = 0.01
    edit = Edit(library, events)
    try:
        use.build(job_context())
        before = library.page_texts.states().keys()
        use.tidying.start()
        edit.delete([first, second])
        events.subscribe(hear)
        edit.purge([first])
        assert is_tidied.wait(30)
        (left,) = library.page_texts.states()
        assert len(before) == 2
        assert library.page_texts.pages(left) == ["wallabies"]  # the bin can be emptied later, or not
    finally:
        runner.close()
        use.close()


def test_two_papers_with_the_same_bytes_are_both_found(library: Library, tmp_path: Path) -> None:
    ids = add_papers(library, 1, 2)
    files = Files(library, EventHub(), taking=lambda: Taking.COPY)
    for one in ids:
        files.attach(one, make_pdf(tmp_path / "a.pdf"))
    name = files.of(ids[0])[0].path.name
    texts = Texts({name: ("wombats",)})
    reading(library, texts).build(job_context())
    assert (found(library, "wombats"), len(texts.asked)) == (ids, 1)


def test_new_files_are_read_by_themselves_soon_after_they_came(library: Library, tmp_path: Path) -> None:
    events = EventHub()
    done = threading.Event()

    def hear(event: Event) -> None:
        if isinstance(event, JobProgress) and event.state is JobState.DONE:
            done.set()

    events.subscribe(hear)
    runner = JobRunner(events)
    use = PageTextReading(library, events, runner, reader=Texts({"a.pdf": ("wombats",)}))
    use.work.quiet_s = 0.01
    try:
        use.start()
        (paper_id,) = add_papers(library, 1)
        Files(library, events, taking=lambda: Taking.LINK).attach(paper_id, make_pdf(tmp_path / "a.pdf"))
        assert done.wait(30)
        assert found(library, "wombats") == [paper_id]
    finally:
        runner.close()
        use.close()
