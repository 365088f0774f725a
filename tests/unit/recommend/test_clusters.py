"""Groups of papers are named by what sets them apart."""

from readinglist.recommend.clusters import TermCounts, name_cluster

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


def test_a_cluster_is_named_by_what_its_members_share_and_others_do_not() -> None:
    name = name_cluster(TermCounts(VIDEO), TermCounts([*VIDEO, *OTHERS]))
    assert name.split(" · ")[0] == "video diffusion"
    assert "transformer" not in name


def test_no_word_stands_twice_in_a_name() -> None:
    name = name_cluster(TermCounts(VIDEO), TermCounts([*VIDEO, *OTHERS]))
    words = name.replace(" · ", " ").split()
    assert len(words) == len(set(words))


def test_a_name_is_given_once() -> None:
    everything = TermCounts([*VIDEO, *OTHERS])
    first = name_cluster(TermCounts(VIDEO), everything)
    second = name_cluster(TermCounts(VIDEO), everything, taken=[first])
    assert second != first


def test_members_that_share_nothing_have_no_name() -> None:
    titles = ["Alpha", "Beta", "Gamma"]
    assert not name_cluster(TermCounts(titles), TermCounts([*titles, *OTHERS]))
    assert not name_cluster(TermCounts([]), TermCounts(OTHERS))


def test_the_spelling_is_the_usual_one() -> None:
    titles = ["GPT-4 and LLM agents", "LLM agents at work", "LLM agents fail", "LLM Agents"]
    assert name_cluster(TermCounts(titles), TermCounts([*titles, *OTHERS])).startswith("LLM agents")
