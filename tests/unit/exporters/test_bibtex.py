"""BibTeX as LaTeX and reference managers read it."""

import re
from itertools import accumulate
from typing import Any

import pytest
from pylatexenc.latex2text import LatexNodes2Text

from readinglist.domain.dates import PartialDate
from readinglist.domain.identifiers import Identifier
from readinglist.exporters.bibtex import protect_capitals, render
from readinglist.exporters.tex import render_tex
from tests.helpers.papers import make_paper


def entry(**facts: Any) -> str:
    return "".join(render([make_paper(**facts)]))


def field(text: str, name: str) -> str | None:
    found = re.search(rf"^  {name} += \{{(.*?)\}},$", text, re.MULTILINE | re.DOTALL)
    return found[1] if found else None


def test_an_arxiv_paper_is_misc_with_its_eprint() -> None:
    text = entry(keywords=("cs.CL", "language"), identifiers=(Identifier("arxiv", "2405.00001"),))
    assert text.startswith("@misc{author2024learning,\n")
    assert (field(text, "eprint"), field(text, "archivePrefix"), field(text, "primaryClass")) == (
        *("2405.00001", "arXiv", "cs.CL"),
    )
    assert field(text, "url") == "https://arxiv.org/abs/2405.00001"
    assert text.endswith("}\n")


def test_an_old_arxiv_id_names_its_archive_by_itself() -> None:
    text = entry(keywords=("math.GT",), identifiers=(Identifier("arxiv", "math/0309136"),))
    assert field(text, "eprint") == "math/0309136"
    assert field(text, "primaryClass") is None


def test_a_published_paper_names_its_journal_or_its_proceedings() -> None:
    assert field(entry(venue="Journal of Things & More"), "journal") == r"Journal of Things \& More"
    text = entry(venue="Proceedings of Things")
    assert text.startswith("@inproceedings")
    assert field(text, "booktitle") == "Proceedings of Things"


def test_names_cannot_be_taken_for_each_other() -> None:
    text = entry(
        authors=("Ludwig van Beethoven", "Martin King Jr.", "The Sound and Vision Team", "Kurt Gödel", "Plato")
    )
    assert field(text, "author") == (
        r"van Beethoven, Ludwig and King, Jr., Martin and {The Sound and Vision Team} and G{\"o}del, Kurt and {Plato}"
    )


def test_without_names_the_organisation_is_the_author() -> None:
    assert field(entry(authors=(), organization="Meta and Friends"), "author") == "{Meta and Friends}"
    assert field(entry(authors=()), "author") is None


def test_the_note_stands_where_bibliographies_do_not_print_it() -> None:
    text = entry(note="Mine: 50 %\n\nmore", abstract="One.\nTwo.", tags=("ml/vision",), keywords=("cs.LG",))
    assert field(text, "annote") == "Mine: 50 \\%\n\nmore"
    assert field(text, "note") is None
    assert field(text, "abstract") == "One.\n\nTwo."
    assert field(text, "keywords") == "cs.LG, ml/vision"


@pytest.mark.parametrize(
    ("published", "year", "month"),
    [(PartialDate(2024, 5, 18), "2024", "may"), (PartialDate(2024), "2024", None), (None, None, None)],
)
def test_a_date_is_as_precise_as_it_is_known(
    published: PartialDate | None, year: str | None, month: str | None
) -> None:
    text = entry(published=published)
    assert field(text, "year") == year
    found = re.search(r"^  month += (\w+),$", text, re.MULTILINE)
    assert (found[1] if found else None) == month


def test_identifiers_and_addresses_stay_as_they_are() -> None:
    text = entry(identifiers=(Identifier("doi", "10.1000/a_b#c%d"),), url="https://example.org/a_b~c?d=%20{x}")
    assert field(text, "doi") == "10.1000/a_b#c%d"
    assert field(text, "url") == "https://example.org/a_b~c?d=%20%7Bx%7D"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("BERT: Pre-training of Deep Models", "{BERT}: Pre-training of Deep Models"),
        ("A GPT-4 Study in R", "A {GPT-4} Study in {R}"),
        ("LLaMA and iPhones", "{LLaMA} and {iPhones}"),
        ("State-Of-The-Art Q-Learning", "State-Of-The-Art {Q-Learning}"),
        ("TÜLU 3", r"{T{\"U}LU} 3"),
    ],
)
def test_capitals_that_must_stay_are_protected(title: str, expected: str) -> None:
    assert protect_capitals(title) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gödel, Erdős, Šimić, Łoś, Ångström, naïve façade, Poincaré, ß, ø, ı",
        "100 % of $5 & #1_x",
        "“quoted” — it’s 3–5",
        "α ≤ β → ∞ × ±",
        "中文 stays",
    ],
)
def test_tex_reads_as_the_text_it_was(text: str) -> None:
    shown = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(render_tex(text))
    assert shown.replace("''", "”").replace("``", "“").replace("'", "’") == text


@pytest.mark.parametrize("text", ["{", "}", "a } b { c", r"\{", "{{}", "~^\\"])
def test_braces_in_a_text_never_end_a_field(text: str) -> None:
    written = entry(title=text, abstract=text, note=text)
    depths = list(accumulate({"{": 1, "}": -1}.get(character, 0) for character in written.strip()))
    first, last = written.index("{"), len(depths) - 1
    assert depths[last] == 0
    assert all(depth > 0 for depth in depths[first:last])


def test_entries_are_separated_and_an_empty_export_is_empty() -> None:
    assert "".join(render([])) == ""
    assert "".join(render([make_paper(1), make_paper(2)])).count("\n\n@misc") == 1
