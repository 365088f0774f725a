"""Other recognisers of PDFs, asked about the same files: what files say of themselves, pdftitle and pdf2doi.

pdftitle and pdf2doi are no part of this program, and their requirements exclude each other's newest versions: they are
asked through Pythons that have them, which `READINGLIST_RIVALS` names, separated as in PATH. Neither asks the network
here: pdf2doi looks for identifiers in the file alone, and believes what it finds.
"""

import json
import os
import re
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readinglist.pdf.document import load_document
from tests.benchmarks import scenery
from tests.benchmarks.recognised import Answer

VARIABLE = "READINGLIST_RIVALS"
LONGEST_S = 600
DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
ARXIV = re.compile(r"\barxiv:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
HEAD = """
import importlib.metadata, json, logging, socket, sys, time, warnings
warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)

def refuse(*_):
    raise OSError("there is no network")

socket.socket.connect = refuse

def answer(ask, path):
    began = time.perf_counter()
    try:
        found = ask(path)
    except Exception:
        found = None
    return found, time.perf_counter() - began

def run(name, ask):
    print("\\x1e" + json.dumps(importlib.metadata.version(name)), flush=True)
    for path in sys.stdin.read().splitlines():
        print("\\x1e" + json.dumps(answer(ask, path)), flush=True)
"""
TITLE_PROBE = f"""
{HEAD}
import pdftitle
how = [pdftitle.GetTitleParameters()] if hasattr(pdftitle, "GetTitleParameters") else []
run("pdftitle", lambda path: pdftitle.get_title_from_file(path, *how))
"""
IDENTIFIER_PROBE = f"""
{HEAD}
import pdf2doi
for name in ("verbose", "webvalidation", "websearch", "save_identifier_metadata"):
    pdf2doi.config.set(name, False)
pdf2doi.config.set("replace_arxivID_by_DOI_when_available", False)  # fails without the network

def ask(path):
    found = pdf2doi.pdf2doi_singlefile(path) or {{}}
    return found.get("identifier"), found.get("identifier_type")

run("pdf2doi", ask)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What somebody else says of the files.

    Attributes:
        name: With its version.
        fields: What it tells at all.
        answers: By the name of the file.
        seconds: For all files, without its start.
    """

    name: str
    fields: tuple[str, ...]
    answers: Mapping[str, Answer]
    seconds: float


def describe(paths: Sequence[Path]) -> Rival:
    """Return what the files' own descriptions say, taken at their word."""
    began = time.perf_counter()
    answers = {path.name: _described(path) for path in paths}
    return Rival(
        name="the file's own description",
        fields=("title", "first author", "year", "arxiv", "doi"),
        answers=answers,
        seconds=time.perf_counter() - began,
    )


def ask_all(paths: Sequence[Path]) -> list[Rival]:
    """Ask those that are there, about copies with neutral names: some take a file's name for its title."""
    pythons = [one for one in os.environ.get(VARIABLE, "").split(os.pathsep) if one]
    if not pythons:
        return []
    folder = scenery.folder() / "neutral"
    folder.mkdir(exist_ok=True)
    copies = []
    for number, path in enumerate(paths):
        copies.append(folder / f"{number}.pdf")
        copies[-1].write_bytes(path.read_bytes())
    names = [path.name for path in paths]
    found = [_ask_titles(python, names, copies) for python in pythons]
    found += [_ask_identifiers(python, names, copies) for python in pythons]
    return [one for one in found if one is not None]


def _ask_titles(python: str, names: Sequence[str], copies: Sequence[Path]) -> Rival | None:
    said = _run(python, "pdftitle", TITLE_PROBE, copies)
    if said is None:
        return None
    version, *lines = said
    answers = {name: Answer(title=found or "") for name, (found, _) in zip(names, lines, strict=True)}
    seconds = sum(took for _, took in lines)
    return Rival(name=f"pdftitle {version}", fields=("title",), answers=answers, seconds=seconds)


def _ask_identifiers(python: str, names: Sequence[str], copies: Sequence[Path]) -> Rival | None:
    said = _run(python, "pdf2doi", IDENTIFIER_PROBE, copies)
    if said is None:
        return None
    version, *lines = said
    answers = {}
    for name, (found, _) in zip(names, lines, strict=True):
        identifier, kind = found or (None, None)
        is_arxiv = "arxiv" in (kind or "").lower()
        value = re.sub(r"v\d+$", "", identifier or "").lower()
        answers[name] = Answer(arxiv=value if is_arxiv else "", doi="" if is_arxiv else value)
    seconds = sum(took for _, took in lines)
    return Rival(name=f"pdf2doi {version}", fields=("arxiv", "doi"), answers=answers, seconds=seconds)


def _run(python: str, package: str, probe: str, copies: Sequence[Path]) -> list[Any] | None:
    """Return the rival's version and then what it says of each file, with the time it took; None if it is not there."""
    has_it = subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False, timeout=LONGEST_S)
    if has_it.returncode:
        return None
    done = subprocess.run(
        [python, "-c", probe],
        input="\n".join(map(str, copies)),
        capture_output=True,
        text=True,
        check=True,
        timeout=LONGEST_S,
    )
    return [json.loads(part.splitlines()[0]) for part in done.stdout.split("\x1e")[1:]]


def _described(path: Path) -> Answer:
    with load_document(path) as document:
        hints = document.hints
    year = re.match(r"D:(\d{4})", hints["creationDate"])
    words = " ".join(hints.values())
    doi, arxiv = DOI.search(words), ARXIV.search(words)
    return Answer(
        title=hints["title"],
        first_author=re.split(r"\s*(?:,|;|&|\band\b)\s*", hints["author"])[0],
        year=int(year[1]) if year else None,
        arxiv=arxiv[1].lower() if arxiv else "",
        doi=doi[0].rstrip(".,;)").lower() if doi else "",
    )
