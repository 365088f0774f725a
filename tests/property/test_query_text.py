from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.errors import UserError
from readinglist.domain.levels import tidy_name
from readinglist.domain.query import FIELDS, And, Match, Not, Word
from readinglist.domain.query_dates import as_of, goes_with_calendar
from readinglist.domain.query_text import parse_query, render_query
from readinglist.domain.query_values import quoted
from readinglist.domain.query_wording import filter_words

PARTS = [
    *(f"{name}:" for name in FIELDS),
    *("(", ")", "-", '"', " ", "OR", "AND", " OR ", "GPT-4", "C++", "ω", "模型", "//", ":", "..", ">", "<=", "2024-05"),
    *("today", "this week", "7d", "-3m", "lastyear", "title:(", "tag:(", "added:(", "like:("),
    *("starred", "bin", "pdf", "to-read", "12", "/", "tagg:", "Not", "\x00", "\u3000", "\x1c", "é:"),
]
queries = st.one_of(st.text(), st.lists(st.sampled_from(PARTS), max_size=40).map("".join))


@given(queries)
def test_any_text_parses_and_problems_lie_inside_it(text: str) -> None:
    query = parse_query(text)
    assert query.text == text
    assert all(0 <= problem.start <= problem.end <= len(text) and problem.message for problem in query.problems)


@given(queries)
def test_what_is_rendered_parses_to_the_same_tree(text: str) -> None:
    query = parse_query(text)
    again = parse_query(render_query(query))
    assert again.root == query.root
    assert again.problems == ()


@given(queries, st.dates(min_value=date(2, 1, 8), max_value=date(9998, 12, 31)))
def test_on_a_given_day_every_query_is_about_dates(text: str, today: date) -> None:
    query = as_of(parse_query(text), today)
    assert not goes_with_calendar(query)
    assert parse_query(render_query(query)).root == query.root


@given(queries)
def test_each_field_stands_where_it_says_and_can_be_told_in_words(text: str) -> None:
    last = 0
    for part in parse_query(text).parts:
        assert last <= part.start < part.end <= len(text)
        assert filter_words(part.node)
        last = part.end


@given(st.text(min_size=1))
def test_a_tag_of_any_name_can_be_asked_for(text: str) -> None:
    try:
        name = tidy_name(text, "tag")
    except UserError:
        return
    query = parse_query(f"-tag:{quoted(name)} deep")
    assert query.problems == ()
    assert query.root == And((Not(Match("tag", name)), Word("deep")))
