import time

import pytest

from readinglist.domain.query import FIELDS, And, Between, Match, Not, Or, Phrase, Word, has_words
from readinglist.domain.query_text import MAX_TERMS, parse_query, render_query


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("   ", None),
        ("attention", Word("attention")),
        ("GPT-4 C++ ω", And((Word("GPT-4"), Word("C++"), Word("ω")))),
        ("大型语言模型", Word("大型语言模型")),
        ('"state space" model', And((Phrase("state space"), Word("model")))),
        ('"never closed', Phrase("never closed")),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("a or b", And((Word("a"), Word("or"), Word("b")))),
        ("-a", Not(Word("a"))),
        ("--a", Word("a")),
        ("NOT a", Not(Word("a"))),
        ("b NOT (a c)", And((Word("b"), Not(And((Word("a"), Word("c"))))))),
        ("NOT -a", Word("a")),
        ('"NOT a"', Phrase("NOT a")),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ('-"a b"', Not(Phrase("a b"))),
        ("((a b) c)", And((Word("a"), Word("b"), Word("c")))),
        ("Mamba: linear – time - & more", And((Word("Mamba:"), Word("linear"), Word("time"), Word("more")))),
        ("https://arxiv.org/abs/2401.00001", Word("https://arxiv.org/abs/2401.00001")),
    ],
)
def test_words_phrases_and_operators_build_a_tree(text: str, tree: object) -> None:
    query = parse_query(text)
    assert query.root == tree
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("tag:ml", Match("tag", "ml")),
        ('TAG:" ml / large  models"', Match("tag", "ml/large models")),
        ('collection:" To do / now"', Match("collection", "To do/now")),
        ('author:"van der Berg"', Match("author", "van der Berg")),
        ("status:To-Read", Match("status", "to-read")),
        ('status:"to read"', Match("status", "to-read")),
        ("is:starred", Match("is", "starred")),
        ("-is:bin", Not(Match("is", "bin"))),
        ("year:2022", Between("year", "2022", "2022")),
        ("year:2022..2024", Between("year", "2022", "2024")),
        ("year:2022..", Between("year", "2022", None)),
        ("year:..2024", Between("year", None, "2024")),
        ("upvotes:>50", Between("upvotes", "51", None)),
        ("rating:>=4", Between("rating", "4", None)),
        ("comments:<3", Between("comments", None, "2")),
        ("pages:<20", Between("pages", None, "19")),
        ("is:duplicate", Match("is", "duplicate")),
        ('like:"learning from few examples"', Match("like", "learning from few examples")),
        ("like:2405.00001", Match("like", "2405.00001")),
        ("comments:<=3", Between("comments", None, "3")),
        ("date:2024-05", Between("date", "2024-05", "2024-05")),
        ("date:>2024-12", Between("date", "2025-01", None)),
        ("date:<2024-01", Between("date", None, "2023-12")),
        ("date:>2024-02-28", Between("date", "2024-02-29", None)),
        ("added:<2024", Between("added", None, "2023")),
        ("year:2024..2022", Between("year", "2022", "2024")),
        ("rating:10..9", Between("rating", "9", "10")),
        ("date:2024-06..2023", Between("date", "2023", "2024-06")),
        ("date:2024..2024-03", Between("date", "2024", "2024-03")),
        ("status:toread", Match("status", "to-read")),
        ("id:2401.01234v2", Match("id", "2401.01234")),
        ("arxiv:math.GT/0309136", Match("id", "math/0309136")),
        ("DOI:10.1000/ABC", Match("id", "10.1000/abc")),
        ('id:"https://doi.org/10.1000/a(b)"', Match("id", "10.1000/a(b)")),
        ("added:2022..2024-06-30", Between("added", "2022", "2024-06-30")),
        ("added:today", Between("added", "today", "today")),
        ('added:"This Week"', Between("added", "thisweek", "thisweek")),
        ("date:last-month", Between("date", "lastmonth", "lastmonth")),
        ("read:7d", Between("read", "7d", "today")),
        ("added:-7d", Between("added", "7d", "today")),
        ('added:"last 3 months"', Between("added", "3m", "today")),
        ("added:>=07d", Between("added", "7d", None)),
        ("added:>7d", Between("added", ">7d", None)),
        ("added:<lastweek", Between("added", None, "<lastweek")),
        ("added:<=1y", Between("added", None, "1y")),
        ("added:30d..7d", Between("added", "30d", "7d")),
        ('added:"30 days".."7 days"', And((Between("added", "30d", "today"), Phrase("7 days")))),
        ('added:"30 days .. 7 days"', Between("added", "30d", "7d")),
        ("added:2024-05..today", Between("added", "2024-05", "today")),
        ("added:today..2024-05", Between("added", "today", "2024-05")),
        ("added:7d..7d", Between("added", "7d", "7d")),
        ("year:lastyear", Between("date", "lastyear", "lastyear")),
        ("year:(2020 OR 3y)", Or((Between("year", "2020", "2020"), Between("date", "3y", "today")))),
        ("title:(attention)", Match("title", "attention")),
        ("title:(attention transformer)", And((Match("title", "attention"), Match("title", "transformer")))),
        ('title:(a OR "b c")', Or((Match("title", "a"), Match("title", "b c")))),
        ("-title:(a b)", Not(And((Match("title", "a"), Match("title", "b"))))),
        ("title:(a -b)", And((Match("title", "a"), Not(Match("title", "b"))))),
        ("title:(a (b OR c))", And((Match("title", "a"), Or((Match("title", "b"), Match("title", "c")))))),
        ("title:(a – b AND c)", And((Match("title", "a"), Match("title", "b"), Match("title", "c")))),
        ("Tag:(NLP OR vision/3d)", Or((Match("tag", "NLP"), Match("tag", "vision/3d")))),
        ('tag:"My ""best"" ones"', Match("tag", 'My "best" ones')),
        ('tag:"""" deep', And((Match("tag", '"'), Word("deep")))),
        ('tag:(a OR "my ""best""")', Or((Match("tag", "a"), Match("tag", 'my "best"')))),
        ('"the ""best"" ones"', Phrase('the "best" ones')),
        ('tag:"not ""closed', Match("tag", 'not "closed')),
        ("title:(a tag:b)", And((Match("title", "a"), Match("tag", "b")))),
        (
            "title:(a tag:(b c) d)",
            And((Match("title", "a"), Match("tag", "b"), Match("tag", "c"), Match("title", "d"))),
        ),
        ("rating:(>=4 OR 0)", Or((Between("rating", "4", None), Between("rating", "0", "0")))),
        ("added:(today OR 2024)", Or((Between("added", "today", "today"), Between("added", "2024", "2024")))),
        ("arxiv:(2401.01234 OR 2402.00001)", Or((Match("id", "2401.01234"), Match("id", "2402.00001")))),
        ("like:(learning from few examples)", Match("like", "learning from few examples")),
        ("like:(few examples OR 3)", Or((Match("like", "few examples"), Match("like", "3")))),
        ("like:(few -many tag:x)", And((Match("like", "few"), Not(Match("like", "many")), Match("tag", "x")))),
    ],
)
def test_fields_take_texts_choices_numbers_and_dates(text: str, tree: object) -> None:
    query = parse_query(text)
    assert query.root == tree
    assert query.problems == ()


