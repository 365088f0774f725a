"""`recommend` and `feedback` as a user meets them: the real front door, an encoder that counts words."""

from pathlib import Path

import pytest

from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperId, Status
from readinglist.library.library import Library
from tests.helpers.console import Console
from tests.helpers.recommending import EACH, SUBJECTS, make_subject_draft


@pytest.fixture
def console(tmp_path: Path) -> Console:
    library = Library(tmp_path / "library")
    with library.write(None) as writer:
        for subject in SUBJECTS:
            drafts = [make_subject_draft(subject, number) for number in range(EACH)]
            writer.papers.add_many(drafts, status=Status.INBOX)
    library.close()
    console = Console(tmp_path / "library")
    console("index")
    return console


def titles(console: Console, *words: str) -> list[str]:
    return [row["title"] for row in console.json("recommend", *words)]


def test_recommend_begins_with_what_others_like_and_says_so_beside_the_json(console: Console) -> None:
    rows = console.json("recommend", "--limit", "3")
    assert len(rows) == 3
    assert all(row["upvotes"] >= EACH - 2 and row["reasons"] for row in rows)
    assert all(0 <= row["score"] <= 1 for row in rows)
    assert "upvotes" in console.err


def test_recommend_follows_what_was_read(console: Console) -> None:
    console("status", "read", "1", "2", "3", "4")
    rows = console.json("recommend", "--limit", "3", "--surprise", "0")
    assert all(row["title"].startswith(SUBJECTS["decoding"]) for row in rows)
    assert all(row["reasons"][0].startswith("Near “Speculative decoding") for row in rows)
    assert console("recommend", "--limit", "3") == 0
    assert console.out.splitlines()[0].split() == ["Score", "No.", "Title", "Why"]
    assert len(console.out.splitlines()) == 4


def test_recommend_can_be_narrowed_and_go_by_chosen_papers_a_tag_or_a_collection(console: Console) -> None:
    assert all("galaxies" in title for title in titles(console, "lenses", "-decoding"))
    first = 2 * EACH + 1
    assert all("Protein" in title for title in titles(console, "--like", str(first), "--limit", "2"))
    console("tag", "+life", str(first), str(first + 1))
    assert all("Protein" in title for title in titles(console, "--tag", "life", "--limit", "2"))
    console("collection", "+Life", str(first), str(first + 1))
    assert all("Protein" in title for title in titles(console, "--collection", "Life", "--limit", "2"))
    unlike = titles(console, "--like", str(first), "--like", "1", "--unlike", str(first + 2), "--limit", "2")
    assert all("decoding" in title for title in unlike)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--unlike", "1"), "--unlike alone"),
        (("--tag", "x", "--like", "1"), "Say one of --tag, --collection and --like"),
        (("--tag", "x", "--collection", "y"), "Say one of --tag, --collection and --like"),
        (("--like", "999"), "no paper number 999"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(console: Console, words: tuple[str, ...], message: str) -> None:
    assert console("recommend", *words) == 3
    assert message in console.err


def test_a_surprise_is_a_number_from_0_to_1(console: Console, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        console("recommend", "--surprise", "2")
    assert caught.value.code == 2
    assert "“2” is no number from 0 to 1" in capsys.readouterr().err


def test_a_mistake_in_the_query_is_said_and_the_rest_is_answered(console: Console) -> None:
    assert len(console.json("recommend", "tagg:x", "lenses")) == EACH
    assert "tagg" in console.err


def test_feedback_changes_recommendations_and_can_be_taken_back(console: Console) -> None:
    console("status", "read", "1", "2", "3")
    assert console("feedback", "hide", "4") == 0
    assert console.out == "1 paper: hidden from For you.\n"
    assert 4 not in {row["id"] for row in console.json("recommend", "--limit", "100")}
    assert console("feedback", "hide", "--off", "4") == 0
    assert console.out == "1 paper: no longer hidden from For you.\n"
    assert 4 in {row["id"] for row in console.json("recommend", "--limit", "100")}
    console("feedback", "less", "4", "5")
    console("undo")
    library = Library(console.folder)
    with library.read() as reader:
        assert reader.feedback.all() == {}
    console("feedback", "more", "6")
    with library.read() as reader:
        assert reader.feedback.all() == {PaperId(6): {Feedback.MORE}}
    library.close()


def test_why_explains_one_paper(console: Console) -> None:
    console("status", "read", "1", "2", "3")
    console("feedback", "more", "4")
    found = console.json("recommend", "--why", "4")
    assert (found["id"], found["feedback"], found["verdict"]) == (4, ["more"], "It is in the list.")
    assert found["rank"] >= 1
    assert found["parts"]
    assert console("recommend", "--why", "4") == 0
    assert console.out.splitlines()[1].startswith("Rank ")
    assert console.out.splitlines()[-1] == "You said: more like it."
    assert console("recommend", "--why", "1") == 0
    assert "You have read it." in console.out
