"""Similar papers as people judge them: 50 questions, thousands of papers graded by people (CSFCube)."""

from readinglist.services.evaluate import evaluate_folder
from readinglist.services.events import EventHub
from readinglist.services.jobs import InlineRunner, Lane
from readinglist.similarity.encoder import EncoderOptions
from readinglist.similarity.process import ProcessEncoder
from tests.benchmarks.report import Row, at_least, left_out
from tests.helpers.samples import find_samples

GOOD = 0.61


def measure() -> list[Row]:
    """Measure."""
    samples = find_samples()
    folder = None if samples is None else samples / "corpus" / "csfcube"
    if folder is None or not folder.is_dir():
        return [left_out("similar papers as people judge them", "the judged papers are not here")]
    encoder = ProcessEncoder(EncoderOptions())
    try:
        runner = InlineRunner(EventHub())
        job = runner.submit(lambda context: evaluate_folder(folder, encoder.encode, context), lane=Lane.COMPUTE)
        methods = job.future.result().methods
    finally:
        encoder.close()
    for name, found in methods.items():
        print(f"{name:8} nDCG%20 {found.ndcg_share}  nDCG@20 {found.ndcg_20}  recall%20 {found.recall_share}")
    ours, cosine = methods["ours"].ndcg_share.mean, methods["cosine"].ndcg_share.mean
    return [
        at_least(f"nDCG%20 of similar papers against plain cosine ({cosine:.3f})", ours, cosine),
        at_least("nDCG%20 of similar papers", ours, GOOD),
    ]
