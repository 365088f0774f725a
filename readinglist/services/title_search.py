"""Finding the record of a paper from its title: who is asked, whose answer is believed, and when to stop asking.

A hit counts only if the folded titles agree and nothing that both know contradicts it. A service that fails is left out
for the rest of the run and takes nobody with it; where no service can be reached at all, the run is over.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol, TypeVar

from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.matching import Candidate, are_twins, candidate_of
from readinglist.domain.names import fold_surname
from readinglist.domain.paper import Paper, PaperDraft, PaperId
from readinglist.domain.raw import RawDocument
from readinglist.domain.titles import fold_title
from readinglist.services.asked import AskedBefore
from readinglist.services.gathering import Parse

log = logging.getLogger(__name__)
T = TypeVar("T")
Records = Mapping[PaperId, Sequence[PaperDraft]]

YEARS_APART = 1  # between what the library says and what a service says
FAILURES = 2  # in a row, after which a service that has answered before is left out
NAMING = frozenset({"arxiv", "doi"})  # with one of these a paper is identified
OFFLINE = "No service that knows papers can be reached. Check the internet connection and try again."
REFUSED = "The services do not answer at the moment. Try again later."


class Finders(Protocol):
    """Who can find papers by their titles: `sources.registry.Sources`, or recorded answers in tests."""

    @property
    def finders(self) -> Mapping[str, int]:
        """Names in the order of asking, and how many titles each is asked for at once."""
        ...

    def find(self, finder: str, titles: Sequence[str], *, check_cancelled: Callable[[], None]) -> list[RawDocument]:
        """Ask one of them.

        Raises:
            ReadingListError: It does not answer.
        """
        ...


class Services:
    """How the services fared in one run."""

    def __init__(self) -> None:
        self._failures: dict[str, int] = {}
        self._answered: set[str] = set()
        self._is_reached = False

    @property
    def is_offline(self) -> bool:
        """No server has been reached, and two services have been tried."""
        return not self._is_reached and len(self._failures) > 1

    def may_be_asked(self, service: str) -> bool:
        """Tell whether there is any use in asking."""
        allowed = FAILURES if service in self._answered else 1
        return not self.is_offline and self._failures.get(service, 0) < allowed

    def ask(self, service: str, question: Callable[[], T]) -> T | None:
        """Return the answer, None if there is none.

        Raises:
            Cancelled: The reader stopped it.
        """
        try:
            answer = question()
        except Cancelled:
            raise
        except ReadingListError as error:
            log.info("%s does not answer: %s %s", service, error.message, error.detail)
            self._failures[service] = self._failures.get(service, 0) + 1
            self._is_reached |= _is_from_server(error)
            return None
        self._is_reached = True
        self._answered.add(service)
        self._failures.pop(service, None)
        return answer


class TitleSearch:
    """One run over papers.

    Args:
        network: Who is asked.
        parse: Reads the answers.
        asked: What was asked in vain before.
        services: How they fared so far.
        is_repeated: Ask also what was asked in vain lately.
        check_cancelled: Called between two questions.
    """

    def __init__(
        self,
        network: Finders,
        parse: Parse,
        *,
        asked: AskedBefore,
        services: Services,
        is_repeated: bool = False,
        check_cancelled: Callable[[], None],
    ) -> None:
        self._network = network
        self._parse = parse
        self._asked = asked
        self._services = services
        self._is_repeated = is_repeated
        self.check_cancelled = check_cancelled

    @property
    def is_over(self) -> bool:
        """Nobody is left to be asked."""
        return not any(self._services.may_be_asked(finder) for finder in self._network.finders)

    def find(self, papers: Sequence[Paper], known: Records | None = None) -> dict[PaperId, list[PaperDraft]]:
        """Ask one service after the other, each for those papers that still lack something.

        Args:
            papers: Those that lack nothing are not asked for.
            known: What other records said before.

        Returns:
            The new records of each paper, the most trusted one first; papers that nobody knew are left out.

        Raises:
            Cancelled: The reader stopped it.
        """
        said = {paper.id: list((known or {}).get(paper.id, ())) for paper in papers}
        found: dict[PaperId, list[PaperDraft]] = {}
        for finder, at_once in self._network.finders.items():
            left = [one for one in papers if lacks(one, said[one.id]) and self.is_worth_asking(finder, one)]
            for start in range(0, len(left), at_once):
                if not self._services.may_be_asked(finder):
                    break
                for paper_id, hit in self._ask(finder, left[start : start + at_once], said):
                    said[paper_id].append(hit)
                    found.setdefault(paper_id, []).append(hit)
        return found

    def is_worth_asking(self, service: str, paper: Paper) -> bool:
        """Tell whether the service may know more of the paper: it was not asked in vain lately."""
        is_new = self._is_repeated or not self._asked.is_recent(service, paper.title)
        return is_new and bool(fold_title(paper.title))

    def _ask(self, finder: str, papers: Sequence[Paper], said: Records) -> Iterator[tuple[PaperId, PaperDraft]]:
        self.check_cancelled()
        titles = [paper.title for paper in papers]
        documents = self._services.ask(
            finder, lambda: self._network.find(finder, titles, check_cancelled=self.check_cancelled)
        )
        if documents is None:
            return
        drafts = [draft for document in documents for draft in self._parse(document).drafts]
        for paper in papers:
            hit = choose(paper, drafts, said[paper.id])
            if hit is None or lacks(paper, [*said[paper.id], hit]):
                self._asked.note(finder, paper.title)  # it has no more to say
            if hit is not None:
                yield paper.id, hit


def choose(paper: Paper, drafts: Sequence[PaperDraft], said: Sequence[PaperDraft] = ()) -> PaperDraft | None:
    """Return the record of the paper among what a service offers; None if there is none, or more than one work fits.

    Args:
        paper: As the library has it.
        drafts: What the service offers.
        said: Records of the paper that are believed already; a further one must not contradict them either.
    """
    mine, others = describe(paper), [candidate_of(one, PaperId(0)) for one in said]
    hits = [one for one in drafts if _fits(mine, others, candidate_of(one, PaperId(0)))]
    if not hits:
        return None
    first, *more = (candidate_of(one, PaperId(0)) for one in hits)
    if any(not are_twins(first, other) for other in more):
        log.info("several works are called “%s”: none of them is taken", paper.title)
        return None
    return replace(hits[0], mention=None)  # to be found by a search is not to stand in a listing


def lacks(paper: Paper, said: Sequence[PaperDraft] = ()) -> bool:
    """Tell whether a paper lacks, with all that records say of it, what services know: a name, authors, an abstract."""
    facts: tuple[Paper | PaperDraft, ...] = (paper, *said)
    is_named = any(identifier.scheme in NAMING for one in facts for identifier in one.identifiers)
    return not (is_named and any(one.authors for one in facts) and any(one.abstract for one in facts))


def describe(paper: Paper) -> Candidate:
    """Say of a stored paper what matching needs to know."""
    return Candidate(
        paper_id=paper.id,
        identifiers=paper.identifiers,
        title_key=fold_title(paper.title),
        surnames=tuple(fold_surname(name) for name in paper.authors),
        year=paper.published.year if paper.published else None,
        author_count=paper.author_count,
        organization=paper.organization,
    )


def _fits(mine: Candidate, others: Sequence[Candidate], hit: Candidate) -> bool:
    if mine.title_key != hit.title_key or not hit.identifiers:
        return False
    if mine.year and hit.year and abs(mine.year - hit.year) > YEARS_APART:
        return False
    return are_twins(mine, hit) and all(are_twins(other, hit) for other in others)


def _is_from_server(error: ReadingListError) -> bool:
    """Tell whether a server was reached, though it had no answer for us."""
    from readinglist.net.faults import UnreachableFault  # noqa: PLC0415 - brings requests

    return not isinstance(error, UnreachableFault)
