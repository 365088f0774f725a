"""TeX in listings: converted where certain, left alone where not."""

import pytest

from readinglist.importers.tex import render_tex


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"T\"ULU 3", "TÜLU 3"),
        (r"Fr\'echet", "Fréchet"),
        (r"{\tau}-bench", "τ-bench"),
        (r"Erd\H{o}s and Gr\"{o}bner", "Erdős and Gröbner"),
        (r"100\% of \$5 \& more", "100% of $5 & more"),
        (r"the model\'s weights", "the model's weights"),
        (r"\alpha and {\beta}", "α and β"),
        ("componentsx2013such", "components–such"),
    ],
)
def test_whole_well_known_pieces_become_unicode(source: str, expected: str) -> None:
    assert render_tex(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "mathcal{S^p}",
        "pre-trainingrightarrowfine-tuning",
        "256times256",
        r"\footnote{See our page",
        r"\textbf{bold}",
        r"\unknown{x}",
        "a 1024x2013 image",
        "C:\\new\\table",
        "",
    ],
)
def test_pieces_of_uncertain_meaning_stay(source: str) -> None:
    assert render_tex(source) == source
