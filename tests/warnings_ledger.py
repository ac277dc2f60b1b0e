"""Rows of native files dated so many days before DAY, and the early warnings of a desk."""

from datetime import date, timedelta

from reports.answers.warnings import warnings
from tests.books import Desk

DAY = date(2026, 11, 22)
Row = tuple[object, ...]
_signals: dict[tuple[str, date], list[dict]] = {}


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def customer(number_: str, limit: str = "") -> Row:
    return (number_, f"Name {number_}", "Klein", "NL", 30, limit)


def invoice(
    number_: str, who: str, due: int, amount: str = "100.00", issued: int | None = None, **more: str
) -> dict:
    """An invoice that fell due so many days before DAY, issued 30 days before that."""
    return {
        "invoice_id": number_, "customer_id": who, "invoice_type": "invoice",
        "invoice_date": ago(due + 30 if issued is None else issued), "due_date": ago(due), "currency": "EUR",
        "amount": amount, **more,
    }  # fmt: skip


def payment(document: str, who: str, day: int, amount: str = "100.00") -> Row:
    return (f"P-{document}-{day}", who, document, ago(day), "EUR", amount)


def early_warnings(desk: Desk, day: date = DAY) -> warnings.EarlyWarnings:
    found = warnings.run_rules(desk.books(), as_of=day)
    return warnings.early_warnings(found, desk.books().ask("mutes", as_of=day))


HISTORY = [
    # Paid 0, 2, 4, 6 and 8 days late, all longer than 60 days ago: the usual is 4.
    *(invoice(f"H{late}", "C1", 100 + late) for late in (0, 2, 4, 6, 8)),
]
PAID = [payment(f"H{late}", "C1", 100) for late in (0, 2, 4, 6, 8)]


def signal(desk: Desk, rule: str, who: str = "C1", day: date = DAY) -> dict | None:
    """Return the signal of a rule; those of a day are made once per publication."""
    key = (desk.books().snapshot.key, day)
    if key not in _signals:
        _signals[key] = early_warnings(desk, day).signals.to_dicts()
    rows = [row for row in _signals[key] if (row["rule"], row["customer_id"]) == (rule, who)]
    return rows[0] if rows else None
