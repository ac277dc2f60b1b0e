"""Amounts in a currency without a rate: every figure leaves them out, so they are named on their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.money import total
from reports.formats import in_sentence, money
from reports.translation import _n

_BOOKING = ("post_date", "document_id", "payment_id", "kind", "due_date")


@dataclass(frozen=True)
class Unconverted:
    """The amounts without a rate in one currency.

    Attributes:
        amount: of documents and money on account together, in that currency.
        documents: rows of `open_items` in it.
    """

    amount: Decimal
    documents: pl.DataFrame


def bookings(ledger: pl.DataFrame) -> pl.DataFrame:
    """Return the bookings of `customer_ledger` that have no amount in the reporting currency."""
    return ledger.filter(pl.col("amount").is_null())


def in_currency(
    without_rate: pl.DataFrame, own_ledger: pl.DataFrame, own_items: pl.DataFrame, items: pl.DataFrame
) -> Unconverted:
    """Return the amounts without a rate in one currency.

    Args:
        without_rate: `bookings` of the customer.
        own_ledger: `customer_ledger` in the currency.
        own_items: `open_items` in the currency.
        items: `open_items` in the reporting currency.
    """
    own = own_ledger.join(without_rate.select(_BOOKING), on=_BOOKING, how="semi", nulls_equal=True)
    documents = own_items.join(items, on=["invoice_id", "due_date"], how="anti")
    return Unconverted(total(own["amount"]), documents)


def sentences(unrated: pl.DataFrame) -> list[str]:
    """Return per currency how many open documents have no rate, and which rate to load.

    Args:
        unrated: `unrated_open`.
    """
    return [
        _n(
            "{count} open document in {currency} ({amount}) has no exchange rate and is in none of these "
            "amounts: load at least 1 exchange rate of {day} or before.",
            "{count} open documents in {currency} ({amount}) have no exchange rate and are in none of these "
            "amounts: load at least 1 exchange rate of {day} or before.",
            row["documents"],
            **values(row),
        )
        for row in unrated.iter_rows(named=True)
    ]


def values(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the values of the sentence about a row of `unrated_open`: currency, amount, day of the rate."""
    return {
        "currency": row["currency"],
        "amount": money(row["open_amount"], row["currency"]),
        "day": in_sentence(row["rate_date"]),
    }
