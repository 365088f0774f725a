"""The last resort: any text or page in which arXiv ids or DOIs stand; the network fills in the rest."""

import html
import re

from readinglist.domain.identifiers import find_identifiers, identifier_url
from readinglist.domain.paper import Mention, PaperDraft
from readinglist.domain.raw import ImportResult
from readinglist.importers.document import Document, Shape

FORMAT = "Identifiers in text"
SOURCE = "text"
# Addresses of a page's own machinery are full of numbers; what a reader sees or follows is text and links.
UNSEEN = re.compile(r"<(script|style|svg)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def score(document: Document) -> float:
    """Say that this is always possible and never likely."""
    return 0.05 if document.text else 0.0


def parse(document: Document) -> ImportResult:
    """Make a draft of every identifier, in order of appearance."""
    text = document.text
    if document.shape in (Shape.HTML, Shape.XML):
        text = html.unescape(UNSEEN.sub(" ", text))
    drafts = tuple(
        PaperDraft(
            title="",
            identifiers=(one,),
            url=identifier_url(one),
            mention=Mention(source=SOURCE, origin=document.raw.origin),
        )
        for one in find_identifiers(text)
    )
    return ImportResult(format=FORMAT, drafts=drafts)
