"""Things done a while later: when typing has paused, say, or the pointer rests."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, SignalInstance


def make_delay(owner: QObject, delay_ms: int, do: "Callable[[], object] | SignalInstance") -> QTimer:
    """Return a timer that does something once, so long after it was started last.

    Args:
        owner: Takes the timer along when it goes.
        delay_ms: 0 for as soon as what has happened already is dealt with.
        do: What to do, or which signal to send.
    """
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(delay_ms)
    timer.timeout.connect(do)
    return timer
