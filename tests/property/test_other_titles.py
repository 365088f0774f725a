"""What was recognised as one of several entries is recognised as the paper that they became, however they differed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.domain.matching import find_match
from readinglist.domain.paper import PaperDraft, PaperId, Status
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.merging import Merging

TITLES = ("Walking on thin ice", "Walking on thin ice: a study", "Gaits of robots on ice", "Gaits", "arXiv:2401.00001")
drafts = st.builds(
    PaperDraft,
    title=st.sampled_from(TITLES),
    authors=st.sampled_from([(), ("Ada Author",), ("Ben Writer", "Cy Reader")]),
    author_count=st.sampled_from([None, 1, 2, 7]),
    organization=st.sampled_from([None, "Example University", "ExampleLab"]),
    published=st.sampled_from([None, PartialDate(2019), PartialDate(2024, 5)]),
)
identified = st.builds(
    lambda draft, identifiers: PaperDraft(
        title=draft.title,
        authors=draft.authors,
        author_count=draft.author_count,
        organization=draft.organization,
        published=draft.published,
        identifiers=identifiers,
    ),
    drafts,
    st.sampled_from([(), (Identifier("doi", "10.1145/1"),), (Identifier("doi", "10.1145/2"),)]),
)


@contextmanager
def library_of(entries: list[PaperDraft]) -> Iterator[tuple[Library, list[PaperId]]]:
    with tempfile.TemporaryDirectory() as name:
        library = Library(Path(name) / "library")
        try:
            with library.write(None) as writer:
                ids = writer.papers.add_many(entries, status=Status.INBOX)
            yield library, ids
        finally:
            library.close()


def recognised(library: Library, told: list[PaperDraft]) -> list[PaperId | None]:
    with library.read() as reader:
        near = reader.candidates.for_drafts(told)
    matches = [find_match(draft, candidates) for draft, candidates in zip(told, near, strict=True)]
    return [match.paper_id if match else None for match in matches]


@settings(max_examples=40, deadline=None)
@given(entries=st.lists(drafts, min_size=2, max_size=4), told=st.lists(identified, max_size=6), data=st.data())
def test_what_was_recognised_as_an_entry_is_recognised_as_the_paper_there_and_back(
    entries: list[PaperDraft], told: list[PaperDraft], data: st.DataObject
) -> None:
    told += entries
    with library_of(entries) as (library, ids):
        merging = Merging(library, EventHub())
        before = recognised(library, told)
        left = data.draw(st.permutations(ids))
        while len(left) > 1:  # two by two: what is merged may have been merged before
            merging.merge(left[:2])
            with library.read() as reader:
                left = [key for key in left if key in reader.papers.outside_bin()]
        after = recognised(library, told)
        assert [one for one, then in zip(after, before, strict=True) if then] == [left[0] for then in before if then]
        while library.step_back()[0] is not None:
            pass
        assert recognised(library, told) == before
