"""What a query that is still being typed may become."""

import pytest

from readinglist.domain.completing import (
    Suggestion,
    Typed,
    completed,
    fits,
    in_order,
    known_suggestions,
    part_at,
)


def part(text: str) -> Typed | None:
    """Return the part before the bar."""
    cursor = text.index("|")
    return part_at(text.replace("|", ""), cursor)


def suggestions(text: str) -> list[str]:
    found = part(text)
    return [one.text for one in known_suggestions(found)] if found is not None else []


@pytest.mark.parametrize(
    ("text", "field", "typed"),
    [
        ("sta|", None, "sta"),
        ("deep -sta|", None, "sta"),
        ("(sta|", None, "sta"),
        ("tag:|", "tag", ""),
        ("tag:ma|", "tag", "ma"),
        ("deep -Tag:ml/vi| nets", "tag", "ml/vi"),
        ('author:"ada lo|', "author", "ada lo"),
        ('author:"ada lo|"', "author", "ada lo"),
        ('tag:"my ""be|', "tag", 'my "be'),
        ('tag:(a OR "my ""be|', "tag", 'my "be'),
        ('"a phrase" tag:m|', "tag", "m"),
        ("tag:(|", "tag", ""),
        ("tag:(nlp OR vi|", "tag", "vi"),
        ("tag:(nlp (a -vi|)", "tag", "vi"),
        ('author:(ada "lo|', "author", "lo"),
        ("title:(a tag:b|", "tag", "b"),
        ("title:(a) sta|", None, "sta"),
        ('title:("(") sta|', None, "sta"),
        ("added:|", "added", ""),
        ("added:>=thi|", "added", "thi"),
        ("added:2024..to|", "added", "to"),
        ('added:"last w|"', "added", "last w"),
    ],
)
def test_the_part_at_the_cursor_is_a_name_or_the_value_of_a_field(text: str, field: str | None, typed: str) -> None:
    found = part(text)
    assert found is not None
    assert (found.field, found.text) == (field, typed)


@pytest.mark.parametrize(
    "text",
    [
        "tag:(nlp |",
        "tag:(nlp OR|",
        "nofield:(x|",
        "deep NOT|",
        'tag:("a b" |',
        "|",
        "deep |",
        '"sta|',
        '"tag:m|',
        "st|atus",
        "tag:m|l",
        "nofield:x|",
        "GPT-4|",
        "C++|",
    ],
)
def test_elsewhere_there_is_nothing_to_complete(text: str) -> None:
    assert part(text) is None


def test_names_of_fields_and_their_choices_are_known_to_the_language() -> None:
    assert suggestions("sta|") == ["status:"]
    assert suggestions("a|") == []
    assert suggestions("a|b") == []
    assert suggestions("status:|") == ["inbox", "to-read", "reading", "read", "skipped"]
    assert suggestions("status:re|") == ["reading", "read"]
    assert suggestions("status:read|") == [], "it is complete"


def test_dates_that_go_with_the_calendar_are_offered_and_explained() -> None:
    assert suggestions("added:|")[:3] == ["today", "yesterday", "7d"]
    assert suggestions("added:last|") == ["lastweek", "lastmonth", "lastyear"]
    assert suggestions('added:"this w|"') == ["thisweek"]
    assert suggestions("added:today|") == suggestions("added:2024|") == suggestions("added:soon..|") == []
    assert suggestions("added:30|") == ["30d", "30w", "30m", "30y"]
    found = part("read:<7|")
    assert found is not None
    assert known_suggestions(found)[0] == Suggestion(text="7d", hint="Read more than 7 days ago")
    assert completed("read:<7", found, Suggestion(text="7d")) == ("7d ", 9)
    assert suggestions("is:dup|") == ["duplicate"]
    assert suggestions("year:20|") == []


@pytest.mark.parametrize(
    ("text", "chosen", "outcome"),
    [
        ("deep sta|", "status:", "deep status:|"),
        ("deep tag:ma|", "maths", "deep tag:maths |"),
        ("tag:ma| deep", "maths", "tag:maths |deep"),
        ("tag:ma|", "machine learning", 'tag:"machine learning" |'),
        ('author:"ada lo|"', "Ada Lovelace", 'author:"Ada Lovelace" |'),
        ("author:o|", 'Dan "O" Neil', 'author:"Dan ""O"" Neil" |'),
    ],
)
def test_what_is_chosen_takes_the_place_of_the_part_and_one_can_type_on(text: str, chosen: str, outcome: str) -> None:
    query, found = text.replace("|", ""), part(text)
    assert found is not None
    put, cursor = completed(query, found, Suggestion(text=chosen))
    whole = query[: found.start] + put + query[found.end :]
    assert f"{whole[:cursor]}|{whole[cursor:]}" == outcome


def test_names_fit_by_the_beginnings_of_their_words_without_accents() -> None:
    assert fits("José Müller", "mull")
    assert fits("José Müller", "jose mu")
    assert not fits("José Müller", "ller")
    names = [("de la Cruz", 9), ("Lara Croft", 1), ("Lars Olson", 3), ("Other", 50)]
    assert in_order(names, "la", 5) == [("Lars Olson", 3), ("Lara Croft", 1), ("de la Cruz", 9)]
    assert in_order(names, "la", 1) == [("Lars Olson", 3)]
