"""Which identifiers exist, how each is written, and how to find them in text.

**Source:** arXiv identifiers, https://info.arxiv.org/help/arxiv_identifier.html; DOI syntax, ISO 26324 and Crossref's
advice on matching it, https://www.crossref.org/blog/dois-and-matching-regular-expressions/ (2015).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A normalised identifier.

    Attributes:
        scheme: `arxiv`, `doi`, `acl`, `pmid`, `openreview`, `s2`, `openalex` or `isbn`.
        value: Normal form: lower-case DOI without resolver; arXiv id without version.
    """

    scheme: str
    value: str


# The archives of the old scheme; without the list, any `word/1234567` of an address would be an identifier.
ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "econ|eess|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|"
    "plasm-ph|q-alg|q-bio|q-fin|quant-ph|solv-int|stat|supr-con"
)
NEW_ID = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
OLD_ID = rf"(?:{ARCHIVES})(?:\.[A-Za-z]{{2}})?/\d{{7}}"
ARXIV_ID = re.compile(rf"(?P<id>{NEW_ID}|{OLD_ID})(?:v\d{{1,2}})?", re.IGNORECASE)
ARXIV = re.compile(rf"(?<![\w.-])(?:{NEW_ID}|{OLD_ID})(?:v\d{{1,2}})?(?![\w/-]|\.\d)", re.IGNORECASE)
ARXIV_PREFIX = re.compile(
    r"(?:arxiv\s*:\s*|(?:https?://)?(?:(?:www|export|rss)\.)?arxiv\.org/(?:abs|pdf|html|format|ps)/|"
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/papers/|oai:arxiv\.org:|"
    r"(?:https?://)?(?:www\.)?(?:alphaxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)/(?:abs|pdf|html)/)",
    re.IGNORECASE,
)
DOI = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s\"'<>{}|\\^`\[\]\x00-\x1f\ud800-\udfff]{1,300}", re.IGNORECASE)
DOI_PREFIX = re.compile(r"(?:doi\s*:\s*|(?:https?://)?(?:dx\.|www\.)?doi\.org/)", re.IGNORECASE)
ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(?P<id>.+)", re.IGNORECASE)
# What publishers' templates print until the real one is filled in.
TEMPLATE_DOI = re.compile(
    r"10\.\d+/(?:n{3,}[.n]*|x{3,}[.x-]*|1122445\.1122456|0000000\.0000000|3?nnnnnnn.*)", re.IGNORECASE
)
FOUND = re.compile(rf"{ARXIV.pattern}|{DOI.pattern}", re.IGNORECASE)
QUESTION = re.compile(r"\?\w+=.*", re.DOTALL)  # of an address in which the DOI stood
TAIL = ".,;:!?*_…·"  # ends a sentence, not an identifier
ADDRESSES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "doi": "https://doi.org/{}",
    "acl": "https://aclanthology.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "s2": "https://www.semanticscholar.org/paper/{}",
    "openalex": "https://openalex.org/{}",
    "isbn": "https://openlibrary.org/isbn/{}",
}


def parse_identifier(text: str) -> Identifier | None:
    """Read a text that is one identifier and nothing else, in any usual dress; None if it is none.

    >>> parse_identifier("https://arxiv.org/pdf/2401.01234v2.pdf")
    Identifier(scheme='arxiv', value='2401.01234')
    >>> parse_identifier("doi:10.1000/ABC"), parse_identifier("10.1145/nnnnnnn.nnnnnnn")
    (Identifier(scheme='doi', value='10.1000/abc'), None)
    """
    text = text.strip().strip("<>").strip()
    if prefix := ARXIV_PREFIX.match(text):
        rest = re.sub(r"(?:\.pdf|\.md)?/?(?:[?#].*)?$", "", text[prefix.end() :], flags=re.IGNORECASE)
        return _arxiv(rest)
    if prefix := DOI_PREFIX.match(text):
        text = unquote(text[prefix.end() :].split("#")[0].split("?")[0])
    return _doi(text) if DOI.fullmatch(text) else _arxiv(text)


def find_identifiers(text: str) -> list[Identifier]:
    """Return all arXiv ids and DOIs in a text, in order of appearance, each once."""
    return list(dict.fromkeys(one for one, _ in locate_identifiers(text)))


def locate_identifiers(text: str) -> Iterator[tuple[Identifier, int]]:
    """Yield every identifier in a text with the place where it begins; repeated ones too."""
    for hit in FOUND.finditer(text):
        found = _doi(hit.group()) if hit.group().startswith("10.") and "/" in hit.group() else _arxiv(hit.group())
        if found is not None:
            yield found, hit.start()


def identifier_url(identifier: Identifier) -> str:
    """Return the address of what an identifier names.

    >>> identifier_url(Identifier("doi", "10.1000/a b"))
    'https://doi.org/10.1000/a%20b'
    """
    return ADDRESSES[identifier.scheme].format(quote(identifier.value, safe="/:.()-_;"))


def _arxiv(text: str) -> Identifier | None:
    found = ARXIV_ID.fullmatch(text)
    if found is None:
        return None
    value = found["id"]
    if "/" in value:  # the subject class is no part of the name: math.GT/0309136 is math/0309136
        archive, number = value.split("/")
        value = f"{archive.partition('.')[0].lower()}/{number}"
    return Identifier("arxiv", value)


def _doi(text: str) -> Identifier | None:
    value = _without_tail(QUESTION.sub("", text)).lower()
    if inner := ARXIV_DOI.fullmatch(value):
        return _arxiv(inner["id"])
    if not DOI.fullmatch(value) or TEMPLATE_DOI.fullmatch(value) or not re.search(r"/.*\w", value):
        return None
    return Identifier("doi", value)


def _without_tail(text: str) -> str:
    """Cut off punctuation, and parentheses that the identifier did not open: `(see 10.1000/1).`."""
    while text:
        last = text[-1]
        if last in TAIL or (last == ")" and text.count(")") > text.count("(")):
            text = text[:-1]
        else:
            break
    return text
