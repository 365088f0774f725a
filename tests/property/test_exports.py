"""What is exported and imported again is what it was."""

import csv
import io
import json
import re
from datetime import UTC
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier, parse_identifier
from readinglist.domain.paper import Marks, Priority, Status
from readinglist.domain.raw import RawDocument
from readinglist.exporters import bibtex, csl_json, csv_table, json_list, ris
from readinglist.importers import registry
from readinglist.importers.csl_json import parse, score
from readinglist.importers.document import open_document
from tests.helpers.papers import make_paper

# What importers take for markup, entities or TeX is another matter.
LETTERS = st.characters(categories=("L", "N", "P", "S"), exclude_characters="<&\\,")
words = st.text(LETTERS, min_size=1, max_size=12).filter(lambda word: "x20" not in word)
sentences = st.lists(words, min_size=1, max_size=8).map(" ".join)
abstracts = st.lists(sentences, max_size=3).map("\n".join).filter(lambda text: not text.startswith(("Abstract", "ABS")))
name_words = st.one_of(
    st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=1, max_size=8),
    st.sampled_from(["van", "de", "la", "Van", "Jr.", "III", "A.", "Jean-Luc", "O’Neil", "Team"]),
)
names = st.lists(name_words, min_size=1, max_size=5).map(" ".join)
days = st.dates().map(PartialDate.of)
dates = st.one_of(
    st.none(), days, days.map(lambda day: PartialDate(day.year, day.month)), days.map(lambda day: PartialDate(day.year))
)
dois = st.from_regex(r"10\.\d{4,6}/[a-z0-9][a-z0-9._()-]{0,20}", fullmatch=True).map(parse_identifier)
arxiv_ids = st.from_regex(r"2[0-9](0[1-9]|1[0-2])\.[0-9]{5}|math/[0-9]{7}", fullmatch=True).map(parse_identifier)
pmids = st.from_regex(r"[1-9][0-9]{0,7}", fullmatch=True).map(lambda value: Identifier("pmid", value))
identifiers = st.tuples(st.none() | arxiv_ids, st.none() | dois, st.none() | pmids).map(
    lambda found: tuple(one for one in found if one is not None)
)
facts = st.fixed_dictionaries(
    {
        "title": sentences,
        "abstract": abstracts,
        "authors": st.lists(names, max_size=4).map(tuple),
        "published": dates,
        "identifiers": identifiers,
        "venue": st.one_of(st.none(), sentences),
        "keywords": st.lists(words, max_size=3, unique=True).map(tuple),
    }
)
moments = st.datetimes(timezones=st.just(UTC))
group_names = st.lists(words.filter(lambda word: "/" not in word), min_size=1, max_size=2).map("/".join)
made = st.fixed_dictionaries(
    {
        "status": st.sampled_from(Status),
        "queue_position": st.none() | st.floats(0, 1000),
        "started": st.none() | moments,
        "finished": st.none() | moments,
        "is_starred": st.booleans(),
        "priority": st.sampled_from(Priority),
        "rating": st.integers(0, 5),
        "tags": st.lists(group_names, max_size=2, unique=True).map(tuple),
        "collections": st.lists(group_names, max_size=2, unique=True).map(tuple),
        "note": st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), include_characters="\n\t"), max_size=60),
    }
)
anything = st.text(st.characters(codec="utf-8"), max_size=60)


@given(facts)
def test_csl_json_comes_back_as_it_was(known: dict[str, Any]) -> None:
    text = "".join(csl_json.render([make_paper(**known)]))
    document = open_document(RawDocument(content=text.encode(), origin="a file", name="papers.json"))
    (draft,) = parse(document).drafts
    found = {name: getattr(draft, name) for name in known}
    assert set(found.pop("identifiers")) == set(known.pop("identifiers"))
    assert found == known


@given(facts, made)
def test_our_own_json_comes_back_as_it_was(known: dict[str, Any], made: dict[str, Any]) -> None:
    text = "".join(json_list.render([make_paper(**known, **made)]))
    (draft,) = registry.parse(RawDocument(content=text.encode(), origin="a file", name="papers.json")).drafts
    found = {name: getattr(draft, name) for name in known}
    assert found == known
    assert (draft.marks or Marks()) == Marks(**made)


@given(st.lists(facts, min_size=1, max_size=4))
def test_an_export_is_recognised_as_csl_json(many: list[dict[str, Any]]) -> None:
    assume(many[0]["authors"] or many[0]["published"] or many[0]["identifiers"])
    text = "".join(csl_json.render([make_paper(number, **known) for number, known in enumerate(many)]))
    document = open_document(RawDocument(content=text.encode(), origin="a file", name="papers.json"))
    assert score(document) > 0.5
    assert len({one["id"] for one in json.loads(text)}) == len(many)


@given(anything, anything)
def test_bibtex_fields_end_where_they_should(text: str, other: str) -> None:
    written = "".join(bibtex.render([make_paper(title=text, abstract=other, note=text, authors=(other or "A",))]))
    depth = 0
    for place, character in enumerate(written.rstrip("\n")):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
        assert depth > 0 or place < written.index("{") or place == len(written.rstrip("\n")) - 1
    assert depth == 0


@given(anything, anything)
def test_a_text_adds_no_tag_to_ris(text: str, other: str) -> None:
    def tags(title: str, note: str) -> list[str]:
        written = "".join(ris.render([make_paper(title=title, note=note, venue="A venue")]))
        return [found[1] for line in written.split("\n") if (found := re.match(r"([A-Z][A-Z0-9])  - ", line))]

    assume(text.split())
    assume(other.split())
    assert tags(text, other) == tags("A title", "A note")


@given(anything, anything)
def test_csv_has_one_line_for_each_paper_and_no_formula(text: str, other: str) -> None:
    papers = [make_paper(number, title=text, note=other, abstract=text) for number in range(2)]
    rows = list(csv.reader(io.StringIO("".join(csv_table.render(papers)), newline="")))
    assert [len(row) for row in rows] == [len(csv_table.COLUMNS)] * 3
    assert not any(cell.startswith(csv_table.FORMULA) for row in rows[1:] for cell in row)
