"""The tables of a library; what a row is never leaves this package.

Lists sort and filter by columns of `paper` alone, so what they sort by is kept there, also where it follows from other
tables (first author, counts of listings). Each such column has an index that starts with `is_binned`: a list is then
one walk along one index.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)

# Times are ISO 8601 texts in UTC with a fixed number of digits: they sort as the times do and read well in any tool.
paper = Table(
    "paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False),  # domain.titles.fold_title
    Column("abstract", Text, nullable=False, server_default=""),
    Column("title_source", Text, nullable=False, server_default=""),
    Column("abstract_source", Text, nullable=False, server_default=""),
    Column("author_count", Integer),
    Column("first_author", Text, nullable=False, server_default=""),  # folded family name, for sorting
    Column("organization", Text),
    Column("published", Text),  # ISO date of the precision that is known
    Column("url", Text),
    Column("pdf_url", Text),
    Column("code_url", Text),
    Column("venue", Text),
    Column("keywords", Text, nullable=False, server_default="[]"),  # JSON array
    Column("added", Text, nullable=False),
    Column("started", Text),
    Column("finished", Text),
    Column("status", Text, nullable=False, server_default="inbox"),
    Column("queue_position", Float),
    Column("is_starred", Boolean, nullable=False, server_default="0"),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("rating", Integer, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Column("upvotes", Integer),
    Column("comments", Integer),
    Column("content_hash", Text, nullable=False),
    Column("is_binned", Boolean, nullable=False, server_default="0"),
    Column("binned", Text),
    CheckConstraint("rating BETWEEN 0 AND 5", name="rating"),
    CheckConstraint("priority BETWEEN 0 AND 3", name="priority"),
    CheckConstraint("status IN ('inbox', 'to-read', 'reading', 'read', 'skipped')", name="status"),
    sqlite_autoincrement=True,  # a number is never given twice: notes and scripts refer to it
)

# One index for each way to sort, the most first; `id` makes the order total. They answer lists without the table.
SORT_COLUMNS = (
    "added",
    "published",
    "title_key",
    "first_author",
    "upvotes",
    "comments",
    "priority",
    "rating",
    "status",
    "queue_position",
    "finished",
)
for _name in SORT_COLUMNS:
    Index(f"ix_paper_is_binned_{_name}", paper.c.is_binned, paper.c[_name].desc(), paper.c.id)
# As the lists of a status are shown at first: the newest first, the queue from its beginning.
Index("ix_paper_status_added", paper.c.is_binned, paper.c.status, paper.c.added.desc(), paper.c.id)
Index("ix_paper_status_queue_position", paper.c.is_binned, paper.c.status, paper.c.queue_position, paper.c.id)
Index("ix_paper_is_starred", paper.c.is_binned, paper.c.is_starred, paper.c.added)
Index("ix_paper_title_key", paper.c.title_key)
Index("ix_paper_venue", paper.c.venue)
# What few papers have, or lack, is looked up without reading the texts of all the others.
Index("ix_paper_with_note", paper.c.id, sqlite_where=paper.c.note != "")
Index("ix_paper_with_code", paper.c.id, sqlite_where=paper.c.code_url.is_not(None))
Index("ix_paper_without_abstract", paper.c.id, sqlite_where=paper.c.abstract == "")


def _of_paper() -> Column[int]:
    return Column("paper_id", Integer, ForeignKey("paper.id", ondelete="CASCADE"), nullable=False)


paper_author = Table(
    "paper_author",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("paper_id", "position"),
)
identifier = Table(
    "identifier",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("scheme", Text, nullable=False),
    Column("value", Text, nullable=False),
    UniqueConstraint("scheme", "value"),
)
Index("ix_identifier_paper_id", identifier.c.paper_id)
# Titles under which the paper was known before it was merged with others, each with what was told with it. They tell
# apart what is read again, not what the paper is called.
other_title = Table(
    "other_title",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("title", Text, nullable=False),
    Column("title_key", Text, nullable=False),
    Column("authors", Text, nullable=False, server_default="[]"),  # JSON array
    Column("author_count", Integer),
    Column("organization", Text),
    Column("published", Text),
)
Index("ix_other_title_paper_id", other_title.c.paper_id)
Index("ix_other_title_title_key", other_title.c.title_key)
tag = Table(
    "tag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("color", Text, nullable=False),
)
paper_tag = Table(
    "paper_tag",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("tag_id", Integer, ForeignKey("tag.id", ondelete="CASCADE"), nullable=False),
    UniqueConstraint("paper_id", "tag_id"),
)
Index("ix_paper_tag_tag_id", paper_tag.c.tag_id, paper_tag.c.paper_id)
collection = Table(
    "collection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("made", Text, nullable=False),
)
paper_collection = Table(
    "paper_collection",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("collection_id", Integer, ForeignKey("collection.id", ondelete="CASCADE"), nullable=False),
    Column("added", Text, nullable=False),
    UniqueConstraint("paper_id", "collection_id"),
)
Index("ix_paper_collection_collection_id", paper_collection.c.collection_id, paper_collection.c.paper_id)
mention = Table(
    "mention",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("source", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("listed_on", Text),
    Column("upvotes", Integer),
    Column("comments", Integer),
    Column("seen", Text, nullable=False),
)
Index("ix_mention_paper_id", mention.c.paper_id)
Index("ix_mention_source", mention.c.source, mention.c.paper_id)
# Which file a paper has. Two papers may have the same bytes: each then has a row of its own, and both name one path.
file = Table(
    "file",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("path", Text, nullable=False),  # relative to the library's folder, or absolute where linked
    Column("sha256", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("added", Text, nullable=False),
    Column("is_linked", Boolean, nullable=False, server_default="0"),  # it lies where the reader put it
    Column("page_count", Integer),  # NULL while nobody could count them
    Column("wants_password", Boolean, nullable=False, server_default="0"),
    Column("has_text", Boolean),  # NULL while nobody has looked
)
Index("ix_file_paper_id_sha256", file.c.paper_id, file.c.sha256, unique=True)
Index("ix_file_sha256", file.c.sha256)
# What the program has put into the folder `files`: registered before the bytes lie there, and kept through undo, so
# that an undone import can be done again. Whatever is there and not here is the reader's own and never touched.
stored_file = Table(
    "stored_file",
    metadata,
    Column("path", Text, primary_key=True),  # relative to the library's folder
    Column("sha256", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("origin", Text, nullable=False),  # absolute path or address
    Column("is_moved", Boolean, nullable=False, server_default="0"),  # there is no other copy of it
    Column("stored", Text, nullable=False),
)
Index("ix_stored_file_sha256", stored_file.c.sha256)
annotation = Table(
    "annotation",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("uid", Text, nullable=False),
    Column("sha256", Text, nullable=False),  # of the file on whose pages it is
    Column("kind", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("rects", Text, nullable=False),  # JSON array of [left, top, right, bottom], in points
    Column("strokes", Text, nullable=False, server_default="[]"),  # JSON array of arrays of [x, y]
    Column("colour", Text, nullable=False),
    Column("quote", Text, nullable=False, server_default=""),
    Column("comment", Text, nullable=False, server_default=""),
    Column("tags", Text, nullable=False, server_default="[]"),  # JSON array
    Column("author", Text, nullable=False, server_default=""),
    Column("created", Text),
    Column("modified", Text),
    UniqueConstraint("paper_id", "uid"),
)
# Where the reader stopped in a file; it stays when the file goes and comes back, and undo has no business with it.
reading_position = Table(
    "reading_position",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("page", Integer, nullable=False),
    Column("offset", Float, nullable=False),  # share of the page's height above the window's top edge
    Column("zoom", Text, nullable=False),
    Column("pages_read", Text, nullable=False, server_default="[]"),  # JSON array of [first, last]
    Column("page_count", Integer, nullable=False),
    Column("opened", Text, nullable=False),
)
# When the reader last decided something about a paper; what was decided stands with the paper. Written by `recording`,
# so that no writer can forget it. What was decided before there was this table has no time.
decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("kind", Text, nullable=False),  # status, star, rating, tags, collections or note
    Column("decided", Text),
    UniqueConstraint("paper_id", "kind"),
)
# What the reader said of a paper, in For you or to a suggestion; one row for each thing said.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_paper(),
    Column("kind", Text, nullable=False),  # domain.feedback.Feedback, or a tag that the paper is not to have
    Column("given", Text, nullable=False),
    UniqueConstraint("paper_id", "kind"),
)
Index("ix_feedback_kind", feedback.c.kind, feedback.c.paper_id)
# How long the reader was at a paper's PDF. It stays when the paper is deleted for good, which can be undone, and undo
# has no business with it but where entries of one work were merged: it gives to each what it took from it.
reading_time = Table(
    "reading_time",
    metadata,
    Column("paper_id", Integer, primary_key=True),
    Column("seconds", Float, nullable=False),
    Column("last", Text, nullable=False),
)
document = Table(
    "document",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),  # also the name of the file under derived/documents
    Column("origin", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("fetched", Text, nullable=False),
)
undo_step = Table(
    "undo_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("merge_key", Text, nullable=False, server_default=""),
    Column("made", Text, nullable=False),
    Column("is_undone", Boolean, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
undo_entry = Table(
    "undo_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", Integer, ForeignKey("undo_step.id", ondelete="CASCADE"), nullable=False),
    Column("statement", Text, nullable=False),  # takes one row's change back
)
Index("ix_undo_entry_step_id", undo_entry.c.step_id)
change_log = Table(
    "change_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("writer", Text, nullable=False),  # one running program
    Column("kinds", Text, nullable=False),  # JSON array
    Column("paper_ids", Text, nullable=False),  # JSON array
    sqlite_autoincrement=True,
)

# What undo takes back: everything the reader sees. Documents are derived, what lies in the folder of files outlives the
# rows that name it, and history does not record itself.
UNDOABLE = (
    *(paper, paper_author, identifier, other_title, tag, paper_tag, collection, paper_collection),
    *(mention, file, annotation, decision, feedback),
)
