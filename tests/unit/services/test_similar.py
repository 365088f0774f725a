"""Similar papers from a real library: by meaning, by words, and what is said about which."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import EnvironmentFault, UserError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.services.edit import Edit
from readinglist.services.events import EventHub
from readinglist.services.similar import Similar
from readinglist.services.undo import Undo
from readinglist.similarity.vectors import Vectors

SUBJECTS = {
    "decoding": "Speculative decoding drafts tokens with a small model.",
    "tokens": "Drafts of tokens speed up speculative decoding.",
    "surgery": "Robots assist surgeons in keyhole surgery.",
    "robots": "Surgeons train robots by showing surgery.",
    "proteins": "Protein folding from sequences.",
}


class StandInIndex:
    """Vectors that the test chooses: one axis for each subject word."""

    axes = ("decoding", "surgery", "protein")

    def __init__(self) -> None:
        self.table: Vectors | None = None
        self.total = self.done = 0
        self.problem = ""
        self.fault: Exception | None = None

    def fill(self, texts: dict[PaperId, str], *, total: int | None = None) -> None:
        self.table = Vectors(ids=np.array(list(texts), dtype=np.int64), matrix=self.encode_all(list(texts.values())))
        self.done = len(texts)
        self.total = len(texts) if total is None else total

    def encode_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.array([[0.1, *(text.lower().count(axis) for axis in self.axes)] for text in texts], dtype=np.float32)
        return cast("NDArray[np.float32]", rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.fault is not None:
            raise self.fault
        return self.encode_all(texts)

    def vectors(self) -> Vectors | None:
        return self.table

    def let_go(self, *, unused_s: float) -> None:
        """Nothing is mapped here."""

    def state(self) -> Any:
        return SimpleNamespace(total=self.total, done=self.done, problem=self.problem)


@pytest.fixture
def events() -> EventHub:
    return EventHub()


@pytest.fixture
def index() -> StandInIndex:
    return StandInIndex()


@pytest.fixture
def similar(library: Library, events: EventHub, index: StandInIndex) -> Similar:
    return Similar(library, events, cast("Any", index))


@pytest.fixture
def edit(library: Library, events: EventHub) -> Edit:
    return Edit(library, events)


def add(library: Library, events: EventHub, *drafts: PaperDraft) -> list[PaperId]:
    with library.write("Import") as writer:
        ids = writer.papers.add_many(drafts, status=Status.INBOX)
    events.publish(writer.changes)
    return ids


@pytest.fixture
def ids(library: Library, events: EventHub, index: StandInIndex) -> dict[str, PaperId]:
    drafts = [PaperDraft(title=f"A paper about {name}", abstract=text) for name, text in SUBJECTS.items()]
    found = dict(zip(SUBJECTS, add(library, events, *drafts), strict=True))
    index.total = len(found)
    return found


def fill(index: StandInIndex, ids: dict[str, PaperId]) -> None:
    index.fill({ids[name]: SUBJECTS[name] for name in ids})


def found_by(similar: Similar, paper_id: PaperId, limit: int = 10) -> list[PaperId]:
    return [item.paper_id for item in similar.to_paper(paper_id, limit).items]


def test_the_nearest_come_first_with_scores_and_reasons(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId]
) -> None:
    fill(index, ids)
    answer = similar.to_paper(ids["decoding"])
    assert (answer.method, answer.notice) == ("meaning", "")
    assert answer.items[0].paper_id == ids["tokens"]
    assert answer.items[0].reasons == (
        "Both mention speculative decoding",
        "“Drafts of tokens speed up speculative decoding”",
    )
    assert {item.paper_id for item in answer.items} == set(ids.values()) - {ids["decoding"]}
    scores = [item.score for item in answer.items]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert all(item.reasons for item in answer.items)
    assert len(similar.to_paper(ids["decoding"], limit=2).items) == 2


def test_the_bin_is_left_out_and_what_comes_back_is_there_again(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId], edit: Edit, library: Library, events: EventHub
) -> None:
    fill(index, ids)
    nearest = ids["tokens"]
    edit.delete([ids["proteins"]])
    assert found_by(similar, ids["decoding"], limit=1) == [nearest]
    edit.delete([nearest])
    assert len(found_by(similar, ids["decoding"], limit=1)) == 1  # the next one takes its place
    assert nearest not in found_by(similar, ids["decoding"])
    edit.restore([nearest, ids["proteins"]])
    assert ids["proteins"] in found_by(similar, ids["decoding"])
    assert found_by(similar, ids["decoding"])[0] == nearest
    edit.purge([nearest])
    assert nearest not in found_by(similar, ids["decoding"])
    Undo(library, events).undo()
    assert found_by(similar, ids["decoding"])[0] == nearest


def test_a_paper_binned_by_another_program_is_never_shown(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId], library: Library
) -> None:
    fill(index, ids)
    assert ids["tokens"] in found_by(similar, ids["decoding"])
    with library.write("Bin it") as writer:  # and its event has not arrived yet
        writer.papers.set_binned([ids["tokens"]], is_binned=True)
    assert ids["tokens"] not in found_by(similar, ids["decoding"])


def test_a_whole_library_put_back_is_read_anew(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId], library: Library, events: EventHub, edit: Edit
) -> None:
    fill(index, ids)
    saved = library.back_up(reason="test")
    edit.delete([ids["tokens"]])
    assert ids["tokens"] not in found_by(similar, ids["decoding"])
    library.restore(saved)
    events.publish(Changes(kinds=frozenset(ChangeKind), ids=frozenset()))
    assert found_by(similar, ids["decoding"])[0] == ids["tokens"]


def test_another_record_of_the_same_work_is_left_out(
    similar: Similar, index: StandInIndex, library: Library, events: EventHub
) -> None:
    facts: dict[str, Any] = {"title": "Speculative decoding, drafted by small models", "abstract": SUBJECTS["decoding"]}
    one, twin, namesake = add(
        library,
        events,
        PaperDraft(identifiers=(Identifier("arxiv", "2401.00001"),), **facts),
        PaperDraft(**facts),
        PaperDraft(identifiers=(Identifier("arxiv", "2402.00002"),), **facts),
    )
    assert found_by(similar, one) == [namesake]
    index.fill(dict.fromkeys((one, twin, namesake), SUBJECTS["decoding"]))
    assert found_by(similar, one) == [namesake]
    assert found_by(similar, twin) == []  # both others may be the same work


def test_without_vectors_words_answer_and_say_how_far_it_is(similar: Similar, ids: dict[str, PaperId]) -> None:
    answer = similar.to_paper(ids["surgery"])
    assert answer.method == "words"
    assert answer.notice == "Found by shared words: 0 of 5 papers are compared by meaning so far."
    assert [item.paper_id for item in answer.items] == [ids["robots"]]
    assert 0 < answer.items[0].score < 1
    assert answer.items[0].reasons == ("“Surgeons train robots by showing surgery”",)


def test_a_paper_without_a_vector_is_compared_by_words(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId], edit: Edit
) -> None:
    index.fill({ids["decoding"]: SUBJECTS["decoding"]}, total=5)
    answer = similar.to_paper(ids["surgery"])
    assert (answer.method, answer.notice) == (
        *("words", "Found by shared words: 1 of 5 papers are compared by meaning so far."),
    )
    edit.delete([ids["robots"]])
    assert similar.to_paper(ids["surgery"]).items == ()


def test_a_paper_of_which_only_an_identifier_is_known_is_like_no_other(
    similar: Similar, library: Library, events: EventHub
) -> None:
    first, _ = add(library, events, PaperDraft(title="doi:10.1000/conf.1"), PaperDraft(title="doi:10.1000/conf.2"))
    answer = similar.to_paper(first)
    assert answer.items == ()
    assert "nothing to compare" in answer.notice


def test_an_index_that_is_not_complete_is_said_to_be_so(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId]
) -> None:
    index.fill({ids[name]: SUBJECTS[name] for name in ("decoding", "tokens")}, total=5)
    answer = similar.to_paper(ids["decoding"])
    assert answer.method == "meaning"
    assert answer.notice == "Not complete yet: 2 of 5 papers are compared by meaning so far."
    assert [item.paper_id for item in answer.items] == [ids["tokens"]]


def test_the_reason_why_nothing_is_compared_by_meaning_is_said(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId]
) -> None:
    index.problem = "The model is missing. Choose another one in the settings."
    answer = similar.to_paper(ids["surgery"])
    assert answer.notice == "Found by shared words. The model is missing. Choose another one in the settings."


def test_a_text_is_compared_by_meaning(similar: Similar, index: StandInIndex, ids: dict[str, PaperId]) -> None:
    fill(index, ids)
    answer = similar.to_text("robots in surgery", limit=2)
    assert answer.method == "meaning"
    assert {item.paper_id for item in answer.items} == {ids["surgery"], ids["robots"]}
    assert answer.items[0].reasons[0].startswith("Mentions ")


@pytest.mark.expects_warnings
def test_a_text_is_compared_by_words_where_the_model_fails(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId], caplog: pytest.LogCaptureFixture
) -> None:
    fill(index, ids)
    index.fault = EnvironmentFault("The model cannot be loaded.", detail="no file")
    answer = similar.to_text("speculative decoding")
    assert (answer.method, answer.notice) == ("words", "Found by shared words. The model cannot be loaded.")
    assert {item.paper_id for item in answer.items} == {ids["decoding"], ids["tokens"]}
    assert "no file" in caplog.text


def test_a_model_is_not_loaded_for_an_empty_index(
    similar: Similar, index: StandInIndex, ids: dict[str, PaperId]
) -> None:
    index.fault = EnvironmentFault("This must not be asked.")
    answer = similar.to_text("speculative decoding")
    assert answer.notice == "Found by shared words: 0 of 5 papers are compared by meaning so far."


def test_a_text_without_words_and_a_paper_that_is_not_there_are_refused(similar: Similar) -> None:
    with pytest.raises(UserError, match="no words"):
        similar.to_text("  ")
    with pytest.raises(UserError, match="no paper number 7"):
        similar.to_paper(PaperId(7))


def test_an_empty_library_answers_with_nothing(similar: Similar) -> None:
    answer = similar.to_text("speculative decoding")
    assert (answer.items, answer.notice) == ((), "Found by shared words: not compared by meaning yet.")


def test_a_text_of_stop_words_finds_what_has_them(similar: Similar, ids: dict[str, PaperId]) -> None:
    answer = similar.to_text("with a")
    assert answer.method == "words"
    assert all(item.reasons for item in answer.items)


def test_a_word_that_nobody_had_is_found_as_soon_as_papers_have_it(
    similar: Similar, ids: dict[str, PaperId], library: Library, events: EventHub
) -> None:
    assert similar.to_text("zygotes").items == ()
    fresh = add(
        library,
        events,
        PaperDraft(title="Zygotes under light", abstract="Imaging."),
        PaperDraft(title="Zygotes in the dark", abstract="Imaging."),
    )
    assert {item.paper_id for item in similar.to_text("zygotes").items} == set(fresh)
    assert found_by(similar, fresh[0]) == [fresh[1]]


def test_frequent_words_are_counted_anew_when_the_library_has_grown(
    library: Library, events: EventHub, index: StandInIndex
) -> None:
    similar = Similar(library, events, cast("Any", index))
    add(library, events, *(PaperDraft(title=f"Zebra number {number}") for number in range(120)))
    add(library, events, *(PaperDraft(title=f"Tiger number {number}") for number in range(600)))
    assert len(similar.to_text("zebra").items) == 10
    add(library, events, *(PaperDraft(title=f"Zebra again {number}") for number in range(600)))
    assert similar.to_text("zebra").items == ()  # most papers have it now: it tells nothing
