"""How much memory the process that reads PDFs may take, and how much it has.

Linux holds the process to its limit. Elsewhere the limit is not kept, or there is none, and whoever asks it questions
looks at what it has and ends it.
"""

import subprocess
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource

ROOM = 900 * 2**20  # bytes beyond what the process has when it starts; with those it stays below one gigabyte
MOST = 2**30


def limit_memory(room: int = ROOM) -> None:
    """Let this process have so many bytes more than it has now, where the system can hold it to that."""
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + room
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))


def memory_of(process_id: int) -> int | None:
    """Return how many bytes of memory a process has; None if it is gone, or the system does not say."""
    try:
        return _read_memory(process_id)
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None


if sys.platform == "linux":

    def _read_memory(process_id: int) -> int | None:
        return int(Path(f"/proc/{process_id}/statm").read_text("ascii").split()[1]) * resource.getpagesize()

elif sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    QUERY_LIMITED_INFORMATION = 0x1000

    class _Counters(ctypes.Structure):
        """What Windows tells of the memory of a process.

        **Source:** learn.microsoft.com, PROCESS_MEMORY_COUNTERS structure (psapi.h).
        """

        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            *((name, ctypes.c_size_t) for name in "peak now peak_paged paged peak_other other file peak_file".split()),
        )

    def _read_memory(process_id: int) -> int | None:
        counters = _Counters(size=ctypes.sizeof(_Counters))
        kernel = ctypes.WinDLL("kernel32")
        kernel.OpenProcess.restype = wintypes.HANDLE
        kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
        kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        handle = kernel.OpenProcess(QUERY_LIMITED_INFORMATION, 0, process_id)
        if not handle:
            return None
        is_told = kernel.K32GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.size)
        kernel.CloseHandle(handle)
        return int(counters.now) if is_told else None

else:

    def _read_memory(process_id: int) -> int | None:
        command = ("ps", "-o", "rss=", "-p", str(process_id))
        return int(subprocess.run(command, capture_output=True, check=True, timeout=2).stdout) * 1024  # noqa: S603
