"""Every importer on files that people outside wrote, against what the list of samples says of them."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from readinglist.domain.raw import ImportResult, RawDocument
from readinglist.importers.registry import parse

pytestmark = pytest.mark.samples

# What the names of the recognised formats must be, by folder.
FORMATS = {
    "csljson": "CSL-JSON",
    "listings/api_crossref": "CSL-JSON",
    "listings/arxiv_api_atom": "arXiv search results",
    "listings/arxiv_list_html": "arXiv listing",
    "listings/feeds": "",
    "listings/huggingface": "Hugging Face listing",
}
NO_LISTING = {"xiv__captcha.html": "proof that a person is reading"}
# One record of an export with neither a title nor an identifier.
NAMELESS = {"zotero-better-bibtex__Export-of-creator-type-fields-from-embedded-CSL-variables-.json": 1}


def read(path: Path) -> ImportResult:
    return parse(RawDocument(content=path.read_bytes(), origin=str(path), name=path.name))


@pytest.fixture(scope="module")
def expected(samples: Path) -> Mapping[str, Mapping[str, Any]]:
    """What is known of the files, by their paths."""
    csv.field_size_limit(10**7)
    with (samples / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {row["file"]: json.loads(row["expected"]) for row in rows if (row["expected"] or "").startswith("{")}


@pytest.mark.parametrize("folder", FORMATS)
def test_every_record_of_every_sample_is_read(
    folder: str, samples: Path, expected: Mapping[str, Mapping[str, Any]]
) -> None:
    wrong = {}
    paths = [path for path in sorted((samples / folder).iterdir()) if ".expected." not in path.name]
    for path in (one for one in paths if one.name not in NO_LISTING and "Unixref" not in one.name):
        result = read(path)
        count = expected.get(str(path.relative_to(samples)), {}).get("records_counted")
        count = None if count is None else count - NAMELESS.get(path.name, 0)
        is_named = not FORMATS[folder] or result.format == FORMATS[folder] or not result.drafts
        if not is_named or (count is not None and len(result.drafts) != count):
            wrong[path.name] = (result.format, len(result.drafts), count)
    assert not wrong
    assert paths


def test_arxivs_pages_agree_with_what_they_were_made_from(samples: Path) -> None:
    for path in sorted((samples / "listings" / "arxiv_list_html").glob("*.html")):
        truth = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
        drafts = read(path).drafts
        assert [one.identifiers[0].value for one in drafts] == [one["arxiv"] for one in truth]
        assert [list(one.authors) for one in drafts] == [one["authors"] for one in truth]
        assert [list(one.keywords) for one in drafts] == [one["categories"] for one in truth]
        titles = [one.title_source or one.title for one in drafts]
        assert titles == [" ".join(one["title"].split()) for one in truth]


def test_every_arxiv_id_of_a_readers_list_is_found(samples: Path, expected: Mapping[str, Mapping[str, Any]]) -> None:
    for path in sorted((samples / "listings" / "markdown_lists").iterdir()):
        found = {one.identifiers[0] for one in read(path).drafts if one.identifiers[0].scheme == "arxiv"}
        least = expected[str(path.relative_to(samples))]["unique_arxiv_ids"]
        assert least <= len(found) <= least + 1, path.name  # one stands outside an address


def test_a_page_that_is_no_listing_is_named_for_what_it_is(samples: Path) -> None:
    for name, said in NO_LISTING.items():
        (problem,) = read(samples / "listings" / "arxiv_api_atom" / name).problems
        assert said in problem.reason


def test_no_sample_of_any_kind_makes_an_importer_fail(samples: Path) -> None:
    paths = [path for path in samples.rglob("*") if path.is_file() and path.stat().st_size < 2_000_000]
    for path in paths:
        result = read(path)
        assert result.drafts or result.problems, path
        assert all(one.title or one.identifiers for one in result.drafts), path
