"""The real model finds a paper by what its PDF says in other words, and on which page."""

from contextlib import closing
from pathlib import Path

import pytest

from readinglist.domain.paper import PaperDraft, Status
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.finding import By, Finding
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner
from readinglist.services.passage_search import PassageSearch
from readinglist.services.passage_work import PassageWork
from readinglist.services.passages import Passages
from readinglist.services.similar import Similar
from readinglist.services.term_index import TermIndex
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.process import start_encoders
from tests.helpers.attached import make_file
from tests.helpers.importing import job_context

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(300)]

PAPERS = (
    ("A survey of marsupials", "We give an overview of the animals of a continent."),
    ("Learning to translate", "Neural networks translate between languages that have few texts."),
)
PAGES = (
    "This survey is organised as follows. We begin with the history of the subject and end with open questions.",
    "The wombat excavates extensive burrow systems with its front teeth and powerful claws, mostly during the night.",
    "Kangaroos rest in the shade of trees through the heat of the day, and graze when the air becomes cooler again.",
)


def test_a_paraphrase_of_one_page_finds_the_paper_and_the_page(tmp_path: Path) -> None:
    events = EventHub()
    runner = InlineRunner(events)
    with closing(Library(tmp_path / "library")) as library:
        with library.write(None) as writer:
            drafts = [PaperDraft(title=title, abstract=abstract) for title, abstract in PAPERS]
            survey, _ = writer.papers.add_many(drafts, status=Status.INBOX)
            writer.files.attach(survey, make_file("a"))
        library.page_texts.save("a", PAGES)
        index = Indexing(
            library, events, runner, encoder=start_encoders, options=EncoderOptions, is_automatic=lambda: False
        )
        passages = Passages(library, is_wanted=lambda: True)
        index.go_on_with(PassageWork(passages, index, runner, is_automatic=lambda: True))
        similar = Similar(library, events, index, TermIndex(library, events, runner))
        finding = Finding(library, index, similar, PassageSearch(library, index, passages))
        with closing(index):
            index.build(job_context())
            assert index.state().passages.done == len(PAGES)
            (best, *_) = finding.best("animals digging tunnels under the ground", 2, By.MEANING).items
            assert best.paper_id == survey
            assert best.reasons == (f"Close in meaning: Page 2: {PAGES[1]}",)
