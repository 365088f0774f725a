"""Why a paper is recommended: what the reader's own papers have to do with it."""

from dataclasses import replace

import numpy as np
import pytest

from readinglist.domain.paper import PaperId
from readinglist.recommend.because import because, likest_by_words, nearest_liked, words_of_all
from readinglist.recommend.corpus import Corpus
from readinglist.recommend.described import Described, Rarity
from readinglist.recommend.profile import Taste
from readinglist.similarity.terms import Terms
from readinglist.similarity.vectors import Vectors

RARITY = Rarity({"video": 400, "diffusion": 90, "agents": 300, "gait": 5, "recognition": 20}, 1000)


@pytest.fixture
def corpus() -> Corpus:
    angles = np.radians([0, 10, 20, 90, 100])
    matrix = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    return Corpus.of(Vectors(ids=np.arange(1, 6, dtype=np.int64), matrix=matrix))


def test_the_nearest_liked_papers_come_first_and_those_far_away_not_at_all(corpus: Corpus) -> None:
    taste = Taste.of([PaperId(1), PaperId(2), PaperId(5)])
    (found,) = nearest_liked(corpus, taste, np.array([2]))
    assert [key for key, _ in found] == [2, 1]
    assert found[0][1] == pytest.approx(np.cos(np.radians(10)), abs=1e-5)


def test_a_liked_paper_is_not_near_to_itself(corpus: Corpus) -> None:
    (found,) = nearest_liked(corpus, Taste.of([PaperId(1), PaperId(2)]), np.array([0]))
    assert [key for key, _ in found] == [2]


def test_a_paper_is_near_only_if_it_is_nearer_than_most_of_the_library_are() -> None:
    angles = np.radians([0, 30, *np.linspace(62, 66, 300)])
    matrix = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    crowded = Corpus.of(Vectors(ids=np.arange(1, len(angles) + 1, dtype=np.int64), matrix=matrix))
    (as_all,) = nearest_liked(crowded, Taste.of([PaperId(250)]), np.array([0]))
    assert not as_all
    (nearer,) = nearest_liked(crowded, Taste.of([PaperId(2), PaperId(250)]), np.array([0]))
    assert [key for key, _ in nearer] == [2]


def test_disliked_papers_and_those_without_vectors_are_no_reason(corpus: Corpus) -> None:
    taste = Taste.of([PaperId(99)], [PaperId(2)])
    assert nearest_liked(corpus, taste, np.array([2])) == [()]


def test_without_vectors_the_papers_with_most_of_the_words_are_looked_at(corpus: Corpus) -> None:
    texts = ["gait of horses", "gait recognition", "stars", "recognition of gait in video", "gait recognition again"]
    terms = Terms.of_texts(corpus.ids.tolist(), texts)
    worded = replace(corpus, terms=terms, term_rows=terms.rows_of(corpus.ids))
    taste = Taste.of([PaperId(1), PaperId(2), PaperId(3), PaperId(5)])
    found, own = likest_by_words(worded, taste, np.array([3, 4]))
    assert {key for key, _ in found} == {1, 2, 5}
    assert found[0][0] == 2
    assert 5 not in {key for key, _ in own}
    assert likest_by_words(corpus, taste, np.array([3])) == [()]


def test_a_paper_whose_words_are_not_counted_yet_is_like_none_by_words(corpus: Corpus) -> None:
    terms = Terms.of_texts([1, 2, 4], ["gait of horses", "gait recognition", "recognition of gait"])
    worded = replace(corpus, terms=terms, term_rows=terms.rows_of(corpus.ids))
    uncounted, counted = likest_by_words(worded, Taste.of([PaperId(1), PaperId(2)]), np.array([2, 3]))
    assert uncounted == ()
    assert [key for key, _ in counted][:1] == [2]


def test_terms_shared_with_the_nearest_papers_are_named_pairs_first() -> None:
    paper = Described("Gait recognition by agents", "Video of gait recognition by agents in video.")
    near = [(PaperId(1), 0.8), (PaperId(2), 0.7)]
    described = [Described("Agents for video", "Video, agents."), Described("Gait recognition of animals", "Video.")]
    said = because(paper, near, described, RARITY, tag="biometrics")
    assert said.terms[0] == "gait recognition"
    assert said.near == tuple(near)
    assert said.tag == "biometrics"


def test_a_word_that_many_papers_have_is_not_named() -> None:
    paper, other = Described("Gait of agents", "Agents have a gait."), Described("Agents and their gait", "")
    assert because(paper, [], [other], Rarity({"agents": 100, "gait": 2}, 1000)).terms == ("gait",)
    assert not because(Described("Agents", ""), [], [Described("Agents", "")], Rarity({"agents": 100}, 1000)).terms


def test_a_word_in_passing_is_named_if_several_of_the_readers_papers_have_it() -> None:
    paper = Described("A cure for horses", "We treat every colic. No colic stays.")
    once = [Described("Colic", ""), Described("Dogs", ""), Described("Cats", "")]
    rarity = Rarity({"colic": 200, "horses": 900}, 10_000)
    assert not because(paper, [], once, rarity).terms
    often = [Described("Colic", ""), Described("The end of colic", ""), Described("Cats", "")]
    assert because(paper, [], often, rarity).terms == ("colic",)


