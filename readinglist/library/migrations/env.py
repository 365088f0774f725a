"""How Alembic runs a migration: on the connection and in the transaction that `upgrade` has opened."""

from alembic import context

from readinglist.library.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
