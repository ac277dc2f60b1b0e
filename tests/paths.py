"""Where the checkout is, and the samples and published cases beside it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "samples"
IBM = SAMPLES / "ibm" / "accounts_receivable.csv"
ORACLES = ROOT / "tests" / "oracles"
CASES = ROOT.parent / "shared" / "cases"
