"""Which files papers have, and what the program has put into the folder of files; never touches a file itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from readinglist.domain.files import FileFacts, NewFile, PaperFile, StoredFile
from readinglist.domain.paper import PaperId
from readinglist.library.engine import driver_of
from readinglist.library.paper_reading import chunks, papers_with
from readinglist.library.tables import file, stored_file, undo_entry
from readinglist.library.times import parse_time, render_time

AnyRow = Row[*tuple[Any, ...]]


class FileReader:
    """Answers questions about files."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, paper_id: PaperId) -> list[PaperFile]:
        """Return the files of a paper, the first one first."""
        return self.of_many([paper_id]).get(paper_id, [])

    def of_many(self, ids: Sequence[PaperId]) -> Mapping[PaperId, list[PaperFile]]:
        """Return the files of papers; those without are left out."""
        found: dict[PaperId, list[PaperFile]] = {}
        for chunk in chunks(ids):
            query = select(file).where(file.c.paper_id.in_(chunk)).order_by(file.c.id)
            for row in self._connection.execute(query):
                found.setdefault(PaperId(row.paper_id), []).append(_paper_file(row))
        return found

    def of_content(self, sha256: str) -> list[PaperFile]:
        """Return the rows of one content, whichever papers have it."""
        query = select(file).where(file.c.sha256 == sha256).order_by(file.c.id)
        return [_paper_file(row) for row in self._connection.execute(query)]

    def papers_with(self, contents: Iterable[str]) -> dict[str, list[PaperId]]:
        """Return as `paper_reading.papers_with`."""
        return papers_with(driver_of(self._connection), contents)

    def contents(self) -> list[str]:
        """Return each content that a paper has, once, in the order in which they came."""
        rows = self._connection.execute(select(file.c.sha256).order_by(file.c.id)).scalars()
        return list(dict.fromkeys(rows))

    def page_counts(self) -> dict[str, int]:
        """Return each content that a paper has, with its number of pages; 0 where nobody has counted them."""
        rows = self._connection.execute(select(file.c.sha256, file.c.page_count).order_by(file.c.id))
        return {sha256: count or 0 for sha256, count in rows}

    def paths(self) -> set[str]:
        """Return all paths that papers name."""
        return set(self._connection.execute(select(file.c.path)).scalars())

    def stored(self, contents: Iterable[str] | None = None) -> list[StoredFile]:
        """Return what the program has put into the folder of files: some contents, or all."""
        columns = (stored_file.c.path, stored_file.c.sha256, stored_file.c.size_bytes)
        query = select(*columns, stored_file.c.origin, stored_file.c.is_moved).order_by(stored_file.c.path)
        if contents is None:
            rows = list(self._connection.execute(query))
        else:
            wanted = chunks(sorted(set(contents)))
            rows = [
                row
                for chunk in wanted
                for row in self._connection.execute(query.where(stored_file.c.sha256.in_(chunk)))
            ]
        return [
            StoredFile(path=row[0], sha256=row[1], size_bytes=row[2], origin=row[3], is_moved=row[4]) for row in rows
        ]

    def unused(self, before: datetime) -> list[StoredFile]:
        """Return what was stored before a moment, and no paper has, and no step would bring back or do again."""
        used = self.paths()
        recent = select(stored_file.c.path).where(stored_file.c.stored >= render_time(before))
        used.update(self._connection.execute(recent).scalars())
        idle = [one for one in self.stored() if one.path not in used]
        if not idle:
            return []
        query = select(undo_entry.c.statement).where(undo_entry.c.statement.like("INSERT INTO file %"))
        remembered = "\n".join(self._connection.execute(query).scalars())
        return [one for one in idle if one.sha256 not in remembered]


class FileWriter(FileReader):
    """Changes which files papers have; what it touches is noted by the database itself."""

    def attach(self, paper_id: PaperId, new: NewFile) -> bool:
        """Give a paper a file; returns whether it did not have that content already."""
        mine = (file.c.paper_id == paper_id, file.c.sha256 == new.sha256)
        if self._connection.execute(select(file.c.id).where(*mine)).first() is not None:
            return False
        values = {
            "paper_id": paper_id,
            "path": new.path,
            "sha256": new.sha256,
            "size_bytes": new.size_bytes,
            "media_type": new.media_type,
            "added": render_time(datetime.now(UTC)),
            "is_linked": new.is_linked,
            **_facts_values(new.facts),
        }
        self._connection.execute(insert(file).values(values))
        return True

    def detach(self, paper_id: PaperId, sha256: str) -> None:
        """Take a file from a paper; its bytes and its annotations stay."""
        self._connection.execute(delete(file).where(file.c.paper_id == paper_id, file.c.sha256 == sha256))

    def relocate(self, sha256: str, path: str, *, is_linked: bool) -> None:
        """Note where a content lies now, for all papers that have it."""
        values = {"path": path, "is_linked": is_linked}
        self._connection.execute(update(file).where(file.c.sha256 == sha256, file.c.path != path).values(values))

    def set_facts(self, sha256: str, facts: FileFacts) -> None:
        """Note what the pages of a content say."""
        self._connection.execute(update(file).where(file.c.sha256 == sha256).values(_facts_values(facts)))

    def register(self, stored: Sequence[StoredFile]) -> None:
        """Note what is about to be put into the folder of files; what is noted already is replaced."""
        now = render_time(datetime.now(UTC))
        rows = [
            {
                "path": one.path,
                "sha256": one.sha256,
                "size_bytes": one.size_bytes,
                "origin": one.origin,
                "is_moved": one.is_moved,
                "stored": now,
            }
            for one in stored
        ]
        if rows:
            self._connection.execute(insert(stored_file).prefix_with("OR REPLACE"), rows)

    def forget(self, paths: Sequence[str]) -> None:
        """Strike out what is no longer in the folder of files."""
        for chunk in chunks(paths):
            self._connection.execute(delete(stored_file).where(stored_file.c.path.in_(chunk)))


def _facts_values(facts: FileFacts) -> dict[str, object]:
    return {"page_count": facts.page_count, "wants_password": facts.wants_password, "has_text": facts.has_text}


def _paper_file(row: AnyRow) -> PaperFile:
    facts = FileFacts(page_count=row.page_count, wants_password=row.wants_password, has_text=row.has_text)
    return PaperFile(
        paper_id=PaperId(row.paper_id),
        path=row.path,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        is_linked=row.is_linked,
        media_type=row.media_type,
        facts=facts,
        added=parse_time(row.added),
    )
