"""Files say more of themselves; annotations, reading positions, stored files; the text index knows quotes."""

import sqlalchemy as sa
from alembic import op

from readinglist.library import fulltext

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As the index was written then: the program's own statement asks for tables that come later.
FILL = """
    INSERT INTO paper_fts (rowid, title, abstract, authors, tags, note, annotations)
    SELECT id, spaced(title), spaced(abstract),
        spaced(coalesce((SELECT group_concat(name, ' · ') FROM paper_author WHERE paper_id = paper.id), '')),
        spaced(coalesce((SELECT group_concat(tag.name, ' · ') FROM paper_tag JOIN tag ON tag.id = tag_id
                         WHERE paper_id = paper.id), '')),
        spaced(note),
        spaced(coalesce((SELECT group_concat(quote || ' · ' || comment || ' · ' || tags, ' · ') FROM annotation
                         WHERE paper_id = paper.id), ''))
    FROM paper
"""


def upgrade() -> None:
    """Add what the reader of PDFs needs; everything that is there stays as it is."""
    _extend_files()
    _create_stored_files()
    _create_annotations()
    _create_positions()
    _rebuild_text_index()


def _extend_files() -> None:
    """Columns are added in place: building the table anew would lose the numbers that undo speaks of."""
    for column in (
        sa.Column("is_linked", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("page_count", sa.Integer()),
        sa.Column("wants_password", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("has_text", sa.Boolean()),
    ):
        op.add_column("file", column)
    op.execute("DELETE FROM file WHERE id NOT IN (SELECT min(id) FROM file GROUP BY paper_id, sha256)")
    # An absolute path is what linked means: it begins with a slash, a backslash, or a drive.
    op.execute("UPDATE file SET is_linked = path LIKE '/%' OR path LIKE '\\%' OR path LIKE '_:%'")
    op.drop_index("ix_file_paper_id", "file")
    op.create_index("ix_file_paper_id_sha256", "file", ["paper_id", "sha256"], unique=True)
    op.create_index("ix_file_sha256", "file", ["sha256"])


def _create_stored_files() -> None:
    op.create_table(
        "stored_file",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("is_moved", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("stored", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name="pk_stored_file"),
    )
    op.create_index("ix_stored_file_sha256", "stored_file", ["sha256"])


def _create_annotations() -> None:
    op.create_table(
        "annotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("rects", sa.Text(), nullable=False),
        sa.Column("strokes", sa.Text(), server_default="[]", nullable=False),
        sa.Column("colour", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="[]", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("created", sa.Text()),
        sa.Column("modified", sa.Text()),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_annotation_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_annotation"),
        sa.UniqueConstraint("paper_id", "uid", name="uq_annotation_paper_id_uid"),
    )


def _create_positions() -> None:
    op.create_table(
        "reading_position",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("offset", sa.Float(), nullable=False),
        sa.Column("zoom", sa.Text(), nullable=False),
        sa.Column("pages_read", sa.Text(), server_default="[]", nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_reading_position"),
    )


def _rebuild_text_index() -> None:
    for table in ("paper_terms", "paper_fts"):
        op.execute(f"DROP TABLE {table}")
    for statement in fulltext.CREATE:
        op.execute(statement)
    op.execute(FILL)
    op.execute("INSERT INTO paper_fts (paper_fts) VALUES ('optimize')")
