"""For you on a real library: what is recommended, why, and what is left out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.errors import UserError
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Asked, Wish
from readinglist.domain.paper import Mention, PaperId, Status
from readinglist.domain.query import Sort, SortKey
from readinglist.library.library import Library
from readinglist.recommend.ranker import MEANING, MEANINGS, NEAR, SUBJECTS
from readinglist.services.recommend import FOR_VARIETY, LIKE_SKIPPED
from readinglist.services.recommend_reasons import NEAR_TO_NONE
from tests.helpers.recommending import EACH, Scenery, make_subject_draft, open_scenery

ALL = Asked(limit=1000)


@pytest.fixture
def scenery(tmp_path: Path) -> Iterator[Scenery]:
    with open_scenery(tmp_path / "library") as scenery:
        yield scenery


def test_without_a_history_what_others_like_and_what_is_new_comes_first_and_it_says_so(scenery: Scenery) -> None:
    answer = scenery.recommend.for_you(Asked(limit=8))
    newest = {keys[number] for keys in scenery.by_subject.values() for number in (EACH - 1, EACH - 2)}
    assert set(answer.ids) == newest
    assert "upvotes" in answer.notice
    assert "Mark papers as Read or Skipped" in answer.notice
    assert answer.decided == 0
    reasons = scenery.recommend.reasons(answer.ids, Wish())
    assert all(one.texts and one.line.text for one in reasons.values())
    assert reasons.keys() == newest


def test_what_was_read_brings_papers_of_its_subject_and_names_what_they_are_near_to(scenery: Scenery) -> None:
    read = scenery.mark("surgery", Status.READ, slice(0, 6))
    answer = scenery.recommend.for_you(Asked(limit=6))
    assert {scenery.subject_of[key] for key in answer.ids[:5]} == {"surgery"}
    assert not set(answer.ids) & set(read)
    assert all(0 <= score <= 1 for score in answer.scores)
    why = scenery.recommend.reasons(answer.ids[:5], Wish())
    assert all(one.texts[0].startswith("Near “Robotic surgery guided") for one in why.values())
    for one in why.values():
        ((start, end),) = one.line.marks
        assert one.line.text[start:end].startswith("Robotic surgery")


def test_only_what_nobody_has_read_or_decided_against_is_recommended(scenery: Scenery) -> None:
    decoding, surgery = scenery.by_subject["decoding"], scenery.by_subject["surgery"]
    scenery.edit.set_status(decoding[:2], Status.READ)
    scenery.edit.set_status(decoding[2:3], Status.READING)
    scenery.edit.set_status(decoding[3:4], Status.SKIPPED)
    scenery.edit.delete(decoding[4:5])
    scenery.edit.give_feedback(decoding[5:6], Feedback.HIDE)
    scenery.edit.give_feedback(decoding[6:7], Feedback.LESS)
    scenery.edit.give_feedback(decoding[7:8], Feedback.MORE)
    scenery.edit.set_status(decoding[8:9], Status.TO_READ)
    ids = set(scenery.recommend.for_you(ALL).ids)
    assert ids & set(decoding) == set(decoding[7:])
    assert set(surgery) <= ids


def test_another_record_of_a_paper_that_was_read_is_left_out_until_the_other_is_unread_again(scenery: Scenery) -> None:
    with scenery.library.write("Import 1 paper") as writer:
        twins = writer.papers.add_many([make_subject_draft("decoding", 3)], status=Status.INBOX)
    scenery.events.publish(writer.changes)
    scenery.index.fill({**scenery.subject_of, twins[0]: "decoding"})
    original = scenery.by_subject["decoding"][3]
    assert {twins[0], original} <= set(scenery.recommend.for_you(ALL).ids)
    scenery.edit.set_status([original], Status.READ)
    assert twins[0] not in scenery.recommend.for_you(ALL).ids
    verdict = scenery.recommend.explain(twins[0], ALL).verdict
    assert verdict.startswith("It is another record of “Speculative decoding")
    assert verdict.endswith("You have read it.")
    scenery.undo.undo()
    assert twins[0] in scenery.recommend.for_you(ALL).ids


def test_skipped_papers_push_their_subject_down_and_undo_brings_it_back(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 4))
    scenery.mark("surgery", Status.READ, slice(0, 4))
    before = scenery.subjects(Asked(limit=8), 8).count("surgery")
    scenery.mark("surgery", Status.SKIPPED, slice(0, 6))
    after = scenery.subjects(Asked(limit=8), 8).count("surgery")
    assert before >= 3
    assert after <= before // 3
    scenery.undo.undo()
    assert scenery.subjects(Asked(limit=8), 8).count("surgery") == before


def test_more_and_less_take_effect_at_once(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 3))
    scenery.edit.give_feedback(scenery.by_subject["galaxies"][:3], Feedback.MORE)
    assert "galaxies" in scenery.subjects(Asked(limit=6), 6)
    scenery.edit.give_feedback(scenery.by_subject["galaxies"][:3], Feedback.LESS)
    assert "galaxies" not in scenery.subjects(Asked(limit=6), 6)


def test_what_is_looked_at_stays_where_it_is_while_the_rest_follows(scenery: Scenery) -> None:
    first = scenery.recommend.for_you(Asked(limit=10)).ids
    scenery.mark("proteins", Status.READ, slice(0, 5))
    scenery.edit.set_status(first[:1], Status.SKIPPED)
    kept = tuple(first[:4])
    ids = scenery.recommend.for_you(Asked(limit=10, kept=kept)).ids
    open_kept = [key for key in first[1:4] if key not in scenery.by_subject["proteins"][:5]]
    assert ids[: len(open_kept)] == open_kept
    assert len(ids) == len(set(ids)) == 10
    assert "proteins" in {scenery.subject_of[key] for key in ids[len(open_kept) :]}


def test_a_list_that_is_looked_at_whole_stays_as_it_is(scenery: Scenery) -> None:
    first = tuple(scenery.recommend.for_you(Asked(limit=6)).ids)
    scenery.mark("proteins", Status.READ, slice(0, 2))
    kept = tuple(one for one in first if one not in scenery.by_subject["proteins"][:2])
    assert tuple(scenery.recommend.for_you(Asked(limit=len(kept), kept=kept)).ids) == kept
    assert tuple(scenery.recommend.for_you(Asked(limit=2, kept=kept)).ids) == kept[:2]


def test_it_says_how_many_papers_it_has_chosen_the_first_of(scenery: Scenery) -> None:
    scenery.edit.set_status([PaperId(1), PaperId(2)], Status.READ)
    whole = scenery.recommend.for_you(Asked(limit=5))
    assert (len(whole.ids), whole.total) == (5, 4 * EACH - 2)
    narrowed = scenery.recommend.for_you(Asked(text="lenses", limit=5))
    assert (len(narrowed.ids), narrowed.total) == (5, EACH)


def test_a_query_narrows_it_and_what_is_wrong_with_it_is_said(scenery: Scenery) -> None:
    answer = scenery.recommend.for_you(Asked(text="lenses year:2025 upvotes:>many"))
    assert set(answer.ids) == set(scenery.by_subject["galaxies"])
    assert [one.start for one in answer.problems] == [25]


def test_what_is_chosen_can_stand_in_another_order(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 3))
    asked = Asked(limit=6)
    sorted_ids = scenery.recommend.for_you(asked, Sort(SortKey.TITLE, descending=False)).ids
    assert set(sorted_ids) == set(scenery.recommend.for_you(asked).ids)
    with scenery.library.read() as reader:
        titles = [row.title for row in reader.papers.rows(sorted_ids)]
    assert titles == sorted(titles)


def test_a_wish_goes_by_its_own_papers_and_never_lists_them(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 6))
    galaxies, proteins = scenery.by_subject["galaxies"], scenery.by_subject["proteins"]
    like = Asked(wish=Wish(like=tuple(galaxies[:2])), limit=4)
    assert set(scenery.subjects(like, 4)) == {"galaxies"}
    assert not set(scenery.recommend.for_you(like).ids) & set(galaxies[:2])
    assert scenery.recommend.explain(galaxies[0], like).verdict == "It is one of the papers that this list goes by."
    assert scenery.recommend.for_you(like).notice == ""
    parts = {part.meaning for part in scenery.recommend.explain(galaxies[5], like).parts}
    assert not any("upvotes" in meaning for meaning in parts)
    both = Wish(like=(galaxies[0], proteins[0]), unlike=tuple(galaxies[1:5]))
    assert set(scenery.subjects(Asked(wish=both, limit=2), 2)) == {"proteins"}


def test_a_tag_is_a_wish_with_the_tags_below_it(scenery: Scenery) -> None:
    scenery.edit.add_tags(scenery.by_subject["proteins"][:1], ["life"])
    scenery.edit.add_tags(scenery.by_subject["proteins"][1:3], ["life/small"])
    asked = Asked(wish=Wish(tag="life"), limit=4)
    assert set(scenery.subjects(asked, 4)) == {"proteins"}
    scenery.edit.remove_tags(scenery.by_subject["proteins"], ["life", "life/small"])
    scenery.edit.add_tags(scenery.by_subject["surgery"][:3], ["life"])
    assert set(scenery.subjects(asked, 4)) == {"surgery"}


def test_a_collection_is_a_wish_with_the_collections_below_it(scenery: Scenery) -> None:
    scenery.collections.put(scenery.by_subject["proteins"][:1], ["Life"])
    scenery.collections.put(scenery.by_subject["proteins"][1:3], ["Life/Small"])
    scenery.collections.put(scenery.by_subject["galaxies"][:3], ["Lifeless"])
    asked = Asked(wish=Wish(collection="life"), limit=4)
    assert set(scenery.subjects(asked, 4)) == {"proteins"}
    assert not set(scenery.recommend.for_you(asked).ids) & set(scenery.by_subject["proteins"][:3])
    scenery.collections.take(scenery.by_subject["proteins"], ["Life", "Life/Small"])
    scenery.collections.put(scenery.by_subject["surgery"][:3], ["Life"])
    assert set(scenery.subjects(asked, 4)) == {"surgery"}


def test_putting_papers_into_a_collection_says_what_the_reader_likes(scenery: Scenery) -> None:
    scenery.collections.put(scenery.by_subject["proteins"][:4], ["Thesis"])
    assert set(scenery.subjects(Asked(limit=3), 3)) == {"proteins"}


@pytest.mark.parametrize("wish", [Wish(tag="Nothing"), Wish(collection="Nothing")])
def test_a_wish_for_what_has_no_papers_says_so(scenery: Scenery, wish: Wish) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 6))
    answer = scenery.recommend.for_you(Asked(wish=wish, limit=4))
    assert answer.notice.startswith("“Nothing” has no papers yet that this list could go by")
    assert len(answer.ids) == 4


def test_a_wish_with_nothing_to_go_by_says_so(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 6))
    answer = scenery.recommend.for_you(Asked(wish=Wish(like=(PaperId(999),)), limit=4))
    assert "no paper compared by meaning that this list could go by" in answer.notice
    assert len(answer.ids) == 4


def test_before_papers_are_compared_by_meaning_it_says_how_far_that_is(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 6))
    scenery.index.table = None
    scenery.index.present.done, scenery.index.present.is_running = 0, True
    answer = scenery.recommend.for_you(Asked(limit=4))
    assert len(answer.ids) == 4
    assert answer.notice == "Ranked by words, upvotes and date alone. 0 of 48 papers are compared by meaning so far."
    assert {scenery.subject_of[key] for key in answer.ids[:3]} == {"decoding"}
    assert answer.progress == (0, 4 * EACH)
    scenery.index.fill(dict(list(scenery.subject_of.items())[-EACH:]))
    scenery.index.present.total = 4 * EACH
    few = scenery.recommend.for_you(Asked(limit=4))
    assert few.notice == "Ranked by words, upvotes and date alone. 12 of 48 papers are compared by meaning so far."
    assert few.ids == answer.ids
    scenery.index.fill(dict(list(scenery.subject_of.items())[: 2 * EACH]))
    scenery.index.present.total = 4 * EACH
    answer = scenery.recommend.for_you(Asked(limit=100))
    assert "Not complete yet: 24 of 48 papers are compared by meaning so far." in answer.notice
    assert answer.notice.endswith("The others are ranked by their words alone.")
    assert len(answer.ids) == len(set(answer.ids)) == len(answer.scores) == 4 * EACH - 6


def test_papers_that_are_not_compared_by_meaning_yet_are_ranked_among_the_others(scenery: Scenery) -> None:
    read = scenery.mark("galaxies", Status.READ, slice(0, 6))
    fresh = scenery.by_subject["galaxies"][9]
    scenery.index.fill({key: one for key, one in scenery.subject_of.items() if key != fresh})
    scenery.index.present.total = 4 * EACH
    asked = Asked(limit=20)
    answer = scenery.recommend.for_you(asked)
    assert fresh in answer.ids[: EACH - len(read)]
    assert answer.scores[answer.ids.index(fresh)] > 0
    assert scenery.recommend.reasons([fresh], asked.wish)[fresh].texts == ("Has words in common with your papers",)
    found = scenery.recommend.explain(fresh, asked)
    assert found.verdict == "It is in the list."
    assert found.rank is not None
    assert found.rank <= EACH
    assert found.total == 4 * EACH - len(read)
    assert all(part.value for part in found.parts)
    assert fresh in scenery.recommend.for_you(Asked(limit=5, kept=(fresh,))).ids


def test_words_that_few_papers_have_are_the_reason_for_what_is_not_compared_by_meaning(scenery: Scenery) -> None:
    with scenery.library.write("Import 2 papers") as writer:
        drafts = [make_subject_draft("galaxies", EACH + number, title=f"Pulsars {number}") for number in range(2)]
        read, fresh = writer.papers.add_many(drafts, status=Status.INBOX)
    scenery.events.publish(Changes(kinds=frozenset({ChangeKind.ADDED}), ids=frozenset({read, fresh})))
    scenery.edit.set_status([read], Status.READ)
    reasons = scenery.recommend.reasons([fresh], Asked().wish)[fresh]
    assert reasons.texts == ("Shares pulsars with papers of yours",)
    assert reasons.line.text == "Shares pulsars"


def test_nothing_decided_and_nothing_compared_goes_by_upvotes_and_date(scenery: Scenery) -> None:
    scenery.index.table = None
    scenery.index.present.done = 0
    answer = scenery.recommend.for_you(Asked(limit=4))
    assert answer.notice == "Ranked by upvotes and date alone. 0 of 48 papers are compared by meaning so far."
    assert answer.decided == 0


def test_what_another_program_decides_counts_as_soon_as_it_is_heard_of(scenery: Scenery) -> None:
    scenery.recommend.for_you(ALL)
    other = Library(scenery.library.folder)
    with other.write("Mark 3 papers as Read") as writer:
        writer.papers.set_status(scenery.by_subject["galaxies"][:3], Status.READ)
    other.close()
    for changes in scenery.library.foreign_changes():
        scenery.events.publish(changes)
    assert set(scenery.subjects(Asked(limit=4), 4)) == {"galaxies"}


def test_after_everything_changed_everything_is_read_anew(scenery: Scenery) -> None:
    scenery.recommend.for_you(ALL)
    with scenery.library.write(None) as writer:
        writer.papers.purge(scenery.by_subject["galaxies"])
    scenery.events.publish(Changes(kinds=frozenset(ChangeKind), ids=frozenset()))
    assert not set(scenery.recommend.for_you(ALL).ids) & set(scenery.by_subject["galaxies"])


def test_a_paper_in_the_list_is_explained_by_rank_parts_and_reasons(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 5))
    asked = Asked(limit=5)
    best = scenery.recommend.for_you(asked).ids[0]
    explanation = scenery.recommend.explain(best, asked)
    assert explanation.verdict == "It is in the list."
    assert explanation.rank is not None
    assert 1 <= explanation.rank <= EACH
    assert explanation.total == 4 * EACH - 5
    assert explanation.parts
    assert all(part.meaning.endswith(".") for part in explanation.parts)
    sizes = [abs(part.value) for part in explanation.parts]
    assert sizes == sorted(sizes, reverse=True)
    assert explanation.reasons[0].startswith("Near “")


def test_a_paper_that_stands_in_the_list_though_others_fit_better_is_there_for_variety(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 5))
    last = scenery.recommend.for_you(ALL).ids[-1]
    explanation = scenery.recommend.explain(last, Asked(limit=3, kept=(last,)))
    assert explanation.verdict == FOR_VARIETY


def test_a_paper_that_is_like_nothing_the_reader_has_is_not_said_to_be_near(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 5))
    other = scenery.by_subject["galaxies"][3]
    reasons = scenery.recommend.reasons([other], Wish())[other]
    assert reasons.texts == (NEAR_TO_NONE, "3 upvotes", "Published 4 Jan 2025")
    assert reasons.line.text == " · ".join(reasons.texts)


def test_what_is_not_compared_by_meaning_is_not_said_to_be_near_or_far(scenery: Scenery) -> None:
    read = scenery.mark("decoding", Status.READ, slice(0, 5))
    scenery.index.fill({key: one for key, one in scenery.subject_of.items() if key in read})
    found = scenery.recommend.explain(scenery.by_subject["galaxies"][3], ALL)
    assert found.parts
    assert not {MEANINGS[MEANING], MEANINGS[NEAR]} & {part.meaning for part in found.parts}


def test_what_a_source_files_with_the_readers_papers_moves_up_at_once_and_the_explanation_says_so(
    scenery: Scenery,
) -> None:
    read = scenery.mark("decoding", Status.READ, slice(0, 5))
    last = scenery.recommend.for_you(ALL).ids[-1]
    before = scenery.recommend.explain(last, ALL)
    assert MEANINGS[SUBJECTS] not in {part.meaning for part in before.parts}
    with scenery.library.write(None) as writer:
        writer.papers.set_values(sorted(scenery.subject_of), {"keywords": '["astro-ph.GA"]'})
        writer.papers.set_values([*read, last], {"keywords": '["cs.CL"]'})
    scenery.events.publish(writer.changes)
    after = scenery.recommend.explain(last, ALL)
    assert before.rank is not None
    assert after.rank is not None
    assert after.rank < before.rank
    assert next(part.value for part in after.parts if part.meaning == MEANINGS[SUBJECTS]) > 0


def test_a_paper_that_is_not_in_the_list_is_told_why(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 5))
    galaxies = scenery.by_subject["galaxies"]
    scenery.edit.set_status(galaxies[:1], Status.SKIPPED)
    scenery.edit.set_status(galaxies[1:2], Status.READING)
    scenery.edit.give_feedback(galaxies[2:3], Feedback.HIDE)
    scenery.edit.give_feedback(galaxies[3:4], Feedback.LESS)
    scenery.edit.delete(galaxies[4:5])
    scenery.index.fill({key: one for key, one in scenery.subject_of.items() if key != galaxies[6]})
    asked = Asked(limit=3)

    def verdict(paper_id: PaperId, asked: Asked = asked) -> tuple[str, bool]:
        found = scenery.recommend.explain(paper_id, asked)
        return found.verdict, found.rank is None

    assert verdict(scenery.by_subject["decoding"][0]) == ("You have read it.", True)
    assert verdict(galaxies[0]) == ("You skipped it.", True)
    assert verdict(galaxies[1]) == ("You are reading it.", True)
    assert verdict(galaxies[2]) == ("You hid it from For you.", True)
    assert verdict(galaxies[3]) == ("You asked for fewer papers like it.", True)
    assert verdict(galaxies[4]) == ("It is in the bin.", True)
    others_fit = "The list shows 3 papers, and others fit better."
    assert verdict(scenery.by_subject["proteins"][0]) == (others_fit, False)
    assert verdict(galaxies[6]) == (others_fit, False)  # it is not compared
    assert verdict(galaxies[7]) == (f"{others_fit} {LIKE_SKIPPED}", False)
    assert verdict(galaxies[7], Asked(text="surgery")) == ("It does not fit the search.", False)
    assert scenery.recommend.explain(galaxies[2], asked).said == {Feedback.HIDE}
    with pytest.raises(UserError, match="no paper number"):
        scenery.recommend.explain(PaperId(999), asked)


def test_what_was_rated_low_is_not_recommended_and_what_was_rated_well_still_is(scenery: Scenery) -> None:
    scenery.mark("decoding", Status.READ, slice(0, 5))
    low, well, other = scenery.by_subject["decoding"][5:8]
    scenery.edit.set_rating([low], 2)
    scenery.edit.set_rating([well], 4)
    asked = Asked(limit=100)
    ids = scenery.recommend.for_you(asked).ids
    assert low not in ids
    assert {well, other} <= set(ids)
    found = scenery.recommend.explain(low, asked)
    assert (found.verdict, found.rank) == ("You rated it 2 of 5.", None)
    assert scenery.recommend.explain(well, asked).rank is not None


def test_a_tag_that_was_refused_for_a_paper_is_suggested_no_more_until_that_is_undone(scenery: Scenery) -> None:
    galaxies = scenery.by_subject["galaxies"]
    scenery.edit.add_tags(galaxies[2:7], ["astro"])
    scenery.edit.add_tags(scenery.by_subject["surgery"][:6], ["medicine"])
    scenery.edit.refuse_tag([galaxies[0]], "astro")
    assert scenery.recommend.suggest_tags(galaxies[0]) == ()
    assert [one.name for one in scenery.recommend.suggest_tags(galaxies[1])] == ["astro"]
    assert scenery.recommend.said([galaxies[0]]) == {}
    assert scenery.undo.undo()
    assert [one.name for one in scenery.recommend.suggest_tags(galaxies[0])] == ["astro"]


def test_tags_are_suggested_where_papers_near_by_agree_and_never_where_they_do_not(scenery: Scenery) -> None:
    galaxies = scenery.by_subject["galaxies"]
    assert scenery.recommend.suggest_tags(galaxies[0]) == ()
    scenery.edit.add_tags(galaxies[1:7], ["astro"])
    scenery.edit.add_tags(scenery.by_subject["surgery"][:6], ["medicine"])
    (suggested,) = scenery.recommend.suggest_tags(galaxies[0])
    assert (suggested.name, suggested.reason) == ("astro", "6 papers near this one have the tag.")
    assert scenery.recommend.suggest_tags(galaxies[1]) == ()  # it has the tag
    assert scenery.recommend.suggest_tags(scenery.by_subject["proteins"][0]) == ()
    scenery.undo.undo()
    scenery.undo.undo()
    assert scenery.recommend.suggest_tags(galaxies[0]) == ()


def test_several_papers_are_suggested_the_tag_that_half_of_them_would_get(scenery: Scenery) -> None:
    galaxies, proteins, surgery = (scenery.by_subject[one] for one in ("galaxies", "proteins", "surgery"))
    suggest = scenery.recommend.suggest_tags_for_all
    assert suggest([]) == ()
    assert suggest(galaxies[:3]) == ()
    scenery.edit.add_tags(galaxies[2:7], ["astro"])
    scenery.edit.add_tags(surgery[:6], ["medicine"])
    (suggested,) = suggest([*galaxies[:2], *proteins[:2]])
    assert suggested.name == "astro"
    assert suggested.reason == "2 of the 4 papers are near papers that have it."
    assert suggest([galaxies[0], *proteins[:2]]) == ()
    (suggested,) = suggest(galaxies[1:4])
    assert suggested.reason == "1 of the 3 papers is near papers that have it, and 2 have it."
    scenery.edit.refuse_tag(galaxies[:2], "astro")
    assert suggest([*galaxies[:2], *proteins[:2]]) == ()


def test_papers_in_the_bin_or_not_compared_yet_get_no_tag_with_others(scenery: Scenery) -> None:
    galaxies = scenery.by_subject["galaxies"]
    scenery.edit.add_tags(galaxies[4:9], ["astro"])
    scenery.edit.add_tags(scenery.by_subject["surgery"][:6], ["medicine"])
    scenery.edit.delete(galaxies[:1])
    (suggested,) = scenery.recommend.suggest_tags_for_all(galaxies[:4])
    assert suggested.reason.startswith("3 of the 3 papers")
    scenery.index.fill({key: one for key, one in scenery.subject_of.items() if key not in galaxies[1:2]})
    (suggested,) = scenery.recommend.suggest_tags_for_all(galaxies[:4])
    assert suggested.reason.startswith("2 of the 3 papers")
    assert scenery.recommend.suggest_tags_for_all(galaxies[:1]) == ()


def test_of_many_chosen_papers_some_are_looked_at(scenery: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readinglist.services.tag_suggestions.LOOKED_AT", 2)
    galaxies, proteins = scenery.by_subject["galaxies"], scenery.by_subject["proteins"]
    scenery.edit.add_tags(galaxies[3:8], ["astro"])
    scenery.edit.add_tags(scenery.by_subject["surgery"][:6], ["medicine"])
    (suggested,) = scenery.recommend.suggest_tags_for_all([galaxies[0], proteins[0], galaxies[1]])
    assert suggested.reason == "2 of the 2 papers looked at are near papers that have it."


def test_a_paper_with_more_upvotes_since_is_ranked_by_them(scenery: Scenery) -> None:
    worst = scenery.by_subject["decoding"][0]
    assert worst not in scenery.recommend.for_you(Asked(limit=8)).ids
    draft = make_subject_draft("decoding", 0, mention=Mention(source="x", origin="x", upvotes=100_000))
    with scenery.library.write("Update 1 paper") as writer:
        writer.papers.merge(writer.papers.get(worst), draft)
    scenery.events.publish(writer.changes)
    assert scenery.recommend.for_you(Asked(limit=8)).ids[0] == worst


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a library of a few papers treated as a large one, of which only the best are ranked."""
    for name, value in {"pool.FROM": 1, "pool.KNOWN": 1, "pool.BEST": 10}.items():
        monkeypatch.setattr(f"readinglist.recommend.{name}", value)
    monkeypatch.setattr("readinglist.recommend.background.SAMPLE", 8)
    for name in ("DEEPEST", "FARTHEST"):
        monkeypatch.setattr(f"readinglist.services.recommend.{name}", 1)