def test_one_word_shared_with_one_paper_of_several_is_named_only_if_it_is_rare_and_in_both_titles() -> None:
    rare, plain = Rarity({"gait": 50}, 10_000), Rarity({"gait": 200}, 10_000)
    paper, other, cats = Described("On gait", ""), Described("Dogs and their gait", ""), Described("Cats", "")
    assert because(paper, [], [other, cats], rare).terms == ("gait",)
    assert not because(paper, [], [other, cats], plain).terms
    assert not because(paper, [], [Described("Dogs", "Gait. Gait. Gait."), cats], rare).terms


@pytest.mark.parametrize(
    ("abstract", "read"),
    [
        ("Gaits were walked for three hours.", "Hours. Hours. Hours of it."),  # the paper says it in passing
        ("Hours, hours and hours.", "It took hours."),  # the reader's papers do
    ],
)
def test_a_plain_word_that_is_no_subject_on_one_of_the_sides_is_not_named(abstract: str, read: str) -> None:
    paper, others = Described("A walk", abstract), [Described(f"Dogs of {place}", read) for place in range(4)]
    rare = Rarity({"hours": 50}, 10_000)
    assert not because(paper, [], others, rare).terms
    both = Described("A walk", "Hours, hours and hours.")
    assert because(both, [], [Described("Dogs", "Hours. Hours. Hours of it.")] * 4, rare).terms == ("hours",)


def test_a_title_that_the_abstract_does_not_come_back_to_names_no_subject() -> None:
    others, rare = [Described("Seeing dogs", "")] * 2, Rarity({"seeing": 50}, 10_000)
    assert not because(Described("Seeing is believing", "On dogs."), [], others, rare).terms
    assert because(Described("On seeing", ""), [], others, rare).terms == ("seeing",)


def test_a_common_pair_that_a_paper_says_once_is_not_named() -> None:
    others, known = [Described("Input information", "")] * 3, Rarity({"input": 400, "information": 500}, 10_000)
    assert not because(Described("Dogs", "They have input information."), [], others, known).terms
    assert because(Described("Dogs", "Input information is input information."), [], others, known).terms


def test_who_does_something_is_not_named_beside_what_is_done() -> None:
    text = "Tracking with a tracker. A tracker of tracking, tracking by any tracker."
    assert (
        len(because(Described("On tracking", text), [], [Described("Trackers", text)] * 3, Rarity({}, 1000)).terms) == 1
    )


def test_a_name_is_told_whole() -> None:
    paper = Described("Talking head generation", "We study talking head generation.")
    said = because(paper, [], [Described("On talking head generation", "")] * 2, RARITY)
    assert said.terms == ("talking head generation",)


def test_two_words_of_which_every_paper_has_both_are_not_named() -> None:
    paper = Described("Language models", "")
    usual = Rarity({"language": 300, "models": 500}, 1000)
    assert not because(paper, [], [paper, paper], usual).terms
    assert because(paper, [], [paper, paper], Rarity({"language": 30, "models": 500}, 1000)).terms


def test_an_attribute_that_nearly_all_of_the_readers_papers_share_is_their_subject() -> None:
    paper = Described("Quantum technology", "")
    read = [Described(f"Quantum {thing}", "") for thing in ("noise", "music", "fields", "optics", "gravity")]
    assert because(paper, [], read, Rarity({"quantum": 50}, 10_000)).terms == ("quantum",)
    assert not because(paper, [], read, Rarity({"quantum": 200}, 10_000)).terms
    assert not because(paper, [], read[:2], Rarity({"quantum": 50}, 10_000)).terms
    circuits = [Described(f"Quantum circuits of {number}", "") for number in range(5)]
    longer = because(Described("Quantum circuits", ""), [], circuits, Rarity({"quantum": 50}, 10_000)).terms
    assert longer == ("quantum circuits",)


def test_what_is_short_for_a_term_is_not_named_beside_it() -> None:
    text = "Federated learning (FL) trains its clients. FL has clients for federated learning."
    paper = Described("Federated learning, or FL, with clients", text)
    assert because(paper, [], [paper, paper], Rarity({}, 1000)).terms == ("federated learning", "clients")


def test_an_acronym_says_something_though_many_have_it() -> None:
    paper, other = Described("RL for walking", ""), Described("RL", "RL")
    assert because(paper, [(PaperId(1), 0.8)], [other], Rarity({"rl": 500}, 10_000)).terms == ("RL",)


def test_no_word_is_said_twice() -> None:
    paper = Described("Referring video segmentation", "Referring to referring video.")
    other = Described("Referring video, referring", "Referring video segmentation, referring.")
    terms = because(paper, [(PaperId(1), 0.8), (PaperId(2), 0.7)], [other, other], Rarity({}, 1000)).terms
    words = [word for term in terms for word in term.split()]
    assert len(words) == len(set(words))


def test_papers_that_share_nothing_have_no_terms() -> None:
    assert not because(Described("Eins", ""), [(PaperId(1), 0.5)], [Described("Zwei", "")], RARITY).terms
    assert not because(Described("Eins", ""), [], [], RARITY).near


def test_the_words_to_count_are_those_that_are_shared() -> None:
    paper = Described("Gait recognition", "")
    assert words_of_all(paper, [Described("Gait of horses", "")]) == ["gait"]
