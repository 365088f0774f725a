"""Guards for every test, and the few fixtures that all parts share.

A test that talks to the network, logs an unexpected warning or leaves a thread behind fails, whatever else it proves.
"""

import gc
import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readinglist.library.library import Library

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # without it Qt aborts where there is no screen
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

SERVICES = ("ARXIV", "DOI", "CROSSREF", "OPENALEX", "SEMANTIC_SCHOLAR", "UNPAYWALL")
YOUNG_OBJECTS, COLLECTIONS = 20_000, 10  # from which on garbage is looked for between two tests, and everywhere
REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def samples() -> Path:
    """Folder of real files that people outside wrote; absent on most machines."""
    folder = Path(os.environ.get("READINGLIST_SAMPLES", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real sample files at {folder}; set READINGLIST_SAMPLES to run this layer")
    return folder


@pytest.fixture
def data() -> Path:
    """Folder of the project's own test files."""
    return REPOSITORY / "tests" / "data"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with nothing in it."""
    with closing(Library(tmp_path / "library")) as library:
        yield library


@pytest.fixture(autouse=True, scope="session")
def _no_garbage_on_threads() -> Iterator[None]:
    """Collect on the main thread only, as the window does: on another one, signals taken apart can stop everything."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def _collect_garbage() -> Iterator[None]:
    yield
    if gc.get_count()[0] > YOUNG_OBJECTS:
        gc.collect(2 if gc.get_count()[1] > COLLECTIONS else 1)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reader's real library and settings out of reach."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("READINGLIST_LIBRARY", str(home / "library"))
    monkeypatch.setenv("READINGLIST_CONFIG", str(home / "config.toml"))
    for name in ("HF_ENDPOINT", *(f"READINGLIST_{one}" for one in SERVICES)):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # nobody listens there: the network is away, at once
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves the machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in {socket.AF_INET, socket.AF_INET6} and host not in {"127.0.0.1", "::1", "localhost"}:
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_unexpected_warnings(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a WARNING in our log that the test does not announce with the mark `expects_warnings`."""
    yield
    if request.node.get_closest_marker("expects_warnings"):
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    loud = [
        record.getMessage() for record in records if record.levelno >= logging.WARNING and "readinglist" in record.name
    ]
    assert not loud, f"unexpected warnings: {loud}"


@pytest.fixture(autouse=True)
def _no_dangling_threads() -> Iterator[None]:
    """Fail on a thread that outlives its test."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 20
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    ours = [thread.name for thread in left if thread.is_alive() and not thread.name.startswith("pytest_timeout")]
    assert not ours, f"threads left running: {ours}"
