"""What the program says of itself: facts, and what is wrong with them."""

import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.paper import Status
from readinglist.library.library import Library
from readinglist.services.doctor import Doctor
from readinglist.services.events import EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner
from readinglist.similarity.encoder import EncoderInfo, EncoderOptions
from readinglist.similarity.fake import FakeEncoder
from tests.helpers.drafts import make_draft
from tests.helpers.importing import job_context

Usage = namedtuple("Usage", "total used free")


class Missing(FakeEncoder):
    """A model that cannot be loaded."""

    @override
    def load(self, *, meanwhile: object = None) -> EncoderInfo:
        message = "The model is not on this computer. Install it with its package."
        raise EnvironmentFault(message)


class Slow(FakeEncoder):
    """A model that is loaded for as long as somebody waits."""

    @override
    def load(self, *, meanwhile: Callable[[], None] | None = None) -> EncoderInfo:
        assert meanwhile is not None
        while True:
            meanwhile()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        ids = writer.papers.add_many([make_draft(number) for number in range(1, 4)], status=Status.INBOX)
        writer.papers.set_binned(ids[:1], is_binned=True)
    yield library
    library.close()


def doctor(library: Library, encoder: FakeEncoder, *, is_prepared: bool = False) -> Doctor:
    events = EventHub()
    indexing = Indexing(
        library,
        events,
        InlineRunner(events),
        encoder=lambda _: encoder,
        options=EncoderOptions,
        is_automatic=lambda: False,
    )
    if is_prepared:
        indexing.build(job_context())
    return Doctor(library, indexing, {"Settings": "/made up/settings.toml"})


def test_facts_name_program_library_and_model(library: Library) -> None:
    library.back_up(reason="manual")
    diagnosis = doctor(library, FakeEncoder(), is_prepared=True).examine()
    assert diagnosis.problems == ()
    facts = diagnosis.facts
    assert facts["Settings"] == "/made up/settings.toml"
    assert facts["Library"] == str(library.folder)
    assert facts["Papers"] == "2, and 1 in the bin"
    assert facts["Backups"].startswith("1 backup, the last of 20")
    assert (facts["Model"], facts["Compared by meaning"]) == ("fake", "2 of 2 papers")
    assert facts["Runs on"].startswith("Processor (nothing else is needed")
    assert all(facts.values())


def test_a_model_that_is_missing_is_a_problem_said_once(library: Library) -> None:
    diagnosis = doctor(library, Missing()).examine()
    assert diagnosis.problems == ("The model is not on this computer. Install it with its package.",)


def test_nobody_has_to_wait_until_the_model_is_loaded(library: Library) -> None:
    looks = iter(range(3))

    def stop() -> None:
        if next(looks) == 2:
            raise Cancelled("Stopped.")  # noqa: EM101

    with pytest.raises(Cancelled):
        doctor(library, Slow()).examine(meanwhile=stop)


def test_scarce_room_is_a_problem(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 10**6, 10**6))
    (problem,) = doctor(library, FakeEncoder()).examine().problems
    assert problem == "Only 1.0 MB are free where the library lies. Make room, or backups will fail."
