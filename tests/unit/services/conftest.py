"""What tests of For you's services share."""

import pytest

from readinglist.recommend.background import Background
from readinglist.recommend.corpus import Corpus


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Corpus]:
    """Collects the papers for which it had to be worked out what all are like."""
    done: list[Corpus] = []
    really = Background.of

    def of(corpus: Corpus) -> Background:
        done.append(corpus)
        return really(corpus)

    monkeypatch.setattr(Background, "of", of)
    return done
