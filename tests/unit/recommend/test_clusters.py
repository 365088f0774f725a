"""Groups of papers are named by what sets them apart."""

from collections.abc import Sequence

from readinglist.recommend.clusters import Titles, name_cluster, write_name

VIDEO = [
    "Video diffusion models with long context",
    "Fast Video Diffusion",
    "Video diffusion from one image",
    "A transformer for video diffusion",
]
OTHERS = [
    "Language models for code",
    "A transformer for language",
    "Graph neural networks",
    "Language agents on the web",
    "Molecules as graphs",
] * 5


def name_of(titles: Sequence[str], *, taken: Sequence[tuple[str, ...]] = ()) -> str:
    everything, rows = Titles([*titles, *OTHERS]), range(len(titles))
    return write_name(name_cluster(rows, everything, taken=taken), everything, rows)


def test_a_cluster_is_named_by_what_its_members_share_and_others_do_not() -> None:
    assert name_of(VIDEO) == "Video diffusion"


def test_two_words_that_are_no_phrase_name_together() -> None:
    assert name_of(["Cells and their proteins", "Proteins in cells", "Cells", "Proteins"]) == "Cells · proteins"


def test_no_word_stands_twice_in_a_name() -> None:
    jailbreaks = ["Jailbreak defense", "Jailbreaking at night", "Jailbreaking by day", "A jailbreak", "Jailbreak"]
    words = name_of(jailbreaks).lower().split()
    assert len([word for word in words if word.startswith("jailbreak")]) == 1


def test_a_name_is_given_once_and_so_are_its_words() -> None:
    assert name_of(VIDEO, taken=[("video", "diffusion")]) not in {"Video diffusion", "Video", "Diffusion"}


def test_an_acronym_says_nothing_beside_what_it_stands_for() -> None:
    titles = ["RAG for law", "RAG on phones", "RAG at work", "RAG"]
    assert name_of(titles) == "RAG"
    assert name_of(titles, taken=[("retrieval", "augmented", "generation")]) == ""
    models = ["LLM for law", "LLM on phones", "LLM at work"]
    assert name_of(models, taken=[("language", "model")]) == ""


def test_a_part_of_a_phrase_is_told_by_the_whole_phrase() -> None:
    titles = ["Visual question answering", "Better visual question answering", "Visual question answering with maps"]
    assert name_of(titles) == "Visual question answering"
    chains = ["Chain-of-thought reasoning", "Is chain of thought needed?", "Chain-of-Thought at night"]
    assert name_of(chains) == "Chain-of-thought"


def test_adjectives_take_their_noun_with_them() -> None:
    titles = ["Clinical notes", "Clinical notes at night", "Clinical coding", "Clinical care", "The clinical eye"]
    assert name_of(titles) == "Clinical notes"


def test_members_that_share_nothing_have_no_name() -> None:
    assert not name_of(["Alpha", "Beta", "Gamma"])
    assert not name_of([])


def test_the_spelling_is_the_usual_one() -> None:
    titles = ["GPT-4 and LLM agents", "LLM agents at work", "LLM agents fail", "LLM Agents"]
    assert name_of(titles) == "LLM agents"


def test_a_word_that_few_members_have_is_told_within_its_usual_phrase() -> None:
    titles = ["Adversarial attacks"] * 4 + ["An attack on maps", "Attacks by night", *map(str, range(100, 112))]
    assert name_of(titles) == "Adversarial attacks"


def test_a_word_that_few_members_have_is_named_together_with_the_next_one() -> None:
    games = [f"Game {number}" for number in range(6)]
    assert name_of([*games, *[f"Market {number}" for number in range(4)], *map(str, range(12))]) == "Game · market"


def test_a_word_that_most_members_have_names_them_by_itself() -> None:
    assert name_of(["Memory", "Memory at work", "Memory by night", "Agents with memory"]) == "Memory"


def test_what_two_papers_share_is_no_company_for_a_word() -> None:
    games = [f"Game {number}" for number in range(6)]
    assert name_of([*games, "Market 7", "Market 8", *map(str, range(12))]) == "Game"


def test_two_words_that_stand_side_by_side_are_one_name() -> None:
    titles = ["Brain MRI at night", "MRI of a brain", "Brains", "MRI", "The brain", "MRI again", "Brain MRI"]
    assert name_of(titles) == "Brain MRI"
