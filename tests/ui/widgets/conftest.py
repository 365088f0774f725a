"""A themed application."""

import pytest
from PySide6.QtWidgets import QApplication

from readinglist.ui import theme


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
