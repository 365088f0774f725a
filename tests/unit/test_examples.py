"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import readinglist.domain
import readinglist.exporters
import readinglist.importers
import readinglist.recommend

PACKAGES = (readinglist.domain, readinglist.exporters, readinglist.importers, readinglist.recommend)


def names() -> Iterator[str]:
    for package in PACKAGES:
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            yield module.name


@pytest.mark.parametrize("name", list(names()))
def test_examples_say_what_happens(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = [test for name in names() for test in finder.find(importlib.import_module(name))]
    assert sum(len(test.examples) for test in found) > 20
