"""Opening and parsing a whole drop, and asking the network for papers of which only the identifier is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from readinglist.domain.errors import Cancelled, ReadingListError
from readinglist.domain.identifiers import Identifier
from readinglist.domain.merging import combine, is_provisional_title
from readinglist.domain.paper import PaperDraft
from readinglist.domain.raw import Drop, ImportResult, Problem, RawDocument
from readinglist.services.drops import DroppedPdf, DropReader, Network, count_files
from readinglist.services.jobs import JobContext
from readinglist.services.pdf_import import PdfImport, is_pdf_document
from readinglist.services.recognise import FoundPdf

PDF = "PDF"  # as a format, for people
LOOKUP_BATCH = 100  # identifiers that arXiv answers for in one request

Parse = Callable[[RawDocument], ImportResult]


@dataclass(slots=True)
class Gathered:
    """What came out of a drop so far.

    Attributes:
        wheres: Names of the documents, one for each draft.
        documents: Those that gave drafts.
        pdfs: By the place of their drafts.
    """

    drafts: list[PaperDraft] = field(default_factory=list)
    wheres: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    documents: list[RawDocument] = field(default_factory=list)
    pdfs: dict[int, FoundPdf] = field(default_factory=dict)
    assumed_year: int | None = None

    def add(self, document: RawDocument, result: ImportResult) -> None:
        """Take over the outcome of one document."""
        self.drafts += result.drafts
        self.wheres += [document.name] * len(result.drafts)
        self.problems += result.problems
        if result.drafts:
            self.documents.append(document)
            if result.format not in self.formats:
                self.formats.append(result.format)
        if self.assumed_year is None:
            self.assumed_year = result.assumed_year

    def add_pdf(self, found: FoundPdf, name: str) -> None:
        """Take over a recognised PDF; one whose content the drop had already says nothing new."""
        if any(one.content.sha256 == found.content.sha256 for one in self.pdfs.values()):
            return
        self.pdfs[len(self.drafts)] = found
        self.drafts.append(found.draft())
        self.wheres.append(name)
        if PDF not in self.formats:
            self.formats.append(PDF)


def gather(drops: Sequence[Drop], *, network: Network, parse: Parse, pdfs: PdfImport, context: JobContext) -> Gathered:
    """Open and parse everything that was dropped.

    Raises:
        Cancelled: The reader stopped it.
    """
    gathered = Gathered()
    reader = DropReader(network, context.check_cancelled)
    total = count_files(drops)
    for done, opened in enumerate(reader.documents(drops)):
        context.check_cancelled()
        if isinstance(opened, Problem):
            gathered.problems.append(opened)
            continue
        context.progress(done, max(total, done + 1) if total > 1 else None, opened.name)
        if isinstance(opened, DroppedPdf) or is_pdf_document(opened):
            found = pdfs.read(opened, context.check_cancelled)
            if isinstance(found, Problem):
                gathered.problems.append(found)
            else:
                gathered.add_pdf(found, opened.name)
        else:
            gathered.add(opened, _parsed(opened, parse))
    return gathered


def _parsed(document: RawDocument, parse: Parse) -> ImportResult:
    """Parse a document; of one that is called a PDF, it is worth saying that it is none."""
    result = parse(document)
    if result.drafts or not document.content or not document.name.lower().endswith(".pdf"):
        return result
    reason = "The file is called a PDF and is none: its beginning is damaged, or it is something else."
    return replace(result, problems=(Problem(where=document.name, reason=reason),))


def complete_from_network(
    drafts: Sequence[PaperDraft], *, network: Network, parse: Parse, context: JobContext
) -> dict[int, PaperDraft]:
    """Look up drafts that have an identifier and no title.

    Without a network the drafts stay as they are: the identifier is worth keeping, and a later import completes it.

    Returns:
        The completed drafts by their place in `drafts`; only those that were found.

    Raises:
        Cancelled: The reader stopped it.
    """
    nameless = ((index, draft) for index, draft in enumerate(drafts) if is_provisional_title(draft.title))
    wanted = {draft.identifiers[0]: index for index, draft in nameless if draft.identifiers}
    found: dict[int, PaperDraft] = {}
    identifiers = list(wanted)
    for start in range(0, len(identifiers), LOOKUP_BATCH):
        context.check_cancelled()
        context.progress(start, len(identifiers), "Looking up papers")
        batch = identifiers[start : start + LOOKUP_BATCH]
        try:
            documents = network.lookup(batch, check_cancelled=context.check_cancelled)
        except Cancelled:
            raise
        except ReadingListError:
            break  # the network is away or refuses; asking again for the rest would only make the reader wait
        for draft in (draft for document in documents for draft in parse(document).drafts):
            index = _place(draft.identifiers, wanted)
            if index is not None:
                found[index] = combine(drafts[index], draft)
    return found


def _place(identifiers: Sequence[Identifier], wanted: dict[Identifier, int]) -> int | None:
    return next((wanted[one] for one in identifiers if one in wanted), None)
