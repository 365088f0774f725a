"""PDFs that were made to do harm, all dropped on the window at once: it answers meanwhile, and none is forgotten.

The files take turns in the process that reads PDFs; what is measured is the window, and the most that one file cost.
"""

import json
import sys
from pathlib import Path

from tests.benchmarks import scenery
from tests.benchmarks.report import Row, at_most, exactly, left_out
from tests.helpers.samples import find_samples

AWAY_MS = 100
SLOWEST_S = 10.0
GIGABYTE = 2**30


def measure() -> list[Row]:
    """Measure."""
    samples = find_samples()
    if samples is None:
        return [left_out("hostile files", "there are no sample files")]
    variables = scenery.environment(similar__index_automatically="false", library__backup_interval_days="0")
    probe = Path(__file__).with_name("hostile_probe.py")
    command = [sys.executable, str(probe), str(samples / "pdf_hostile"), str(scenery.folder() / "hostile")]
    found = json.loads(scenery.run(command, variables))
    slowest = max(found["took_s"], key=found["took_s"].__getitem__)
    largest = max(found["peak_bytes"], key=found["peak_bytes"].__getitem__)
    fates = f"{found['opened']} opened, {found['asked']} want a password, {found['named']} named with a reason"
    return [
        exactly(f"hostile files without a fate ({fates})", len(found["missing"]), 0),
        Row("… until the review sheet", "", f"{found['read_s']:.0f} s", None),
        at_most("event loop away, from the drop to the last text", max(found["gaps_ms"]), AWAY_MS, "ms"),
        Row("… less what the system gave to others", "", f"{max(found['own_gaps_ms']):.0f} ms", None),
        at_most(f"the slowest answer about a file ({slowest})", found["took_s"][slowest], SLOWEST_S, "s"),
        at_most(f"memory of the process by then ({largest})", found["peak_bytes"][largest] / GIGABYTE, 1, "GB"),
    ]
