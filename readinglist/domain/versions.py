"""Which version of a work a record describes: the preprint, or what was published."""

import re
from collections.abc import Iterable

from readinglist.domain.identifiers import Identifier

PREPRINT_VENUE = re.compile(r"\s*(?:arxiv|corr\b|bioRxiv|medRxiv|preprint)", re.IGNORECASE)
# DOIs of servers for preprints; arXiv's own are arXiv ids here. In order: bioRxiv and medRxiv (their publisher's
# journals have letters after the slash), SSRN, Research Square, Preprints.org, ChemRxiv, PsyArXiv, OSF, SocArXiv,
# TechRxiv, Authorea, EarthArXiv, Zenodo.
PREPRINT_DOI = re.compile(
    r"10\.(?:1101/\d|(?:2139|21203|20944|26434|31234|31219|31235|36227|22541|31223|5281)/)", re.IGNORECASE
)
PUBLISHED_SCHEMES = frozenset({"acl", "isbn"})


def is_preprint_venue(venue: str | None) -> bool:
    """Tell whether a venue is none, or only the place where preprints lie.

    >>> is_preprint_venue("arXiv preprint"), is_preprint_venue(None), is_preprint_venue("NeurIPS 2017")
    (True, True, False)
    """
    return not venue or not venue.strip() or PREPRINT_VENUE.match(venue) is not None


def is_published_doi(one: Identifier) -> bool:
    """Tell whether an identifier is the DOI of something that was published.

    >>> is_published_doi(Identifier("doi", "10.1145/1")), is_published_doi(Identifier("doi", "10.1101/2020.01.01"))
    (True, False)
    """
    return one.scheme == "doi" and PREPRINT_DOI.match(one.value) is None


def is_published(venue: str | None, identifiers: Iterable[Identifier]) -> bool:
    """Tell whether a record is that of a published version, by where it appeared or by its identifiers."""
    if not is_preprint_venue(venue):
        return True
    return any(one.scheme in PUBLISHED_SCHEMES or is_published_doi(one) for one in identifiers)
