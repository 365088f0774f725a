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
    """

    huggingface: str = "https://huggingface.co"
    arxiv: str = "https://arxiv.org"
    arxiv_api: str = "https://export.arxiv.org"
    arxiv_feeds: str = "https://rss.arxiv.org"
    doi: str = "https://doi.org"

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """Take the addresses that the environment names.

        `HF_ENDPOINT` is the name under which Hugging Face's own tools know a mirror; `READINGLIST_ARXIV` stands for all
        of arXiv's hosts, `READINGLIST_DOI` for the resolver.
        """
        standard = cls()
        arxiv = environment.get("READINGLIST_ARXIV", "").rstrip("/")
        return cls(
            huggingface=environment.get("HF_ENDPOINT", "").rstrip("/") or standard.huggingface,
            arxiv=arxiv or standard.arxiv,
            arxiv_api=arxiv or standard.arxiv_api,
            arxiv_feeds=arxiv or standard.arxiv_feeds,
            doi=environment.get("READINGLIST_DOI", "").rstrip("/") or standard.doi,
        )
