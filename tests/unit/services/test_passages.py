"""Passages of PDFs are read after the papers, once, through every interruption, and find their papers with the page."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from string import ascii_lowercase

import numpy as np
import pytest
from numpy.typing import NDArray
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.library.library import Library
from readinglist.library.text_database import find_path
from readinglist.services import passage_search
from readinglist.services.events import EventHub
from readinglist.services.finding import By, Finding
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, JobRunner
from readinglist.services.passage_search import PassageSearch
from readinglist.services.passage_work import PassageWork
from readinglist.services.passages import Passages
from readinglist.services.similar import Similar
from readinglist.services.term_index import TermIndex
from readinglist.similarity.encoder import Encoder, EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from tests.helpers.attached import make_file
from tests.helpers.drafts import make_draft
from tests.helpers.importing import job_context

WOMBATS = "Wombats dig long burrows with their claws in the night and sleep in them through the whole day."
WALLABIES = "Wallabies graze above the ground in the evening and hide from dogs among the rocks of the hills."
EELS = "Eels swim through oceans to lay their eggs far away in warm water that nobody has ever looked into."


class Setting:
    """A library with PDFs whose text was read, and what compares them."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.events = EventHub()
        self.encoder = FakeEncoder(batch_size=2)
        self.is_wanted = True
        self.open: list[Indexing] = []
        self.index, self.passages = self.start()

    def start(self) -> tuple[Indexing, Passages]:
        """Begin as after a restart."""
        runner = InlineRunner(self.events)
        index = Indexing(
            self.library,
            self.events,
            runner,
            encoder=self._encoder,
            options=EncoderOptions,
            is_automatic=lambda: True,
        )
        passages = Passages(self.library, is_wanted=lambda: self.is_wanted)
        index.go_on_with(PassageWork(passages, index, runner, is_automatic=lambda: True))
        index._follower.work.quiet_s = 0.0
        self.open.append(index)
        self.finding = Finding(
            self.library,
            index,
            Similar(self.library, self.events, index, TermIndex(self.library, self.events, runner)),
            PassageSearch(self.library, index, passages),
        )
        self.index, self.passages = index, passages
        return index, passages

    def add(self, number: int, *pages: str, sha256: str = "") -> PaperId:
        with self.library.write("Import") as writer:
            (paper_id,) = writer.papers.add_many([make_draft(number)], status=Status.INBOX)
            if pages or sha256:
                writer.files.attach(paper_id, make_file(sha256 or f"{number}"))
        if pages:
            self.library.page_texts.save(f"{number}", pages)
        self.events.publish(writer.changes)
        return paper_id

    def counts(self) -> tuple[int, int, int]:
        self.index.count()
        state = self.index.state().passages
        return state.done, state.total, state.waiting

    def hits(self, text: str) -> list[tuple[PaperId, str]]:
        return [(one.paper_id, one.reasons[0]) for one in self.finding.best(text, 5, By.MEANING).items]

    def read(self) -> list[str]:
        """Return what the model has read of PDFs."""
        return [text for text in self.encoder.encoded if text in {WOMBATS, WALLABIES, EELS}]

    def close(self) -> None:
        for index in self.open:
            index.close()
        self.library.close()

    def _encoder(self, _: EncoderOptions) -> Encoder:
        return self.encoder


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    setting = Setting(tmp_path / "library")
    yield setting
    setting.close()


class Interrupted(FakeEncoder):
    """Does something when it is to read the first of certain texts."""

    def __init__(self, *at: str, act: Callable[[], object]) -> None:
        super().__init__(batch_size=1)
        self.at = set(at)
        self.act = act

    @override
    def encode(self, texts: Sequence[str], *, meanwhile: Callable[[], None] | None = None) -> NDArray[np.float32]:
        if self.at & set(texts):
            self.at.clear()
            self.act()
        return super().encode(texts, meanwhile=meanwhile)


def test_passages_are_read_after_the_papers_and_once(setting: Setting) -> None:
    setting.add(1, WOMBATS, WALLABIES)
    setting.add(2, EELS)
    setting.add(3)
    assert setting.counts() == (0, 0, 2)
    setting.index.build(job_context())
    assert setting.counts() == (3, 3, 0)
    assert sorted(setting.read()) == sorted([WOMBATS, WALLABIES, EELS])
    assert not set(setting.encoder.encoded[:3]) & {WOMBATS, WALLABIES, EELS}
    number = len(setting.encoder.encoded)
    setting.index.build(job_context())
    setting.start()
    assert setting.counts() == (3, 3, 0)
    setting.index.build(job_context())
    assert len(setting.encoder.encoded) == number


