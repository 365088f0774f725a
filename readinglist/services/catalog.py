"""Looking things up: lists of papers, one paper, counts, tags, collections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.paper import Collection, Counts, Paper, PaperId, PaperRow, Tag
from readinglist.domain.query import Among, Match, Query, QueryProblem, Sort, has_words
from readinglist.domain.query_text import parse_query
from readinglist.domain.query_words import has_likes, with_likes
from readinglist.domain.recommendation import WhyHere
from readinglist.library.library import Library

if TYPE_CHECKING:
    from readinglist.library.first_look import Look

NAMED = 5  # papers that a message names when a title fits several
EXPLAINED = 12  # papers that the first screen of a list shows


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogAnswer:
    """The papers that a query asks for.

    Attributes:
        ids: In the order that was asked for.
        problems: Parts of the query that were left out, and why.
        reasons: Why the first of them are there, where words were searched for.
        close: Those that only their meaning brought in.
        notice: A sentence for the reader if the answer is not the best possible; else empty.
    """

    ids: list[PaperId]
    problems: tuple[QueryProblem, ...] = ()
    reasons: Mapping[PaperId, WhyHere] = field(default_factory=dict)
    close: frozenset[PaperId] = frozenset()
    notice: str = ""


class Catalog:
    """Reads a library; every method may be called from any thread.

    Args:
        library: The papers.
        like: Finds what is close in meaning, for `like:`; without it, such a part of a query finds nothing.
    """

    def __init__(self, library: Library, like: Callable[[str], Among] | None = None) -> None:
        self._library = library
        self._like = like

    def ids(self, text: str, sort: Sort | None = None, limit: int | None = None) -> CatalogAnswer:
        """Answer a query; the empty one asks for everything outside the bin.

        Args:
            text: In the query language.
            sort: None for the newest first.
            limit: At most so many papers, the first ones; None for all.
        """
        query = parse_query(text)
        asked = with_likes(query, self._like) if self._like is not None and has_likes(query) else query
        sort = sort or Sort()
        with self._library.look() as look:
            ids = look.search.ids(asked, sort, limit)
            reasons = _explain(look, query, ids[:EXPLAINED]) if has_words(query.root) else {}
        return CatalogAnswer(ids=ids, problems=query.problems, reasons=reasons)

    def reasons(self, text: str, ids: Sequence[PaperId]) -> dict[PaperId, WhyHere]:
        """Say where papers on the screen have the words of a query; those that have none of them are left out."""
        with self._library.look() as look:
            return _explain(look, parse_query(text), ids)

    def names(self, field: str, typed: str, limit: int) -> list[tuple[str, int]]:
        """Return tags, collections, authors, venues or sources that begin so, with numbers of papers."""
        with self._library.look() as look:
            return look.names.find(field, typed, limit)

    def rows(self, ids: Sequence[PaperId]) -> list[PaperRow]:
        """Load what a list shows; the order is kept, papers that are gone are left out."""
        with self._library.look() as look:
            return look.papers.rows(ids)

    def get(self, paper_id: PaperId) -> Paper:
        """Load a paper whole.

        Raises:
            UserError: There is none of this number.
        """
        with self._library.look() as look:
            return look.papers.get(paper_id)

    def get_many(self, ids: Sequence[PaperId]) -> list[Paper]:
        """Load papers whole; the order is kept, papers that are gone are left out."""
        with self._library.look() as look:
            found = look.papers.get_many(ids)
        return [found[one] for one in ids if one in found]

    def counts(self) -> Counts:
        """Count papers by status."""
        with self._library.look() as look:
            return look.papers.counts()

    def tags(self) -> list[Tag]:
        """Return all tags in alphabetical order."""
        with self._library.read() as reader:
            return reader.tags.all()

    def collections(self) -> list[Collection]:
        """Return all collections in alphabetical order."""
        with self._library.read() as reader:
            return reader.collections.all()

    def tags_among(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Return the tags that any of some papers have, and how many of these."""
        with self._library.read() as reader:
            return reader.tags.among(ids)

    def collections_among(self, ids: Sequence[PaperId]) -> dict[str, int]:
        """Return the collections that any of some papers are in, and how many of these."""
        with self._library.read() as reader:
            return reader.collections.among(ids)

    def resolve(self, text: str) -> PaperId:
        """Find the paper that the reader names by number, arXiv id, DOI, or a unique part of its title.

        Raises:
            UserError: No paper is meant, or several are; the message names them.
        """
        text = text.strip()
        with self._library.read() as reader:
            if text.isdecimal():
                return reader.papers.get(PaperId(int(text))).id
            identifier = parse_identifier(text)
            if identifier is not None:
                found = reader.papers.find_identifier(identifier)
                if found is None:
                    message = f"No paper in the library has the identifier {identifier.value}."
                    raise UserError(message)
                return found
            ids = reader.papers.find_titles(text) or reader.search.ids(Query(Match("title", text), (), text), Sort())
            ids = ids or (reader.search.titled(text) if text else [])
            if len(ids) == 1:
                return ids[0]
            if not ids:
                message = f"No title in the library contains “{text}”."
                raise UserError(message)
            named = ", ".join(f"{row.id} “{row.title}”" for row in reader.papers.rows(ids[:NAMED]))
            more = f", and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
            message = f"“{text}” may be {len(ids)} papers: {named}{more}. Give the number of one."
            raise UserError(message)


def _explain(look: "Look", query: Query, ids: Sequence[PaperId]) -> dict[PaperId, WhyHere]:
    from readinglist.services.explaining import explain_words  # noqa: PLC0415 - a first list needs no reasons

    return explain_words(look, query, ids)
