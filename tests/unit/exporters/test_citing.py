"""Kinds of work and citation keys."""

import pytest

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.exporters.citing import CitationKeys, Kind, address_of, key_of, kind_of
from tests.helpers.papers import make_paper


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        (None, Kind.PREPRINT),
        ("arXiv preprint", Kind.PREPRINT),
        ("Journal of Machine Learning Research", Kind.ARTICLE),
        ("Proceedings of the 41st International Conference on Machine Learning", Kind.CONFERENCE_PAPER),
        ("NeurIPS 2024", Kind.CONFERENCE_PAPER),
        ("ACL Workshop on Narrative", Kind.CONFERENCE_PAPER),
        ("Nature", Kind.ARTICLE),
        ("CHIRURG", Kind.ARTICLE),
    ],
)
def test_the_venue_tells_the_kind_of_work(venue: str | None, kind: Kind) -> None:
    assert kind_of(make_paper(venue=venue)) is kind


def test_a_key_is_name_year_and_first_telling_word() -> None:
    paper = make_paper(title="On the Théorie of Things", authors=("Søren Ørsted-Łuk",), published=PartialDate(1843))
    assert key_of(paper) == "orstedluk1843theorie"


def test_a_key_is_always_fit_for_tex() -> None:
    assert key_of(make_paper(title="关于", authors=("李明",), published=None)) == "paper1"
    assert key_of(make_paper(title="Notes", authors=(), published=None)) == "anonymousnotes"
    assert key_of(make_paper(title="∞", authors=(), organization="Meta AI", published=None)) == "metaai"


def test_keys_are_unique_and_later_papers_do_not_change_earlier_ones() -> None:
    papers = [make_paper(number) for number in range(1, 40)]
    keys = CitationKeys()
    given = [keys.give(paper) for paper in papers]
    assert len(set(given)) == len(papers)
    assert given[:3] == ["author2024learning", "author2024learningb", "author2024learningc"]
    again = CitationKeys()
    assert [again.give(paper) for paper in papers[:20]] == given[:20]


def test_a_suffix_never_meets_another_papers_own_key() -> None:
    keys = CitationKeys()
    titles = ("Net", "Netb", "Net")
    given = [keys.give(make_paper(number, title=title)) for number, title in enumerate(titles)]
    assert len(set(given)) == len(titles)


def test_a_paper_leads_to_its_page_or_to_what_its_identifier_names() -> None:
    assert address_of(make_paper(url="https://example.org/p")) == "https://example.org/p"
    assert address_of(make_paper(identifiers=(Identifier("doi", "10.1000/x"),))) == "https://doi.org/10.1000/x"
    assert address_of(make_paper(identifiers=())) is None
