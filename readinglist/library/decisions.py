"""What the reader decided about papers, as the recommender wants it, and the time that they read them.

Read by SQL text on the driver's connection: thousands of decisions are read anew when a library is opened.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from readinglist.domain.decision import Decision, DecisionKind
from readinglist.domain.paper import PaperId, Status
from readinglist.library.paper_reading import chunks
from readinglist.library.times import parse_time, render_time

BY_STATUS = {
    Status.READ: DecisionKind.READ,
    Status.READING: DecisionKind.READING,
    Status.TO_READ: DecisionKind.QUEUED,
    Status.SKIPPED: DecisionKind.SKIPPED,
}
BY_KEY = {str(kind): kind for kind in DecisionKind}
LEAST_READ_S = 60.0  # a shorter look at a PDF says nothing

# One query for each kind of decision, (paper, kind, time or NULL, amount) each; papers in the bin decide nothing.
# {ids} becomes a condition on p.id. Each begins with the few rows that it is about: CROSS JOIN and the signs before a
# column keep SQLite from beginning with all papers.
KINDS = " ".join(f"WHEN '{status}' THEN '{kind}'" for status, kind in BY_STATUS.items())
TIMED = "LEFT JOIN decision d ON d.paper_id = p.id AND d.kind ="
QUERIES = (
    f"""SELECT p.id, CASE p.status {KINDS} END,
        coalesce(CASE p.status WHEN 'read' THEN p.finished WHEN 'reading' THEN p.started END, d.decided), 1
        FROM paper p {TIMED} 'status'
        WHERE p.is_binned = 0 AND p.status IN ({", ".join(f"'{status}'" for status in BY_STATUS)}) {{ids}}""",
    f"""SELECT p.id, '{DecisionKind.STARRED}', d.decided, 1 FROM paper p {TIMED} 'star'
        WHERE p.is_binned = 0 AND p.is_starred = 1 {{ids}}""",
    f"""SELECT p.id, '{DecisionKind.RATED}', d.decided, p.rating FROM paper p {TIMED} 'rating'
        WHERE p.is_binned = 0 AND p.rating > 0 {{ids}}""",
    f"""SELECT p.id, '{DecisionKind.NOTED}', d.decided, 1 FROM paper p {TIMED} 'note'
        WHERE p.note != '' AND +p.is_binned = 0 {{ids}}""",
    # Tags that came with an import have no time, and are nobody's word about a single paper; nor are collections.
    *(
        f"""SELECT p.id, '{kind}', d.decided, (SELECT count(*) FROM paper_{noun} m WHERE m.paper_id = p.id)
        FROM decision d CROSS JOIN paper p ON p.id = d.paper_id
        WHERE d.kind = '{noun}s' AND +p.is_binned = 0
        AND EXISTS (SELECT 1 FROM paper_{noun} m WHERE m.paper_id = p.id) {{ids}}"""
        for noun, kind in (("tag", DecisionKind.TAGGED), ("collection", DecisionKind.COLLECTED))
    ),
    f"""SELECT p.id, '{DecisionKind.ANNOTATED}', max(coalesce(a.modified, a.created)), count(*)
        FROM annotation a CROSS JOIN paper p ON p.id = a.paper_id WHERE +p.is_binned = 0 {{ids}} GROUP BY p.id""",
    f"""SELECT p.id, '{DecisionKind.TIME_SPENT}', t.last, t.seconds / 60.0
        FROM reading_time t CROSS JOIN paper p ON p.id = t.paper_id
        WHERE +p.is_binned = 0 AND t.seconds >= {LEAST_READ_S} {{ids}}""",
    """SELECT p.id, f.kind, f.given, 1 FROM feedback f CROSS JOIN paper p ON p.id = f.paper_id
        WHERE f.kind IN ('more', 'less') AND +p.is_binned = 0 {ids}""",
)
ADD_TIME = """INSERT INTO reading_time (paper_id, seconds, last) VALUES (?, ?, ?)
    ON CONFLICT (paper_id) DO UPDATE SET seconds = seconds + excluded.seconds, last = excluded.last"""


class DecisionReader:
    """Answers what was decided.

    Args:
        plain: A connection of the driver, in a transaction.
    """

    def __init__(self, plain: sqlite3.Connection) -> None:
        self._plain = plain

    def all(self) -> list[Decision]:
        """Return all decisions that hold, in no particular order."""
        return list(self._find(""))

    def of(self, ids: Sequence[PaperId]) -> list[Decision]:
        """Return the decisions that hold about some papers."""
        named = (", ".join(str(int(key)) for key in chunk) for chunk in chunks(ids))
        return [one for keys in named for one in self._find(f"AND p.id IN ({keys})")]

    def time_spent_s(self, paper_id: PaperId) -> float:
        """Return how long a paper's PDF was read."""
        row = self._plain.execute("SELECT seconds FROM reading_time WHERE paper_id = ?", (paper_id,)).fetchone()
        return 0.0 if row is None else float(row[0])

    def _find(self, condition: str) -> Iterator[Decision]:
        for query in QUERIES:
            for key, kind, moment, amount in map(tuple, self._plain.execute(query.format(ids=condition))):
                at_utc = None if moment is None else parse_time(moment)
                yield Decision(PaperId(key), BY_KEY[kind], at_utc, float(amount))


class DecisionWriter(DecisionReader):
    """Adds to the time that was read; all else is written where papers are changed."""

    def add_time(self, paper_id: PaperId, seconds: float, *, now: datetime | None = None) -> None:
        """Note that a paper was read for some more seconds.

        Args:
            paper_id: A paper.
            seconds: Since the last time this was called.
            now: UTC; None takes the clock.
        """
        self._plain.execute(ADD_TIME, (paper_id, seconds, render_time(now or datetime.now(UTC))))
