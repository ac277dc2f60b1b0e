"""The drawn ledger in which money comes back, with documents and payments in several currencies."""

import random
from datetime import date, timedelta
from decimal import Decimal

from tests.bounce_ledger import START, drawn_ledger, known_by

_CURRENCIES = ("EUR", "USD", "GBP")


def currency_ledger(seed: int) -> dict[str, list[dict]]:
    """Return a ledger whose payments are half in the currency of their document; some state what they settle.

    Args:
        seed: the same seed gives the same ledger.
    """
    draw = random.Random(seed)
    ledger = drawn_ledger(seed)
    own = {row["invoice_id"]: draw.choice(_CURRENCIES) for row in ledger["invoices"]}
    for row in ledger["invoices"]:
        row["currency"] = own[row["invoice_id"]]
    numbers: dict[str, str] = {}
    for row in ledger.get("payments", []):
        any_currency = draw.choice((own[row["invoice_id"]], *_CURRENCIES[:2]))
        row["currency"] = numbers.setdefault(row["payment_id"], any_currency)
        if draw.random() < 0.2 and row["currency"] != own[row["invoice_id"]]:
            row["settled_amount"] = row["amount"]
    ledger["fx_rates"] = [
        {
            "rate_date": START + timedelta(days=14 * number),
            "currency": currency,
            "rate": Decimal(draw.randrange(8_000, 13_000)) / 10_000,
        }
        for currency in _CURRENCIES[1:]
        for number in range(draw.randrange(3), 26)
    ]
    ledger["settings"] = [{"key": "reporting_currency", "value": "EUR"}]
    return ledger


def currencies_known_by(ledger: dict[str, list[dict]], day: date) -> dict[str, list[dict]]:
    """Return that ledger without anything dated after a day."""
    rates = [row for row in ledger["fx_rates"] if row["rate_date"] <= day]
    more = {"fx_rates": rates, "settings": ledger["settings"]}
    return {**known_by(ledger, day), **{name: rows for name, rows in more.items() if rows}}
