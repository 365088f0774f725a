"""`python -m tests.benchmarks [NAME…]` measures speed, memory and safety, and prints a table: one part for each NAME.

Ends with 1 if a bar is not reached. Figures are medians over repeats; ratios come from runs side by side.
"""

import argparse
import importlib
import os
import sys
import time
from pathlib import Path

# Before anything imports Qt or the encoder.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["HF_HUB_OFFLINE"] = "1"

from tests.benchmarks.report import print_table

NOT_SUBJECTS = {
    "__init__",
    "__main__",
    "report",
    "scenery",
    "recognised",
    "rivals",
    "simulated",
    "window_probe",
    "reading_probe",
    "hostile_probe",
    "start_probe",
    "mapping_probe",
    "meaning_probe",
}


def main() -> int:
    """Measure what was asked for, one subject after the other."""
    subjects = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in NOT_SUBJECTS)
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(subjects)}; all without it")
    names = parser.parse_args().names or subjects
    if unknown := sorted(set(names) - set(subjects)):
        parser.error(f"there is no benchmark {', '.join(unknown)}, only {', '.join(subjects)}")
    rows = []
    for name in names:
        began = time.monotonic()
        found = importlib.import_module(f"tests.benchmarks.{name}").measure()
        print(f"\n{name} ({time.monotonic() - began:.0f} s)")
        print_table(found, sys.stdout)
        rows += found
    missed = sum(row.is_met is False for row in rows)
    print(f"\n{sum(row.is_met is True for row in rows)} bars met, {missed} missed.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