def test_a_search_finds_the_paper_by_its_pdf_and_names_the_page(setting: Setting) -> None:
    setting.add(1, "", WALLABIES, WOMBATS)
    setting.add(2, EELS)
    setting.index.build(job_context())
    hits = setting.hits("wombats dig burrows with claws")
    assert hits[0] == (1, f"Close in meaning: Page 3: {WOMBATS}")
    (why,) = setting.finding.sentences("eels lay eggs in oceans", [PaperId(2)]).values()
    assert why.text == f"Page 1: {EELS}"
    assert why.text[slice(*why.marks[0])] == "Page 1"
    assert why.place is not None
    assert (why.place.sha256, why.place.page) == ("2", 1)
    assert 2 in setting.finding.close("eels lay eggs in oceans")
    near = setting.finding.close("wombats and wallabies dig burrows in the night, eels lay eggs in oceans")
    for descending in (False, True):
        ordered = setting.finding.close(
            "wombats and wallabies dig burrows in the night, eels lay eggs in oceans", Sort(SortKey.TITLE, descending)
        )
        assert (len(near), ordered) == (2, sorted(near, reverse=descending))
    assert setting.hits("eels lay eggs in oceans status:read") == []


def test_a_long_pdf_does_not_drown_the_others(setting: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passage_search, "CONSIDERED", 2)
    long = setting.add(1, *(f"{WOMBATS} So says {letter}." for letter in ascii_lowercase))
    short = setting.add(2, "Wombats dig in the night, say farmers, who never see one of them through the whole day.")
    setting.index.build(job_context())
    assert setting.counts() == (27, 27, 0)
    assert setting.finding.close("wombats dig in the night and through the day")[:2] == [long, short]


def test_a_paper_that_is_closer_by_its_abstract_shows_its_abstract(setting: Setting) -> None:
    paper_id = setting.add(1, WOMBATS)
    setting.index.build(job_context())
    with setting.library.read() as reader:
        paper = reader.papers.get(paper_id)
    (why,) = setting.finding.sentences(paper.abstract, [paper_id]).values()
    assert why.place is None
    assert why.text in paper.abstract


def test_a_text_that_comes_later_is_read_later_and_one_that_goes_is_found_no_more(setting: Setting) -> None:
    setting.add(1, WOMBATS)
    setting.index.build(job_context())
    setting.add(2, EELS)
    assert setting.counts() == (1, 1, 1)
    setting.encoder.encoded.clear()
    setting.index.build(job_context())
    assert setting.read() == [EELS]
    assert setting.hits("eels lay eggs in oceans")[0][0] == 2
    setting.library.page_texts.remove(["2"])
    assert setting.counts() == (1, 1, 0)
    assert [reason for _, reason in setting.hits("eels lay eggs in oceans") if "Page" in reason] == []


def test_the_vectors_of_a_text_that_goes_leave_the_disk(setting: Setting) -> None:
    setting.add(1, WOMBATS, WALLABIES)
    setting.add(2, EELS)
    setting.index.build(job_context())
    folder = setting.library.folder / "derived" / "passages"
    gone = setting.encoder.encode([WOMBATS])[0].tobytes()
    kept = setting.encoder.encode([EELS])[0].tobytes()

    def on_disk(vector: bytes) -> bool:
        return any(vector in one.read_bytes() for one in folder.rglob("*.f32"))

    assert on_disk(gone)
    setting.library.page_texts.remove(["1"])
    setting.events.publish(Changes(kinds=frozenset({ChangeKind.FILES})))
    assert not on_disk(gone)
    assert on_disk(kept)
    assert setting.counts() == (1, 1, 0)
    assert setting.hits("eels swim through oceans to lay eggs")[0][1].endswith(EELS)


def test_a_file_of_two_papers_is_read_once_and_finds_both(setting: Setting) -> None:
    first = setting.add(1, WOMBATS)
    second = setting.add(2, sha256="1")
    setting.index.build(job_context())
    assert setting.read() == [WOMBATS]
    assert {paper_id for paper_id, _ in setting.hits("wombats dig burrows with claws")} == {first, second}


def test_reading_that_is_stopped_goes_on_where_it_stopped_after_a_restart(setting: Setting) -> None:
    def stop() -> None:
        message = "The reader stopped it."
        raise Cancelled(message)

    setting.encoder = Interrupted(WOMBATS, act=stop)
    setting.start()
    setting.add(1, WOMBATS)
    setting.add(2, EELS)
    with pytest.raises(Cancelled):
        setting.index.build(job_context())
    done, total, _ = setting.counts()
    assert done < total == 2
    setting.start()
    setting.index.build(job_context())
    assert setting.counts() == (2, 2, 0)
    assert sorted(setting.read()) == sorted([WOMBATS, EELS])


