"""What systems are told of the program: the links and files that it opens, and how it is started with one."""

import configparser
import plistlib
import shlex
from pathlib import Path

import pytest

from readinglist.app import resources
from readinglist.app.arguments import parse_arguments
from readinglist.app.link_entry import TEMPLATE
from readinglist.domain.paper_address import SCHEME, is_paper_address
from readinglist.domain.raw import RawDocument
from readinglist.importers.registry import parse

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def test_the_desktop_entry_opens_the_links_that_exports_write() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters="=")
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # names are told apart by their case
    entry.read_string(resources.read_text(TEMPLATE))
    facts = entry["Desktop Entry"]
    assert f"x-scheme-handler/{SCHEME}" in facts["MimeType"].split(";")
    command = [one.replace("%U", f"{SCHEME}://paper/7?page=3") for one in shlex.split(facts["Exec"])]
    options = parse_arguments(command[1:])
    assert command[0] == "readinglist"
    assert [is_paper_address(str(one)) for one in options.files] == [True]


def test_the_bundle_opens_the_links_that_exports_write() -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert [one["CFBundleURLSchemes"] for one in facts["CFBundleURLTypes"]] == [[SCHEME]]


def test_the_bundle_is_no_first_choice_for_files_of_others() -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert {one["LSHandlerRank"] for one in facts["CFBundleDocumentTypes"]} <= {"Alternate", "None"}


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("bib", "@article{one,\n  title = {On Order},\n  doi = {10.1145/3292500.3330701}\n}\n"),
        ("ris", "TY  - JOUR\nTI  - On Order\nDO  - 10.1145/3292500.3330701\nER  - \n"),
    ],
)
def test_bibliographies_that_the_bundle_takes_are_read(suffix: str, content: str) -> None:
    facts = plistlib.loads((PACKAGING / "macos" / "Info.plist").read_bytes())
    assert suffix in [one for kind in facts["CFBundleDocumentTypes"] for one in kind.get("CFBundleTypeExtensions", ())]
    result = parse(RawDocument(content=content.encode(), origin="file", name=f"papers.{suffix}"))
    assert [one.value for draft in result.drafts for one in draft.identifiers] == ["10.1145/3292500.3330701"]
