"""What is done with the words and the annotations that are chosen in the PDF in front, and what is said of it."""

from typing import TYPE_CHECKING

from readinglist.domain.wording import count_text
from readinglist.ui.handlers.parts import Parts
from readinglist.ui.models.scope import ALL

if TYPE_CHECKING:
    from readinglist.ui.reader.tab import ReaderTab


class ReaderWords:
    """Copies, searches, removes.

    Args:
        parts: Of the window.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def copy(self, tab: "ReaderTab") -> None:
        """Copy what is chosen."""
        if not tab.copy():
            self._parts.toast.say("Choose words first: drag over them, or press Shift and an arrow key.")

    def copy_link(self, tab: "ReaderTab") -> None:
        """Copy where a link leads."""
        if not tab.copy_link():
            self._parts.toast.say("No link that leads outside is chosen: press L to go from link to link.")

    def search_papers(self, tab: "ReaderTab") -> None:
        """Show all papers that have the chosen words."""
        parts, phrase = self._parts, tab.hand.chooser.phrase
        if not phrase:
            parts.toast.say("Choose a few words of one page first.")
            return
        parts.tabs.show_library()
        parts.sidebar.choose(ALL)
        parts.papers.show_scope(ALL)
        parts.papers.search.set_text(phrase)

    def remove_mark(self, tab: "ReaderTab") -> None:
        """Remove the chosen annotation."""
        if tab.remove_mark():
            self._parts.say_with_undo("The annotation was removed.")
        else:
            self._parts.toast.say("Choose one of your annotations first.")

    def take_over(self, tab: "ReaderTab") -> None:
        """Take the file's own annotations over."""
        number = tab.annotator.take_over()
        if number:
            self._parts.say_with_undo(f"{count_text(number, 'annotation')} taken over into the library.")
        else:
            self._parts.toast.say("The file has no annotations that the library lacks.")
