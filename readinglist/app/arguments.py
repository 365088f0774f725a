"""The whole command line as one parser; imports nothing that takes time."""

import argparse
import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

from readinglist import __version__
from readinglist.app.argument_values import parse_positive, parse_priority, parse_rating, parse_share, parse_status
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import Status

PROGRAM = "readinglist"
SORT_KEYS = (
    *("added", "published", "title", "author", "upvotes", "comments"),
    *("priority", "rating", "status", "queue", "finished", "relevance"),
)
FORMATS = ("bibtex", "ris", "csl-json", "csv", "markdown", "json")
FORMAT_BY_SUFFIX = {
    ".bib": "bibtex",
    ".ris": "ris",
    ".csv": "csv",
    ".md": "markdown",
    ".json": "json",
}
EPILOG = """\
PAPER is a paper's number, its arXiv id, its DOI, or a part of its title that only it has.
QUERY is what the search field takes: words, "a phrase", -word, OR, author:hinton title:(graph OR tree) year:2022..2024
tag:ml is:starred added:today read:7d; what has quotes or parentheses stands in single quotes.

Exit codes: 0 fine, 1 a bug, 2 wrong usage, 3 the input, 4 disk, network or permission, 5 the library's content.
"""

# Commands whose words may begin with a dash (`-word` in a query, `-tag`), and how many values options of theirs take.
DASH_WORD_COMMANDS = frozenset({"list", "search", "similar", "recommend", "export", "tag", "collection"})
POSITION = re.compile(r"^argument [^-:]+: ")
# What argparse says of its own, in its own words.
OWN_WORDS = (
    (
        re.compile(r"^argument (?P<name>[^:]+): invalid choice: '?(?P<word>.*?)'? \(choose from (?P<known>.*)\)$"),
        lambda found: f"{found['name']} cannot be “{found['word']}”, only {found['known'].replace(chr(39), '')}",
    ),
    (
        re.compile(r"^unrecognized arguments: (?P<words>.*)$"),
        lambda found: f"“{found['words']}” is not understood here",
    ),
    (re.compile(r"^argument (?P<name>-[^:]+): expected .*$"), lambda found: f"{found['name']} needs a value"),
    (
        re.compile(r"^the following arguments are required: (?P<names>.*)$"),
        lambda found: f"{found['names']} {'are' if ',' in found['names'] else 'is'} missing",
    ),
)
SHORT_OPTIONS = frozenset({"-h", "-o"})
VALUE_OPTIONS = {
    **dict.fromkeys(("--library", "--sort", "--limit", "--format", "--output", "-o", "--surprise", "--why"), 1),
    **dict.fromkeys(("--like", "--unlike", "--tag", "--collection", "--delete"), 1),
    "--rename": 2,
}


