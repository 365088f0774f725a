"""A listing of 110 made-up papers that reads like a real one; for pictures, where there are no real files."""

from datetime import date, timedelta
from itertools import product

from readinglist.domain.dates import PartialDate
from readinglist.domain.paper import PaperDraft

METHODS = (
    "Sparse Attention",
    "Latent Diffusion",
    "Contrastive Pre-Training",
    "Retrieval at Every Step",
    "Small Experts",
    "Learned Tokenizers",
    "Reward Models Without Labels",
    "State Space Layers",
    "Self-Checking Agents",
    "Distillation by Dialogue",
)
TASKS = (
    "Long Documents",
    "Robot Grasping",
    "Protein Design",
    "Weather Maps",
    "Mathematical Proofs",
    "Sign Language",
    "Medical Images",
    "Program Repair",
    "Music Transcription",
    "Low-Resource Translation",
    "Video of Crowded Places",
)
ABSTRACT = (
    "{task} still resist methods that work well elsewhere, because what matters is rare and far apart. We ask how far "
    "{method} can go, and under which conditions it fails. On four public benchmarks it needs {share} % of the "
    "computation of the strongest earlier method at the same accuracy, and it degrades gracefully when examples are "
    "few. An analysis shows where the gain comes from, and where it ends. Code, data and all failures are published."
)


def made_listing() -> list[PaperDraft]:
    """Return the papers."""
    drafts = []
    for place, (method, task) in enumerate(product(METHODS, TASKS)):
        day = date(2025, 10, 29) - timedelta(days=place // 12)
        drafts.append(
            PaperDraft(
                title=f"{method} for {task}",
                abstract=ABSTRACT.format(task=task, method=method[0].lower() + method[1:], share=20 + place * 7 % 60),
                author_count=1 + place * 5 % 12,
                published=PartialDate.of(day),
            )
        )
    return drafts
