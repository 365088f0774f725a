"""Looking things up: lists of papers, one paper, counts, tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from readinglist.domain.errors import UserError
from readinglist.domain.identifiers import parse_identifier
from readinglist.domain.paper import Counts, Paper, PaperId, PaperRow, Tag
from readinglist.domain.query import Match, Query, QueryProblem, Sort
from readinglist.domain.query_text import parse_query
from readinglist.library.library import Library
from readinglist.services.finding import BestAnswer, find_best

NAMED = 5  # papers that a message names when a title fits several


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogAnswer:
    """The papers that a query asks for.

    Attributes:
        ids: In the order that was asked for.
        problems: Parts of the query that were left out, and why.
    """

    ids: list[PaperId]
    problems: tuple[QueryProblem, ...] = ()


class Catalog:
    """Reads a library; every method may be called from any thread."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def ids(self, text: str, sort: Sort | None = None) -> CatalogAnswer:
        """Answer a query; the empty one asks for everything outside the bin."""
        query = parse_query(text)
        with self._library.look() as look:
            return CatalogAnswer(ids=look.search.ids(query, sort or Sort()), problems=query.problems)

    def best(self, text: str, limit: int) -> BestAnswer:
        """Answer a query with the papers that fit its words best, and say where they have them."""
        with self._library.read() as reader:
            return find_best(reader, text, limit)

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
            if len(ids) == 1:
                return ids[0]
            if not ids:
                message = f"No title in the library contains “{text}”."
                raise UserError(message)
            named = ", ".join(f"{row.id} “{row.title}”" for row in reader.papers.rows(ids[:NAMED]))
            more = f", and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
            message = f"“{text}” may be {len(ids)} papers: {named}{more}. Give the number of one."
            raise UserError(message)
