"""How much of the money that was applied by itself is right."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from tests.data.bank.random_books import Drawn


@dataclass(frozen=True)
class Measure:
    """Cents: what customers paid, what was applied by itself, and what of that is right."""

    receipts: int
    applied: int
    right: int

    @property
    def wrong(self) -> int:
        return self.applied - self.right


def measure(drawn: Drawn, rows: Any) -> tuple[Measure, list[tuple[str, str | None, int]]]:
    """Return how much was applied, and what of it is wrong.

    Of invoices of one customer and amount the truth takes any, since the oldest counts as right.
    """
    applied: dict[str, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows.iter_rows(named=True):
        if row["status"] == "applied" and row["kind"] in ("invoice", "on_account", "return"):
            amount = int(row["applied_amount"] * 100)
            applied[row["entry_id"]][drawn.equal.get(row["invoice_id"])] += amount
    total = right = 0
    wrong: list[tuple[str, str | None, int]] = []
    for entry, parts in applied.items():
        truth: dict[Any, int] = defaultdict(int)
        for number, amount in drawn.truth[entry].items():
            truth[drawn.equal.get(number or "")] += amount
        for key, amount in parts.items():
            total += abs(amount)
            good = max(min(abs(amount), abs(truth[key])), 0)
            right += good
            if good < abs(amount):
                wrong.append((entry, str(key), abs(amount) - good))
    receipts = sum(
        abs(amount)
        for entry, parts in drawn.truth.items()
        if drawn.kinds[entry] != "other"
        for amount in parts.values()
    )
    return Measure(receipts, total, right), wrong
