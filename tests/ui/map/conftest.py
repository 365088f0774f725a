"""A themed application, and guards against what Qt only mutters."""

import pytest


@pytest.fixture(autouse=True)
def _guarded(themed: None, no_qt_warnings: None) -> None:
    """Have every test in this folder look right, and fail on what Qt only mutters."""
