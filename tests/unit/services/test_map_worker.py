"""Names of regions: short, written as headings, and none that says what another said."""

from readinglist.services.map_worker import _Naming

TITLES = [
    *(f"Graph networks for task {number}" for number in range(20)),
    *(f"An agent that plans in world {number}" for number in range(20)),
    *(f"Agents that plan together, part {number}" for number in range(20)),
]


def test_two_words_that_belong_together_are_a_name() -> None:
    assert _Naming(TITLES)(range(20), []) == "Graph networks"


def test_a_term_in_the_other_number_is_no_new_name() -> None:
    naming = _Naming(TITLES)
    first = naming(range(20, 40), [])
    assert first
    second = naming(range(40, 60), [first])
    taken = {term.lower().removesuffix("s") for term in first.split(" · ")}
    assert not taken & {term.lower().removesuffix("s") for term in second.split(" · ")}


def test_a_name_that_was_given_before_fits_while_its_papers_share_it() -> None:
    naming = _Naming(TITLES)
    assert naming.fits("Graph networks", range(20), [])
    assert not naming.fits("Graph networks", range(20, 40), [])


def test_a_name_that_a_larger_part_has_now_fits_no_more() -> None:
    naming = _Naming(TITLES)
    naming.fits("Graph networks", range(20), [])
    assert not naming.fits("Networks", range(20), ["Graph networks"])


def test_papers_with_nothing_in_common_have_no_name() -> None:
    titles = [f"{'abcdefghijklmnopqrst'[number] * 5} {'tsrqponmlkjihgfedcba'[number] * 6}" for number in range(20)]
    assert _Naming(titles)(range(20), []) == ""
