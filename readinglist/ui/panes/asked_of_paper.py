"""What else is asked of the chosen paper, and shown on its page: what was said of it, and which tags it could have.

Where several papers are chosen, the tags are those that all of them could have.
"""

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
Papers = tuple[PaperId, ...]
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


def ask_tags(core: Core, bridge: Bridge, row: SuggestedTags) -> AskedOf[Papers, Tags]:
    """Return who keeps the tags that a paper could have, or several could all have, in step with them."""

    def ask(ids: Papers) -> Tags:
        recommend = core.recommend
        return recommend.suggest_tags(*ids) if len(ids) == 1 else recommend.suggest_tags_for_all(ids)

    def is_about(changes: Changes, ids: Papers) -> bool:
        return ChangeKind.TAGS in changes.kinds or not changes.ids.isdisjoint(ids)  # a neighbour's tags count as well

    asked = AskedOf[Papers, Tags](
        bridge, row, ask=ask, show=row.show_tags, leave=lambda: row.show_tags(()), fail=keep_quiet
    )
    asked.follow(TAGGING, is_about)
    return asked
