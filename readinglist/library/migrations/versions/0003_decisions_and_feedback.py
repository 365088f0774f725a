"""When the reader decided what; what For you was told; how long papers were read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# What was decided so far, with its time where the paper has it. A tag says nothing of when it was given.
DECIDED_SO_FAR = """
INSERT INTO decision (paper_id, kind, decided)
SELECT id, 'status', CASE status WHEN 'read' THEN finished WHEN 'reading' THEN started END FROM paper
    WHERE status != 'inbox'
UNION ALL SELECT id, 'star', NULL FROM paper WHERE is_starred
UNION ALL SELECT id, 'rating', NULL FROM paper WHERE rating > 0
UNION ALL SELECT id, 'note', NULL FROM paper WHERE note != ''
UNION ALL SELECT DISTINCT paper_id, 'tags', NULL FROM paper_tag
"""


def upgrade() -> None:
    """Add the tables that recommending learns from."""
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text()),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_decision_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint("paper_id", "kind", name="uq_decision_paper_id_kind"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("given", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_feedback_paper_id_paper", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("paper_id", "kind", name="uq_feedback_paper_id_kind"),
    )
    op.create_index("ix_feedback_kind", "feedback", ["kind", "paper_id"])
    op.create_table(
        "reading_time",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("last", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id", name="pk_reading_time"),
    )
    op.execute(DECIDED_SO_FAR)
