"""PySide6 6.12.0 on Python 3.11 loses a reference to `True` at each emit, and the interpreter aborts after some 560."""

import subprocess
import sys

PROGRAM = """
from PySide6.QtCore import QObject, Signal
class Sender(QObject):
    sent = Signal(bool)
sender, heard = Sender(), []
sender.sent.connect(heard.append)
for _ in range(1000):
    sender.sent.emit(True)
print(len(heard), all(heard))
"""


def test_emitting_true_a_thousand_times_does_not_abort_the_interpreter() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "1000 True"), done.stderr
