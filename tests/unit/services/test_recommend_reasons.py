"""What is said of a paper that is near to one of the reader's, though no word that both have can be named."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from readinglist.domain.for_you import Wish
from readinglist.recommend.ranker import MEANINGS, NEAR, WORDS, Part
from readinglist.services.living import Frequencies
from readinglist.services.ranking import Rankings
from readinglist.services.recommend_reasons import MOSTLY_WORDS, OTHER_WORDS, SOME_SAME_WORDS, find_reasons
from tests.helpers.recommending import NOW, open_scenery


@pytest.mark.parametrize(
    ("words", "near", "said"),
    [(6.0, 1.0, MOSTLY_WORDS), (1.0, 6.0, SOME_SAME_WORDS), (0.0, 6.0, OTHER_WORDS), (-1.0, 6.0, OTHER_WORDS)],
)
def test_the_score_tells_how_far_the_words_are_the_same(tmp_path: Path, words: float, near: float, said: str) -> None:
    with open_scenery(tmp_path / "library") as scenery:
        liked, other = scenery.by_subject["galaxies"][:2]
        rankings = Rankings(scenery.library, scenery.events, lambda: NOW)
        basis = rankings.basis(Wish(like=(liked,)), scenery.index.table, None)
        values = {WORDS: words, NEAR: near}
        parts = tuple(
            Part(name=name, meaning=MEANINGS[name], values=np.full(len(basis.corpus.ids), value, dtype=np.float32))
            for name, value in values.items()
        )
        basis = replace(basis, ranking=replace(basis.ranking, parts=parts))
        with scenery.library.read() as reader:
            reasons = find_reasons(reader, basis, [other], Frequencies(scenery.events))[other]
    assert reasons.line.text == said
    assert (MOSTLY_WORDS in reasons.texts) == (said == MOSTLY_WORDS)
    assert reasons.texts[0].startswith("Near “")
