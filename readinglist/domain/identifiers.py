"""Which identifiers exist, how each is written, and how to find them in text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A normalised identifier.

    Attributes:
        scheme: `arxiv`, `doi`, `acl`, `pmid`, `openreview`, `s2`, `openalex` or `isbn`.
        value: Normal form: lower-case DOI without resolver; arXiv id without version.
    """

    scheme: str
    value: str