def test_papers_that_come_meanwhile_are_read_first(setting: Setting) -> None:
    later: list[PaperId] = []
    setting.encoder = Interrupted(EELS, WOMBATS, act=lambda: later.append(setting.add(9)))
    setting.start()
    setting.add(1, WOMBATS)
    setting.add(2, EELS)
    setting.index.build(job_context())
    assert setting.counts() == (2, 2, 0)
    assert setting.index.is_ready_for(later[0])
    order = ["paper" if "subject 9" in text else "passage" for text in setting.encoder.encoded[2:]]
    assert order == ["passage", "paper", "passage"]


def test_turned_off_everything_is_deleted_and_the_texts_stay(setting: Setting) -> None:
    setting.add(1, WOMBATS)
    setting.index.build(job_context())
    folder = setting.library.folder / "derived" / "passages"
    assert [*folder.rglob("*.f32")]
    setting.is_wanted = False
    assert [reason for _, reason in setting.hits("wombats dig burrows with claws") if "Page" in reason] == []
    setting.index.reconsider()
    assert not folder.exists()
    assert setting.counts() == (0, 0, 0)
    assert setting.library.page_texts.pages("1") == [WOMBATS]
    setting.is_wanted = True
    setting.index.build(job_context())
    assert setting.counts() == (1, 1, 0)


def test_a_question_about_the_state_deletes_nothing(setting: Setting) -> None:
    setting.add(1, WOMBATS)
    setting.index.build(job_context())
    setting.is_wanted = False
    assert setting.counts() == (0, 0, 0)
    setting.is_wanted = True
    assert setting.counts() == (1, 1, 0)


def test_turned_off_while_they_are_read_nothing_comes_back(setting: Setting) -> None:
    def turn_off() -> None:
        setting.is_wanted = False
        setting.index.reconsider()

    setting.encoder = Interrupted(WOMBATS, act=turn_off)
    setting.start()
    setting.add(1, WOMBATS)
    setting.index.build(job_context())
    assert setting.read() == [WOMBATS]
    assert not (setting.library.folder / "derived" / "passages").exists()


def test_texts_that_were_lost_take_their_vectors_along(setting: Setting) -> None:
    setting.add(1, WOMBATS)
    setting.add(2, EELS)
    setting.index.build(job_context())
    for suffix in ("", "-wal", "-shm"):
        path = find_path(setting.library.folder)
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    setting.library.page_texts.save("2", [WALLABIES])
    setting.index.build(job_context())
    assert setting.counts() == (1, 1, 0)
    assert len([*(setting.library.folder / "derived" / "passages").iterdir()]) == 1
    assert setting.hits("wallabies graze in the evening")[0] == (2, f"Close in meaning: Page 1: {WALLABIES}")


def test_another_model_reads_them_anew_and_the_way_back_is_short(setting: Setting) -> None:
    setting.add(1, WOMBATS)
    setting.index.build(job_context())
    first = setting.encoder
    setting.encoder = FakeEncoder(model="other", dimensions=32)
    setting.start()
    setting.index.load_model()
    assert setting.counts() == (0, 1, 0)
    setting.index.build(job_context())
    assert setting.counts() == (1, 1, 0)
    setting.encoder = first
    setting.start()
    setting.index.load_model()
    assert setting.counts() == (1, 1, 0)


def test_a_database_of_texts_that_cannot_be_read_leaves_the_search_as_it_is_without(
    setting: Setting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    setting.add(1, WOMBATS)
    setting.index.build(job_context())

    def refuse(*_: object) -> None:
        message = "The texts cannot be read."
        raise EnvironmentFault(message)

    monkeypatch.setattr(setting.passages, "find", refuse)
    with caplog.at_level("ERROR"):
        assert isinstance(setting.finding.close("wombats dig burrows"), list)


def test_a_text_that_was_read_begins_the_work_by_itself(setting: Setting) -> None:
    runner, done = JobRunner(setting.events), threading.Event()
    index = Indexing(
        setting.library,
        setting.events,
        runner,
        encoder=lambda _: setting.encoder,
        options=EncoderOptions,
        is_automatic=lambda: True,
    )
    later = PassageWork(setting.passages, index, runner, is_automatic=lambda: True)
    later.work.quiet_s = 0.0
    index.go_on_with(later)
    index._follower.work.quiet_s = 0.0

    def hear(_: object) -> None:
        if setting.passages.state.done == 1:
            done.set()

    setting.events.subscribe(hear)
    paper_id = setting.add(1, sha256="1")
    index.start()
    setting.library.page_texts.save("1", [WOMBATS])
    setting.events.publish(Changes(kinds=frozenset({ChangeKind.FILES}), ids=frozenset({paper_id})))
    assert done.wait(30)
    runner.close()
    index.close()
    assert setting.read() == [WOMBATS]
