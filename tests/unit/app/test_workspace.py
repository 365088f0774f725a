"""The open library as a whole: how it ends."""

from pathlib import Path

import pytest

from readinglist.app.bootstrap import find_places, open_workspace
from readinglist.app.workspace import CLOSED_IN_ORDER, Workspace
from readinglist.services.jobs import InlineRunner


class Service:
    """Notes when it is closed, and fails at it if it is to."""

    def __init__(self, name: str, closed: list[str], *, fails: bool = False) -> None:
        self._name, self._closed, self._fails = name, closed, fails

    def close(self) -> None:
        self._closed.append(self._name)
        if self._fails:
            raise RuntimeError(self._name)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return open_workspace(find_places(str(tmp_path / "library")), runner=InlineRunner)


def test_services_end_in_their_order_and_only_those_that_were_used(workspace: Workspace) -> None:
    closed: list[str] = []
    used = [name for name in CLOSED_IN_ORDER if name != "words"]
    for name in reversed(used):
        vars(workspace)[name] = Service(name, closed)
    workspace.close()
    assert closed == used


def test_a_service_that_does_not_end_as_it_should_keeps_nothing_else_from_its_end(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    for name in CLOSED_IN_ORDER:
        vars(workspace)[name] = Service(name, closed, fails=name in {"map", "words"})
    close_library = workspace.library.close

    def close() -> None:
        closed.append("library")
        close_library()

    monkeypatch.setattr(workspace.library, "close", close)
    with pytest.raises(RuntimeError, match="words"):
        workspace.close()
    assert closed == [*CLOSED_IN_ORDER, "library"]
