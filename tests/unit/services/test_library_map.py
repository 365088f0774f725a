"""The map of a library: arranged once, kept in step, anew when asked; what is seen on it, and what is said before."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typing_extensions import override

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.region import Region
from readinglist.library.library import Library
from readinglist.library.paper_writing import content_hash
from readinglist.recommend.clusters import RULES
from readinglist.services.events import Event, EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, Job, JobContext
from readinglist.services.library_map import FEWEST, LibraryMap
from readinglist.services.map_answer import STATUSES, Stage
from readinglist.services.map_process import MapProcess, VectorPlace
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from readinglist.similarity.layouts import Layout, digests_of, layout_file, load_layout, save_layout
from readinglist.similarity.vectors import VectorStore
from tests.helpers.drafts import make_draft

WAIT_S = 10.0


class MadeUpProcess(MapProcess):
    """Puts papers side by side in the order of their numbers.

    Attributes:
        asked: What it was to arrange, each time.
        before: Where papers lay before, each time.
        error: Raised instead, if set.
    """

    def __init__(self) -> None:
        super().__init__(command=("nothing",))
        self.asked: list[Mapping[PaperId, str]] = []
        self.before: list[Layout | None] = []
        self.error: Exception | None = None
        self.named: list[tuple[Mapping[PaperId, str], Layout | None]] = []

    @override
    def name(self, titles: Mapping[PaperId, str], layout: Path, *, meanwhile: Callable[[], None]) -> tuple[Region, ...]:
        self.named.append((titles, load_layout(layout)))
        meanwhile()
        if self.error is not None:
            raise self.error
        return (Region(name=f"Name {len(self.named)}", x=0.0, y=0.0, papers=len(titles), level=0),)

    @override
    def arrange(
        self,
        titles: Mapping[PaperId, str],
        vectors: VectorPlace,
        before: Path,
        *,
        meanwhile: Callable[[], None],
        progress: Callable[[float], None],
    ) -> Layout:
        self.asked.append(titles)
        self.before.append(load_layout(before))
        progress(0.5)
        meanwhile()
        if self.error is not None:
            raise self.error
        hashes = VectorStore(vectors.folder, vectors.model_key, vectors.dimensions).hashes()
        ids = list(titles)
        points = np.array([[one, 0] for one in ids], dtype=np.float32)
        digests = digests_of(hashes[one] for one in ids)
        return Layout(ids=np.array(ids), digests=digests, points=points, arranged=len(ids), named=len(ids), rules=RULES)


class Setting:
    """Everything a map needs, in small."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder)
        self.events = EventHub()
        self.told = threading.Event()
        self.events.subscribe(self._hear)
        self.runner = InlineRunner(self.events)
        self.process = MadeUpProcess()
        self.indexing = Indexing(
            self.library,
            self.events,
            self.runner,
            encoder=lambda _: FakeEncoder(),
            options=EncoderOptions,
            is_automatic=lambda: False,
        )
        self.map = self.another()

    def another(self) -> LibraryMap:
        """Return a map as the next start of the program has it."""
        return LibraryMap(self.library, self.events, self.runner, self.indexing, process=self.process)

    def add(self, *numbers: int, is_compared: bool = True) -> list[PaperId]:
        with self.library.write("Import") as writer:
            ids = writer.papers.add_many([make_draft(number) for number in numbers], status=Status.INBOX)
        self.events.publish(writer.changes)
        if is_compared:
            self.indexing.build(context())
        return list(ids)

    def put_in_bin(self, *ids: PaperId) -> None:
        with self.library.write("Bin") as writer:
            writer.papers.set_binned(ids, is_binned=True)
        self.events.publish(writer.changes)

    def names(self) -> list[str]:
        """Return the names of parts."""
        return [one.name for one in self.map.look().regions]

    def points(self) -> dict[int, tuple[float, float]]:
        """Return where papers lie, by their numbers."""
        answer = self.map.look()
        return {key: tuple(point) for key, point in zip(answer.ids.tolist(), answer.points.tolist(), strict=True)}

    def close(self) -> None:
        self.map.close()
        self.indexing.close()
        self.library.close()

    def _hear(self, event: Event) -> None:
        if isinstance(event, Changes) and ChangeKind.MAP in event.kinds:
            self.told.set()


def context() -> JobContext:
    return JobContext(Job(job_id=1, label="", events=EventHub()))