@pytest.mark.parametrize(
    ("text", "wrong", "part_of_message"),
    [
        ("deep year:soon nets", "soon", "needs a year such as 2024"),
        ("deep upvotes:>many nets", ">many", "needs a number"),
        ("deep date:2024-13 nets", "2024-13", "needs a date"),
        ("deep date:>9999 nets", ">9999", "needs a date"),
        ("deep status:reed nets", "reed", "did you mean read?"),
        ("deep has:wings nets", "wings", "takes pdf, note, annotation, code, abstract, tag or collection."),
        ("deep id:7 nets", "7", "“7” is neither an arXiv id nor a DOI."),
        ("deep doi:x nets", "x", "“doi:x” is neither an arXiv id nor a DOI."),
        ("deep title:() nets", "title:", "several words stand in quotes or parentheses."),
        ("deep nets NOT", "NOT", "NOT needs a word after it."),
        ("deep tagg:x nets", "tagg:", "did you mean tag:?"),
        ("deep sheets:<20 nets", "sheets:", "There is no field “sheets”"),
        ("deep like: nets", "like:", "needs a value"),
        ("deep tag: nets", "tag:", "needs a value"),
        ('deep tag:"" nets', '""', "needs a value"),
        ("deep tag:/ nets", "/", "needs a name"),
        ("deep tag:() nets", "tag:", "needs a value"),
        ("deep added:tody nets", "tody", "did you mean today?"),
        ("deep added:soon nets", "soon", "today or 7d."),
        ("deep added:..tody nets", "..tody", "needs a date"),
        ("deep nets year:(2020 OR soon)", "soon", "needs a year"),
        ("deep status:(reed) nets", "reed", "did you mean read?"),
        ("deep title:(–) nets", "title:", "needs a value"),
        ("deep arxiv:() nets", "arxiv:", "id: needs a value"),
        ("deep tagg:(a year:soon) nets", "tagg:", "did you mean tag:?"),
        ("deep nets title:(a -OR b)", "-", "needs a word"),
        ("deep nets title:(a", "(", "not closed"),
        ("(deep nets", "(", "not closed"),
        ("deep) nets", ")", "closes nothing"),
        ("deep nets -OR x", "-", "needs a word"),
    ],
)
def test_a_wrong_part_is_reported_at_its_place_and_the_rest_works(text: str, wrong: str, part_of_message: str) -> None:
    query = parse_query(text)
    (problem,) = query.problems
    assert text[problem.start : problem.end] == wrong
    assert part_of_message in problem.message
    assert render_query(query).startswith("deep nets")


