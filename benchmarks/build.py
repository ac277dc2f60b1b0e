"""How long the demo company takes to write and load, and how much memory it needs at its peak."""

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from data.demo import write_company
from data.store import load
from data.store.snapshot import store_exists


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--invoices", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, required=True)
    chosen = parser.parse_args()
    if store_exists(chosen.store):
        sys.exit(f"There is already a store in {chosen.store}; name an empty folder.")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        write_company(Path(folder), invoices=chosen.invoices, seed=1, as_of=date(2026, 11, 22))
        written = time.perf_counter()
        report = load.load(chosen.store, [Path(folder)])
        loaded = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for file in report.files:
        print(f"{file.kind:<16} {file.rows_read:>10,} rows read, {file.rejected} rejected")
    print(f"written {written - began:6.1f} s")
    print(f"loaded  {loaded - written:6.1f} s")
    print(f"total   {loaded - began:6.1f} s   (target 120 s at 1,000,000 invoices)")
    print(f"peak    {peak:6,.0f} MiB (target 4,096 MiB)")


if __name__ == "__main__":
    main()
