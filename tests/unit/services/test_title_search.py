"""Whose answer is believed, and when a service is left out."""

from typing import Any

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.errors import Cancelled, EnvironmentFault
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Paper, PaperDraft
from readinglist.net.faults import HttpFault, UnreachableFault
from readinglist.services.title_search import Services, choose, lacks
from tests.helpers.drafts import make_draft
from tests.helpers.papers import make_paper

TITLE = "Learning from sparse examples"


def listed(**facts: Any) -> Paper:
    """A paper as a listing gives it: no names, no identifiers."""
    known: dict[str, Any] = {"authors": (), "author_count": 2, "identifiers": (), "published": PartialDate(2024, 5, 18)}
    return make_paper(1, **{**known, **facts})


def offered(number: int = 1, **facts: Any) -> PaperDraft:
    return make_draft(number, **{"title": TITLE, **facts})


def test_the_record_of_the_title_is_taken_without_its_listing() -> None:
    other = offered(2, title="Learning from sparse examples of speech")
    hit = choose(listed(), [other, offered()])
    assert hit is not None
    assert (hit.identifiers, hit.mention) == ((Identifier("arxiv", "2405.00001"),), None)


@pytest.mark.parametrize("title", ["LEARNING from Sparse Examples.", "Learning <i>from</i> sparse-examples"])
def test_another_spelling_is_the_same_title(title: str) -> None:
    assert choose(listed(), [offered(title=title)])


@pytest.mark.parametrize(
    ("paper", "draft"),
    [
        ({"author_count": 3}, {}),
        ({}, {"published": PartialDate(2026)}),
        ({}, {"published": PartialDate(2022, 5)}),
        ({"organization": "One lab"}, {"organization": "Another lab"}),
        ({"authors": ("Cleo Scholar",), "author_count": 1}, {}),
        ({"identifiers": (Identifier("arxiv", "1901.00001"),)}, {}),
        ({}, {"identifiers": ()}),
        ({"title": TITLE + " II"}, {}),
        ({"title": ""}, {"title": ""}),
    ],
    ids=["number of authors", "later", "earlier", "organisation", "authors", "arXiv id", "nameless", "title", "none"],
)
def test_what_contradicts_is_not_believed(paper: dict[str, Any], draft: dict[str, Any]) -> None:
    assert choose(listed(**paper), [offered(**draft)]) is None


@pytest.mark.parametrize("year", [2023, 2024, 2025, None])
def test_a_year_more_or_less_is_no_contradiction(year: int | None) -> None:
    assert choose(listed(), [offered(published=PartialDate(year) if year else None)])


def test_two_works_of_one_title_are_neither_taken() -> None:
    namesake = offered(2, authors=("Cleo Scholar", "Dan Reader"))
    assert choose(listed(), [offered(), namesake]) is None
    assert choose(listed(authors=("Cleo Scholar",)), [offered(), namesake]) == choose(listed(), [namesake])


def test_two_records_of_one_work_are_no_doubt() -> None:
    journal = offered(2, identifiers=(Identifier("doi", "10.1000/1"),))
    hit = choose(listed(), [offered(), journal])
    assert hit is not None
    assert hit.identifiers[0].scheme == "arxiv"


def test_a_further_record_must_not_contradict_what_is_believed_already() -> None:
    believed = offered(1, identifiers=(Identifier("doi", "10.1000/1"),))
    assert choose(listed(), [offered()], [believed])
    assert choose(listed(), [offered(authors=("Cleo Scholar", "Dan Reader"))], [believed]) is None


def test_a_paper_lacks_something_until_records_name_it_and_say_who_wrote_what() -> None:
    paper = listed(abstract="")
    named = PaperDraft(title=TITLE, identifiers=(Identifier("doi", "10.1000/1"),), authors=("Ada Author",))
    told = PaperDraft(title=TITLE, identifiers=(Identifier("s2", "0f40"),), abstract="Words.")
    assert [lacks(paper, said) for said in ([], [named], [told], [named, told])] == [True, True, True, False]
    assert not lacks(make_paper())


def test_a_short_title_needs_more_than_itself() -> None:
    draft = offered(title="Introduction")
    assert choose(listed(title="Introduction", author_count=None), [draft]) is None
    assert choose(listed(title="Introduction"), [draft])
    assert choose(listed(title="Introduction", authors=("A. Author1",)), [draft])


def unreachable() -> str:
    message = "nobody listens"
    raise UnreachableFault(message, is_retryable=True)


def refusing() -> str:
    raise HttpFault(503, "https://example.org/")


def test_a_service_that_never_answered_is_asked_once() -> None:
    services = Services()
    assert services.ask("a", refusing) is None
    assert (services.may_be_asked("a"), services.may_be_asked("b"), services.is_offline) == (False, True, False)


def test_a_service_that_answered_before_has_a_second_chance() -> None:
    services = Services()
    assert services.ask("a", lambda: "yes") == "yes"
    services.ask("a", unreachable)
    assert services.may_be_asked("a")
    services.ask("a", lambda: "yes")
    services.ask("a", unreachable)
    assert services.may_be_asked("a")
    services.ask("a", unreachable)
    assert not services.may_be_asked("a")


def test_two_unreachable_services_mean_that_there_is_no_network() -> None:
    services = Services()
    seen = []
    for name in ("a", "b"):
        services.ask(name, unreachable)
        seen.append((services.is_offline, services.may_be_asked("c")))
    assert seen == [(False, True), (True, False)]


def test_a_refusal_shows_that_there_is_a_network() -> None:
    services = Services()
    for name in ("a", "b", "c"):
        services.ask(name, refusing)
    services.ask("d", unreachable)
    assert not services.is_offline
    assert services.may_be_asked("e")


def test_an_answer_that_makes_no_sense_shows_that_there_is_a_network() -> None:
    def captive() -> str:
        message = "something unexpected"
        raise EnvironmentFault(message, is_retryable=True)

    services = Services()
    for name in ("a", "b", "c"):
        assert services.ask(name, captive) is None
        assert not services.may_be_asked(name)
    assert not services.is_offline


def test_a_stop_is_no_failure() -> None:
    def stopped() -> str:
        message = "stopped"
        raise Cancelled(message)

    services = Services()
    with pytest.raises(Cancelled):
        services.ask("a", stopped)
    assert services.may_be_asked("a")
