"""The light encoder's vectors are those of sentence-transformers, and it is there at once."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import psutil
import pytest

from readinglist.similarity.encoder import EncoderOptions, encoder_text
from readinglist.similarity.process import ProcessEncoder, light_encoder
from readinglist.similarity.weights import find_model
from tests.helpers.small_bert import make_small_bert

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(300)]

TEXTS = [
    "how do language models learn in context",
    encoder_text("Speculative decoding with draft trees", "Small models propose tokens which a large model verifies."),
    encoder_text("ω-regular languages, C++ and the naïve Bayes café", "数学と機械学習 — a title in two scripts."),
    encoder_text("A long paper", "Protein folding from sequences. " * 200),
    "",
]


PLAIN = """
import json, os, sys, warnings
warnings.simplefilter("ignore")
os.environ["HF_HUB_OFFLINE"] = "1"
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu", local_files_only=True)
print(json.dumps(model.encode(json.loads(sys.argv[2]), normalize_embeddings=True).tolist()))
"""


@pytest.fixture(params=["default", "mean", "first"])
def options(request: pytest.FixtureRequest, tmp_path: Path) -> EncoderOptions:
    if request.param == "default":
        return EncoderOptions(device="cpu", precision="float32")
    folder = make_small_bert(tmp_path / "model", takes_mean=request.param == "mean")
    return EncoderOptions(model=str(folder), device="cpu", precision="float32")


def test_both_encoders_give_the_vectors_of_sentence_transformers(options: EncoderOptions) -> None:
    folder = find_model(options).folder
    command = [sys.executable, "-c", PLAIN, str(folder), json.dumps(TEXTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    expected = np.array(json.loads(done.stdout.splitlines()[-1]))
    light, full = light_encoder(options), ProcessEncoder(options)
    try:
        assert light.load().key == full.load().key
        for encoder in (light, full):
            assert (encoder.encode(TEXTS) * expected).sum(axis=1).min() > 0.99999
    finally:
        light.close()
        full.close()


def test_it_is_ready_long_before_torch_would_be() -> None:
    encoder = light_encoder(EncoderOptions())
    encoder.encode(["a first search"])
    assert encoder._worker is not None
    spent = psutil.Process(encoder._worker.process_id).cpu_times()
    encoder.close()
    assert spent.user + spent.system < 3, "seconds of the processor; torch needs about six"


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
