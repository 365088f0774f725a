"""Where the services live; a mirror or a test puts its own addresses here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """Base addresses, each without a slash at its end.

    Attributes:
        huggingface: Pages below `/papers`, the API below `/api`.
        arxiv: Listing pages below `/list`.
        arxiv_api: The query interface at `/api/query`.
        arxiv_feeds: Feeds below `/rss` and `/atom`.
        doi: The resolver, which speaks for Crossref, DataCite and the other agencies.
        crossref: Works below `/works`.
        openalex: Works below `/works`.
        semantic_scholar: Papers below `/graph/v1/paper`.
        unpaywall: Records below `/v2`.
    """

    huggingface: str = "https://huggingface.co"
    arxiv: str = "https://arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    arxiv_feeds: str = "https://rss.arxiv.org"
    doi: str = "https://doi.org"
    crossref: str = "https://api.crossref.org"
    openalex: str = "https://api.openalex.org"
    semantic_scholar: str = "https://api.semanticscholar.org"
    unpaywall: str = "https://api.unpaywall.org"

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Take the addresses that the environment names.

        `HF_ENDPOINT` is the name under which Hugging Face's own tools know a mirror; `READINGLIST_ARXIV` stands for all
        of arXiv's hosts, `READINGLIST_` and the attribute's name for each of the others.
        """
        standard = cls()

        def named(name: str, otherwise: str) -> str:
            return environment.get(name, "").rstrip("/") or otherwise

        return cls(
            huggingface=named("HF_ENDPOINT", standard.huggingface),
            arxiv=named("READINGLIST_ARXIV", standard.arxiv),
            arxiv_api=named("READINGLIST_ARXIV", standard.arxiv_api),
            arxiv_feeds=named("READINGLIST_ARXIV", standard.arxiv_feeds),
            doi=named("READINGLIST_DOI", standard.doi),
            crossref=named("READINGLIST_CROSSREF", standard.crossref),
            openalex=named("READINGLIST_OPENALEX", standard.openalex),
            semantic_scholar=named("READINGLIST_SEMANTIC_SCHOLAR", standard.semantic_scholar),
            unpaywall=named("READINGLIST_UNPAYWALL", standard.unpaywall),
        )
