"""JSON: what the library knows of papers, for scripts; the same shape wherever the program prints papers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from readinglist.domain.paper import Mention, Paper


def render(papers: Iterable[Paper]) -> Iterator[str]:
    """Write an array with one object for each paper."""
    return render_list(map(paper_to_json, papers))


def render_list(objects: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write an array piece by piece: a hundred thousand papers need not be in memory together."""
    start = "[\n"
    for one in objects:
        yield f"{start}{json.dumps(one, ensure_ascii=False, indent=2)}"
        start = ",\n"
    yield "[]\n" if start == "[\n" else "\n]\n"


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """Describe a paper for scripts; names once given are kept.

    Returns:
        Times are ISO 8601 in UTC; `published` is as precise as it is known; `priority` is a word; `pdf` is a path; what
        is unknown is null, an empty text or an empty list. `identifiers` has all of them, also those with a field of
        their own. `sources` has one object for each listing the paper stood in, the newest first.
    """
    return {
        "id": paper.id,
        "title": paper.title,
        "other_titles": list(paper.other_titles),
        "abstract": paper.abstract,
        "authors": list(paper.authors),
        "author_count": paper.author_count,
        "organization": paper.organization,
        "published": str(paper.published) if paper.published else None,
        "venue": paper.venue,
        "added": paper.added.isoformat(),
        "started": paper.started.isoformat() if paper.started else None,
        "finished": paper.finished.isoformat() if paper.finished else None,
        "status": paper.status.value,
        "queue_position": paper.queue_position,
        "starred": paper.is_starred,
        "priority": paper.priority.name.lower(),
        "rating": paper.rating,
        "tags": list(paper.tags),
        "collections": list(paper.collections),
        "note": paper.note,
        "in_bin": paper.is_binned,
        "arxiv_id": paper.identifier("arxiv"),
        "doi": paper.identifier("doi"),
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in paper.identifiers],
        "url": paper.url,
        "pdf": paper.pdf,
        "pdf_url": paper.pdf_url,
        "code_url": paper.code_url,
        "keywords": list(paper.keywords),
        "upvotes": paper.upvotes,
        "comments": paper.comments,
        "sources": [_source(mention) for mention in paper.mentions],
    }


def _source(mention: Mention) -> dict[str, Any]:
    return {
        "source": mention.source,
        "origin": mention.origin,
        "listed_on": mention.listed_on.isoformat() if mention.listed_on else None,
        "upvotes": mention.upvotes,
        "comments": mention.comments,
    }
