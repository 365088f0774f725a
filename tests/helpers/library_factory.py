"""Papers by the thousand, made up but shaped like real ones, down to the distribution of their words."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.paper import Mention, PaperDraft, Status
from readinglist.library.library import Library

COMMON = (
    "the of and a to in we for that is on with are by our model models as which from this data learning be language "
    "can method image results training large an performance tasks video it has these propose show approach generation "
    "reasoning attention diffusion transformer network agents reinforcement framework benchmark evaluation multimodal "
    "knowledge retrieval efficient text visual human quality state art existing across while however novel introduce "
    "alignment scaling inference policy reward tokens context long memory robust graph speech audio segmentation "
    "detection depth camera robot planning code program synthesis translation summarization dialogue question "
    "answering pretraining finetuning distillation quantization pruning sparse mixture experts latent "
    "embedding contrastive adversarial privacy causal bayesian optimization gradient theory bound sample complexity"
).split()
SYLLABLES = "ba co di fu ge ha ki lo mu ne or pa qui ro sa te ul va wi xe yo zan".split()
SURNAMES = "Li Wang Garcia Müller Novák Okafor Singh Tanaka Kim Rossi Dubois Larsen Ivanova Silva Haddad Cohen".split()
GIVEN = "Ada Ben Chen Dana Elif Femi Gita Hugo Ines Jun Kofi Lena Mei Noor Olga Priya".split()
RARE_WORDS = 20_000
PAGE_HEAD = (
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nby AK and the community\n\nOct 29"
)


class PaperFactory:
    """Makes drafts; the same seed makes the same ones."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - made-up text, no secret
        words = [*COMMON, *_rare_words(self._random, RARE_WORDS)]
        self._words = words
        self._weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
        self._made = 0

    def draft(self) -> PaperDraft:
        """Make the next paper."""
        self._made += 1
        chance = self._random
        names = tuple(f"{chance.choice(GIVEN)} {chance.choice(SURNAMES)}" for _ in range(chance.randint(1, 9)))
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(2500))
        return PaperDraft(
            title=self._sentence(chance.randint(5, 12)).rstrip(".") + f" {self._made}",
            abstract=" ".join(self._sentence(chance.randint(12, 28)) for _ in range(7)),
            authors=names,
            author_count=len(names),
            published=PartialDate.of(day),
            identifiers=(Identifier("arxiv", f"{2000 + self._made // 100_000}.{self._made % 100_000:05d}"),),
            mention=Mention(
                source="huggingface",
                origin="made up",
                listed_on=day,
                upvotes=int(chance.paretovariate(1.1)),
                comments=chance.randrange(4),
            ),
        )

    def drafts(self, count: int) -> Iterator[PaperDraft]:
        """Make several."""
        return (self.draft() for _ in range(count))

    def _sentence(self, length: int) -> str:
        chosen = self._random.choices(self._words, cum_weights=self._weights, k=length)
        return " ".join(chosen).capitalize() + "."


def fill_library(folder: Path, count: int, *, seed: int = 1) -> None:
    """Make a library of `count` papers of all statuses, some starred, tagged and with notes."""
    library = Library(folder)
    factory = PaperFactory(seed)
    shares = {Status.INBOX: 0.6, Status.TO_READ: 0.1, Status.READING: 0.01, Status.READ: 0.2, Status.SKIPPED: 0.09}
    try:
        for status, share in shares.items():
            with library.write(None) as writer:
                added = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=list(shares).index(status))
                ids = writer.papers.add_many(list(factory.drafts(round(count * share))), status=status, added=added)
                writer.papers.set_values(ids[::50], {"is_starred": True})
                writer.papers.set_values(ids[::70], {"note": "Worth another look."})
                writer.tags.put(ids[::10], ["ml"])
                writer.tags.put(ids[::25], ["ml/vision", "to discuss"])
    finally:
        library.close()


def render_page(drafts: list[PaperDraft]) -> str:
    """Write drafts as a Daily Papers page saved as text."""
    parts = [PAGE_HEAD]
    for draft in drafts:
        assert draft.published is not None
        day = datetime(draft.published.year, draft.published.month or 1, draft.published.day or 1, tzinfo=UTC)
        parts.append(
            f"{draft.title}\n\n{draft.abstract}\n\n  • {draft.author_count} authors\n·\n{day:%b} {day.day}, {day.year}"
        )
    return "\n\n".join(parts) + "\n"


def _rare_words(chance: random.Random, count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5)))] = None
    return list(found)
