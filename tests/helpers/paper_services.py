"""The services that know papers on the loopback interface, in the shapes FORMATS and their manuals state.

Everything they hold is made up here. `today` is the day after which a listing does not exist yet.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from readinglist.domain.titles import fold_title
from readinglist.sources.endpoints import Endpoints
from tests.helpers.http_server import Reply, Seen, WebServer

Row = Mapping[str, object]
CSL_JSON = "application/vnd.citationstyles.csl+json"


class PaperServices:
    """Registers the services on a web server.

    Attributes:
        days: Rows by ISO day; a day without rows has an empty listing.
        papers: arXiv ids and titles that arXiv knows; Hugging Face knows those of its rows.
        authors: Who wrote those papers, by arXiv id; `Cleo Scholar` where nothing is said.
        dois: Records by DOI.
        registered: Records that Crossref's search finds.
        works: Works of OpenAlex.
        matches: Papers of Semantic Scholar.
        open_copies: Unpaywall's records by DOI.
        pdfs: Content by arXiv id.
    """

    def __init__(self, server: WebServer, *, today: date = date(2026, 10, 29)) -> None:
        self.today = today
        self.days: dict[str, list[Row]] = {}
        self.papers: dict[str, str] = {}
        self.authors: dict[str, Sequence[str]] = {}
        self.dois: dict[str, Row] = {}
        self.registered: list[Row] = []
        self.works: list[Row] = []
        self.matches: list[Row] = []
        self.open_copies: dict[str, Row] = {}
        self.pdfs: dict[str, bytes] = {}
        self.endpoints = Endpoints(
            huggingface=server.base,
            arxiv=server.base,
            arxiv_api=server.base,
            arxiv_feeds=server.base,
            doi=f"{server.base}/doi",
            crossref=f"{server.base}/crossref",
            openalex=f"{server.base}/openalex",
            semantic_scholar=f"{server.base}/s2",
            unpaywall=f"{server.base}/unpaywall",
        )
        server.handle("/api/daily_papers", self._daily)
        server.handle("/api/papers/search", self._search)
        server.handle("/api/papers/*", self._paper)
        server.handle("/papers*", self._page)
        server.handle("/api/query", self._atom)
        server.handle("/doi/*", self._resolve)
        server.handle("/agency/*", self._record)
        server.handle("/crossref/works", self._crossref)
        server.handle("/openalex/works*", self._openalex)
        server.handle("/s2/graph/v1/paper/search/match", self._match)
        server.handle("/unpaywall/v2/*", self._unpaywall)
        server.handle("/pdf/*", self._pdf)

    def _daily(self, seen: Seen) -> Reply:
        size = int(seen.query.get("limit", "50"))
        start = int(seen.query.get("p", "0")) * size
        period = next((seen.query[one] for one in ("date", "week", "month") if one in seen.query), "")
        if seen.query.get("date", "") > self.today.isoformat() or not 1 <= size <= 100:
            return Reply(status=400, body=b'{"error":"Invalid date"}')
        if "week" in seen.query:
            year, week = period.split("-W")
            chosen = [day for day in self.days if date.fromisoformat(day).isocalendar()[:2] == (int(year), int(week))]
        else:
            chosen = [day for day in sorted(self.days, reverse=True) if day.startswith(period)]
        rows = [row for day in chosen for row in self.days[day]]
        return _json(rows[start : start + size])

    def _search(self, seen: Seen) -> Reply:
        return _json(_named(seen.query["q"], self._rows(), "title"))

    def _paper(self, seen: Seen) -> Reply:
        wanted = seen.path.removeprefix("/api/papers/")
        for row in self._rows():
            paper = row["paper"]
            assert isinstance(paper, dict)
            if paper["id"] == wanted:
                return _json(paper)
        return Reply(status=404, body=b'{"error":"Paper not found"}')

    def _page(self, seen: Seen) -> Reply:
        """Like the site: a day that has no listing shows the latest one that has."""
        day = seen.path.rpartition("/")[2]
        if day not in self.days:
            day = max(self.days, default="")
        props = json.dumps({"dailyPapers": self.days.get(day, []), "date": day, "periodType": "day"})
        escaped = props.replace("&", "&amp;").replace('"', "&quot;")
        html = (
            f'<html><body><div class="SVELTE_HYDRATER" data-target="DailyPapers" data-props="{escaped}"></div></body>'
        )
        return Reply(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})

    def _atom(self, seen: Seen) -> Reply:
        asked = [one for one in seen.query.get("id_list", "").split(",") if one]
        phrases = [fold_title(one) for one in re.findall(r'ti:"([^"]+)"', seen.query.get("search_query", ""))]
        asked += [one for one, title in self.papers.items() if any(words in fold_title(title) for words in phrases)]
        entries = "".join(
            atom_entry(one, self.papers[one], self.authors.get(one, ("Cleo Scholar",)))
            for one in asked
            if one in self.papers
        )
        if any(not re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", one) for one in asked):
            entries = "<entry><id>https://arxiv.org/api/errors</id><title>Error</title></entry>"
        feed = f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'
        return Reply(body=feed.encode(), headers={"Content-Type": "application/atom+xml; charset=utf-8"})

    def _resolve(self, seen: Seen) -> Reply:
        if seen.headers["accept"] != CSL_JSON:
            return Reply(body=b"<html>the publisher's page</html>", headers={"Content-Type": "text/html"})
        name = seen.path.removeprefix("/doi/")
        if name not in self.dois:
            return Reply(status=404)
        return Reply(status=302, headers={"Location": f"/agency/{name}"})

    def _record(self, seen: Seen) -> Reply:
        return _json(self.dois[seen.path.removeprefix("/agency/")], CSL_JSON)

    def _crossref(self, seen: Seen) -> Reply:
        found = _named(seen.query["query.bibliographic"], self.registered, "title")
        return _json({"status": "ok", "message-type": "work-list", "message": {"items": found}})

    def _openalex(self, seen: Seen) -> Reply:
        doi = seen.path.partition("/works/doi:")[2]
        if not doi:
            return _json({"meta": {}, "results": _named(seen.query["search"], self.works, "display_name")})
        found = [one for one in self.works if str(one["doi"]) == f"https://doi.org/{doi}"]
        return _json(found[0]) if found else Reply(status=404, body=b"<!doctype html>")

    def _match(self, seen: Seen) -> Reply:
        found = _named(seen.query["query"], self.matches, "title")
        return _json({"data": found[:1]}) if found else Reply(status=404, body=b'{"error":"Title match not found"}')

    def _unpaywall(self, seen: Seen) -> Reply:
        if not seen.query.get("email") or seen.query["email"].endswith("@example.com"):
            return Reply(status=422, body=b'{"error":true,"message":"Please use your own email address"}')
        record = self.open_copies.get(seen.path.removeprefix("/unpaywall/v2/"))
        return _json(record) if record else Reply(status=404, body=b"{}")

    def _pdf(self, seen: Seen) -> Reply:
        content = self.pdfs.get(seen.path.removeprefix("/pdf/"))
        return Reply(body=content, headers={"ETag": '"1"'}) if content else Reply(status=404)

    def _rows(self) -> Sequence[Row]:
        return [row for rows in self.days.values() for row in rows]


def daily_row(arxiv_id: str, title: str, *, upvotes: int = 3) -> Row:
    """Return one row of a listing."""
    paper = {
        "id": arxiv_id,
        "title": title,
        "summary": f"We write about {title.lower()} at some length.",
        "authors": [{"name": "Ada Author", "hidden": False}, {"name": "Ben Writer", "hidden": False}],
        "publishedAt": "2026-10-27T17:59:00.000Z",
        "submittedOnDailyAt": "2026-10-29T01:00:00.000Z",
        "upvotes": upvotes,
    }
    return {"paper": paper, "title": title, "publishedAt": "2026-10-27T13:59:00.000Z", "numComments": 2}


def atom_entry(arxiv_id: str, title: str, authors: Sequence[str] = ("Cleo Scholar",)) -> str:
    """Return one record of arXiv's query interface."""
    people = "".join(f"<author><name>{name}</name></author>" for name in authors)
    return (
        f"<entry><id>https://arxiv.org/abs/{arxiv_id}v1</id><title>{title}</title>"
        f"<summary>On {title}, with proofs.</summary><published>2026-10-27T17:59:00Z</published>"
        f"<updated>2026-10-27T17:59:00Z</updated>{people}</entry>"
    )


def _named(words: str, records: Sequence[Row], field: str) -> list[Row]:
    """Find the records that have the first three words in their title: likely ones, as searches give them."""
    wanted = fold_title(words).split()[:3]
    return [one for one in records if set(wanted) <= set(fold_title(str(one[field])).split())]


def _json(value: object, media_type: str = "application/json; charset=utf-8") -> Reply:
    return Reply(body=json.dumps(value).encode(), headers={"Content-Type": media_type})
