"""A drawn ledger in which money comes back: bounces, refunds, reversals, and what is known of it on a day."""

import random
from datetime import date, timedelta
from decimal import Decimal

START = date(2025, 9, 1)
LAST = date(2026, 8, 31)
CENT = Decimal("0.01")


def drawn_ledger(seed: int, invoices: int = 14) -> dict[str, list[dict]]:
    """Return a ledger of three customers: paid early, late, in parts, too much, twice, bounced and refunded.

    Args:
        seed: the same seed gives the same ledger.
        invoices: how many.
    """
    draw = random.Random(seed)
    rows: dict[str, list[dict]] = {"invoices": [], "payments": [], "instalments": [], "promises": []}
    for number in range(invoices):
        _add_invoice(draw, rows, f"F{number}", draw.choice(("C1", "C2", "C3")))
    rows["customers"] = [
        {
            "customer_id": f"C{number}", "customer_name": f"Klant {number}", "segment": "ab"[number % 2],
            "country": "NL", "payment_terms_days": 30, "credit_limit": "500.00", "customer_type": "business",
        }
        for number in (1, 2, 3)
    ]  # fmt: skip
    return {name: content for name, content in rows.items() if content}


def known_by(ledger: dict[str, list[dict]], day: date) -> dict[str, list[dict]]:
    """Return a ledger without anything dated after a day."""
    invoices = [
        {
            **row,
            "cancelled_date": None
            if row["cancelled_date"] and row["cancelled_date"] > day
            else row["cancelled_date"],
        }
        for row in ledger["invoices"]
        if row["invoice_date"] <= day
    ]
    there = {row["invoice_id"] for row in invoices}
    known = {
        "customers": ledger["customers"],
        "invoices": invoices,
        "payments": [row for row in ledger.get("payments", []) if row["payment_date"] <= day],
        "instalments": [row for row in ledger.get("instalments", []) if row["invoice_id"] in there],
        "promises": [row for row in ledger.get("promises", []) if row["made_date"] <= day],
    }
    return {name: rows for name, rows in known.items() if rows}


def with_bounced_payment(ledger: dict[str, list[dict]], seed: int) -> tuple[dict[str, list[dict]], date]:
    """Return a ledger with one payment more and its bounce, and the day of that.

    The payment is of an invoice nothing happens to until the bounce, so that it opens it again as a whole.
    """
    draw = random.Random(seed)
    row = draw.choice(ledger["invoices"])
    paid_on = row["invoice_date"] + timedelta(days=draw.randrange(40))
    back_on = paid_on + timedelta(days=draw.randrange(6))
    others = [
        one
        for one in ledger.get("payments", [])
        if one["invoice_id"] != row["invoice_id"] or one["payment_date"] > back_on
    ]
    ledger["payments"] = others
    amount = draw.choice((row["amount"], row["amount"] / 2))
    kind, number = draw.choice(("payment", "reversal")), draw.choice(("DD", "ST"))
    more = [
        _payment("DD", row["customer_id"], row["invoice_id"], paid_on, amount, "payment"),
        _payment(number, row["customer_id"], row["invoice_id"], back_on, -amount, kind),
    ]
    return {**ledger, "payments": [*others, *more]}, back_on


def _add_invoice(draw: random.Random, rows: dict[str, list[dict]], name: str, customer: str) -> None:
    day = START + timedelta(days=draw.randrange(330))
    due = day + timedelta(days=draw.choice((0, 14, 30)))
    amount = Decimal(draw.randrange(10, 40)) * 10
    rows["invoices"].append({
        "invoice_id": name, "customer_id": customer, "invoice_type": "invoice", "invoice_date": day,
        "due_date": due, "currency": "EUR", "amount": amount, "vat_amount": (amount / 6).quantize(CENT),
        "cancelled_date": day + timedelta(days=50) if draw.random() < 0.05 else None,
    })  # fmt: skip
    if draw.random() < 0.2:
        half = (amount / 2).quantize(CENT)
        later = due + timedelta(days=30)
        rows["instalments"] += [
            {"invoice_id": name, "due_date": due, "amount": half},
            {"invoice_id": name, "due_date": later, "amount": amount - half},
        ]
    if draw.random() < 0.3:
        made = due + timedelta(days=draw.randrange(-5, 20))
        rows["promises"].append({
            "invoice_id": name, "made_date": made, "promised_date": made + timedelta(days=draw.randrange(20)),
            "amount": draw.choice((amount, amount / 2)),
        })  # fmt: skip
    paid_on = due
    for part in range(draw.randrange(4)):
        paid_on += timedelta(days=draw.choice((-12, -3, 0, 4, 20, 60)))
        paid = (amount * draw.choice((Decimal(1), Decimal("0.5"), Decimal("0.3"), Decimal("1.2")))).quantize(
            CENT
        )
        kind = draw.choice(("payment",) * 6 + ("credit", "write_off"))
        number = f"P{name}-{part}"
        rows["payments"].append(_payment(number, customer, name, paid_on, paid, kind))
        if draw.random() < 0.5:
            back_on = paid_on + timedelta(days=draw.choice((0, 3, 5, 40)))
            back = (paid * draw.choice((Decimal(1), Decimal(1), Decimal("0.5"), Decimal("1.1")))).quantize(
                CENT
            )
            own = draw.random() < 0.5
            kind = draw.choice(("payment", "reversal"))
            rows["payments"].append(
                _payment(number if own else f"R{name}-{part}", customer, name, back_on, -back, kind)
            )


def _payment(  # noqa: PLR0917 - a row of the file
    number: str, customer: str, invoice: str, day: date, amount: Decimal, kind: str
) -> dict:
    return {
        "payment_id": number, "customer_id": customer, "invoice_id": invoice, "payment_date": day,
        "currency": "EUR", "amount": amount, "kind": kind,
    }  # fmt: skip
