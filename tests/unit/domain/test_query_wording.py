"""What filters are called where they are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.domain.query import FIELDS
from readinglist.domain.query_text import parse_query
from readinglist.domain.query_wording import filter_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title:attention", "Title: attention"),
        ("-title:attention", "Title: not attention"),
        ("title:(attention transformer)", "Title: attention and transformer"),
        ("-title:(a b)", "Not title: a and b"),
        ("title:(a (b OR c))", "Title: a and (b or c)"),
        ("title:(a -b)", "Title: a and not b"),
        ("title:(a -(b c))", "Title: a and not (b and c)"),
        ("title:(a tag:b)", "Title: a and Tag: b"),
        ("tag:(nlp OR vision/3d)", "Tag: nlp or vision/3d"),
        ("-collection:Survey", "Collection: not Survey"),
        ("has:collection", "Has a collection"),
        ("-has:collection", "Has no collection"),
        ("status:to-read", "Status: To read"),
        ("-status:read", "Status: not Read"),
        ("status:(inbox OR reading)", "Status: Inbox or Reading"),
        ("has:pdf", "Has a PDF"),
        ("-has:annotation", "Has no annotation"),
        ("-has:code", "Has no code"),
        ("has:(pdf OR note)", "Has a PDF or a note"),
        ("is:starred", "Starred"),
        ("is:duplicate", "Duplicate"),
        ("-is:duplicate", "Not a duplicate"),
        ("is:latest", "In the last import"),
        ("-is:latest", "Not in the last import"),
        ("is:bin", "In the bin"),
        ("is:(starred OR duplicate)", "Is starred or a duplicate"),
        ("id:2401.01234", "Identifier: 2401.01234"),
        ("like:(few examples)", "Like: few examples"),
        ("year:2024", "Published in 2024"),
        ("year:2022..2024", "Published 2022 to 2024"),
        ("year:>2020", "Published since 2021"),
        ("-year:<2020", "Not published until 2019"),
        ("date:2025-05", "Published in May 2025"),
        ("date:>thismonth", "Published after this month"),
        ("date:<lastyear", "Published before last year"),
        ("added:today", "Added today"),
        ('-added:"this week"', "Not added this week"),
        ("added:7d", "Added in the last 7 days"),
        ("added:1m", "Added in the last month"),
        ("added:0d", "Added today"),
        ("read:7d..7d", "Read 7 days ago"),
        ("read:>1w", "Read less than 1 week ago"),
        ("read:30d..7d", "Read from 30 days ago to 7 days ago"),
        ("added:2025-05-03..today", "Added from 3 May 2025 to today"),
        ("added:..lastweek", "Added until last week"),
        ("added:(today OR yesterday)", "Added today or yesterday"),
        ("upvotes:1", "1 upvote"),
        ("upvotes:>1000", "1,001 upvotes or more"),
        ("pages:<20", "19 pages or fewer"),
        ("rating:<=2", "Rated 2 or less"),
        ("comments:2..5", "2 to 5 comments"),
        ("rating:>=4", "Rated 4 or more"),
        ("rating:(1 OR 2)", "Rated 1 or 2"),
    ],
)
def test_a_filter_is_told_in_words(text: str, words: str) -> None:
    (part,) = parse_query(text).parts
    assert filter_words(part.node) == words


VALUES = ("1", ">5", "2..9", "2024", "today", "7d", "<7d", "2024..today", "pdf", "starred", "read", "ml", "2401.01234")
values = st.lists(st.sampled_from((*VALUES, "OR", "-x", "(", ")", '"a b"', "tag:x")), max_size=8).map(" ".join)


@given(st.sampled_from((*FIELDS, "arxiv")), values, st.sampled_from(("", "-", "NOT ")))
def test_whatever_a_filter_holds_it_has_words(name: str, inside: str, sign: str) -> None:
    query = parse_query(f"{sign}{name}:({inside})")
    assert all(filter_words(part.node).strip() for part in query.parts)
    for part in query.parts:
        assert parse_query(query.text[part.start : part.end]).root == part.node
