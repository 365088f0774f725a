"""What the reader does to papers and tags: each change is one step that can be undone, named in the reader's words."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from readinglist.domain.changes import Changes
from readinglist.domain.errors import UserError
from readinglist.domain.feedback import Feedback
from readinglist.domain.paper import PaperId, Priority, Status
from readinglist.domain.tagging import normalise_tag
from readinglist.domain.wording import count_text
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.steps import Steps, literal

if TYPE_CHECKING:
    from readinglist.library.unit import Writer

BEST_RATING = 5
FEEDBACK_LABELS = {
    Feedback.MORE: "More like {}",
    Feedback.LESS: "Less like {}",
    Feedback.HIDE: "Hide {} from For you",
}


class Edit:
    """Changes a library and tells about it. Every method takes `initiator`, which comes back in the changes."""

    def __init__(self, library: Library, events: EventHub) -> None:
        self._library = library
        self._steps = Steps(library, events)

    def set_status(self, ids: Iterable[PaperId], status: Status, *, initiator: str = "") -> Changes:
        """Give papers a status, with the date or the place in the queue that goes with it."""
        label = f"Mark {{}} as {status.label}"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.papers.set_status(chosen, status), initiator
        )

    def set_starred(self, ids: Iterable[PaperId], *, starred: bool, initiator: str = "") -> Changes:
        """Give papers a star, or take it away."""
        label = "Star {}" if starred else "Take the star off {}"
        return self._set(ids, label, {"is_starred": starred}, initiator)

    def set_priority(self, ids: Iterable[PaperId], priority: Priority, *, initiator: str = "") -> Changes:
        """Say how urgent papers are."""
        return self._set(ids, f"Give {{}} {priority.name.lower()} priority", {"priority": int(priority)}, initiator)

    def set_rating(self, ids: Iterable[PaperId], rating: int, *, initiator: str = "") -> Changes:
        """Rate papers from 1 to 5; 0 takes the rating away.

        Raises:
            UserError: There is no such rating.
        """
        if not 0 <= rating <= BEST_RATING:
            message = f"A rating is a number from 0 to {BEST_RATING}, not {rating}."
            raise UserError(message)
        label = f"Rate {{}} {rating} of {BEST_RATING}" if rating else "Take the rating off {}"
        return self._set(ids, label, {"rating": rating}, initiator)

    def add_tags(self, ids: Iterable[PaperId], names: Sequence[str], *, initiator: str = "") -> Changes:
        """Put tags on papers; new tags are made.

        Raises:
            UserError: A name cannot be a tag.
        """
        return self._steps.of_papers(ids, "Tag {}", lambda writer, chosen: writer.tags.put(chosen, names), initiator)

    def remove_tags(self, ids: Iterable[PaperId], names: Sequence[str], *, initiator: str = "") -> Changes:
        """Take tags off papers."""
        label = f"Take {count_text(len(names), 'tag')} off {{}}"
        return self._steps.of_papers(ids, label, lambda writer, chosen: writer.tags.take(chosen, names), initiator)

    def change_tags(
        self, ids: Iterable[PaperId], added: Sequence[str], removed: Sequence[str], *, initiator: str = ""
    ) -> Changes:
        """Put tags on papers and take others off them, in one step; new tags are made.

        Raises:
            UserError: A name cannot be a tag.
        """
        if not added or not removed:
            one = self.remove_tags if removed else self.add_tags
            return one(ids, removed or added, initiator=initiator)

        def change(writer: "Writer", chosen: Sequence[PaperId]) -> None:
            writer.tags.put(chosen, added)
            writer.tags.take(chosen, removed)

        return self._steps.of_papers(ids, "Change the tags of {}", change, initiator)

    def set_note(self, paper_id: PaperId, text: str, *, initiator: str = "") -> Changes:
        """Write the note of a paper; what is typed without a pause is one step.

        What is no letter at all, such as half of a pair in damaged text, becomes a question mark.
        """
        text = text.encode("utf-8", "replace").decode("utf-8")

        def write(writer: "Writer") -> None:
            writer.papers.set_values([paper_id], {"note": text})

        return self._steps.take("Write a note", write, initiator, merge_key=f"note {paper_id}")

    def give_feedback(self, ids: Iterable[PaperId], kind: Feedback, *, initiator: str = "") -> Changes:
        """Say something of papers for For you, in place of its opposite."""
        label = FEEDBACK_LABELS[kind]
        return self._steps.of_papers(ids, label, lambda writer, chosen: writer.feedback.put(chosen, kind), initiator)

    def take_feedback(self, ids: Iterable[PaperId], kind: Feedback, *, initiator: str = "") -> Changes:
        """Take back what was said of papers for For you."""
        label = f"Take back: {FEEDBACK_LABELS[kind]}"
        return self._steps.of_papers(ids, label, lambda writer, chosen: writer.feedback.take(chosen, kind), initiator)

    def toggle_feedback(self, ids: Iterable[PaperId], kind: Feedback, *, initiator: str = "") -> tuple[Changes, bool]:
        """Say something of papers for For you, or take it back if it was said of all of them.

        Returns:
            What changed, and whether it is said now.
        """
        chosen = list(dict.fromkeys(ids))
        with self._library.read() as reader:
            said = reader.feedback.of(chosen)
        if chosen and all(kind in said.get(one, ()) for one in chosen):
            return self.take_feedback(chosen, kind, initiator=initiator), False
        return self.give_feedback(chosen, kind, initiator=initiator), True

    def refuse_tag(self, ids: Iterable[PaperId], name: str, *, initiator: str = "") -> Changes:
        """Have a tag suggested no more for papers."""
        label = f"Suggest {literal(name)} no more for {{}}"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.feedback.refuse_tag(chosen, name), initiator
        )

    def add_reading_time(self, paper_id: PaperId, seconds: float, *, initiator: str = "") -> Changes:
        """Note that a paper was read for some more seconds; no step that could be undone."""
        if seconds <= 0:
            return Changes(initiator=initiator)
        return self._steps.take(None, lambda writer: writer.decisions.add_time(paper_id, seconds), initiator)

    def move_in_queue(self, ids: Iterable[PaperId], before: PaperId | None, *, initiator: str = "") -> Changes:
        """Put papers of the To read queue in front of another one; None puts them at its end."""

        def move(writer: "Writer", chosen: Sequence[PaperId]) -> None:
            writer.papers.move_in_queue([one for one in chosen if one != before], before)

        return self._steps.of_papers(ids, "Move {} in the queue", move, initiator)

    def delete(self, ids: Iterable[PaperId], *, initiator: str = "") -> Changes:
        """Move papers to the bin."""
        label = "Move {} to the bin"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.papers.set_binned(chosen, is_binned=True), initiator
        )

    def restore(self, ids: Iterable[PaperId], *, initiator: str = "") -> Changes:
        """Take papers out of the bin."""
        label = "Take {} out of the bin"
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.papers.set_binned(chosen, is_binned=False), initiator
        )

    def purge(self, ids: Iterable[PaperId], *, initiator: str = "") -> Changes:
        """Delete papers with everything that belongs to them; only undo brings them back."""
        return self._steps.of_papers(
            ids, "Delete {} for good", lambda writer, chosen: writer.papers.purge(chosen), initiator
        )

    def empty_bin(self, *, initiator: str = "") -> Changes:
        """Delete everything in the bin for good."""
        return self._steps.take("Empty the bin", lambda writer: writer.papers.purge(writer.papers.binned()), initiator)

    def rename_tag(self, old: str, new: str, *, initiator: str = "") -> Changes:
        """Rename a tag and those below it; a tag that has the new name already takes the papers over.

        Papers that are not to have it are not to have it under the new name either.

        Raises:
            UserError: There is no such tag, or the new name cannot be one.
        """

        def rename(writer: "Writer") -> None:
            writer.tags.rename(old, new)
            writer.feedback.rename_tag(old, new)

        return self._steps.take(f"Rename the tag {normalise_tag(old)}", rename, initiator)

    def set_tag_color(self, name: str, color: str, *, initiator: str = "") -> Changes:
        """Give a tag another colour.

        Raises:
            UserError: There is no such tag or colour.
        """
        label = f"Colour the tag {normalise_tag(name)}"
        return self._steps.take(label, lambda writer: writer.tags.set_color(name, color), initiator)

    def delete_tag(self, name: str, *, initiator: str = "") -> Changes:
        """Delete a tag and those below it; the papers stay.

        Raises:
            UserError: There is no such tag.
        """

        def delete(writer: "Writer") -> None:
            writer.tags.delete(name)
            writer.feedback.forget_tag(name)

        return self._steps.take(f"Delete the tag {normalise_tag(name)}", delete, initiator)

    def _set(self, ids: Iterable[PaperId], label: str, values: dict[str, object], initiator: str) -> Changes:
        return self._steps.of_papers(
            ids, label, lambda writer, chosen: writer.papers.set_values(chosen, values), initiator
        )
