"""The memory of a process is bounded and can be seen."""

import os
import subprocess
import sys

import pytest

from readinglist.pdf.limits import memory_of


def test_a_process_can_be_seen_to_grow() -> None:
    before = memory_of(os.getpid())
    assert before is not None
    taken = bytearray(os.urandom(1) * 2**26)
    after = memory_of(os.getpid())
    assert after is not None
    assert len(taken) * 0.9 < after - before < len(taken) * 2


def test_a_process_that_is_gone_has_no_memory() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    assert memory_of(process.pid) is None


@pytest.mark.skipif(sys.platform != "linux", reason="this system does not hold a process to a limit")
def test_a_process_gets_no_more_than_its_limit() -> None:
    code = (
        "from readinglist.pdf.limits import limit_memory\n"
        "limit_memory(2**27)\n"
        "bytearray(2**26)\n"
        "try:\n    bytearray(2**28)\nexcept MemoryError:\n    print('no more')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "no more"
