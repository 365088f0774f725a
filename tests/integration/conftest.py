"""What the tests of several parts together share."""

from collections.abc import Iterator

import pytest

from tests.helpers.http_server import WebServer


@pytest.fixture
def server() -> Iterator[WebServer]:
    """A web server on the loopback interface, without any page yet."""
    with WebServer() as running:
        yield running
