"""JSON that is broken, cut off, or made to do harm."""

import json

import pytest

from readinglist.importers.json_reading import read_json

RECORDS = [{"id": number, "names": ["a", "b"], "more": {"x": [1, {"y": 2}]}} for number in range(5)]


def test_sound_json_has_no_problem() -> None:
    assert read_json(json.dumps(RECORDS)).value == RECORDS
    assert read_json(json.dumps(RECORDS)).problem == ""


@pytest.mark.parametrize("envelope", ["[{}]", '{{"dailyPapers": [{}]}}', '{{"message": {{"items": [{}]}}}}'])
def test_whole_records_survive_a_cut_in_the_next_one(envelope: str) -> None:
    text = envelope.format(", ".join(json.dumps(one) for one in RECORDS))
    reading = read_json(text[: text.index('"id": 3') + 12])
    value = reading.value
    while isinstance(value, dict):
        (value,) = value.values()
    assert value == RECORDS[:3]
    assert reading.problem.startswith("The JSON ends in the middle")


def test_every_cut_leaves_whole_records_or_none() -> None:
    text = json.dumps(RECORDS)
    for length in range(1, len(text) - 1):
        value = read_json(text[:length]).value
        assert value is None or value == RECORDS[: len(value)]


def test_the_place_of_the_mistake_is_named() -> None:
    reading = read_json('[{"a": 1},\n {"b": oops}]')
    assert reading.problem == "The JSON is broken (line 2, column 8)."
    assert reading.value == [{"a": 1}]


def test_one_value_on_each_line_is_a_list() -> None:
    text = "\n".join(json.dumps(one) for one in RECORDS) + "\n\n"
    assert read_json(text).value == RECORDS


def test_a_broken_line_does_not_take_the_others_with_it() -> None:
    lines = [json.dumps(one) for one in RECORDS]
    reading = read_json("\n".join([*lines[:2], '{"id": oops}', *lines[2:], lines[0][:9]]))
    assert (reading.value, reading.problem) == (RECORDS, "The JSON is broken (line 3).")


def test_a_first_record_that_is_not_whole_is_none() -> None:
    text = '[{"id": "2401.00001", "authors": [{"name": "Ada"}, {"name": "Be'
    assert read_json(text).value is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "too deeply"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "too deeply"),
        ('[{"a": ' + "9" * 5000 + "}]", "more than 4300 digits"),
    ],
)
def test_json_made_to_do_harm_is_refused(text: str, said: str) -> None:
    reading = read_json(text)
    assert reading.value is None
    assert said in reading.problem