@pytest.fixture
def setting(tmp_path: Path) -> Iterator[Setting]:
    made = Setting(tmp_path / "library")
    yield made
    made.close()


def test_a_handful_of_papers_is_no_map(setting: Setting) -> None:
    setting.add(*range(FEWEST - 1))
    setting.map.catch_up(context())
    answer = setting.map.look()
    assert (answer.stage, answer.total, answer.compared) == (Stage.TOO_FEW, FEWEST - 1, FEWEST - 1)
    assert setting.process.asked == []


def test_papers_that_are_not_compared_yet_are_waited_for(setting: Setting) -> None:
    setting.add(*range(20), is_compared=False)
    setting.map.catch_up(context())
    answer = setting.map.look()
    assert (answer.stage, answer.total, answer.compared) == (Stage.COMPARING, 20, 0)
    assert len(answer.ids) == 0


def test_papers_are_compared_when_a_map_of_them_is_asked_for(setting: Setting) -> None:
    setting.add(*range(20), is_compared=False)
    setting.map.compare(context())
    answer = setting.map.look()
    assert (answer.stage, answer.compared, answer.is_comparing) == (Stage.ARRANGING, 20, False)


def test_compared_papers_are_arranged_and_the_map_is_kept(setting: Setting) -> None:
    ids = setting.add(*range(20))
    assert setting.map.look().stage is Stage.ARRANGING
    setting.map.catch_up(context())
    assert setting.told.is_set()
    answer = setting.map.look()
    assert answer.stage is Stage.READY
    assert sorted(answer.ids.tolist()) == ids
    again = setting.another().look()
    assert np.array_equal(again.points, answer.points)
    assert len(setting.process.asked) == 1


def test_somebody_who_looks_has_the_map_arranged_by_itself(setting: Setting) -> None:
    setting.map._work.quiet_s = 0.0
    setting.add(*range(20))
    setting.map.start()
    assert setting.told.wait(WAIT_S)


def test_nobody_who_looks_means_no_work(setting: Setting) -> None:
    setting.add(*range(20))
    assert not setting.told.is_set()
    assert setting.process.asked == []


def test_a_paper_that_comes_later_lies_near_its_like_and_moves_nobody(setting: Setting) -> None:
    setting.add(*range(20))
    setting.map.catch_up(context())
    before = setting.points()
    (late,) = setting.add(21)
    setting.map.catch_up(context())
    after = setting.points()
    assert after.pop(late)
    assert after == before
    assert len(setting.process.asked) == 1


def test_a_paper_with_another_text_moves_alone(setting: Setting) -> None:
    ids = setting.add(*range(20))
    setting.map.catch_up(context())
    before = setting.points()
    with setting.library.write("Edit") as writer:
        text = "Nothing of what it said before."
        values = {"title": text, "abstract": text, "content_hash": content_hash(text, text)}
        writer.papers.set_values(ids[:1], values)
    setting.events.publish(writer.changes)
    setting.indexing.build(context())
    setting.map.catch_up(context())
    after = setting.points()
    assert after.pop(ids[0]) != before.pop(ids[0])
    assert after == before


def test_a_paper_in_the_bin_is_not_seen_and_comes_back_to_its_place(setting: Setting) -> None:
    ids = setting.add(*range(20))
    setting.map.catch_up(context())
    before = setting.points()
    setting.put_in_bin(ids[3])
    setting.map.catch_up(context())
    assert ids[3] not in setting.points()
    with setting.library.write("Back") as writer:
        writer.papers.set_binned(ids[3:4], is_binned=False)
    setting.map.catch_up(context())
    assert setting.points() == before


def test_a_small_library_that_has_doubled_is_arranged_anew(setting: Setting) -> None:
    setting.add(*range(20))
    setting.map.catch_up(context())
    setting.add(*range(20, 40))
    setting.map.catch_up(context())
    assert [len(one) for one in setting.process.asked] == [20, 40]
    assert [one and len(one.ids) for one in setting.process.before] == [None, 20]


def test_a_map_that_many_came_to_says_so_until_it_is_arranged_anew(setting: Setting) -> None:
    setting.add(*range(20))
    setting.map.catch_up(context())
    assert not setting.map.look().is_outgrown
    setting.add(*range(20, 30))
    setting.map.catch_up(context())
    assert setting.map.look().is_outgrown
    setting.map.arrange_anew()
    assert not setting.map.look().is_outgrown


