"""A changed lever at full size: seconds from the lever to the outcome, and to what matters most."""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from queries import open_books
from reports.answers.whatif.evaluate import evaluate
from reports.answers.whatif.ground import ground
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.scenario_file import parse
from reports.answers.whatif.sensitivity import sensitivity

LEVERS = (
    'kind = "terms"\nchange = {change}\n',
    'kind = "discount"\npercent = 2\ndays = 8\nuptake = 0.3\n',
    'kind = "supplier_terms"\nchange = 7\n',
)
CHANGES = range(-20, 0, 2)


def scenario_of(levers: int, change: int) -> Scenario:
    """Return a scenario of the first so many levers."""
    text = "".join(f"[[lever]]\n{lever.format(change=change)}" for lever in LEVERS[:levers])
    return parse(f'name = "x"\n{text}')


def main() -> None:
    """Print the slowest of ten changes of a lever, alone and beside two others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    chosen = parser.parse_args()
    with open_books(chosen.store) as books:
        began = time.perf_counter()
        basis = ground(books, as_of=books.default_as_of)
        print(f"the ground of every what-if, once: {time.perf_counter() - began:.1f} s")
        for levers in (1, len(LEVERS)):
            evaluations, sensitivities = [], []
            for change in CHANGES:
                began = time.perf_counter()
                what_if = evaluate(basis, scenario_of(levers, change))
                evaluations.append(time.perf_counter() - began)
                began = time.perf_counter()
                sensitivity(basis, what_if)
                sensitivities.append(time.perf_counter() - began)
            print(
                f"{levers} lever(s), slowest of {len(CHANGES)}: "
                f"outcome {max(evaluations):.2f} s, what matters most {max(sensitivities):.2f} s"
            )


if __name__ == "__main__":
    main()