class Options(argparse.Namespace):
    """What was asked for: these, and what the command's own arguments are called.

    Attributes:
        command: Name of the command; `gui` if none was given.
        library: Folder of the library; None if it was not given.
        json: One JSON document on standard output instead of words for people.
        verbose: Show the log on standard error.
    """

    command: str
    library: str | None
    json: bool
    verbose: bool


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence and where to read more."""

    @override
    def error(self, message: str) -> NoReturn:
        for pattern, words in OWN_WORDS:
            message = pattern.sub(words, message)
        message = POSITION.sub("", message)  # sentences of our own say already which word is wrong
        sentence = message if message.endswith((".", "?")) else f"{message}."
        self.exit(2, f"{PROGRAM}: {sentence}\nTry “{self.prog} --help”.\n")


def parse_arguments(argv: Sequence[str]) -> Options:
    """Read the arguments of the process.

    Args:
        argv: Without the program's name.

    Raises:
        SystemExit: 2 after a sentence on standard error; 0 after `--help` and `--version`.
    """
    parser, names = _build()
    at = _find_command(argv)
    if at is not None and argv[at] not in names:
        parser.error(_unknown_command(argv[at], names))
    options = parser.parse_args(_shield_dash_words(argv, at), namespace=Options())
    if options.command == "export":
        _complete_format(parser, options)
    return options


def _build() -> tuple[_Parser, frozenset[str]]:
    parser = _Parser(
        prog=PROGRAM,
        description="A reading list for research papers. Without a command the window opens.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_shared_options()],
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Reading List {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=_Parser)
    parser.set_defaults(command="gui", files=[], library=None, json=False, verbose=False)
    adder = _Adder(commands, _shared_options())  # not the same again: they share their defaults with it
    _add_reading(adder)
    _add_recommending(adder)
    _add_editing(adder)
    _add_pdf(adder)
    _add_keeping(adder)
    return parser, frozenset(adder.names)


def _shared_options() -> _Parser:
    """Build the options that may stand before and after the command.

    Their defaults are suppressed, or the command's parser would undo what stood before it.
    """
    shared = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--library", metavar="DIR", help="folder of the library (else READINGLIST_LIBRARY)")
    shared.add_argument("--json", action="store_true", help="print JSON on standard output")
    shared.add_argument("--verbose", action="store_true", help="show on standard error what goes on")
    return shared


class _Adder:
    """Adds commands that share the general options."""

    def __init__(self, commands: "argparse._SubParsersAction[_Parser]", shared: _Parser) -> None:
        self._commands = commands
        self._shared = shared
        self.names: list[str] = []

    def __call__(self, name: str, text: str, **more: Any) -> _Parser:
        self.names.append(name)
        capital = text[0].upper() + text[1:]
        return self._commands.add_parser(
            name, help=text, description=f"{capital}.", parents=[self._shared], allow_abbrev=False, **more
        )


def _add_reading(add: _Adder) -> None:
    gui = add("gui", "open the window and offer files for import")
    gui.add_argument("files", nargs="*", metavar="FILE", help="file or folder to import")

    importing = add("import", "take papers in")
    importing.add_argument(
        "what", nargs="+", metavar="WHAT", help="file, folder, address, arXiv id, DOI, or - for standard input"
    )
    importing.add_argument("--status", type=parse_status, metavar="S", help="status of new papers (else the setting)")
    importing.add_argument("--tag", action="append", default=[], metavar="T", help="tag new papers; may be repeated")
    importing.add_argument(
        "--collection", action="append", default=[], metavar="NAME", help="put all its papers into it; may be repeated"
    )
    importing.add_argument("--year", type=parse_positive, help="year of dates that are printed without one")
    importing.add_argument("--dry-run", action="store_true", help="say what would happen and store nothing")

    listing = add("list", "list papers")
    listing.add_argument("query", nargs="*", metavar="QUERY", help="which papers; all without it")
    listing.add_argument("--sort", choices=SORT_KEYS, metavar="KEY", help=f"one of {', '.join(SORT_KEYS)}")
    listing.add_argument("--reverse", action="store_true", help="the other way round")
    listing.add_argument("--limit", type=parse_positive, metavar="N", help="at most so many")

    show = add("show", "show everything about a paper")
    show.add_argument("paper", metavar="PAPER")

    search = add("search", "find papers, the best first")
    search.add_argument("query", nargs="+", metavar="QUERY")
    how = search.add_mutually_exclusive_group()
    how.add_argument("--text", dest="by", action="store_const", const="words", help="by words only")
    how.add_argument("--meaning", dest="by", action="store_const", const="meaning", help="by meaning only")
    search.set_defaults(by="both")
    search.add_argument("--limit", type=parse_positive, default=20, metavar="N", help="at most so many (20)")

    similar = add("similar", "find papers like a paper or a text")
    similar.add_argument("what", nargs="+", metavar="PAPER|TEXT")
    similar.add_argument("--limit", type=parse_positive, metavar="N", help="at most so many (else the setting)")


def _add_recommending(add: _Adder) -> None:
    recommend = add("recommend", "say which unread papers to read next, and why")
    recommend.add_argument("query", nargs="*", metavar="QUERY", help="among which papers; all without it")
    recommend.add_argument("--limit", type=parse_positive, default=20, metavar="N", help="at most so many (20)")
    recommend.add_argument(
        "--surprise", type=parse_share, metavar="X", help="0 near to 1 surprising (else the setting)"
    )
    recommend.add_argument("--tag", metavar="T", help="like the papers of a tag, instead of all that you did")
    recommend.add_argument("--collection", metavar="NAME", help="like the papers of a collection instead")
    recommend.add_argument("--like", action="append", default=[], metavar="PAPER", help="like this paper instead")
    recommend.add_argument("--unlike", action="append", default=[], metavar="PAPER", help="and not like this one")
    recommend.add_argument("--why", metavar="PAPER", help="only say where this paper stands and why")

    feedback = add("feedback", "say what recommendations are to be like")
    feedback.add_argument(
        "kind", choices=tuple(Feedback), metavar="|".join(Feedback), help="more or less like it; hide it"
    )
    feedback.add_argument("--off", action="store_true", help="take it back")
    _papers(feedback)


def _add_editing(add: _Adder) -> None:
    status = add("status", "set the status of papers")
    status.add_argument("status", type=parse_status, metavar="S", help=", ".join(Status))
    _papers(status)

    tag = add("tag", "add and remove tags; without arguments, list them")
    tag.add_argument("words", nargs="*", metavar="+T|-T|PAPER", help="+T adds, -T removes, anything else is a PAPER")

    collection = add("collection", "put papers into collections and take them out; without arguments, list them")
    collection.add_argument(
        "words", nargs="*", metavar="+NAME|-NAME|PAPER", help="+NAME puts in, -NAME takes out, anything else is a PAPER"
    )
    collection.add_argument("--rename", nargs=2, metavar=("OLD", "NEW"), help="rename one, and those below it")
    collection.add_argument("--delete", metavar="NAME", help="delete one, and those below it; the papers stay")

    star = add("star", "star papers")
    star.add_argument("--off", action="store_true", help="take the star away")
    _papers(star)

    priority = add("priority", "set the priority of papers")
    priority.add_argument("priority", type=parse_priority, metavar="P", help="none, low, medium or high")
    _papers(priority)

    rate = add("rate", "rate papers")
    rate.add_argument("rating", type=parse_rating, metavar="0–5", help="0 takes the rating away")
    _papers(rate)

    note = add("note", "show or write the note of a paper")
    note.add_argument("paper", metavar="PAPER")
    note.add_argument("text", nargs="?", metavar="TEXT", help="Markdown; - reads standard input, '' clears the note")

    merge = add("merge", "make one paper of several entries of one work")
    _papers(merge)
    merge.add_argument("--lead", metavar="PAPER", help="whose title and version it takes (else the published one)")
    merge.add_argument("--dry-run", action="store_true", help="say what it would be and change nothing")

    _papers(add("delete", "move papers to the bin"))
    _papers(add("undelete", "take papers out of the bin"))
    add("undo", "take the last step back, whoever made it")
    add("redo", "make the step again that was taken back last")


def _add_pdf(add: _Adder) -> None:
    pdf = add("pdf", "give papers their PDFs, and show what is written on them")
    actions = pdf.add_subparsers(dest="action", metavar="ACTION", title="actions", parser_class=_Parser, required=True)
    act = _Adder(actions, _shared_options())

    attach = act("attach", "give a paper a PDF")
    attach.add_argument("paper", metavar="PAPER")
    attach.add_argument("file", metavar="FILE")
    how = attach.add_mutually_exclusive_group()
    for word, text in (
        ("copy", "copy it into the library"),
        ("link", "leave it where it is"),
        ("move", "move it into the library"),
    ):
        how.add_argument(f"--{word}", dest="how", action="store_const", const=word, help=text)

    fetch = act("fetch", "download the open PDFs of papers that have none")
    fetch.add_argument("query", nargs="*", metavar="QUERY", help="which papers; all without it")

    annotations = act("annotations", "show what is written on the pages of a paper")
    annotations.add_argument("paper", metavar="PAPER")
    annotations.add_argument("--markdown", action="store_true", help="as Markdown, with links to the pages")


def _add_keeping(add: _Adder) -> None:
    export = add("export", "write papers in a format for others")
    export.add_argument("query", nargs="*", metavar="QUERY", help="which papers; all without it")
    export.add_argument("--format", choices=FORMATS, metavar="FORMAT", help=", ".join(FORMATS))
    export.add_argument("-o", "--output", metavar="FILE", help="write here instead of standard output")

    index = add("index", "read the texts of PDFs, and prepare papers for comparison by meaning")
    index.add_argument("--rebuild", action="store_true", help="begin anew")
    index.add_argument("--status", action="store_true", help="only say how far it is")

    backup = add("backup", "back the library up")
    backup.add_argument("file", nargs="?", metavar="FILE", help="where to; the library's backups folder without it")
    restore = add("restore", "go back to a backup; what is there now is backed up first")
    restore.add_argument("file", metavar="FILE")
    add("check", "look for damage in the library")
    add("doctor", "say how the program is set up and what is wrong with it")
    evaluate = add("evaluate", "measure similar papers on a folder of papers that people judged (for developers)")
    evaluate.add_argument("folder", metavar="FOLDER", help="has papers.jsonl and judgements.tsv")

    links = add("links", "say what opens readinglist:// links; on and off let this program open them, or no longer")
    links.add_argument("choice", nargs="?", choices=("on", "off"), metavar="on|off", help="only say it without this")

    config = add("config", "show and change settings")
    config.add_argument("key", nargs="?", metavar="KEY")
    config.add_argument("value", nargs="?", metavar="VALUE")
    config.add_argument("--reset", action="store_true", help="go back to the default")


def _papers(parser: _Parser) -> None:
    parser.add_argument("papers", nargs="+", metavar="PAPER")


def _find_command(argv: Sequence[str]) -> int | None:
    at = 0
    while at < len(argv):
        if not argv[at].startswith("-"):
            return at
        at += 2 if argv[at] == "--library" else 1
    return None


def _unknown_command(word: str, names: frozenset[str]) -> str:
    if near := get_close_matches(word, sorted(names), n=1):
        return f"there is no command “{word}”. Did you mean “{near[0]}”?"
    if Path(word).exists() or "://" in word:
        return f"there is no command “{word}”. To take it in, say “{PROGRAM} import {word}”."
    return f"there is no command “{word}”"


def _shield_dash_words(argv: Sequence[str], at: int | None) -> list[str]:
    """Put what may begin with a dash without being an option behind `--`, where argparse leaves it alone."""
    if at is None or argv[at] not in DASH_WORD_COMMANDS:
        return list(argv)
    options: list[str] = []
    words: list[str] = []
    rest = list(argv[at + 1 :])
    while rest:
        word = rest.pop(0)
        if word == "--":
            words += rest
            break
        if not (word.startswith("--") or word in SHORT_OPTIONS):
            words.append(word)
            continue
        options.append(word)
        taken = VALUE_OPTIONS.get(word, 0)
        options += rest[:taken]
        del rest[:taken]
    return [*argv[: at + 1], *options, *(["--", *words] if words else [])]


def _complete_format(parser: _Parser, options: Options) -> None:
    if options.format is None and options.output:
        options.format = FORMAT_BY_SUFFIX.get(Path(options.output).suffix.lower())
    if options.format is None:
        parser.error(f"which format? Say --format and one of {', '.join(FORMATS)}.")
