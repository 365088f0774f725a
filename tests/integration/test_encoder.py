"""The real model in its real process."""

from collections.abc import Iterator

import numpy as np
import pytest

from readinglist.similarity.encoder import DEFAULT_MODEL, DEFAULT_REVISION, EncoderOptions, encoder_text
from readinglist.similarity.process import ProcessEncoder

pytestmark = [pytest.mark.encoder, pytest.mark.timeout(300)]

TEXTS = [
    encoder_text("Speculative decoding with draft trees", "Small models propose tokens which a large model verifies."),
    encoder_text("Faster inference of language models", "A small draft model writes ahead; the large one checks."),
    encoder_text("Keyhole surgery with robots", "We train robots to assist surgeons in the operating theatre."),
    encoder_text("A long paper", "Protein folding from sequences. " * 200),
    "",
]


@pytest.fixture(scope="module")
def encoder() -> Iterator[ProcessEncoder]:
    encoder = ProcessEncoder(EncoderOptions(device="cpu"))
    encoder.load()
    yield encoder
    encoder.close()


def test_the_default_model_loads_without_the_network_and_says_what_runs(encoder: ProcessEncoder) -> None:
    info = encoder.load()
    assert (info.model, info.revision, info.dimensions) == (DEFAULT_MODEL, DEFAULT_REVISION, 384)
    assert (info.device, info.device_reason) == ("Processor", "chosen in the settings")
    assert info.precision in {"float32", "bfloat16"}


def test_papers_on_the_same_subject_are_near_and_rows_have_length_one(encoder: ProcessEncoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.3


def test_a_text_has_the_same_vector_whatever_stands_beside_it(encoder: ProcessEncoder) -> None:
    together, alone = encoder.encode(TEXTS), np.vstack([encoder.encode([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() > 0.999


def test_half_precision_gives_the_vectors_of_full_precision(encoder: ProcessEncoder) -> None:
    full = ProcessEncoder(EncoderOptions(device="cpu", precision="float32"))
    cosines = (encoder.encode(TEXTS) * full.encode(TEXTS)).sum(axis=1)
    full.close()
    assert cosines.min() > 0.995