@pytest.mark.usefixtures("large")
def test_of_a_large_library_papers_that_do_not_come_first_are_found_and_explained_too(scenery: Scenery) -> None:
    scenery.mark("surgery", Status.READ, slice(0, 8))
    answer = scenery.recommend.for_you(Asked(limit=4))
    assert {scenery.subject_of[key] for key in answer.ids[:2]} == {"surgery"}
    assert scenery.recommend.reasons(answer.ids, Wish()).keys() == set(answer.ids)
    far = scenery.recommend.for_you(Asked(text="lenses", limit=4)).ids
    assert far
    assert "surgery" not in {scenery.subject_of[key] for key in far}
    assert scenery.recommend.reasons(far, Wish()).keys() == set(far)
    explained = scenery.recommend.explain(far[-1], Asked(limit=4))
    assert explained.rank is not None
    assert explained.rank > 4
    assert explained.total == sum(len(keys) for keys in scenery.by_subject.values()) - 8
    assert len(scenery.recommend.for_you(ALL).ids) == explained.total


@pytest.mark.usefixtures("large")
def test_of_a_large_library_a_decision_about_any_paper_counts_at_once(scenery: Scenery) -> None:
    scenery.mark("surgery", Status.READ, slice(0, 4))
    before = scenery.recommend.for_you(Asked(limit=6)).ids
    assert {scenery.subject_of[key] for key in before[:2]} == {"surgery"}
    scenery.mark("surgery", Status.SKIPPED, slice(0, EACH))
    scenery.mark("decoding", Status.READ, slice(0, 6))
    after = scenery.recommend.for_you(Asked(limit=4)).ids
    assert {scenery.subject_of[key] for key in after[:2]} == {"decoding"}


def test_what_an_answer_read_of_all_papers_is_given_back_with_it(scenery: Scenery) -> None:
    scenery.mark("surgery", Status.READ, slice(0, 4))
    paper = scenery.by_subject["surgery"][5]
    asked = (
        lambda: scenery.recommend.for_you(Asked(limit=4)),
        lambda: scenery.recommend.reasons([paper], Wish()),
        lambda: scenery.recommend.explain(paper, Asked(limit=4)),
        lambda: scenery.recommend.suggest_tags(paper),
        lambda: scenery.recommend.suggest_tags_for_all([paper]),
    )
    for ask in asked:
        scenery.index.is_given_back = False
        ask()
        assert scenery.index.is_given_back
