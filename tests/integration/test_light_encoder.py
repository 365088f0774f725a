"""The light encoder's vectors are those of sentence-transformers, and it is there at once."""

import json
import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

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
texts, *folders = json.loads(sys.argv[1])
models = [SentenceTransformer(folder, device="cpu", local_files_only=True) for folder in folders]
print(json.dumps([model.encode(texts, normalize_embeddings=True).tolist() for model in models]))
"""
MODELS = ("default", "mean", "first")


@pytest.fixture(scope="module")
def choices(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, EncoderOptions]:
    """The model of the program, and small ones of both kinds."""
    chosen = {"default": EncoderOptions(device="cpu", precision="float32")}
    for name in MODELS[1:]:
        folder = make_small_bert(tmp_path_factory.mktemp(name) / "model", takes_mean=name == "mean")
        chosen[name] = EncoderOptions(model=str(folder), device="cpu", precision="float32")
    return chosen


@pytest.fixture(scope="module")
def plain(choices: Mapping[str, EncoderOptions]) -> Mapping[str, NDArray[np.float64]]:
    """What sentence-transformers makes of the texts, all models in one process: it takes seconds to be loaded."""
    folders = [str(find_model(choices[name]).folder) for name in MODELS]
    command = [sys.executable, "-c", PLAIN, json.dumps([TEXTS, *folders])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: np.array(rows) for name, rows in zip(MODELS, found, strict=True)}


@pytest.mark.parametrize("name", MODELS)
def test_both_encoders_give_the_vectors_of_sentence_transformers(
    name: str, choices: Mapping[str, EncoderOptions], plain: Mapping[str, NDArray[np.float64]]
) -> None:
    options, expected = choices[name], plain[name]
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
