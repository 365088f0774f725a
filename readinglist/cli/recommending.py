"""`recommend` and `feedback`: what to read next and why, and what recommendations are to be like."""

from readinglist.app.settings import FOR_YOU_SURPRISE
from readinglist.cli.editing import INITIATOR, change
from readinglist.cli.listing import say_problems
from readinglist.cli.searching import print_items
from readinglist.cli.session import Session
from readinglist.domain.errors import UserError
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import Asked, Explanation, Wish
from readinglist.domain.paper import PaperId
from readinglist.domain.recommendation import Recommendation

BAR = 20  # characters of the longest bar of an explanation
SAID = {Feedback.MORE: "more like it", Feedback.LESS: "less like it", Feedback.HIDE: "hidden from For you"}
SAYING = {Feedback.MORE: "more like these", Feedback.LESS: "less like these", Feedback.HIDE: "hidden from For you"}


def recommend(session: Session) -> int:
    """Run `recommend`."""
    options = session.options
    asked = Asked(
        wish=_wish(session),
        text=" ".join(options.query),
        limit=options.limit,
        surprise=_surprise(session),
    )
    if options.why:
        return _explain(session, session.workspace.catalog.resolve(options.why), asked)
    recommending = session.workspace.recommend
    answer = recommending.for_you(asked)
    say_problems(session, answer.problems, asked.text)
    if answer.notice and answer.ids:
        session.terminal.say(answer.notice)
    reasons = recommending.reasons(answer.ids, asked.wish)
    return print_items(
        session,
        [
            Recommendation(paper_id=key, score=score, reasons=reasons[key].texts)
            for key, score in zip(answer.ids, answer.scores, strict=True)
            if key in reasons
        ],
    )


def give_feedback(session: Session) -> int:
    """Run `feedback`."""
    options, edit = session.options, session.workspace.edit
    kind = Feedback(options.kind)
    write = edit.take_feedback if options.off else edit.give_feedback
    sign = "no longer " if options.off else ""
    return change(
        session,
        session.resolve(options.papers),
        lambda ids: write(ids, kind, initiator=INITIATOR),
        lambda count: f"{count}: {sign}{SAYING[kind]}.",
    )


def _wish(session: Session) -> Wish:
    options = session.options
    likes = sum(map(bool, (options.tag, options.collection, options.like)))
    if likes > 1:
        message = "Say one of --tag, --collection and --like: recommendations go by one or the other."
        raise UserError(message)
    if options.unlike and not likes:
        message = (
            "Say with --like, --tag or --collection what they are to be like; --unlike alone says nothing of that."
        )
        raise UserError(message)
    return Wish(
        like=tuple(session.resolve(options.like)),
        unlike=tuple(session.resolve(options.unlike)),
        tag=options.tag or "",
        collection=options.collection or "",
    )


def _surprise(session: Session) -> float:
    if session.options.surprise is not None:
        return float(session.options.surprise)
    return session.workspace.settings.get(FOR_YOU_SURPRISE) / FOR_YOU_SURPRISE.maximum


def _explain(session: Session, paper_id: PaperId, asked: Asked) -> int:
    terminal = session.terminal
    found = session.workspace.recommend.explain(paper_id, asked)
    if terminal.is_json:
        terminal.print_json(
            {
                "id": paper_id,
                "rank": found.rank,
                "total": found.total,
                "verdict": found.verdict,
                "parts": [{"meaning": part.meaning, "value": round(part.value, 4)} for part in found.parts],
                "reasons": list(found.reasons),
                "feedback": sorted(found.said),
            }
        )
        return 0
    terminal.print(terminal.bold(terminal.wrap(session.workspace.catalog.get(paper_id).title)))
    place = f"Rank {found.rank:,} of {found.total:,}. " if found.rank else ""
    terminal.print(terminal.wrap(f"{place}{found.verdict}"))
    for reason in found.reasons:
        terminal.print(f"· {reason}")
    _print_parts(session, found)
    if found.said:
        terminal.print(f"You said: {', '.join(SAID[one] for one in sorted(found.said))}.")
    return 0


def _print_parts(session: Session, found: Explanation) -> None:
    most = max((abs(part.value) for part in found.parts), default=0.0)
    for part in found.parts:
        bar = "█" * round(BAR * abs(part.value) / most) if most else ""
        session.terminal.print(f"{part.value:+6.2f} {bar:<{BAR}} {part.meaning}")
