"""Products are computed in one thread for as long as it is wanted."""

import numpy as np
from threadpoolctl import threadpool_info

from readinglist.similarity.one_thread import one_thread


def threads() -> set[int]:
    """Return in how many threads numpy would compute; libraries that others load later have threads of their own."""
    found = [one for one in threadpool_info() if one["user_api"] == "blas" and "numpy" in one["filepath"]]
    return {one["num_threads"] for one in found}


def test_products_are_computed_in_one_thread_meanwhile_and_as_before_afterwards() -> None:
    square = np.eye(3)
    before = threads()
    with one_thread():
        assert threads() <= {1}
        assert np.array_equal(square @ square, square)
    assert threads() == before
