"""All formats together."""

import pytest

from readinglist.app import arguments
from readinglist.exporters.registry import FORMATS
from tests.helpers.papers import make_paper


def test_the_formats_are_those_of_the_command_line() -> None:
    assert tuple(FORMATS) == arguments.FORMATS


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_its_last_line_and_names_the_paper(name: str) -> None:
    text = "".join(FORMATS[name].render([make_paper()]))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\r" not in text
    assert "earning from sparse examples" in text
