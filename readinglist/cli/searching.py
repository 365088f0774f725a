"""`search` and `similar`: papers with a score and the reasons for it."""

from collections.abc import Sequence

from readinglist.app.settings import SIMILAR_COUNT
from readinglist.cli.listing import say_problems
from readinglist.cli.session import Session
from readinglist.cli.tables import Column, render_table
from readinglist.domain.errors import UserError
from readinglist.domain.recommendation import Recommendation, SimilarAnswer
from readinglist.services.export import paper_to_json
from readinglist.services.finding import By

COLUMNS = (
    Column(heading="Score", is_right=True),
    Column(heading="No.", is_right=True),
    Column(heading="Title", least=30),
    Column(heading="Why", least=24),
)


def search(session: Session) -> int:
    """Run `search`."""
    text = " ".join(session.options.query)
    limit = session.options.limit
    if session.options.by != By.WORDS:
        session.workspace.finding.begin()
    answer = session.workspace.finding.best(text, limit, By(session.options.by))
    say_problems(session, answer.problems, text)
    if answer.notice and session.options.by != By.WORDS:
        session.terminal.say(answer.notice)
    return print_items(session, answer.items)


def find_similar(session: Session) -> int:
    """Run `similar`: to a paper if the words name one, else to the words themselves."""
    text = " ".join(session.options.what)
    similar = session.workspace.similar
    limit = session.options.limit or session.workspace.settings.get(SIMILAR_COUNT)
    try:
        paper_id = session.workspace.catalog.resolve(text)
    except UserError:
        return _print_answer(session, similar.to_text(text, limit))
    return _print_answer(session, similar.to_paper(paper_id, limit))


def _print_answer(session: Session, answer: SimilarAnswer) -> int:
    if answer.notice and answer.items:
        session.terminal.say(answer.notice)
    return print_items(session, answer.items)


def print_items(session: Session, items: Sequence[Recommendation]) -> int:
    """Print papers with score and reasons, for people or as JSON."""
    terminal = session.terminal
    if terminal.is_json:
        found = {item.paper_id: item for item in items}
        terminal.print_json_list(
            {**paper_to_json(one), "score": round(found[one.id].score, 4), "reasons": list(found[one.id].reasons)}
            for one in session.papers(list(found))
        )
        return 0
    if not items:
        terminal.say("No papers.")
        return 0
    titles = {row.id: row.title for row in session.workspace.catalog.rows([item.paper_id for item in items])}
    rows = [
        (f"{item.score:.2f}", str(item.paper_id), titles.get(item.paper_id, ""), "; ".join(item.reasons))
        for item in items
    ]
    heading, lines = render_table(COLUMNS, rows, terminal.width)
    terminal.print(terminal.bold(heading))
    for line in lines:
        terminal.print(line)
    return 0