def test_an_unknown_field_names_those_that_exist() -> None:
    (problem,) = parse_query("zzz:1").problems
    assert all(name in problem.message for name in FIELDS)


def test_ten_thousand_parentheses_cost_neither_the_stack_nor_a_second() -> None:
    for text in ("(" * 10_000, ")" * 10_000, "(" * 10_000 + "deep" + ")" * 10_000, "-" * 10_000 + "deep", "-(" * 9_000):
        begun = time.thread_time()
        query = parse_query(text)
        assert time.thread_time() - begun < 1
        assert len(query.problems) <= 10


def test_deep_groups_say_so_and_still_find_their_words() -> None:
    query = parse_query("(" * 30 + "deep" + ")" * 30 + " nets")
    assert query.root == And((Word("deep"), Word("nets")))
    assert "At most 20 parentheses" in query.problems[0].message


def test_a_pasted_page_is_cut_with_a_word_about_it() -> None:
    query = parse_query("word " * 1000)
    assert isinstance(query.root, And)
    assert len(query.root.nodes) == MAX_TERMS
    assert "only the first 200" in query.problems[0].message


@pytest.mark.parametrize(
    ("text", "asks"),
    [("is:bin", True), ("deep is:bin", True), ("deep OR is:bin", True), ("-is:bin", False), ("deep", False)],
)
def test_the_bin_is_asked_for_by_name_only(text: str, asks: bool) -> None:
    assert parse_query(text).asks_for_bin is asks


@pytest.mark.parametrize(
    ("text", "has"), [("deep", True), ("title:x", True), ('tag:a ("b c")', True), ("year:2020 -deep", False)]
)
def test_words_to_rank_by_are_those_that_must_hold(text: str, has: bool) -> None:
    assert has_words(parse_query(text).root) is has


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        ("  (a   OR b) ", "a OR b"),
        ("(a OR b) c", "(a OR b) c"),
        ('-(a OR b) tag:"large models"', '-(a OR b) tag:"large models"'),
        ("year:>2020", "year:2021.."),
        ("added:>thisweek", "added:>thisweek"),
        ('read:"last 7 days"', "read:7d"),
        ("read:>=7d", "read:7d.."),
        ("added:7d..7d", "added:7d..7d"),
        ("-title:(a b)", "-(title:a title:b)"),
        ('title:"//x"', 'title:"//x"'),
        ("", ""),
    ],
)
def test_a_query_is_written_in_its_shortest_form(text: str, rendered: str) -> None:
    assert render_query(parse_query(text)) == rendered


def test_the_fields_of_a_query_are_known_by_their_places() -> None:
    text = 'a -tag:x NOT title:(b OR "c d") (year:2024 OR --is:starred) status:reed title:(e tag:f) "tag:g"'
    query = parse_query(text)
    typed = [text[part.start : part.end] for part in query.parts]
    assert typed == ["-tag:x", 'NOT title:(b OR "c d")', "year:2024", "--is:starred", "title:(e tag:f)"]
    assert [part.node for part in query.parts] == [parse_query(one).root for one in typed]


def test_values_in_parentheses_are_counted_once_each_so_that_they_can_be_written_again() -> None:
    query = parse_query(f"title:({'word ' * MAX_TERMS})")
    assert query.problems == ()
    assert parse_query(render_query(query)).root == query.root
    cut = parse_query(f"{'word ' * MAX_TERMS}tag:x")
    assert render_query(cut) == render_query(parse_query("word " * MAX_TERMS))
    assert cut.text[cut.problems[0].start :] == "tag:x"
