"""Putting a theme on the application, and following the system when it changes between light and dark."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from readinglist.ui.theme import metrics, palette
from readinglist.ui.theme.sheet import build_style_sheet

CHOICES = ("system", "light", "dark")


class Notifier(QObject):
    """Tells whoever painted with colours that they are others now."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._choice = "system"
        self._shown = ""
        application.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Show a theme; see `apply`."""
        self._choice = choice if choice in CHOICES else "system"
        self._follow()

    def _follow(self) -> None:
        name = self._choice if self._choice != "system" else _system_theme()
        if name == self._shown:
            return
        self._shown = name
        palette.use(name)
        self._application.setPalette(palette.build_qpalette(palette.colors()))
        self._application.setStyleSheet(build_style_sheet(palette.colors()))
        self.changed.emit()


class _Holder:
    """The notifier of the running application."""

    notifier: Notifier | None = None


def apply(application: QApplication, choice: str = "system") -> None:
    """Dress the application, now or again.

    Args:
        application: The running application.
        choice: `system`, `light` or `dark`; anything else counts as `system`.
    """
    if _Holder.notifier is None or _Holder.notifier.parent() is not application:
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(metrics.font("body"))
        _Holder.notifier = Notifier(application)
    _Holder.notifier.choose(choice)


def notifier() -> Notifier:
    """Return the object whose `changed` signal tells of a switch; there is one after `apply`."""
    if _Holder.notifier is None:
        message = "the application has no theme yet: call apply first"
        raise RuntimeError(message)
    return _Holder.notifier


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget a style sheet role; the package's docstring lists them."""
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def _system_theme() -> str:
    return "dark" if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
