"""The light encoder's vectors are those of sentence-transformers, and it is there at once."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from readinglist.similarity.encoder import EncoderOptions, encoder_text
from readinglist.similarity.process import ProcessEncoder, light_encoder
from tests.helpers.small_bert import make_small_bert

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(300)]

TEXTS = [
    "how do language models learn in context",
    encoder_text("Speculative decoding with draft trees", "Small models propose tokens which a large model verifies."),
    encoder_text("ω-regular languages, C++ and the naïve Bayes café", "数学と機械学習 — a title in two scripts."),
    encoder_text("A long paper", "Protein folding from sequences. " * 200),
    "",
]


def cosines(options: EncoderOptions) -> list[float]:
    light, full = light_encoder(options), ProcessEncoder(options)
    try:
        assert light.load().key == full.load().key
        found = (light.encode(TEXTS) * full.encode(TEXTS)).sum(axis=1)
    finally:
        light.close()
        full.close()
    return [float(one) for one in found]


def test_with_the_default_model_the_vectors_are_the_same() -> None:
    assert min(cosines(EncoderOptions(device="cpu", precision="float32"))) > 0.99999


@pytest.mark.parametrize("takes_mean", [True, False])
def test_with_another_model_the_vectors_are_the_same(tmp_path: Path, *, takes_mean: bool) -> None:
    folder = make_small_bert(tmp_path / "model", takes_mean=takes_mean)
    assert min(cosines(EncoderOptions(model=str(folder), device="cpu", precision="float32"))) > 0.99999


def test_it_is_ready_long_before_torch_would_be() -> None:
    encoder = light_encoder(EncoderOptions())
    began = time.monotonic()
    encoder.encode(["a first search"])
    encoder.close()
    assert time.monotonic() - began < 5  # half a second on a quiet machine, and tests do not run on one


def test_it_loads_neither_torch_nor_what_knows_every_model() -> None:
    code = (
        "import sys\n"
        "from readinglist.similarity.bert_light import LightEncoder\n"
        "from readinglist.similarity.encoder import EncoderOptions\n"
        "LightEncoder(EncoderOptions()).encode(['one'])\n"
        "heavy = {'torch', 'sentence_transformers', 'transformers', 'huggingface_hub', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
