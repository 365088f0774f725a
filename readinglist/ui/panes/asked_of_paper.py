"""What else is asked of the chosen paper, and shown on its page: what was said of it, and which tags it could have."""

from readinglist.domain.changes import ChangeKind, Changes
from readinglist.domain.feedback import Feedback
from readinglist.domain.for_you import SuggestedTag
from readinglist.domain.paper import PaperId
from readinglist.ui.bridge import Bridge
from readinglist.ui.panes.feedback_line import FeedbackLines
from readinglist.ui.panes.needs import Core
from readinglist.ui.widgets.asked_of import AskedOf, keep_quiet
from readinglist.ui.widgets.suggested_tags import SuggestedTags

Said = frozenset[Feedback]
Tags = tuple[SuggestedTag, ...]
TAGGING = frozenset({ChangeKind.TAGS, ChangeKind.VECTORS, ChangeKind.FEEDBACK})


def ask_said(core: Core, bridge: Bridge, lines: FeedbackLines) -> AskedOf[PaperId, Said]:
    """Return who keeps the lines on what was said of a paper in step with it."""
    asked = AskedOf[PaperId, Said](
        bridge,
        lines,
        ask=lambda paper_id: core.recommend.said([paper_id]).get(paper_id, Said()),
        show=lines.show_said,
        leave=lambda: lines.show_said(()),
        fail=keep_quiet,
    )
    asked.follow({ChangeKind.FEEDBACK}, lambda changes, paper_id: paper_id in changes.ids, after_ms=0)
    return asked


def ask_tags(core: Core, bridge: Bridge, row: SuggestedTags) -> AskedOf[PaperId, Tags]:
    """Return who keeps the tags that a paper could have in step with it."""

    def ask(paper_id: PaperId) -> Tags:
        return core.recommend.suggest_tags(paper_id)

    def is_about(changes: Changes, paper_id: PaperId) -> bool:
        return ChangeKind.TAGS in changes.kinds or paper_id in changes.ids  # a neighbour's tags count as well

    asked = AskedOf[PaperId, Tags](
        bridge, row, ask=ask, show=row.show_tags, leave=lambda: row.show_tags(()), fail=keep_quiet
    )
    asked.follow(TAGGING, is_about)
    return asked
