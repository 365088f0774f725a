"""Tags that a paper could have."""

from readinglist.domain.paper import PaperId
from readinglist.recommend.tagging import TagSuggestion, Untagged, suggest_for_all, suggest_tags


def near(*cosines: float) -> list[tuple[PaperId, float]]:
    return [(PaperId(number), cosine) for number, cosine in enumerate(cosines, start=1)]


def tagged(**tags: str) -> dict[PaperId, list[str]]:
    return {PaperId(int(key.removeprefix("p"))): names.split() for key, names in tags.items()}


def test_what_most_of_the_nearest_papers_have_is_suggested() -> None:
    found = suggest_tags(near(0.8, 0.7, 0.6), tagged(p1="vision llm", p2="vision", p3="audio"))
    assert [one.tag for one in found] == ["vision"]
    assert found[0].support == (1, 2)
    assert 0.5 < found[0].score < 1


def test_nothing_is_suggested_where_neighbours_do_not_agree() -> None:
    assert not suggest_tags(near(0.8, 0.7, 0.6), tagged(p1="vision", p2="llm", p3="audio"))
    assert not suggest_tags(near(0.8), tagged(p1="vision"))
    assert not suggest_tags([], {})


def test_a_tag_that_the_title_says_needs_one_paper_near_by() -> None:
    tags = tagged(p1="topics/agents", p2="llm", p3="audio", p4="audio")
    found = suggest_tags(near(0.6, 0.6, 0.6, 0.6), tags, Untagged(title="An agent for everything"))
    assert [one.tag for one in found] == ["topics/agents", "audio"]
    assert "topics/agents" not in [
        one.tag for one in suggest_tags(near(0.6, 0.6), tags, Untagged(title="Agentless work"))
    ]
    assert not suggest_tags(near(0.2, 0.2), tags, Untagged(title="An agent for everything"))


def test_papers_far_away_say_nothing() -> None:
    assert not suggest_tags(near(0.2, 0.2, 0.1), tagged(p1="vision", p2="vision", p3="vision"))


def test_the_nearer_papers_decide() -> None:
    tags = tagged(p1="vision", p2="vision", p3="audio", p4="audio")
    assert [one.tag for one in suggest_tags(near(0.9, 0.88, 0.4, 0.38), tags)] == ["vision"]


def test_tags_that_a_paper_has_are_not_suggested_nor_those_above_them() -> None:
    tags = tagged(p1="ml ml/vision llm", p2="ml ml/vision llm")
    assert [one.tag for one in suggest_tags(near(0.8, 0.8), tags, Untagged(present=["ml/vision"]))] == ["llm"]


def test_a_tag_that_nearly_every_paper_has_is_no_suggestion() -> None:
    tags = tagged(p1="seen vision", p2="seen vision", p3="seen")
    found = suggest_tags(near(0.8, 0.8, 0.8), tags, counts={"seen": 90, "vision": 10})
    assert [one.tag for one in found] == ["vision"]


def test_at_most_as_many_as_wanted_the_best_first() -> None:
    tags = tagged(p1="a b c d", p2="a b c d", p3="b")
    found = suggest_tags(near(0.8, 0.8, 0.8), tags, limit=2)
    assert [one.tag for one in found] == ["b", "a"]
    assert found[0].score > found[1].score


def test_what_all_papers_of_a_library_share_suggests_nothing() -> None:
    tags = tagged(p1="vision", p2="vision", p3="vision")
    shared = {PaperId(1): 0.5, PaperId(2): 0.4, PaperId(3): -0.2}
    assert [one.tag for one in suggest_tags(near(0.8, 0.8, 0.8), tags, Untagged(own=shared))] == ["vision"]
    assert not suggest_tags(near(0.8, 0.8, 0.8), tags, Untagged(own={key: value / 3 for key, value in shared.items()}))


def test_a_refused_tag_is_not_suggested_though_one_above_it_may_be() -> None:
    tags = tagged(p1="ml/vision ml", p2="ml/vision ml")
    paper = Untagged(refused=["ml/vision"])
    assert [one.tag for one in suggest_tags(near(0.8, 0.8), tags, paper)] == ["ml"]


def found(*tags: str) -> list[TagSuggestion]:
    return [TagSuggestion(tag=tag, score=0.9 - 0.1 * place, support=()) for place, tag in enumerate(tags)]


def test_several_papers_are_suggested_what_at_least_half_of_them_would_get() -> None:
    papers = [Untagged()] * 4
    several = suggest_for_all(papers, [found("llm", "vision"), found("vision"), found("audio", "llm"), found("vision")])
    assert [(one.tag, one.fitting, one.present) for one in several] == [("vision", 3, 0), ("llm", 2, 0)]
    assert not suggest_for_all(papers, [found("llm"), [], [], []])
    assert not suggest_for_all([], [])


def test_papers_that_have_a_tag_have_no_say_in_who_else_gets_it() -> None:
    having = Untagged(present=["ml/vision"])
    (one,) = suggest_for_all([having, having, having, Untagged()], [[], [], [], found("ml/vision")])
    assert (one.tag, one.fitting, one.present) == ("ml/vision", 1, 3)
    (above,) = suggest_for_all([having, Untagged(), Untagged()], [[], found("ml"), []])
    assert (above.tag, above.present) == ("ml", 1)
    assert not suggest_for_all([having, Untagged(), Untagged(), Untagged()], [[], found("ml/vision"), [], []])


def test_what_one_of_two_papers_would_get_is_suggested_for_both_only_if_the_other_has_it() -> None:
    assert not suggest_for_all([Untagged(), Untagged()], [found("llm"), []])
    assert suggest_for_all([Untagged(), Untagged(present=["llm"])], [found("llm"), []])


def test_of_tags_that_fit_as_many_papers_the_surer_one_comes_first() -> None:
    several = suggest_for_all([Untagged()] * 2, [found("llm", "audio"), found("llm", "audio")], limit=1)
    assert [one.tag for one in several] == ["llm"]
