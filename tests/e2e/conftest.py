"""One X server for all stories of a run."""

from collections.abc import Iterator

import pytest

from tests.helpers.xserver import Screen, missing_programs, x_server


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    if missing := missing_programs():
        pytest.skip(f"this machine has no {', '.join(missing)}")
    with x_server() as server:
        yield server
