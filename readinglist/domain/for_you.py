"""What is asked of For you, and what it answers: which papers come first, and why one stands where it does."""

from dataclasses import dataclass, field

from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperId
from readinglist.domain.query import QueryProblem
from readinglist.domain.recommendation import WhyHere


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What recommendations are to be like; without anything, what the reader's decisions say.

    Attributes:
        like: Papers that they are to be like.
        unlike: Papers that they are not to be like.
        tag: They are to be like the papers of this tag and those below it; empty for none.
        collection: They are to be like the papers of this collection and those below it; empty for none. Of a tag and a
            collection, the tag holds.
    """

    like: tuple[PaperId, ...] = ()
    unlike: tuple[PaperId, ...] = ()
    tag: str = ""
    collection: str = ""

    @property
    def is_special(self) -> bool:
        """It is not about the reader's decisions as a whole."""
        return bool(self.like or self.unlike or self.tag or self.collection)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question.

    Attributes:
        wish: What the answer is to be like.
        text: Narrows it, in the query language.
        limit: How many papers at most.
        surprise: 0 for what is nearest to the reader's papers, 1 for what is least expected.
        kept: Papers that stand first if they may be recommended still, in this order: the reader is looking at them.
    """

    wish: Wish = field(default_factory=Wish)
    text: str = ""
    limit: int = 100
    surprise: float = 0.0
    kept: tuple[PaperId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ForYou:
    """The answer.

    Attributes:
        ids: The best first.
        scores: From 0 to 1, of the same papers.
        problems: Parts of the query that were left out, and why.
        decided: How many papers the reader has decided something about that it goes by.
        notice: What the reader should know about it, in sentences; else empty.
        progress: Papers compared by meaning, and papers there are, while that goes on and matters; else None.
        total: How many papers may be recommended that fit the question; `ids` are the first of them.
        is_rough: The words of papers are still being counted: in some seconds there is a better answer.
    """

    ids: list[PaperId]
    scores: tuple[float, ...]
    problems: tuple[QueryProblem, ...] = ()
    decided: int = 0
    notice: str = ""
    progress: tuple[int, int] | None = None
    total: int = 0
    is_rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """A part of a paper's score.

    Attributes:
        meaning: What it says, one sentence.
        value: What it adds; below 0 it counts against the paper.
    """

    meaning: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a paper stands where it does in For you, or does not stand there at all.

    Attributes:
        rank: Its place among all that may be recommended, from 1; None if it is left out.
        total: How many may be recommended.
        verdict: In one or two sentences.
        parts: What its score is made of, what counts most first; empty if it has none.
        reasons: Why it would be recommended; may be empty.
        said: What the reader said of it.
    """

    rank: int | None
    total: int
    verdict: str
    parts: tuple[ScorePart, ...] = ()
    reasons: tuple[str, ...] = ()
    said: frozenset[Feedback] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a paper is recommended.

    Attributes:
        line: All of it in one line, for a list.
        texts: At least one short text, the strongest first; without full stops.
    """

    line: WhyHere
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedTag:
    """A tag that a paper could have.

    Attributes:
        name: Of a tag that other papers have.
        reason: One sentence: who has it.
    """

    name: str
    reason: str
