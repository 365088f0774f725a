"""What passages take is known before they are wanted: how many, how long, how much room."""

from dataclasses import replace

import pytest

from readinglist.domain.files import FileFacts
from readinglist.domain.passages import cut_passages
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.jobs import InlineRunner
from readinglist.services.passage_cost import SAMPLED, PassageCost, PassageCosts
from readinglist.similarity.encoder import EncoderInfo
from readinglist.similarity.speeds import Speeds
from tests.helpers.attached import add_papers, make_file

INFO = EncoderInfo(
    model="small",
    revision="1",
    dimensions=100,
    device="Processor",
    device_reason="nothing else is needed",
    precision="bfloat16",
)
PAGE = " ".join(f"Wombat number {number} digs a burrow with its claws in the night and sleeps." for number in range(40))


def give(library: Library, number: int, pages: int, *, is_read: bool = True) -> None:
    (paper_id,) = add_papers(library, number)
    with library.write(None) as writer:
        writer.files.attach(paper_id, make_file(f"{number}", facts=FileFacts(page_count=pages)))
    if is_read:
        library.page_texts.save(f"{number}", [PAGE] * pages)


def costs(library: Library, info: EncoderInfo | None = INFO) -> PassageCosts:
    return PassageCosts(library, InlineRunner(EventHub()), info=lambda: info)


def test_a_library_without_pdfs_costs_nothing_and_says_so(library: Library) -> None:
    cost = costs(library).survey()
    assert (cost.pdfs, cost.pages, cost.passages, cost.disk_bytes) == (0, 0, 0, 0)
    assert cost.words() == "No paper has a PDF yet, so there is nothing to read."


def test_the_passages_of_all_pdfs_are_estimated_from_some(library: Library) -> None:
    per_page = len(cut_passages([PAGE]))
    for number in range(1, 2 * SAMPLED + 2):
        give(library, number, 1 + number % 3)
    cost = costs(library).survey()
    assert (cost.pdfs, cost.unread) == (2 * SAMPLED + 1, 0)
    assert cost.passages == pytest.approx(per_page * cost.pages, rel=0.2)
    assert cost.disk_bytes == cost.passages * 660


def test_pdfs_whose_text_was_not_read_yet_count_by_their_pages(library: Library) -> None:
    per_page = len(cut_passages([PAGE]))
    give(library, 1, 2)
    give(library, 2, 8, is_read=False)
    cost = costs(library).survey()
    assert (cost.pdfs, cost.unread, cost.pages, cost.passages) == (2, 1, 10, 10 * per_page)


def test_the_time_is_that_of_the_last_work_on_this_computer(library: Library) -> None:
    give(library, 1, 3)
    usual = costs(library).survey()
    assert not usual.is_measured
    assert usual.words().endswith("of disk, if this computer is a usual one.")
    Speeds(library.folder / "derived" / "vectors").save(INFO, 100.0)
    measured = costs(library).survey()
    assert measured.is_measured
    assert measured.seconds > 20 * usual.seconds
    assert "if this computer" not in measured.words()
    other = replace(INFO, precision="float32")
    assert not costs(library, other).survey().is_measured
    assert costs(library, None).survey().seconds > usual.seconds


def test_whoever_asks_does_not_wait_and_is_told_anew_when_that_is_wanted(library: Library) -> None:
    asked = costs(library)
    asked.known()
    found = asked.known()
    assert found is not None
    assert found.pdfs == 0
    give(library, 1, 2)
    assert asked.known() == found
    asked.look_again()
    asked.known()
    assert asked.known() != found


def test_large_numbers_are_rounded_and_readable() -> None:
    cost = PassageCost(
        pdfs=1000, unread=0, pages=14_030, passages=41_370, seconds=4100, is_measured=True, disk_bytes=86_000_000
    )
    assert cost.words() == (
        "In 1,000 PDFs with 14,030 pages there are about 41,000 passages. "
        "Reading them takes about 68 minutes and 86 MB of disk."
    )
    assert replace(cost, passages=0).words() == "In 1,000 PDFs with 14,030 pages there is no text to read."
    assert replace(cost, pdfs=1, pages=0, passages=1, seconds=1).words() == (
        "In 1 PDF there is about 1 passage. Reading them takes a few seconds and 86 MB of disk."
    )
