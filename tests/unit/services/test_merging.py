"""Merging on a real library: one step, told once; what cannot be merged; when things were decided; what follows."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.decision import Decision, DecisionKind
from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.joining import MOST
from readinglist.domain.paper import PaperId, Status
from readinglist.domain.query import Sort
from readinglist.domain.query_text import parse_query
from readinglist.domain.query_words import asked_words
from readinglist.domain.raw import Drop
from readinglist.domain.titles import fold_title
from readinglist.exporters.json_list import render
from readinglist.library.library import Library
from readinglist.library.tables import UNDOABLE
from readinglist.recommend.found import found_reasons
from readinglist.services.events import EventHub
from readinglist.services.explaining import explain_words
from readinglist.services.merging import Merging
from tests.helpers.drafts import make_draft
from tests.helpers.importing import take_in
from tests.helpers.undoing import assert_can_be_taken_back

FIRST, SECOND, OTHER = IDS = [PaperId(number) for number in range(1, 4)]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Two entries of one work, of which the first has more marks, and another paper."""
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        writer.papers.add_many([make_draft(number) for number in range(3)], status=Status.INBOX)
        writer.papers.set_values([FIRST], {"note": "About transformers.", "rating": 3})
        writer.tags.put([FIRST], ["ml"])
        writer.tags.put([SECOND], ["vision"])
    yield library
    library.close()


@pytest.fixture
def merging(library: Library) -> Merging:
    return Merging(library, EventHub())


def content(library: Library) -> list[object]:
    with library.open()._engine.connect() as connection:
        tables = [connection.execute(select(table).order_by(table.c.id)).all() for table in UNDOABLE]
        return [tuple(row) for rows in tables for row in rows]


def found(library: Library, query: str) -> list[PaperId]:
    with library.read() as reader:
        return list(reader.search.ids(parse_query(query), Sort()))


def decisions(library: Library) -> dict[DecisionKind, Decision]:
    with library.read() as reader:
        return {one.kind: one for one in reader.decisions.of(IDS)}


@pytest.mark.parametrize("kind", [ChangeKind.REMOVED, ChangeKind.DETAILS, ChangeKind.TAGS])
def test_it_is_one_step_that_is_told_once(library: Library, kind: ChangeKind) -> None:
    def merge(events: EventHub) -> Changes:
        changes = Merging(library, events).merge([FIRST, SECOND, FIRST])
        assert changes.ids == {FIRST, SECOND}
        return changes

    assert_can_be_taken_back(library, lambda: content(library), merge, "Merge 2 papers", kind)


def test_the_others_are_gone_and_not_in_the_bin(library: Library, merging: Merging) -> None:
    merging.merge([SECOND, FIRST])
    with library.read() as reader:
        assert set(reader.papers.get_many(IDS)) == {FIRST, OTHER}
        assert reader.papers.binned() == []
        assert reader.papers.find_identifier(Identifier("arxiv", "2405.00001")) == FIRST
    assert set(found(library, "tag:vision")) == set(found(library, "tag:ml")) == {FIRST}


def test_the_text_index_follows_there_and_back(library: Library, merging: Merging) -> None:
    merging.merge([FIRST, SECOND], leading=SECOND)
    assert found(library, "title:1") == found(library, "transformers") == [FIRST]
    assert found(library, "title:0 title:1") == [FIRST]  # by the title that it had
    with library.read() as reader:
        why = explain_words(reader, parse_query("learning subject 0"), [FIRST])[FIRST]
        assert why.text == "Other title: Learning about subject 0 from sparse examples"
        assert found_reasons(asked_words(parse_query("0")), reader.papers.get(FIRST)) == ("“0” in the other title",)
    library.step_back()
    assert found(library, "title:0 title:1") == []
    assert found(library, "title:1") == [SECOND]
    assert found(library, "title:0") == [FIRST]


@pytest.mark.parametrize(
    ("ids", "leading", "message"),
    [
        ([FIRST, FIRST], None, f"Choose 2 to {MOST} papers to merge."),
        ([PaperId(number) for number in range(1, MOST + 2)], None, f"Choose 2 to {MOST} papers to merge."),
        ([FIRST, PaperId(99)], None, "There is no paper number 99."),
        ([FIRST, SECOND], OTHER, "Paper number 3 is not one of those that are merged."),
    ],
)
def test_what_cannot_be_merged_is_said(
    merging: Merging, library: Library, ids: list[PaperId], leading: PaperId | None, message: str
) -> None:
    before = content(library)
    for ask in (merging.plan, merging.merge):
        with pytest.raises(UserError) as caught:
            ask(ids, leading=leading)
        assert caught.value.message == message
    assert content(library) == before


def test_a_paper_in_the_bin_is_not_merged(merging: Merging, library: Library) -> None:
    with library.write(None) as writer:
        writer.papers.set_binned([SECOND], is_binned=True)
    with pytest.raises(UserError, match="in the bin"):
        merging.merge([FIRST, SECOND])


