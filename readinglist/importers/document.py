"""One dropped document as the importers see it: decoded once, its shape known, its JSON or tree read on demand."""

import email
import email.policy
import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING

from readinglist.domain.raw import RawDocument
from readinglist.importers.decoding import NotText, decode
from readinglist.importers.json_reading import JsonReading, read_json

if TYPE_CHECKING:
    from lxml.etree import HTMLParser, XMLParser, _Element

HEAD = 4096
MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,30}?content-type:\s*multipart/related", re.IGNORECASE)
HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|</(?:div|a|p|li|span|article|td)>", re.IGNORECASE)
XML = re.compile(r"\s*(?:<\?xml\b|<(?:\w+:)?(?:feed|rss|RDF)[\s>])", re.IGNORECASE)
JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:[{\]"]|null\b)|(?:\[\s*){20})')
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")  # no tree holds them


class Shape(Enum):
    """What a text is written in."""

    JSON = auto()
    XML = auto()
    HTML = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Document:
    """A decoded document.

    Attributes:
        raw: As it came.
        text: Its characters; lines end with a newline. Of an MHTML file only the page.
    """

    raw: RawDocument
    text: str

    @cached_property
    def shape(self) -> Shape:
        """What the text is written in, told from the text itself; names and media types are only believed in doubt."""
        head = self.text[:HEAD]
        if JSON.match(head):
            return Shape.JSON
        if XML.match(head) and not re.search(r"<!doctype\s+html|<html[\s>]", head, re.IGNORECASE):
            return Shape.XML
        if HTML.search(head) or (head.lstrip().startswith("<") and self._is_said_to_be("htm")):
            return Shape.HTML
        return Shape.TEXT

    @cached_property
    def json(self) -> JsonReading:
        """What the text says as JSON."""
        return read_json(self.text)

    @cached_property
    def html(self) -> "_Element | None":
        """The root of the page; None if there is not one element in it."""
        from lxml import etree  # noqa: PLC0415 - not before something is imported

        parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True, remove_comments=True)
        return _root(self.text, parser)

    @cached_property
    def xml(self) -> "_Element | None":
        """The root of the XML, as far as it is well formed; entities stay unexpanded, nothing is fetched."""
        from lxml import etree  # noqa: PLC0415

        parser = etree.XMLParser(
            encoding="utf-8", recover=True, resolve_entities=False, no_network=True, remove_comments=True
        )
        return _root(self.text, parser)

    @cached_property
    def is_cut_off(self) -> bool:
        """A page or feed that began and never ended."""
        head, tail = self.text[:HEAD].lower(), self.text[-HEAD:].lower()
        names = re.findall(r"<(html|feed|rss|rdf:rdf)[\s>]", head)
        return bool(names) and not re.search(rf"</(?:{names[0]}|body)>", tail)

    def _is_said_to_be(self, kind: str) -> bool:
        return kind in self.raw.media_type or f".{kind}" in self.raw.name.lower()[-6:]


def open_document(raw: RawDocument) -> Document:
    """Decode a document.

    Raises:
        NotText: It has no text; the message says what it is instead.
    """
    if MHTML.search(raw.content[:HEAD]):
        return Document(raw, _page_of_mhtml(raw.content))
    return Document(raw, decode(raw.content))


def _page_of_mhtml(content: bytes) -> str:
    """Return the first page of a web archive, out of its quoted-printable or base64."""
    message = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                charset = part.get_content_charset()
                declared = f"<!-- charset={charset} -->".encode() if charset else b""
                return decode(declared + payload)
    reason = "This web archive holds no page."
    raise NotText(reason)


def _root(text: str, parser: "XMLParser | HTMLParser") -> "_Element | None":
    from lxml import etree  # noqa: PLC0415

    try:
        root: _Element | None = etree.fromstring(CONTROL.sub("", text).encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root
