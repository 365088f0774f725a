"""What a query finds, in which order, and what may be shown of it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.domain.query import Among, And, Not, Query, Sort, SortKey, Word
from readinglist.domain.query_text import parse_query
from readinglist.library import search
from readinglist.library.library import Library
from tests.helpers.drafts import make_draft

TITLES = (
    "GPT-4 writes C++ for robots",  # 1
    "Networks that learn to code in C",  # 2
    "Wav2Vec and the limits of ω-automata",  # 3
    "深層学習による画像認識の研究",  # 4
    "大型语言模型的推理能力",  # 5
    "Fine-tuning a network on Poincaré’s ball",  # 6
    "Processing of policies",  # 7
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library")
    with made.write(None) as writer:
        writer.papers.add_many([PaperDraft(title=title) for title in TITLES], status=Status.INBOX)
    yield made
    made.close()


def found(library: Library, query: str | Query, key: SortKey = SortKey.RELEVANCE) -> list[int]:
    with library.read() as reader:
        return list(reader.search.ids(parse_query(query) if isinstance(query, str) else query, Sort(key)))


@pytest.mark.parametrize(
    ("query", "papers"),
    [
        ("gpt-4", [1]),
        ("GPT4", []),
        ("C++", [1]),
        ("c", [1, 2]),
        ("Wav2Vec", [3]),
        ("wav", [3]),
        ("ω", [3]),
        ("poincare", [6]),
        ("学習", [4]),
        ("画像認識", [4]),
        ("習画", []),
        ("语言模型", [5]),
        ("推理 模型", [5]),
        ('"语言 模型"', [5]),
        ("networks", [2, 6]),
        ("network", [2, 6]),
        ("learning", [2]),
        ("coding", [2]),
        ("finetuning", []),
        ("fine-tuned", [6]),
        ("policy", [7]),
        ("processes", [7]),
        ('"networks"', [2]),
        ("title:networks", [2, 6]),
        ("-networks title:c", [1]),
        ("C++ OR policies", [1, 7]),
        ("C++ robots", [1]),
        ("C++ networks", []),
    ],
)
def test_words_are_found_in_all_their_forms_and_names_as_they_are(
    query: str, papers: list[int], library: Library
) -> None:
    assert sorted(found(library, query)) == papers
    assert sorted(found(library, query, SortKey.ADDED)) == papers, "in any order the same papers"


def test_the_best_come_first_and_fields_narrow_them(library: Library) -> None:
    with library.write(None) as writer:
        one, other = writer.papers.add_many(
            [make_draft(1, title="On moths", abstract="Of butterflies."), make_draft(2, title="Butterflies")],
            status=Status.READ,
        )
        writer.papers.set_values([other], {"is_starred": True})
    assert found(library, "butterfly") == [other, one]
    assert found(library, "butterfly is:starred") == [other]
    assert found(library, "butterfly -is:starred status:read") == [one]
    assert found(library, "butterfly status:inbox") == []
    with library.write(None) as writer:
        writer.papers.set_values([other], {"is_binned": True})
    assert found(library, "butterfly") == [one]
    assert found(library, "butterfly is:bin") == [other]


def test_an_identifier_finds_its_paper_before_those_that_mention_it(library: Library) -> None:
    arxiv, doi = Identifier("arxiv", "2401.01234"), Identifier("doi", "10.1000/a(b)")
    with library.write(None) as writer:
        mention, one, other = writer.papers.add_many(
            [
                make_draft(1, abstract="As arXiv:2401.01234 has it."),
                PaperDraft(title="On moths", identifiers=(arxiv,)),
                PaperDraft(title="On wasps", identifiers=(doi,)),
            ],
            status=Status.INBOX,
        )
    for query in ("2401.01234", "https://arxiv.org/abs/2401.01234v2"):
        assert found(library, query) == [one, mention]
    assert found(library, "2401.01234 OR wasps")[0] == one
    assert found(library, "2401.01234 moths") == [one]
    for query in ("id:2401.01234", "arxiv:2401.01234v1"):
        assert found(library, query) == found(library, query, SortKey.ADDED) == [one]
    assert found(library, 'id:"10.1000/A(b)"') == found(library, 'doi:"10.1000/a(b)"') == [other]
    assert sorted(found(library, "-id:2401.01234 title:on")) == [6, other]
    assert found(library, "id:2401.99999") == found(library, "2401.99999") == []


def test_of_many_papers_the_best_come_in_order_and_then_the_newest(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.write(None) as writer:
        titles = ("Gnu", "Owl", "Gnu gnu gnu", "Owl", "A gnu among many other beasts", "Owl")
        drafts = [make_draft(number, title=title, abstract="A gnu.") for number, title in enumerate(titles)]
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
        writer.tags.put([ids[1], ids[3], ids[4]], ["ml"])
    others = [ids[5], ids[3], ids[1]]
    monkeypatch.setattr(search, "SORTED", 2)
    assert found(library, "gnu") == [ids[2], ids[0], ids[5], ids[4], ids[3], ids[1]]
    assert found(library, "gnu beast") == [ids[4]]
    assert found(library, "a gnu")[2:] == sorted(set(ids) - set(found(library, "a gnu")[:2]), reverse=True)
    assert found(library, "gnu tag:ml") == [ids[4], ids[1], ids[3]], "the best of those that are asked for"
    monkeypatch.setattr(search, "SORTED", 500)
    monkeypatch.setattr(search, "SCORED_MOST", 5)
    assert found(library, "gnu") == [ids[2], ids[0], ids[4], *others], "the best titles, then the newest"


def test_papers_that_were_found_elsewhere_keep_their_order_and_can_be_narrowed(library: Library) -> None:
    like = Among("like:x", (7, 2, 6))
    assert found(library, Query(like, (), "")) == [7, 2, 6]
    assert found(library, Query(And((like, Word("networks"))), (), "")) == [2, 6]
    assert found(library, Query(And((Not(like), Word("c"))), (), "")) == [1]
    with library.read() as reader:
        assert reader.search.meeting([PaperId(6), PaperId(1), PaperId(2)], parse_query("networks")) == [6, 2]


def test_papers_with_the_same_telling_title_are_duplicates(library: Library) -> None:
    with library.write(None) as writer:
        ids = writer.papers.add_many(
            [
                PaperDraft(title=title)
                for title in ("The same old Story!", "the same old story", "Editorial", "Editorial")
            ],
            status=Status.INBOX,
        )
    assert found(library, "is:duplicate") == list(ids[:2])
    with library.write(None) as writer:
        writer.papers.set_values([ids[0]], {"is_binned": True})
    assert found(library, "is:duplicate") == []


def test_the_latest_papers_are_those_outside_the_bin_that_came_in_together_last(library: Library) -> None:
    with library.write(None) as writer:
        for number, day in enumerate((1, 2, 2, 3), start=8):
            moment = datetime(2100, 5, day, tzinfo=UTC)
            writer.papers.add_many([make_draft(number)], status=Status.READ, added=moment)
    assert found(library, "is:latest") == [11]
    assert found(library, "-is:latest status:read") == [9, 10, 8]
    with library.write(None) as writer:
        writer.papers.set_values([PaperId(11)], {"is_binned": True})
    assert found(library, "is:latest") == [9, 10]


def test_what_may_be_shown_of_a_paper_has_its_authors_in_order(library: Library) -> None:
    with library.write(None) as writer:
        (key,) = writer.papers.add_many([make_draft(1, authors=("Zoe Z", "Al B"))], status=Status.INBOX)
        writer.tags.put([key], ["ml"])
    with library.read() as reader:
        texts = reader.search.texts([key, PaperId(999)])
    assert list(texts) == [key]
    assert (texts[key].authors, texts[key].tags, texts[key].marks) == ("Zoe Z, Al B", "ml", "")
