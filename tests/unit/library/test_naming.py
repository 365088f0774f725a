"""Names that papers have, by how they begin."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.paper import Status
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library")
    with made.write(None) as writer:
        ids = writer.papers.add_many(
            [
                make_draft(1, authors=("Ada Lovelace", "Žofie Nová"), venue="NeurIPS"),
                make_draft(2, authors=("Ada Lovelace", "Al Love"), venue="Nature"),
                make_draft(3, authors=("李 明",), venue="NeurIPS"),
            ],
            status=Status.INBOX,
        )
        writer.tags.put(ids[:2], ["ml/vision"])
        writer.tags.put(ids[:1], ["vision", "100 %"])
        writer.collections.put(ids[:2], ["Thesis/Vision"])
        writer.collections.make("Visits")
    yield made
    made.close()


@pytest.mark.parametrize(
    ("field", "typed", "names"),
    [
        ("tag", "vis", [("vision", 1), ("ml/vision", 2)]),
        ("tag", "", [("ml/vision", 2), ("100 %", 1), ("vision", 1)]),
        ("collection", "vis", [("Visits", 0), ("Thesis/Vision", 2)]),
        ("collection", "thesis/v", [("Thesis/Vision", 2)]),
        ("author", "lov", [("Ada Lovelace", 2), ("Al Love", 1)]),
        ("author", "ada lo", [("Ada Lovelace", 2)]),
        ("author", "zof", [("Žofie Nová", 1)]),
        ("author", "李", []),
        ("author", "l", []),
        ("author", 'lo"', [("Ada Lovelace", 2), ("Al Love", 1)]),
        ("author", "(* OR", []),
        ("venue", "neur", [("NeurIPS", 2)]),
        ("venue", "n", [("NeurIPS", 2), ("Nature", 1)]),
        ("source", "", [("huggingface", 3)]),
        ("source", "arx", []),
    ],
)
def test_names_are_found_by_the_beginnings_of_their_words(
    field: str, typed: str, names: list[tuple[str, int]], library: Library
) -> None:
    with library.look() as look:
        assert look.names.find(field, typed, 8) == names
