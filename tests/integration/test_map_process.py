"""The map's own process: it arranges what is stored, says how far it is, and is gone when it is stopped."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.paper import PaperId
from readinglist.services.map_process import MapProcess, VectorPlace
from readinglist.similarity.layouts import digests_of, save_layout
from readinglist.similarity.vectors import VectorStore

SUBJECTS = ("graph networks", "speech recognition", "protein folding")
EACH = 30


@pytest.fixture
def vectors(tmp_path: Path) -> VectorPlace:
    """Store vectors of papers 1, 2, 3 … in crowds."""
    chance = np.random.default_rng(4)
    rows = np.repeat(chance.standard_normal((len(SUBJECTS), 16)), EACH, axis=0)
    rows += 0.2 * chance.standard_normal(rows.shape)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    store = VectorStore(tmp_path, "made up", 16)
    ids = [PaperId(number) for number in range(1, len(rows) + 1)]
    store.append(ids, [f"hash {one}" for one in ids], rows.astype(np.float32))
    return VectorPlace(folder=store.folder, model_key=store.model_key, dimensions=store.dimensions)


def papers(*, without: int = 0) -> dict[PaperId, str]:
    """Return titles by number, the first ones left out."""
    return {
        PaperId(place * EACH + number + 1): f"On {subject} of kind {number}"
        for place, subject in enumerate(SUBJECTS)
        for number in range(EACH)
        if place * EACH + number >= without
    }


NOWHERE = Path("nowhere")  # papers lay before


def nothing() -> None:
    """Do nothing meanwhile."""


def arranging() -> list[psutil.Process]:
    """Return the processes that arrange a map for this one; other tests may keep others."""
    alive = [one for one in psutil.Process().children() if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    return [one for one in alive if one.cmdline()[-1:] == ["map"]]


def test_papers_are_arranged_in_crowds_with_names(vectors: VectorPlace) -> None:
    shares: list[float] = []
    at_work: list[int] = []

    def progress(share: float) -> None:
        shares.append(share)
        at_work.append(len(arranging()))

    layout = MapProcess().arrange(papers(), vectors, NOWHERE, meanwhile=nothing, progress=progress)
    assert set(at_work) == {1}
    assert layout.ids.tolist() == list(papers())
    assert np.array_equal(layout.digests, digests_of(f"hash {one}" for one in layout.ids.tolist()))
    assert layout.arranged == len(layout.ids)
    middles = layout.points.reshape(len(SUBJECTS), EACH, 2).mean(axis=1)
    nearest = ((layout.points[:, np.newaxis] - middles) ** 2).sum(axis=-1).argmin(axis=1)
    assert nearest.tolist() == [place // EACH for place in range(len(nearest))]
    assert {one.name.lower() for one in layout.regions} <= set(SUBJECTS)
    assert layout.regions
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert arranging() == []


def test_papers_that_lay_somewhere_come_to_lie_near_it(vectors: VectorPlace, tmp_path: Path) -> None:
    first = MapProcess().arrange(papers(without=10), vectors, NOWHERE, meanwhile=nothing, progress=lambda _: None)
    save_layout(tmp_path / "x.map", first)
    second = MapProcess().arrange(papers(), vectors, tmp_path / "x.map", meanwhile=nothing, progress=lambda _: None)
    before, after = (one.points[-2 * EACH :].reshape(2, EACH, 2).mean(axis=1) for one in (first, second))
    nearest = ((after[:, np.newaxis] - before) ** 2).sum(axis=-1).argmin(axis=1)
    assert nearest.tolist() == [0, 1]


def test_papers_that_are_not_asked_for_are_not_on_the_map(vectors: VectorPlace) -> None:
    layout = MapProcess().arrange(papers(without=EACH), vectors, NOWHERE, meanwhile=nothing, progress=lambda _: None)
    assert layout.ids.tolist() == list(papers(without=EACH))


def test_parts_of_a_map_are_named_anew_where_papers_lie(vectors: VectorPlace, tmp_path: Path) -> None:
    layout = MapProcess().arrange(papers(), vectors, NOWHERE, meanwhile=nothing, progress=lambda _: None)
    save_layout(tmp_path / "x.map", replace(layout, regions=(), rules=0))
    regions = MapProcess().name(papers(), tmp_path / "x.map", meanwhile=nothing)
    assert regions == layout.regions
    titles = {key: title.replace("speech recognition", "coral reefs") for key, title in papers().items()}
    save_layout(tmp_path / "x.map", layout)
    names = {one.name for one in MapProcess().name(titles, tmp_path / "x.map", meanwhile=nothing)}
    assert names == {"Graph networks", "Coral reefs", "Protein folding"}
    assert MapProcess().name(titles, NOWHERE, meanwhile=nothing) == ()
    assert arranging() == []


def stopping_after(calls: int) -> Callable[[float], None]:
    told: list[float] = []

    def progress(share: float) -> None:
        told.append(share)
        if len(told) == calls:
            message = "Stopped."
            raise Cancelled(message)

    return progress


def test_a_reader_who_stops_it_ends_the_process(vectors: VectorPlace) -> None:
    with pytest.raises(Cancelled):
        MapProcess().arrange(papers(), vectors, NOWHERE, meanwhile=nothing, progress=stopping_after(3))
    assert arranging() == []


@pytest.mark.expects_warnings
def test_a_process_that_dies_is_told_in_a_sentence(vectors: VectorPlace) -> None:
    process = MapProcess(command=(sys.executable, "-c", "import sys; sys.stdin.buffer.read(8); sys.exit(3)"))
    with pytest.raises(EnvironmentFault, match=r"ended unexpectedly\. Try again\."):
        process.arrange(papers(), vectors, NOWHERE, meanwhile=nothing, progress=lambda _: None)
