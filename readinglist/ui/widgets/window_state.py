"""Where the window stood and how it was divided, kept beside the settings: it belongs to the screen."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"


class WindowState:
    """Remembered facts of the window.

    Args:
        folder: Where the settings file lies.
    """

    def __init__(self, folder: Path) -> None:
        self._store = QSettings(str(folder / FILE), QSettings.Format.IniFormat)

    def bytes_of(self, key: str) -> QByteArray:
        """Return what Qt packed under a key; empty if there is nothing."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def text_of(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def keep(self, values: dict[str, QByteArray | str]) -> None:
        """Remember values until the next start."""
        for key, value in values.items():
            self._store.setValue(key, value)
        self._store.sync()
