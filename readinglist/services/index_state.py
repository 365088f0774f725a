"""How far the comparison by meaning is, as it is shown."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readinglist.domain.wording import count_text

if TYPE_CHECKING:
    from readinglist.services.passage_cost import PassageCost


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagesState:
    """How far the passages are.

    Attributes:
        is_wanted: The reader wants them.
        total: Passages that were found in texts.
        done: Those that can be compared.
        waiting: PDFs whose text is there, and whose passages were not looked for yet.
        is_running: They are being read by the model now.
    """

    is_wanted: bool = False
    total: int = 0
    done: int = 0
    waiting: int = 0
    is_running: bool = False

    @property
    def has_work(self) -> bool:
        """Something waits to be read."""
        return self.is_wanted and (self.waiting > 0 or self.done < self.total)

    @property
    def is_empty(self) -> bool:
        """No passage is known, and no text is waiting to be looked through."""
        return not self.total and not self.waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """How far the comparison is.

    Attributes:
        total: Papers outside the bin.
        done: Those with a vector of their present text.
        stale: Those with a vector of a text they had before.
        is_running: Papers are being read by the model now.
        model: Its name on the hub, or its folder.
        device: What it runs on, as it was last loaded; empty if it never was.
        device_reason: Why, and in which precision.
        problem: One sentence if the last attempt failed; else empty.
        passages: How far the passages of PDFs are.
    """

    total: int
    done: int
    stale: int
    is_running: bool
    model: str
    device: str
    device_reason: str
    problem: str
    passages: PassagesState = field(default_factory=PassagesState)


def why_empty(cost: "PassageCost | None") -> str:
    """Say why no passage is known, in one sentence.

    Args:
        cost: What is known of the PDFs; None while that is not looked for yet.
    """
    if cost is None:
        return "No text of a PDF was read yet."
    if not cost.pdfs:
        return cost.words()
    return (
        f"The text of {count_text(cost.unread, 'PDF')} is still to be read." if cost.unread else "No PDF has any text."
    )
