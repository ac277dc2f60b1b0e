"""The worklist at full size: the query and the lines made of it, warm, on a store that is there already."""

import argparse
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import queries
from reports.answers.worklist import worklist


def main() -> None:
    """Print the first and the median of the warm answers, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--repeats", type=int, default=9)
    chosen = parser.parse_args()
    with queries.open_books(chosen.store) as books:
        as_of = books.default_as_of
        times = []
        for _ in range(chosen.repeats + 1):
            began = time.perf_counter()
            listed = worklist.worklist(books, as_of=as_of)
            times.append((time.perf_counter() - began) * 1000)
    print(f"lines {listed.lines.height}, open invoices looked at {listed.items.height}")
    first, *warm = times
    print(f"first {first:.0f} ms, warm median {statistics.median(warm):.0f} ms, worst {max(warm):.0f} ms")


if __name__ == "__main__":
    main()
