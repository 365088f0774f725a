"""Choosing words: where a drag went, by clicks one after the other, by keys, all of them."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from readinglist.domain.page_words import PageWords
from readinglist.ui.reader.page_facts import PageFacts
from readinglist.ui.reader.pages_view import PagesView
from readinglist.ui.reader.scene import Scene
from readinglist.ui.reader.selection import (
    LAST,
    Selection,
    Spot,
    find_nearest,
    find_word,
    letter_at,
    line_of,
    paragraph_of,
    stepped,
    stepped_letter,
    stepped_line,
)

LONGEST_PHRASE = 80  # letters that are searched for
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
Span = Callable[[int, PageWords], tuple[int, int]]


def word_of(place: int, _: PageWords) -> tuple[int, int]:
    """Return a word alone, as `line_of` and `paragraph_of` return more."""
    return place, place


WIDER: tuple[Span, ...] = (word_of, line_of, paragraph_of)  # what two, three and four clicks choose


class WordChooser:
    """Changes what is chosen in one view.

    Args:
        view: The pages.
        facts: Their words.
        scene: Keeps what is chosen.
    """

    def __init__(self, view: PagesView, facts: PageFacts, scene: Scene) -> None:
        self._view = view
        self._facts = facts
        self._scene = scene
        count = len(view.arrangement.sizes)
        self._keys: dict[int, Callable[[Selection], Selection]] = {
            Qt.Key.Key_Right: lambda chosen: stepped(chosen, 1, facts.words, count),
            Qt.Key.Key_Left: lambda chosen: stepped(chosen, -1, facts.words, count),
            Qt.Key.Key_Down: lambda chosen: stepped_line(chosen, 1, facts.words),
            Qt.Key.Key_Up: lambda chosen: stepped_line(chosen, -1, facts.words),
        }
        self._letter_keys: dict[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}

    def extend(self, start: QPointF, at: QPointF, *, is_by_words: bool) -> None:
        """Let the choice end at a place of the viewport; where there is none, it begins at another one."""
        head = self._nearest(at, is_by_words=is_by_words)
        if head is None:
            return
        selection = self._scene.selection
        anchor = self._nearest(start, is_by_words=is_by_words) if selection is None else selection.anchor
        self._scene.select(Selection(anchor or head, head))

    def choose_at(self, at: QPointF, span: Span) -> bool:
        """Choose what stands at a place of the viewport; False if no word does."""
        page, point = self._view.locate(at)
        words = self._facts.words(page)
        place = find_word(point, words) if words else None
        if words is None or place is None:
            return False
        first, last = span(place, words)
        self._scene.select(Selection(Spot(page, first), Spot(page, last)))
        return True

    def choose_all(self) -> None:
        """Choose every word of the document; those of pages that were not looked at come when they are needed."""
        self._scene.select(Selection(Spot(1, 0), Spot(len(self._view.arrangement.sizes), LAST)))

    def copy(self) -> bool:
        """Put the chosen words into the clipboard as soon as all of them are known; False if none are chosen."""
        selection = self._scene.selection
        if selection is None:
            return False
        self._facts.write_text(selection, lambda text: QGuiApplication.clipboard().setText(text))
        return True

    @property
    def phrase(self) -> str:
        """The chosen words if they are few enough to be searched for."""
        selection = self._scene.selection
        text = selection.text(self._facts.words) if selection is not None and len(selection.pages) == 1 else ""
        return text if len(text) < LONGEST_PHRASE and "\n" not in text else ""

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Choose with Shift and arrows words, with Control too letters; True if that was it."""
        if not event.modifiers() & SHIFT or event.key() not in self._keys:
            return False
        by_letter = self._letter_keys.get(event.key(), 0) if event.modifiers() & CONTROL else 0
        selection = self._stepped(event.key(), by_letter)
        if selection is not None:
            self._scene.select(selection)
            words = self._facts.words(selection.head.page) or ()
            if selection.head.word < len(words):
                self._view.reveal(selection.head.page, words[selection.head.word].rect)
        return True

    def _stepped(self, key: int, by_letter: int) -> Selection | None:
        selection = self._scene.selection
        if selection is None:
            spot = self._first_seen()
            return None if spot is None else Selection(spot, spot)
        if by_letter:
            return stepped_letter(selection, by_letter, self._facts.words, len(self._view.arrangement.sizes))
        return self._keys[key](selection)

    def _first_seen(self) -> Spot | None:
        """Return the first word that is whole on the screen."""
        for page in self._view.visible_pages:
            for place, word in enumerate(self._facts.words(page) or ()):
                if self._view.shows(page, word.rect):
                    return Spot(page, place)
        return None

    def _nearest(self, at: QPointF, *, is_by_words: bool) -> Spot | None:
        page, point = self._view.locate(at)
        words = self._facts.words(page) or ()
        place = find_nearest(point, words)
        if place is None:
            return None
        return Spot(page, place) if is_by_words else Spot(page, place, letter_at(point, words[place]))
