"""Names of people as papers print them."""

import pytest

from readinglist.pdf.people import clean_name, is_name_line, parse_names
from tests.helpers.layouts import make_line


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe^{1,2}, John Roe^{∗} and Max Muster^{†}", ["Jane Doe", "John Roe", "Max Muster"]),
        ("Jane Doe1,2 John Roe3", ["Jane Doe", "John Roe"]),
        ("Jane Doe · Jean-Luc Roe · Ludwig van der Berg", ["Jane Doe", "Jean-Luc Roe", "Ludwig van der Berg"]),
        ("Jane Doe, Senior Member, IEEE, and John Roe, Fellow, IEEE", ["Jane Doe", "John Roe"]),
        ("Prof. Dr. Jane Doe, PhD, John Roe, MD", ["Jane Doe", "John Roe"]),
        ("JANE DOE AND JOHN MCROE", ["Jane Doe", "John Mcroe"]),
        ("Ross G. DOUGLAS, Rajni K. SHARMA", ["Ross G. Douglas", "Rajni K. Sharma"]),
        ("S.-T. Wang, C. Shen & L.-M. Duan", ["S.-T. Wang", "C. Shen", "L.-M. Duan"]),
        ("Doe J, Roe AB, van Berg C", ["J. Doe", "A. B. Roe", "C. van Berg"]),
        ("Yi Ma, Md Rahman, Larry Page", ["Yi Ma", "Md Rahman", "Larry Page"]),
        ("Caifan Du, Quoc Le", ["Caifan Du", "Quoc Le"]),
        ("Martin Luther King, Jr., Jane Doe", ["Martin Luther King Jr", "Jane Doe"]),
        (
            "Mary J. O’Connell, Íñigo Ruiz, Şule Öz, Łukasz Żak",
            ["Mary J. O’Connell", "Íñigo Ruiz", "Şule Öz", "Łukasz Żak"],
        ),
        ("By Jane Doe", ["Jane Doe"]),
        ("B. P. Doe et al.^{∗}", ["B. P. Doe"]),
        ("张三^{1}, 李小明^{2}", ["张三", "李小明"]),
        ("山田 太郎    鈴木 花子", ["山田太郎", "鈴木花子"]),
        ("The ATLAS and CMS Collaborations^{∗}", ["The ATLAS and CMS Collaborations"]),
    ],
)
def test_names_are_read_without_their_marks(text: str, names: list[str]) -> None:
    assert list(parse_names([make_line(text)])) == names


@pytest.mark.parametrize(
    "text",
    [
        "Department of Physics, University of Michigan, Ann Arbor",
        "jane.doe@some.edu",
        "{jane,john}@some.edu",
        "Karlsruhe, Germany",
        "Received 12 March 2019; accepted 3 May 2019",
        "we show that these results hold",
        "Google Research, Brain Team",
        "San Diego, California",
        "https://www.some.org/Jane",
        "Keywords: Deep Learning, Neural Networks",
        "北京大学计算机学院",
        "教授",
    ],
)
def test_places_addresses_and_sentences_are_no_names(text: str) -> None:
    assert parse_names([make_line(text)]) == ()


def test_a_name_torn_by_the_end_of_a_line_is_whole() -> None:
    lines = [make_line("Jane Doe, John Roe, Nafisa M."), make_line("Elfadol, Max Muster")]
    assert parse_names(lines) == ("Jane Doe", "John Roe", "Nafisa M. Elfadol", "Max Muster")


def test_a_line_may_end_with_and() -> None:
    assert parse_names([make_line("Jane Doe and"), make_line("John Roe")]) == ("Jane Doe", "John Roe")


def test_mail_addresses_beside_names_are_left_out() -> None:
    lines = [make_line("Jane Doe    jane.doe@cs.some.edu"), make_line("John Roe <john@some.com>")]
    assert parse_names(lines) == ("Jane Doe", "John Roe")


def test_family_names_may_come_first() -> None:
    assert parse_names([make_line("Doe, Jane; van Roe, John P.")]) == ("Jane Doe", "John P. van Roe")


def test_one_name_alone_is_in_doubt_until_something_marks_it() -> None:
    assert not is_name_line(make_line("Quantum Computation"))
    assert is_name_line(make_line("Jane Q. Doe"))
    assert is_name_line(make_line("Jane Doe^{1}"))


def test_what_is_no_name_comes_back_empty() -> None:
    assert [clean_name(one) for one in ("Doe", "van Zuylen", "Deep Neural Networks", "")] == ["", "", "", ""]
