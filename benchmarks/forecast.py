"""The forecast at full size: seconds and memory from a cold start, and its answer asked twice.

A fresh process asks `kasstroom.py forecast --format json`; the same day must give the same bytes, or the
program stops.
"""

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GIB = 2**20  # ru_maxrss counts KiB


def asked(store: Path) -> tuple[float, bytes]:
    """Return seconds and the JSON of one cold start."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "kasstroom.py", "--store", str(store.resolve()), "forecast", "--format", "json"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - began, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    chosen = parser.parse_args()
    first, answer = asked(chosen.store)
    second, again = asked(chosen.store)
    if answer != again:
        sys.exit("The same day gave two answers.")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / GIB
    print(f"forecast, cold start: {first:.1f} s and {second:.1f} s, peak {peak:.2f} GiB")


if __name__ == "__main__":
    main()
