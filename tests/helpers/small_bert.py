"""A folder with a small BERT model of random weights, as sentence-transformers stores one."""

import json
import string
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, INNER, LAYERS, HEADS, LONGEST = 32, 64, 2, 4, 24
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
VOCABULARY = [*SPECIAL, *string.ascii_lowercase, *("##" + letter for letter in string.ascii_lowercase), ".", "?"]
SHAPE = {
    "architectures": ["BertModel"],
    "attention_probs_dropout_prob": 0.1,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "hidden_size": WIDTH,
    "intermediate_size": INNER,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 32,
    "model_type": "bert",
    "num_attention_heads": HEADS,
    "num_hidden_layers": LAYERS,
    "pad_token_id": 0,
    "type_vocab_size": 2,
    "vocab_size": len(VOCABULARY),
}


def make_small_bert(folder: Path, *, takes_mean: bool = True) -> Path:
    """Make the folder; returns it."""
    from safetensors.numpy import save_file

    (folder / "1_Pooling").mkdir(parents=True)
    kinds = ("Transformer", "Pooling", "Normalize")
    paths = ("", "1_Pooling", "2_Normalize")
    modules = [
        {"idx": place, "name": str(place), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for place, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    pooling = {
        "word_embedding_dimension": WIDTH,
        "pooling_mode_cls_token": not takes_mean,
        "pooling_mode_mean_tokens": takes_mean,
        "pooling_mode_max_tokens": False,
        "pooling_mode_mean_sqrt_len_tokens": False,
    }
    save_json(folder / "config.json", SHAPE)
    save_json(folder / "modules.json", modules)
    save_json(folder / "sentence_bert_config.json", {"max_seq_length": LONGEST, "do_lower_case": False})
    save_json(folder / "1_Pooling" / "config.json", pooling)
    save_json(folder / "tokenizer_config.json", {"do_lower_case": True, "tokenizer_class": "BertTokenizer"})
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    _save_tokenizer(folder)
    save_file(small_weights(), folder / "model.safetensors", metadata={"format": "pt"})
    return folder


def save_json(path: Path, content: Any) -> None:
    """Write a file of JSON."""
    path.write_text(json.dumps(content), encoding="utf-8")


def small_weights() -> dict[str, NDArray[np.float32]]:
    """Return random weights by their names."""
    chance = np.random.default_rng(11)
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings": (len(VOCABULARY), WIDTH),
        "embeddings.position_embeddings": (32, WIDTH),
        "embeddings.token_type_embeddings": (2, WIDTH),
        "pooler.dense": (WIDTH, WIDTH),
    }
    norms = ["embeddings.LayerNorm"]
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        shapes |= {f"{name}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        shapes |= {f"{name}.attention.output.dense": (WIDTH, WIDTH), f"{name}.intermediate.dense": (INNER, WIDTH)}
        shapes |= {f"{name}.output.dense": (WIDTH, INNER)}
        norms += [f"{name}.attention.output.LayerNorm", f"{name}.output.LayerNorm"]
    found = {}
    for name, shape in shapes.items():
        found[f"{name}.weight"] = chance.normal(0, 0.3, shape).astype(np.float32)
        if "embeddings" not in name:
            found[f"{name}.bias"] = chance.normal(0, 0.1, shape[0]).astype(np.float32)
    for name in norms:
        found[f"{name}.weight"] = chance.normal(1, 0.1, WIDTH).astype(np.float32)
        found[f"{name}.bias"] = chance.normal(0, 0.1, WIDTH).astype(np.float32)
    return found


def _save_tokenizer(folder: Path) -> None:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    vocabulary = {word: place for place, word in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_padding(length=8)  # as many a published file has it; nobody may rely on it
    tokenizer.save(str(folder / "tokenizer.json"))
