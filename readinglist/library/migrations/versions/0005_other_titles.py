"""Other titles: those under which a paper was known before it was merged with others, and what was told with them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; what was merged before is not known any more."""
    op.create_table(
        "other_title",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("title_key", sa.Text(), nullable=False),
        sa.Column("authors", sa.Text(), server_default="[]", nullable=False),
        sa.Column("author_count", sa.Integer(), nullable=True),
        sa.Column("organization", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_other_title_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_other_title"),
    )
    op.create_index("ix_other_title_paper_id", "other_title", ["paper_id"])
    op.create_index("ix_other_title_title_key", "other_title", ["title_key"])
