"""Fields that a turning wheel does not change, because they stand on pages that scroll."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox
from typing_extensions import override


class Choice(QComboBox):
    """A combo box for a page that scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Number(QSpinBox):
    """A number field for a page that scrolls."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
