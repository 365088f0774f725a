"""Names taken apart for bibliographies."""

import pytest

from readinglist.exporters.people import Person, split_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Lovelace", Person(family="Lovelace", given="Ada")),
        ("Donald E. Knuth", Person(family="Knuth", given="Donald E.")),
        ("Juan de la Cruz", Person(family="Cruz", given="Juan", particle="de la")),
        ("Laurens Van Der Maaten", Person(family="Van Der Maaten", given="Laurens")),
        ("Martin Luther King Jr.", Person(family="King", given="Martin Luther", suffix="Jr.")),
        ("Knuth, Donald E.", Person(family="Knuth", given="Donald E.")),
        ("van Beethoven, Ludwig", Person(family="Beethoven", given="Ludwig", particle="van")),
        ("King, Martin Luther, Jr.", Person(family="King", given="Martin Luther", suffix="Jr.")),
        ("Di Wu", Person(family="Wu", given="Di")),
        ("Al Gore", Person(family="Gore", given="Al")),
        ("Plato", Person(family="Plato")),
        ("The Model Team", Person(family="The Model Team")),
        ("ATLAS Collaboration", Person(family="ATLAS Collaboration")),
        ("李 明", Person(family="明", given="李")),
    ],
)
def test_a_name_is_divided_where_people_divide_it(name: str, expected: Person) -> None:
    assert split_name(name) == expected
