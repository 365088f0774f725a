"""How fast a model reads is remembered for this model on this device, and guessed where nobody knows."""

from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.similarity.encoder import EncoderInfo
from readinglist.similarity.speeds import FILE_NAME, Speeds, usual_speed

INFO = EncoderInfo(
    model="small",
    revision="1",
    dimensions=8,
    device="Processor",
    device_reason="nothing else is needed",
    precision="bfloat16",
)


def test_the_last_speed_of_a_model_on_a_device_is_remembered(tmp_path: Path) -> None:
    speeds = Speeds(tmp_path / "vectors")
    assert speeds.find(INFO) is None
    speeds.save(INFO, 1234.5)
    speeds.save(replace(INFO, device="A card"), 99_000.0)
    speeds.save(INFO, 2000.0)
    again = Speeds(tmp_path / "vectors")
    assert again.find(INFO) == 2000.0
    assert again.find(replace(INFO, device="A card")) == 99_000.0
    assert again.find(replace(INFO, precision="float32")) is None


@pytest.mark.parametrize("content", ["", "[]", '{"small@1 Processor bfloat16": "fast"}', "\x00"])
def test_a_file_that_says_nothing_costs_an_estimate(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content)
    assert Speeds(tmp_path).find(INFO) is None


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    Speeds(tmp_path / "file").save(INFO, 5.0)


def test_graphics_cards_and_half_precision_are_guessed_to_be_faster() -> None:
    guesses = [
        usual_speed(None),
        usual_speed(replace(INFO, precision="float32")),
        usual_speed(INFO),
        usual_speed(replace(INFO, device="A card")),
    ]
    assert guesses == sorted(guesses)
    assert len(set(guesses)) == 3