def test_parts_are_named_anew_once_enough_papers_came(setting: Setting) -> None:
    setting.add(*range(40))
    setting.map.catch_up(context())
    before = setting.points()
    setting.add(*range(40, 60))
    setting.map.catch_up(context())
    assert setting.process.named == []
    late = setting.add(*range(60, 70))
    setting.map.catch_up(context())
    assert setting.names() == ["Name 1"]
    ((titles, layout),) = setting.process.named
    assert len(titles) == 70
    assert layout is not None
    assert late[-1] in layout.ids
    assert setting.points().items() >= before.items()
    setting.map.catch_up(context())
    assert len(setting.process.named) == 1


def test_parts_are_named_anew_once_enough_papers_went(setting: Setting) -> None:
    ids = setting.add(*range(80))
    setting.map.catch_up(context())
    setting.put_in_bin(*ids[:30])
    setting.map.catch_up(context())
    assert [len(titles) for titles, _ in setting.process.named] == [50]


def test_names_that_older_rules_gave_are_found_anew(setting: Setting) -> None:
    setting.add(*range(40))
    setting.map.catch_up(context())
    store = setting.indexing.store()
    assert store is not None
    path = layout_file(setting.library.folder / "derived" / "map", store.model_key)
    layout = load_layout(path)
    assert layout is not None
    save_layout(path, replace(layout, rules=RULES - 1))
    setting.map.close()
    setting.map = setting.another()
    setting.map.catch_up(context())
    assert setting.names() == ["Name 1"]
    setting.map.catch_up(context())
    assert len(setting.process.named) == 1


def test_a_process_that_cannot_name_is_not_asked_again_and_the_map_stays(setting: Setting) -> None:
    setting.add(*range(40))
    setting.map.catch_up(context())
    setting.add(*range(40, 70))
    setting.process.error = EnvironmentFault("It ended.")
    with pytest.raises(EnvironmentFault):
        setting.map.catch_up(context())
    setting.map.catch_up(context())
    assert len(setting.process.named) == 1
    answer = setting.map.look()
    assert (len(answer.ids), answer.problem) == (70, "")


def test_naming_that_is_stopped_is_begun_again_with_the_next_change(setting: Setting) -> None:
    setting.add(*range(40))
    setting.map.catch_up(context())
    setting.add(*range(40, 70))
    setting.process.error = Cancelled("Stopped.")
    with pytest.raises(Cancelled):
        setting.map.catch_up(context())
    setting.process.error = None
    setting.map.catch_up(context())
    assert setting.names() == ["Name 2"]


def test_a_failure_is_told_and_not_tried_again_by_itself(setting: Setting) -> None:
    setting.add(*range(20))
    setting.process.error = EnvironmentFault("The disk is full.")
    setting.map.catch_up(context())
    answer = setting.map.look()
    assert (answer.stage, answer.problem) == (Stage.WAITING, "The disk is full.")
    setting.map.catch_up(context())
    assert len(setting.process.asked) == 1
    setting.process.error = None
    setting.map.arrange_anew()
    answer = setting.map.look()
    assert (answer.stage, answer.problem) == (Stage.READY, "")


def test_what_the_reader_stopped_stays_stopped(setting: Setting) -> None:
    setting.add(*range(20))
    setting.process.error = Cancelled("Stopped.")
    setting.map.catch_up(context())
    answer = setting.map.look()
    assert (answer.stage, answer.problem) == (Stage.WAITING, "")


def test_the_map_knows_what_is_to_be_seen_of_papers(setting: Setting) -> None:
    ids = setting.add(*range(20))
    with setting.library.write("Decide") as writer:
        writer.papers.set_status(ids[:1], Status.READ)
        writer.tags.put(ids[5:8], ["ml/vision"])
    setting.map.catch_up(context())
    answer = setting.map.look()
    row = answer.ids.tolist().index(ids[0])
    assert STATUSES[answer.statuses[row]] is Status.READ
    assert answer.years[row] == 2024
    assert answer.upvotes[answer.ids.tolist().index(ids[7])] == 7
    ((name, _), rows) = next(iter(answer.tags.items()))
    assert name == "ml/vision"
    assert sorted(answer.ids[rows].tolist()) == ids[5:8]