def test_merging_decides_nothing_and_keeps_when_things_were_decided(library: Library, merging: Merging) -> None:
    with library.write("Decide") as writer:
        writer.papers.set_status([SECOND], Status.TO_READ)
        writer.papers.set_values([SECOND], {"is_starred": True})
    with library.write("Skip it") as writer:
        writer.papers.set_status([FIRST], Status.SKIPPED)
    before = {one.kind: one.at_utc for one in decisions(library).values() if one.paper_id == SECOND}
    merging.merge([FIRST, SECOND])
    after = decisions(library)
    assert {one.paper_id for one in after.values()} == {FIRST}
    for kind in (DecisionKind.QUEUED, DecisionKind.STARRED):
        assert after[kind].at_utc == before[kind] is not None
    assert DecisionKind.SKIPPED not in after


def test_a_tag_that_one_entry_has_is_no_longer_refused(library: Library, merging: Merging) -> None:
    with library.write(None) as writer:
        writer.feedback.refuse_tag([SECOND], "ml")
        writer.feedback.refuse_tag([SECOND], "nlp")
    merging.merge([FIRST, SECOND])
    with library.read() as reader:
        assert reader.feedback.refused_tags(FIRST) == {"nlp"}


def test_what_is_read_after_the_merging_is_not_taken_back_with_it(library: Library, merging: Merging) -> None:
    with library.write(None) as writer:
        writer.decisions.add_time(SECOND, 100)
    merging.merge([FIRST, SECOND])
    with library.write(None) as writer:
        writer.decisions.add_time(FIRST, 50)
    library.step_back()
    with library.read() as reader:
        assert (reader.decisions.time_spent_s(FIRST), reader.decisions.time_spent_s(SECOND)) == (50, 100)
    library.step_forward()
    with library.read() as reader:
        assert (reader.decisions.time_spent_s(FIRST), reader.decisions.time_spent_s(SECOND)) == (150, 0)


def page(*papers: tuple[str, str]) -> Drop:
    """A listing that tells nothing but titles, abstracts and how many wrote them."""
    abstract = "We show that an abstract is longer than any title, " * 4 + "and say nothing else in it."
    told = [f"{title}\n\n{abstract}\n\n  • {authors} authors\n·\nMay 1, 2024" for title, authors in papers]
    return Drop("text", "\n\n".join(["Daily Papers", *told]), "page")


TOLD = [("Gait Learning for Legged Robots on Ice", "7"), ("Walking Softly with Legged Robots", "8")]


@pytest.mark.parametrize("leading", [0, 1])
def test_a_listing_of_titles_alone_knows_both_after_the_merging_and_each_after_it_is_taken_back(
    library: Library, merging: Merging, leading: int
) -> None:
    ids = take_in(library, page(*TOLD)).papers
    merging.merge(ids, leading=ids[leading])
    for order in (TOLD, TOLD[::-1], TOLD[:1], TOLD[1:]):
        report = take_in(library, page(*order))
        assert (report.added, set(report.papers)) == (0, {ids[0]})
    while library.step_back()[0] != "Merge 2 papers":
        pass
    report = take_in(library, page(*TOLD))
    assert (report.added, report.papers) == (0, ids)


def test_entries_of_one_title_with_other_numbers_of_authors_are_both_known(library: Library, merging: Merging) -> None:
    title = TOLD[0][0]
    twins = [page((title, "7")), page((title, "8"))]
    ids = tuple(key for one in twins for key in take_in(library, one).papers)
    assert len(set(ids)) == len(twins)
    merging.merge(ids)
    assert [(report.added, report.papers) for report in (take_in(library, one) for one in twins)] == [(0, ids[:1])] * 2
    with library.read() as reader:
        assert reader.papers.get(ids[0]).other_titles == ()


def test_a_paper_that_is_merged_again_keeps_all_its_titles_and_loses_them_with_itself(
    library: Library, merging: Merging
) -> None:
    merging.merge([FIRST, SECOND])
    merging.merge([FIRST, OTHER], leading=OTHER)
    titles = tuple(make_draft(number).title for number in range(3))
    with library.read() as reader:
        paper = reader.papers.get(FIRST)
        assert (paper.title, paper.other_titles) == (titles[2], titles[:2])
        assert [reader.papers.find_titles(title) for title in titles] == [[FIRST]] * 3
    with library.write("Delete for good") as writer:
        writer.papers.purge([FIRST])
    with library.read() as reader:
        assert [reader.papers.find_titles(title) for title in titles] == [[]] * 3
    library.step_back()
    with library.read() as reader:
        assert reader.papers.get(FIRST).other_titles == titles[:2]


def test_a_file_whose_title_is_nearly_one_that_the_paper_had_is_its_own(library: Library, merging: Merging) -> None:
    merging.merge([FIRST, SECOND], leading=SECOND)
    with library.read() as reader:
        for title in ("Learning about subject 0 from sparse exam-ples", "Learning about subject 0 from sparse"):
            found = reader.candidates.with_like_title(title)
            assert (FIRST, fold_title(make_draft(0).title)) in {(one.paper_id, one.title_key) for one in found}


def test_an_export_takes_other_titles_into_another_library(library: Library, merging: Merging, tmp_path: Path) -> None:
    ids = take_in(library, page(*TOLD)).papers
    merging.merge(ids)
    with library.read() as reader:
        text = "".join(render([reader.papers.get(ids[0])]))
    with closing(Library(tmp_path / "another")) as another:
        assert take_in(another, Drop("text", text, "export")).added == 1
        assert take_in(another, page((TOLD[1][0], "9"))).added == 0
