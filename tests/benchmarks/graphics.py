"""Embedding on a graphics card: papers per second, what a whole index takes, and what happens when the card gives up.

Compared with sentence-transformers as it comes, on the same card in turn. Without a card everything is left out.
"""

import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from readinglist.domain.paper import PaperDraft, Status
from readinglist.library.library import Library
from readinglist.services.events import EventHub
from readinglist.services.indexing import Indexing
from readinglist.services.jobs import InlineRunner, Lane
from readinglist.similarity.bert import find_bert, open_tokenizer
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.process import ProcessEncoder
from readinglist.similarity.weights import find_model
from tests.benchmarks.embedding import PLAIN_WORKER, agreement, in_turn, ours, ratio, real_texts
from tests.benchmarks.report import Row, at_least, exactly, left_out

TEXTS = 12_000
PART = 3000
SIDE = 8192  # of the matrices whose product tells what the card can do
OPERATIONS_A_TOKEN = 6 * 2 * (4 * 384**2 + 2 * 384 * 1536)  # of the default model, without attention
SCARCE_MB = 300  # with the model and what torch needs, too little for a usual batch
SCARCE_WORKER = f"""
import sys
from dataclasses import replace
import torch
from readinglist.similarity import worker
from readinglist.similarity.sentence_transformer import SentenceTransformerEncoder

class Counting(SentenceTransformerEncoder):
    def load(self):
        return replace(super().load(), device_reason=str(torch.cuda.memory_stats()["num_ooms"]))

torch.cuda.set_per_process_memory_fraction({SCARCE_MB} * 2**20 / torch.cuda.mem_get_info()[1])
sys.exit(worker.main(Counting))
"""
# The fault is a real one: after it the card refuses whatever this process asks of it.
FAULTY_WORKER = """
import sys
import torch
from readinglist.similarity import worker
from readinglist.similarity.bert_padded import PaddedBert

def fail(self, words, lengths):
    torch.arange(3, device="cuda")[torch.tensor([5], device="cuda")].cpu()

PaddedBert._run = fail
sys.exit(worker.main())
"""


def measure() -> list[Row]:
    """Measure."""
    import torch

    if not torch.cuda.is_available():
        return [left_out("everything", "there is no NVIDIA card")]
    texts, kind = real_texts(TEXTS)
    rows = [*_against_plain(texts, kind, _matrix_rate(torch)), *_whole_index(texts)]
    return [*rows, *_when_memory_is_scarce(texts[:2048]), *_after_a_fault(texts[:64])]


def _against_plain(texts: list[str], kind: str, best: float) -> list[Row]:
    plain = ProcessEncoder(EncoderOptions(device="cuda"), command=(sys.executable, "-c", PLAIN_WORKER))
    full = ProcessEncoder(EncoderOptions(device="cuda", precision="float32"))
    with closing(plain), closing(full), closing(ProcessEncoder(EncoderOptions(device="cuda"))) as card:
        began = time.perf_counter()
        info = card.load()
        print(f"loaded in {time.perf_counter() - began:.1f} s")
        speeds, vectors = in_turn(texts, {"plain": plain.encode, "full": ours(full), "ours": ours(card)}, PART)
    speed = statistics.median(speeds["ours"])
    done = speed * _tokens_a_text(texts) * OPERATIONS_A_TOKEN
    print(f"{info.device} in {info.precision}; papers a second: plain {statistics.median(speeds['plain']):.0f}")
    print(
        f"products of matrices in bfloat16: {best / 1e12:.0f} TFLOP/s; ours does {done / 1e12:.0f} ({done / best:.1%})"
    )
    return [
        at_least(f"{len(texts):,} {kind}", speed, 2000, "papers a second"),
        at_least("against the plain encode()", ratio(speeds, "ours"), 2),
        at_least("against the plain encode(), in float32 as on older cards", ratio(speeds, "full"), 2),
        at_least("top 10 that agree", agreement(vectors["plain"], vectors["ours"]) * 100, 98, "%"),
    ]


def _tokens_a_text(texts: list[str]) -> float:
    bert = find_bert(find_model(EncoderOptions()).folder)
    assert bert is not None
    return statistics.mean(len(one.ids) for one in open_tokenizer(bert).encode_batch_fast(texts))


def _matrix_rate(torch: Any) -> float:
    """Return what the card does at best, operations a second."""
    one = torch.randn(SIDE, SIDE, device="cuda", dtype=torch.bfloat16)
    other = torch.randn_like(one)
    spent = []
    for _ in range(13):
        torch.cuda.synchronize()
        began = time.perf_counter()
        one @ other
        torch.cuda.synchronize()
        spent.append(time.perf_counter() - began)
    return 2 * SIDE**3 / statistics.median(spent[3:])


def _whole_index(texts: list[str]) -> list[Row]:
    """Index a library, from its database to the stored vectors, without the seconds that loading the model takes."""
    drafts = [PaperDraft(title=one.partition("\n")[0], abstract=one.partition("\n")[2]) for one in texts]
    with tempfile.TemporaryDirectory() as folder, closing(Library(Path(folder))) as library:
        with library.write("Fill it") as writer:
            writer.papers.add_many(drafts, status=Status.INBOX)
        events = EventHub()
        runner = InlineRunner(events)
        indexing = Indexing(
            library,
            events,
            runner,
            encoder=ProcessEncoder,
            options=lambda: EncoderOptions(device="cuda"),
            is_automatic=lambda: False,
        )
        with closing(indexing):
            indexing.encode(["a text, so that everything is loaded"])
            began = time.perf_counter()
            runner.submit(indexing.build_papers, lane=Lane.COMPUTE).future.result()
            spent = time.perf_counter() - began
            done = indexing.state().done
    return [
        exactly("papers of a library that can be compared", done, len(texts)),
        at_least("a whole index", done / spent, 2000, "papers a second"),
    ]


def _when_memory_is_scarce(texts: list[str]) -> list[Row]:
    usual = ProcessEncoder(EncoderOptions(device="cuda"))
    scarce = ProcessEncoder(EncoderOptions(device="cuda"), command=(sys.executable, "-c", SCARCE_WORKER))
    with closing(usual), closing(scarce):
        expected, found = usual.encode(texts), scarce.encode(texts)
        info, device = scarce.load(), usual.load().device
    likeness = float(np.sum(expected * found, axis=1).min())
    return [
        at_least(f"times that {SCARCE_MB} MB of memory were too little", int(info.device_reason), 1),
        exactly("then it stays on the card", info.device, device),
        at_least("and finds the same, cosine at least", likeness, 0.999),
    ]


def _after_a_fault(texts: list[str]) -> list[Row]:
    faulty = ProcessEncoder(EncoderOptions(device="cuda"), command=(sys.executable, "-c", FAULTY_WORKER))
    processor = ProcessEncoder(EncoderOptions(device="cpu"))
    with closing(faulty), closing(processor):
        likeness = float(np.sum(processor.encode(texts) * faulty.encode(texts), axis=1).min())
        info = faulty.load()
    print(f"after a fault: {info.device} ({info.device_reason})")
    return [
        exactly("after a fault of the card it runs on", info.device, "Processor"),
        at_least("and finds what the processor finds, cosine at least", likeness, 0.999),
    ]
