"""A changed lever at full size: seconds from the lever to the outcome, and to what matters most."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from queries import open_books
from reports.answers.whatif import sensitivity, whatif
from reports.answers.whatif.scenario_file import Scenario, parse

LEVERS = (
    'kind = "terms"\nchange = {change}\n',
    'kind = "discount"\npercent = 2\ndays = 8\nuptake = 0.3\n',
    'kind = "supplier_terms"\nchange = 7\n',
)
CHANGES = range(-20, 0, 2)


def asked(levers: int, change: int) -> Scenario:
    """Return a scenario of the first so many levers."""
    said = "".join(f"[[lever]]\n{lever.format(change=change)}" for lever in LEVERS[:levers])
    return parse(f'name = "x"\n{said}')


def main() -> None:
    """Print the slowest of ten changes of a lever, alone and beside two others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    chosen = parser.parse_args()
    with open_books(chosen.store) as books:
        began = time.perf_counter()
        on = whatif.ground(books, as_of=books.default_as_of)
        print(f"what every what-if stands on, once: {time.perf_counter() - began:.1f} s")
        for levers in (1, len(LEVERS)):
            outcome, matters = [], []
            for change in CHANGES:
                began = time.perf_counter()
                found = whatif.whatif(on, asked(levers, change))
                outcome.append(time.perf_counter() - began)
                began = time.perf_counter()
                sensitivity.swings(on, found)
                matters.append(time.perf_counter() - began)
            print(
                f"{levers} lever(s), slowest of {len(CHANGES)}: "
                f"outcome {max(outcome):.2f} s, what matters most {max(matters):.2f} s"
            )


if __name__ == "__main__":
    main()
