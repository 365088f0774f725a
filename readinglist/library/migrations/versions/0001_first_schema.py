"""The first schema: papers and what belongs to them, tags, undo history, saved documents, the text index."""

import sqlalchemy as sa
from alembic import op

from readinglist.library import fulltext

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make everything in an empty file."""
    _create_papers()
    _index_papers()
    _create_related()
    _create_tags()
    _create_history()
    # Derived data is made in its present form, whatever that was when this step was written.
    for statement in fulltext.CREATE:
        op.execute(statement)


def _create_papers() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("abstract", sa.Text(), server_default="", nullable=False),
        sa.Column("title_source", sa.Text(), server_default="", nullable=False),
        sa.Column("abstract_source", sa.Text(), server_default="", nullable=False),
        sa.Column("author_count", sa.Integer()),
        sa.Column("first_author", sa.Text(), server_default="", nullable=False),
        sa.Column("organization", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("pdf_url", sa.Text()),
        sa.Column("code_url", sa.Text()),
        sa.Column("venue", sa.Text()),
        sa.Column("keywords", sa.Text(), server_default="[]", nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("started", sa.Text()),
        sa.Column("finished", sa.Text()),
        sa.Column("status", sa.Text(), server_default="inbox", nullable=False),
        sa.Column("queue_position", sa.Float()),
        sa.Column("is_starred", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("priority", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rating", sa.Integer(), server_default="0", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("upvotes", sa.Integer()),
        sa.Column("comments", sa.Integer()),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("is_binned", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("binned", sa.Text()),
        sa.CheckConstraint("status IN ('inbox', 'to-read', 'reading', 'read', 'skipped')", name="ck_paper_status"),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name="ck_paper_priority"),
        sa.CheckConstraint("rating BETWEEN 0 AND 5", name="ck_paper_rating"),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
        sqlite_autoincrement=True,
    )


def _index_papers() -> None:
    indexes: tuple[tuple[str, list[str | sa.TextClause]], ...] = (
        ("ix_paper_is_binned_added", ["is_binned", sa.text("added DESC"), "id"]),
        ("ix_paper_is_binned_comments", ["is_binned", sa.text("comments DESC"), "id"]),
        ("ix_paper_is_binned_finished", ["is_binned", sa.text("finished DESC"), "id"]),
        ("ix_paper_is_binned_first_author", ["is_binned", sa.text("first_author DESC"), "id"]),
        ("ix_paper_is_binned_priority", ["is_binned", sa.text("priority DESC"), "id"]),
        ("ix_paper_is_binned_published", ["is_binned", sa.text("published DESC"), "id"]),
        ("ix_paper_is_binned_queue_position", ["is_binned", sa.text("queue_position DESC"), "id"]),
        ("ix_paper_is_binned_rating", ["is_binned", sa.text("rating DESC"), "id"]),
        ("ix_paper_is_binned_status", ["is_binned", sa.text("status DESC"), "id"]),
        ("ix_paper_is_binned_title_key", ["is_binned", sa.text("title_key DESC"), "id"]),
        ("ix_paper_is_binned_upvotes", ["is_binned", sa.text("upvotes DESC"), "id"]),
        ("ix_paper_is_starred", ["is_binned", "is_starred", "added"]),
        ("ix_paper_status_added", ["is_binned", "status", sa.text("added DESC"), "id"]),
        ("ix_paper_status_queue_position", ["is_binned", "status", "queue_position", "id"]),
        ("ix_paper_title_key", ["title_key"]),
        ("ix_paper_venue", ["venue"]),
    )
    for name, columns in indexes:
        op.create_index(name, "paper", columns)
    for name, condition in (
        ("ix_paper_with_note", "note != ''"),
        ("ix_paper_with_code", "code_url IS NOT NULL"),
        ("ix_paper_without_abstract", "abstract = ''"),
    ):
        op.create_index(name, "paper", ["id"], sqlite_where=sa.text(condition))


def _create_related() -> None:
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_file_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_file"),
    )
    op.create_index("ix_file_paper_id", "file", ["paper_id"])
    op.create_table(
        "identifier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_identifier_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_identifier"),
        sa.UniqueConstraint("scheme", "value", name="uq_identifier_scheme_value"),
    )
    op.create_index("ix_identifier_paper_id", "identifier", ["paper_id"])
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Text()),
        sa.Column("upvotes", sa.Integer()),
        sa.Column("comments", sa.Integer()),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_mention_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index("ix_mention_paper_id", "mention", ["paper_id"])
    op.create_index("ix_mention_source", "mention", ["source", "paper_id"])
    op.create_table(
        "paper_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_paper_author_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_author"),
        sa.UniqueConstraint("paper_id", "position", name="uq_paper_author_paper_id_position"),
    )


def _create_tags() -> None:
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_table(
        "paper_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_paper_tag_paper_id_paper", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_paper_tag_tag_id_tag", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_tag"),
        sa.UniqueConstraint("paper_id", "tag_id", name="uq_paper_tag_paper_id_tag_id"),
    )
    op.create_index("ix_paper_tag_tag_id", "paper_tag", ["tag_id", "paper_id"])


def _create_history() -> None:
    op.create_table(
        "change_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("writer", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("paper_ids", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change_log"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("fetched", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("sha256", name="uq_document_sha256"),
    )
    op.create_table(
        "undo_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("merge_key", sa.Text(), server_default="", nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_undo_step"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "undo_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["undo_step.id"], name="fk_undo_entry_step_id_undo_step", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_undo_entry"),
    )
    op.create_index("ix_undo_entry_step_id", "undo_entry", ["step_id"])
