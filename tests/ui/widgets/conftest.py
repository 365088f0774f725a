"""A themed application."""

import pytest


@pytest.fixture(autouse=True)
def _guarded(themed: None) -> None:
    """Have every test in this folder look right."""
