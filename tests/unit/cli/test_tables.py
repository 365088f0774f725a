from hypothesis import given
from hypothesis import strategies as st

from readinglist.cli.tables import Column, render_table
from readinglist.cli.terminal import width_of

COLUMNS = (Column(heading="No.", is_right=True), Column(heading="Title", least=10), Column(heading="Tags", least=4))


def test_columns_are_aligned_to_their_content() -> None:
    heading, lines = render_table(COLUMNS, [("1", "Short", "ml"), ("120", "A longer title", "")], 100)
    assert heading == "No.  Title           Tags"
    assert lines == ["  1  Short           ml", "120  A longer title"]


def test_a_column_without_content_is_left_out() -> None:
    heading, lines = render_table(COLUMNS, [("1", "Short", "")], 100)
    assert (heading, lines) == ("No.  Title", ["  1  Short"])


def test_no_rows_make_no_table() -> None:
    assert render_table(COLUMNS, [], 80) == ("", [])


def test_what_does_not_fit_is_cut_where_it_may_be() -> None:
    heading, lines = render_table(COLUMNS, [("1", "A title that goes on and on", "some, tags")], 30)
    assert width_of(lines[0]) <= 30
    assert "…" in lines[0]
    assert lines[0].startswith("  1  A title")
    assert width_of(heading) <= 30


def test_a_cell_stays_on_one_line() -> None:
    _, lines = render_table(COLUMNS, [("1", "two\nlines \x1b[2J", "x")], 80)
    assert lines == ["  1  two lines [2J  x"]


@given(
    st.lists(st.tuples(st.text(max_size=5), st.text(max_size=60), st.text(max_size=40)), max_size=6),
    st.integers(30, 90),
)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    heading, lines = render_table(COLUMNS, rows, width)
    assert all(width_of(line) <= width for line in (heading, *lines))
