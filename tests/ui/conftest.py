"""The hand that tests use windows with: patient enough for a computer that has other things to do at the same time."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

PATIENCE_MS = 40_000  # what comes at all comes at once; only a test that fails waits for so long


class PatientBot(QtBot):
    """Waits for long before it gives up."""

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    @override
    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **rules: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **rules)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the patient one."""
    return PatientBot(request)
