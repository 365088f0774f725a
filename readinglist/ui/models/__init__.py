"""Qt item models: ids in memory, rows on demand."""
