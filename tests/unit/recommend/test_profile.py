"""What a reader did, weighed: what is liked, what is not, and how much."""

from datetime import UTC, datetime, timedelta

import pytest

from readinglist.domain.decision import Decision, DecisionKind
from readinglist.domain.paper import PaperId
from readinglist.recommend.profile import Taste, weigh

NOW = datetime(2026, 3, 1, tzinfo=UTC)
PAPER = PaperId(7)


def decide(kind: DecisionKind, *, paper: int = PAPER, days: float | None = 0.0, amount: float = 1.0) -> Decision:
    at_utc = None if days is None else NOW - timedelta(days=days)
    return Decision(paper_id=PaperId(paper), kind=kind, at_utc=at_utc, amount=amount)


def weight(*decisions: Decision) -> float:
    taste = weigh(decisions, NOW)
    assert list(taste.ids) == [PAPER]
    return float(taste.weights[0])


@pytest.mark.parametrize("kind", sorted(set(DecisionKind) - {DecisionKind.SKIPPED, DecisionKind.LESS}))
def test_what_a_reader_does_with_a_paper_speaks_for_it(kind: DecisionKind) -> None:
    assert 0 < weight(decide(kind, amount=5)) <= 1


@pytest.mark.parametrize("kind", [DecisionKind.SKIPPED, DecisionKind.LESS])
def test_skipped_and_less_speak_against_a_paper(kind: DecisionKind) -> None:
    assert -1 <= weight(decide(kind)) < 0


def test_a_low_rating_speaks_against_a_paper_and_a_high_one_for_it() -> None:
    weights = [weight(decide(DecisionKind.RATED, amount=stars)) for stars in (1, 2, 3, 4, 5)]
    assert weights == sorted(weights)
    assert weights[1] < 0 < weights[3]


def test_recent_decisions_count_more_and_old_ones_still_count() -> None:
    today, last_year, long_ago = (weight(decide(DecisionKind.READ, days=days)) for days in (0, 365, 36_500))
    assert today > last_year > long_ago > 0.2 * today


def test_a_decision_without_a_date_counts_like_one_of_some_months_ago() -> None:
    undated = weight(decide(DecisionKind.READ, days=None))
    assert weight(decide(DecisionKind.READ, days=730)) < undated < weight(decide(DecisionKind.READ))


def test_several_decisions_say_more_than_one_but_never_more_than_all() -> None:
    read = decide(DecisionKind.READ)
    starred = decide(DecisionKind.STARRED)
    annotated = decide(DecisionKind.ANNOTATED, amount=12)
    assert weight(read) < weight(read, starred) < weight(read, starred, annotated) <= 1


def test_the_opinion_holds_against_the_time_spent() -> None:
    assert weight(decide(DecisionKind.READ), decide(DecisionKind.RATED, amount=1)) < 0
    assert weight(decide(DecisionKind.TIME_SPENT, amount=90), decide(DecisionKind.LESS)) < 0


def test_the_last_status_holds() -> None:
    changed = [decide(DecisionKind.SKIPPED, days=9), decide(DecisionKind.READ, days=1)]
    assert weight(*changed) == weight(changed[1])
    assert weight(decide(DecisionKind.QUEUED, days=9), decide(DecisionKind.SKIPPED, days=1)) < 0


def test_more_takes_less_back() -> None:
    assert weight(decide(DecisionKind.LESS, days=2), decide(DecisionKind.MORE, days=1)) > 0


def test_time_counts_up_to_a_long_reading() -> None:
    minutes = [weight(decide(DecisionKind.TIME_SPENT, amount=amount)) for amount in (1, 10, 30, 600)]
    assert minutes[0] < minutes[1] < minutes[2] == minutes[3]


def test_an_order_of_decisions_makes_no_difference() -> None:
    decisions = [
        decide(DecisionKind.READ, paper=3, days=4),
        decide(DecisionKind.SKIPPED, paper=1),
        decide(DecisionKind.STARRED, paper=3, days=2),
        decide(DecisionKind.READ, paper=2),
    ]
    one, other = weigh(decisions, NOW), weigh(decisions[::-1], NOW)
    assert list(one.ids) == list(other.ids) == [1, 2, 3]
    assert list(one.weights) == pytest.approx(list(other.weights))
    assert list(one.liked) == [2, 3]
    assert list(one.disliked) == [1]


def test_more_like_these_not_like_those() -> None:
    taste = Taste.of([PaperId(5), PaperId(2)], [PaperId(9)])
    assert list(taste.ids) == [2, 5, 9]
    assert list(taste.weights) == [1, 1, -1]


def test_nothing_done_is_an_empty_taste() -> None:
    taste = weigh([], NOW)
    assert not len(taste.ids)
    assert not len(taste.liked)


def test_what_some_papers_weigh_now_takes_the_place_of_what_they_weighed_and_nothing_new_changes_nothing() -> None:
    taste = Taste.from_weights({PaperId(1): 0.5, PaperId(4): -0.5, PaperId(9): 1.0})
    changed = taste.changed(
        [PaperId(4), PaperId(9), PaperId(2)], Taste.from_weights({PaperId(2): 0.25, PaperId(9): 0.75})
    )
    assert dict(zip(changed.ids.tolist(), changed.weights.tolist(), strict=True)) == {1: 0.5, 2: 0.25, 9: 0.75}
    assert taste.changed([PaperId(1), PaperId(3)], Taste.from_weights({PaperId(1): 0.5})) is taste
