"""Only a model that is certainly a plain BERT is taken for one, and its weights are read as they are."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from readinglist.domain.errors import UserError
from readinglist.similarity.bert import Bert, find_bert, open_tokenizer, open_weights
from readinglist.similarity.bert_light import LightEncoder
from readinglist.similarity.encoder import DEFAULT_MODEL, EncoderOptions
from readinglist.similarity.weights import find_model
from tests.helpers.small_bert import HEADS, LAYERS, LONGEST, WIDTH, make_small_bert, save_json, small_weights


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_small_bert(tmp_path / "model")


def bert_in(folder: Path) -> Bert:
    found = find_bert(folder)
    assert found is not None
    return found


def change(path: Path, **values: Any) -> None:
    save_json(path, {**json.loads(path.read_text(encoding="utf-8")), **values})


def test_the_shape_is_read_from_the_files_of_the_model(folder: Path) -> None:
    assert bert_in(folder) == Bert(
        folder=folder, layers=LAYERS, heads=HEADS, width=WIDTH, epsilon=1e-12, longest=LONGEST, takes_mean=True
    )


def test_the_default_model_is_one() -> None:
    found = find_bert(find_model(EncoderOptions()).folder)
    assert found is not None
    assert (found.layers, found.width, found.longest, found.takes_mean) == (6, 384, 256, True)


def test_the_first_token_may_stand_for_the_text(tmp_path: Path) -> None:
    assert not bert_in(make_small_bert(tmp_path / "other", takes_mean=False)).takes_mean


@pytest.mark.parametrize(
    ("file", "values"),
    [
        ("config.json", {"model_type": "roberta"}),
        ("config.json", {"hidden_act": "gelu_new"}),
        ("config.json", {"position_embedding_type": "relative_key"}),
        ("config.json", {"num_hidden_layers": "many"}),
        ("sentence_bert_config.json", {"do_lower_case": True}),
        ("sentence_bert_config.json", {"max_seq_length": None}),
        ("1_Pooling/config.json", {"pooling_mode_max_tokens": True}),
        ("1_Pooling/config.json", {"pooling_mode_mean_tokens": False}),
        ("1_Pooling/config.json", {"pooling_mode": "lasttoken"}),
    ],
)
def test_what_is_computed_in_another_way_is_none(folder: Path, file: str, values: dict[str, Any]) -> None:
    change(folder / file, **values)
    assert find_bert(folder) is None


def test_a_prompt_before_every_text_makes_it_none(folder: Path) -> None:
    prompts = {"prompts": {"query": "search: "}, "default_prompt_name": "query"}
    save_json(folder / "config_sentence_transformers.json", prompts)
    assert find_bert(folder) is None


@pytest.mark.parametrize("name", ["config.json", "modules.json", "tokenizer.json", "model.safetensors"])
def test_without_one_of_its_files_it_is_none(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert find_bert(folder) is None


def test_a_further_part_makes_it_none(folder: Path) -> None:
    modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    save_json(folder / "modules.json", [*modules, {"path": "3_Dense", "type": "sentence_transformers.models.Dense"}])
    assert find_bert(folder) is None


@pytest.mark.parametrize("kind", ["float32", "float16", "bfloat16", "prefixed"])
def test_weights_are_read_in_every_precision_and_under_both_names(folder: Path, kind: str) -> None:
    expected = small_weights()
    if kind == "bfloat16":
        _save_bfloat16(folder / "model.safetensors", expected)
    elif kind != "float32":
        from safetensors.numpy import save_file

        changed = {"bert." * (kind == "prefixed") + name: one for name, one in expected.items()}
        if kind == "float16":
            changed = {name: one.astype(np.float16) for name, one in changed.items()}
        save_file(changed, folder / "model.safetensors")
    found = open_weights(bert_in(folder))
    atol = {"float16": 1e-3, "bfloat16": 8e-3}.get(kind, 0.0)
    for name, one in expected.items():
        np.testing.assert_allclose(found[name], one, atol=atol)
        assert found[name].dtype == np.float32


def _save_bfloat16(path: Path, weights: dict[str, Any]) -> None:
    head, content = {}, b""
    for name, one in weights.items():
        packed = (one.view(np.uint32) >> 16).astype("<u2").tobytes()
        head[name] = {"dtype": "BF16", "shape": one.shape, "data_offsets": [len(content), len(content) + len(packed)]}
        content += packed
    text = json.dumps(head).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + content)


@pytest.mark.parametrize(
    "content", [b"\x08" + bytes(7) + b"no json!", b"\x02\0\0\0\0\0\0\0[]", b"\x02\0\0\0\0\0\0\0{}"]
)
def test_weights_that_are_none_are_refused(folder: Path, content: bytes) -> None:
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ValueError, match=r"weights|Expecting"):
        open_weights(bert_in(folder))
    with pytest.raises(UserError, match="cannot be loaded by the quicker way"):
        LightEncoder(EncoderOptions(model=str(folder))).load()


def test_texts_are_cut_at_the_longest_and_never_filled_up(folder: Path) -> None:
    tokenizer = open_tokenizer(bert_in(folder))
    assert len(tokenizer.encode("a").ids) == 3
    assert len(tokenizer.encode("word " * 100).ids) == LONGEST


def test_the_light_encoder_gives_rows_of_length_one_whatever_stands_beside_a_text(folder: Path) -> None:
    encoder = LightEncoder(EncoderOptions(model=str(folder)))
    texts = ["one text", "", "another text that is longer than the first. " * 3]
    rows = encoder.encode(texts)
    assert rows.shape == (3, WIDTH)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(rows, np.vstack([encoder.encode([text]) for text in texts]), atol=1e-6)
    many = texts * 200  # more tokens than are read at once
    np.testing.assert_allclose(encoder.encode(many), np.vstack([rows] * 200), atol=1e-6)
    assert encoder.encode([]).shape == (0, WIDTH)


def test_the_light_encoder_refuses_a_model_of_another_kind(folder: Path) -> None:
    change(folder / "config.json", model_type="roberta")
    with pytest.raises(UserError, match="loaded by other means"):
        LightEncoder(EncoderOptions(model=str(folder))).load()


def test_the_light_encoder_names_the_model_as_the_other_one_does() -> None:
    encoder = LightEncoder(EncoderOptions())
    assert encoder.load().model == DEFAULT_MODEL
    encoder.close()
    assert encoder.load().dimensions == 384
