"""What systems are told of the program: the links that it opens, and how it is started with one."""

import configparser
import shlex
from pathlib import Path

from readinglist.app.arguments import parse_arguments
from readinglist.domain.paper_address import SCHEME, is_paper_address

DESKTOP = Path(__file__).resolve().parents[2] / "packaging" / "linux" / "readinglist.desktop"


def test_the_desktop_entry_opens_the_links_that_exports_write() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # names are told apart by their case
    entry.read(DESKTOP, encoding="utf-8")
    facts = entry["Desktop Entry"]
    assert f"x-scheme-handler/{SCHEME}" in facts["MimeType"].split(";")
    command = [one.replace("%U", f"{SCHEME}://paper/7?page=3") for one in shlex.split(facts["Exec"])]
    options = parse_arguments(command[1:])
    assert command[0] == "readinglist"
    assert [is_paper_address(str(one)) for one in options.files] == [True]
